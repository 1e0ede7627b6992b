import type { LineRule } from '../line-rules.ts';
import { addressAsPrinted, interfaceName, looksLikeAddress, numberOf } from '../lines.ts';
import { type InterfaceScan, setTunnel } from './draft.ts';

/** Lines that only a tunnel interface prints. */
export const TUNNEL_RULES: readonly LineRule<InterfaceScan>[] = [
  {
    // Tunnel source 192.0.2.1 (GigabitEthernet0/0), destination 203.0.113.9, fastswitch TTL 255
    word: 'tunnel',
    pattern:
      /^Tunnel source (\S{2,60}?)(?: \(([A-Za-z][\w /.:-]{0,60})\))?(?:,? destination (\S{2,60}?))?(?:, fastswitch TTL (\d{1,3}))?$/i,
    take: (state, match, line) =>
      setTunnel(state, line, {
        source: printed(match[1]),
        ...(match[2] === undefined ? {} : { sourceInterface: interfaceName(match[2]) }),
        ...(match[3] === undefined ? {} : { destination: printed(match[3]) }),
        ...(match[4] === undefined ? {} : { ttl: numberOf(match[4]) }),
      }),
  },
  {
    // Tunnel protocol/transport multi-GRE/IP   |   Tunnel protocol/transport GRE/IP, key disabled, sequencing disabled
    word: 'tunnel',
    pattern:
      /^Tunnel protocol\/transport ([\w-]{1,20}(?:\/[\w-]{1,20})?)(?:, key (disabled|\w{1,20}), sequencing (disabled|enabled))?$/i,
    take: (state, match, line) =>
      setTunnel(state, line, { protocol: match[1] ?? null, ...keyOf(match[2], match[3]) }),
  },
  {
    // Key 0x64, sequencing disabled   |   Key disabled, sequencing disabled
    word: 'key',
    pattern: /^Key (disabled|\w{1,20}), sequencing (disabled|enabled)$/i,
    take: (state, match, line) => setTunnel(state, line, keyOf(match[1], match[2])),
  },
  {
    // Checksumming of packets disabled, fast tunneling enabled
    word: 'checksumming',
    pattern: /^Checksumming of packets (disabled|enabled)(?:, fast tunneling (?:enabled|disabled))?$/i,
    take: (state, match, line) => setTunnel(state, line, { checksumming: isEnabled(match[1]) }),
  },
  {
    // Tunnel TTL 255, Fast tunneling enabled   |   Tunnel TOS/Traffic Class 0xC0, Tunnel TTL 255
    word: 'tunnel',
    pattern:
      /^(?:Tunnel TOS\/Traffic Class 0x[0-9A-F]{1,4}, )?Tunnel TTL (\d{1,3})(?:, Fast tunneling (?:enabled|disabled))?$/i,
    take: (state, match, line) => setTunnel(state, line, { ttl: numberOf(match[1]) }),
  },
  {
    // Tunnel transport MTU 1472 bytes
    word: 'tunnel',
    pattern: /^Tunnel transport MTU (\d{1,6}) bytes$/i,
    take: (state, match, line) => setTunnel(state, line, { transportMtu: numberOf(match[1]) }),
  },
  {
    // Path MTU Discovery, ager 10 mins, min MTU 92
    word: 'path',
    pattern: /^Path MTU Discovery(?:, (?:ager|min MTU|MTU|expires) [\w:]{1,20}(?: mins?)?){0,4}$/i,
    take: (state, _match, line) => setTunnel(state, line, { pathMtuDiscovery: true }),
  },
  {
    // Tunnel protection via IPSec (profile "DMVPN", shared)   |   Tunnel protection via IPsec (profile "DMVPN")
    word: 'tunnel',
    pattern: /^Tunnel protection via IPSec \(profile "?([^"()\s]{1,80})"?,? ?(shared)?\)$/i,
    take: (state, match, line) =>
      setTunnel(state, line, {
        profile: match[1] ?? null,
        ...(match[2] === undefined ? {} : { profileShared: true }),
      }),
  },
  {
    // Tunnel linestate evaluation down - no output interface
    word: 'tunnel',
    pattern: /^Tunnel linestate evaluation (up|down(?: - [\w -]{1,80})?)$/i,
    take: (state, match, line) => setTunnel(state, line, { lineState: match[1] ?? null }),
  },
  {
    // Tunnel transmit bandwidth 8000 (kbps)   |   Tunnel is transmit only
    word: 'tunnel',
    pattern:
      /^Tunnel (?:(?:transmit|receive) bandwidth \d{1,12} \(kbps\)|is (?:transmit|receive) only|Subblocks:)$/i,
    take: (state, _match, line) => setTunnel(state, line, {}),
  },
  {
    // src-track:   |   Set of tunnels with source GigabitEthernet0/2, 2 members (includes iterators), on interface <OK>
    word: '*',
    pattern:
      /^(?:[a-z]{2,12}-[a-z]{2,12}:|Set of tunnels with source .{1,60}, \d{1,9} members? \(includes iterators\), on interface <\w{1,12}>)$/i,
    take: (state, _match, line) => setTunnel(state, line, {}),
  },
  {
    // Tunnel0 source tracking subblock associated with GigabitEthernet0/2.1
    word: 'tunnel',
    pattern: /^Tunnel ?\d{1,12} source tracking subblock associated with \S{1,60}$/i,
    take: (state, _match, line) => setTunnel(state, line, {}),
  },
];

/** An address, or the word printed in its place. */
function printed(text: string | undefined): string | null {
  if (text === undefined) return null;
  return looksLikeAddress(text) ? addressAsPrinted(text) : text;
}

function keyOf(key: string | undefined, sequencing: string | undefined) {
  if (key === undefined) return {};
  const keyed = key.toLowerCase() !== 'disabled';
  return { keyed, sequencing: isEnabled(sequencing), ...(keyed ? { key } : {}) };
}

function isEnabled(word: string | undefined): boolean {
  return word?.toLowerCase() === 'enabled';
}
