import { parseAddress } from '../core/address.ts';

type Checked<T> = { readonly keep: T } | { readonly expected: string };

/** An IPv4 or IPv6 address in canonical form, or a DNS name as written. */
export function checkHost(text: string): Checked<string> {
  const address = parseAddress(text);
  if (address !== null && text.trim() === text) return { keep: address };
  // 192.0.2.1:22    [2001:db8::1]:22    [2001:db8::1]
  if (/^(?:\[[^\]]*\](?::\d*)?|[^:]+:\d+)$/.test(text)) {
    return {
      expected: 'an address alone is expected; write the port as its own key, and IPv6 without brackets',
    };
  }
  // 192.0.2.256    010.1.0.0    1.2.3
  if (/^[\d.]+$/.test(text)) {
    return { expected: 'this is no IPv4 address: four numbers from 0 to 255 without leading zeros' };
  }
  if (text.includes(':')) return { expected: 'this is no IPv6 address' };
  if (text.includes('@')) return { expected: 'write the user as its own key' };
  return isDnsName(text) ? { keep: text } : { expected: 'neither an address nor a DNS name' };
}

export function checkAddress(text: string): Checked<string> {
  const address = parseAddress(text);
  return address !== null && text.trim() === text
    ? { keep: address }
    : { expected: 'an IPv4 or IPv6 address is expected' };
}

/** Names become folder names, so they are plain: letters, digits, dot, dash and underscore, no dot or dash in front. */
export function checkName(text: string): Checked<string> {
  // hub1    lon-rtr-01.example.net
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text) && !/\.$/.test(text)) return { keep: text };
  return {
    expected:
      'use letters, digits, dots, dashes and underscores, beginning with a letter or digit, 64 at most',
  };
}

/** A jump host as it is written; null where nothing was said. */
export interface JumpText {
  readonly user: string | null;
  /** Without brackets. */
  readonly host: string;
  readonly port: number | null;
}

/** `[user@]host[:port]`, as ssh -J takes it. */
export function checkJump(text: string): Checked<JumpText> {
  // ops@bastion.example.net:2222    [2001:db8::1]:22
  const parts = /^(?:([^@\s:]{1,64})@)?(\[[^\]\s]{1,64}\]|[^:@\s[\]]{1,253})(?::(\d{1,5}))?$/.exec(text);
  const host = parts?.[2]?.replace(/^\[|\]$/g, '') ?? '';
  const goodHost = parseAddress(host) !== null || (isDnsName(host) && !/^[\d.]+$/.test(host));
  const port = parts?.[3] === undefined ? null : Number(parts[3]);
  const goodPort = port === null || (port >= 1 && port <= 65_535);
  return parts !== null && goodHost && goodPort && !text.startsWith('-')
    ? { keep: { user: parts[1] ?? null, host, port } }
    : { expected: 'expected is [user@]host[:port]' };
}

function isDnsName(text: string): boolean {
  const labels = text.replace(/\.$/, '').split('.');
  // lon-rtr-01    _ssh
  return (
    text.length <= 253 &&
    labels.every((label) => /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(label))
  );
}
