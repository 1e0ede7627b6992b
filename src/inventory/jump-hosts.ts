import { didYouMean } from '../core/closest.ts';
import { checkJump } from './hosts.ts';
import type { JumpHost } from './inventory.ts';
import type { Place, Problems } from './problem.ts';
import { checked, isRefused, listOf, shown } from './read-values.ts';
import { NO_LOGIN_SETTINGS } from './unset.ts';
import type { Value } from './yaml-tree.ts';

/** Declared jump hosts by name. */
export type JumpHosts = ReadonlyMap<string, JumpHost>;

/** Most servers on the way to a router. */
export const MOST_HOPS = 5;

/** `jump`: a host, a name of jumpHosts, several with commas between, a list of them, or `none`. */
export function readJump(
  value: Value,
  key: string,
  problems: Problems,
  jumpHosts: JumpHosts,
): readonly JumpHost[] | undefined {
  const words = jumpWords(value, key, problems);
  if (words === undefined) return undefined;
  const hops: JumpHost[] = [];
  for (const word of words) {
    const hop = jumpHostOf(word.text, jumpHosts);
    if ('expected' in hop) {
      problems.add(word.at, `${key} ${shown(word.text)}: ${hop.expected}`);
      return undefined;
    }
    hops.push(hop);
  }
  const fault = chainFault(chainOf(hops));
  if (fault === null) return hops;
  problems.add(value.at, `${key}: ${fault}`);
  return undefined;
}

export interface JumpWord {
  readonly text: string;
  readonly at: Place;
}

/** The hops as they are written; none for `none`, undefined after a problem. */
export function jumpWords(value: Value, key: string, problems: Problems): readonly JumpWord[] | undefined {
  if (isRefused(value)) return undefined;
  const items = listOf(checked(400, (text) => ({ keep: text })))(value, key, problems);
  if (items === undefined) return undefined;
  if (items.length === 1 && items[0]?.value === 'none') return [];
  return items.flatMap((item) => item.value.split(',').map((text) => ({ text: text.trim(), at: item.at })));
}

/** One hop as it is written: `[user@]name[:port]` of a declared one, or `[user@]host[:port]` of any other. */
export function jumpHostOf(text: string, jumpHosts: JumpHosts): JumpHost | { readonly expected: string } {
  const checkedText = checkJump(text);
  if ('expected' in checkedText)
    return { expected: `${checkedText.expected}, a name of jumpHosts, several with commas between, or none` };
  const { user, host, port } = checkedText.keep;
  const declared = jumpHosts.get(host);
  if (declared !== undefined)
    return { ...declared, name: text, user: user ?? declared.user, port: port ?? declared.port };
  // A word alone beside declared names is one of them mistyped, unless it is made plain that it is a host.
  if (jumpHosts.size > 0 && text === host && !/[.:]/.test(host)) {
    const guess = didYouMean(host, jumpHosts.keys());
    return { expected: `jumpHosts has no such name${guess}; for a host outside of it write ${host}:22` };
  }
  return { ...NO_LOGIN_SETTINGS, name: text, host, user, port };
}

/** All servers on the way. The ways of later hops are given by those before them, as in ssh; only the first one's own counts. */
export function chainOf(hops: readonly JumpHost[]): readonly JumpHost[] {
  return [...(hops[0]?.jump ? chainOf(hops[0].jump) : []), ...hops];
}

/** What is wrong with a way, or null. */
export function chainFault(
  chain: readonly { readonly name: string; readonly host: string; readonly port: number | null }[],
): string | null {
  if (chain.length > MOST_HOPS)
    return `${chain.length} jump hosts stand on the way (${chain.map((hop) => hop.name).join(', ')}); ${MOST_HOPS} are the most`;
  const seen = new Set<string>();
  for (const { name, host, port } of chain) {
    const key = `${host.toLowerCase()} ${port ?? 22}`;
    if (seen.has(key)) return `the way goes twice through ${name}; remove one`;
    seen.add(key);
  }
  return null;
}
