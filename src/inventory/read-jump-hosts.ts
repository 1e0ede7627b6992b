import { checkHost, checkJump, checkName } from './hosts.ts';
import type { JumpHost } from './inventory.ts';
import {
  chainFault,
  chainOf,
  type JumpHosts,
  type JumpWord,
  jumpHostOf,
  jumpWords,
  MOST_HOPS,
} from './jump-hosts.ts';
import type { Place, Problems } from './problem.ts';
import { checked, mapping, shown, unknownKey } from './read-values.ts';
import { type ReadOptions, readSetting, type Settings } from './settings.ts';
import { NO_LOGIN_SETTINGS } from './unset.ts';
import type { Field, Value } from './yaml-tree.ts';

/** The section `jumpHosts:` with each one's own way resolved; a way that comes back to itself is a problem. */
export function readJumpHosts(
  value: Value | undefined,
  options: Omit<ReadOptions, 'jumpHosts'>,
  problems: Problems,
): JumpHosts {
  if (value === undefined || (value.kind === 'scalar' && value.value === null)) return new Map();
  const entries = new Map<string, Entry>();
  for (const field of mapping(value, 'jumpHosts', problems)?.fields ?? []) {
    const name = checkName(field.key);
    const entry = readEntry(field, options, problems);
    if ('expected' in name) problems.add(field.at, `jump host ${shown(field.key)}: ${name.expected}`);
    else if (entry !== undefined) entries.set(field.key, entry);
  }
  const resolved = new Map<string, JumpHost>();
  const names = new Map([...entries].map(([name, entry]) => [name, { ...NO_LOGIN_SETTINGS, ...entry.host }]));
  for (const name of entries.keys()) resolve(name, [], { entries, names, resolved, problems });
  return resolved;
}

const KEYS = [
  'host',
  'port',
  'user',
  'password',
  'identity',
  'passphrase',
  'agent',
  'legacyAlgorithms',
  'hostKeys',
  'knownHosts',
  'jump',
] as const;

interface Entry {
  readonly host: JumpHost;
  readonly words: readonly JumpWord[] | null;
  readonly at: Place;
}

function readEntry(
  field: Field,
  options: Omit<ReadOptions, 'jumpHosts'>,
  problems: Problems,
): Entry | undefined {
  const where = `jump host ${shown(field.key)}`;
  const map = mapping(field.value, where, problems);
  if (map === undefined) return undefined;
  const settings: Settings = {};
  for (const one of map.fields) {
    if (!KEYS.some((key) => key === one.key)) unknownKey(one, where, KEYS, problems);
    else if (one.key !== 'host' && one.key !== 'jump')
      readSetting(one, settings, { ...options, jumpHosts: new Map() }, problems);
  }
  const host = map.fields.find((one) => one.key === 'host');
  const jump = map.fields.find((one) => one.key === 'jump');
  if (host === undefined)
    problems.add(field.at, `${where} has no host; add host: with its address or DNS name`);
  const address = host && checked(253, checkHost)(host.value, 'host', problems);
  const words = jump === undefined ? null : (jumpWords(jump.value, 'jump', problems) ?? null);
  if (address === undefined) return undefined;
  return {
    host: { ...NO_LOGIN_SETTINGS, ...settings, name: field.key, host: address },
    words,
    at: jump?.value.at ?? field.at,
  };
}

interface Resolving {
  readonly entries: ReadonlyMap<string, Entry>;
  /** The same without their ways. */
  readonly names: JumpHosts;
  readonly resolved: Map<string, JumpHost>;
  readonly problems: Problems;
}

/** `path` are the names on the way to this one; undefined after a problem, which then has been added. */
function resolve(name: string, path: readonly string[], around: Resolving): JumpHost | undefined {
  const done = around.resolved.get(name);
  const entry = around.entries.get(name);
  if (done !== undefined || entry === undefined) return done;
  if (path.includes(name) || path.length > 4 * MOST_HOPS) {
    const circle = [...path.slice(Math.max(0, path.indexOf(name))), name].map(shown).join(' → ');
    around.problems.add(entry.at, `jump: the way comes back to itself or has no end: ${circle}`);
    return undefined;
  }
  // Only the way to the first hop is its own; the others are reached through those before them.
  const hops = (entry.words ?? []).map((word, at) => hopOf(word, at === 0 ? [...path, name] : null, around));
  const known = hops.filter((hop) => hop !== undefined);
  const host: JumpHost = { ...entry.host, jump: entry.words === null ? null : known };
  const fault = known.length === hops.length ? chainFault([...chainOf(known), host]) : null;
  if (fault !== null) around.problems.add(entry.at, `jump: ${fault}`);
  around.resolved.set(name, host);
  return host;
}

function hopOf(word: JumpWord, path: readonly string[] | null, around: Resolving): JumpHost | undefined {
  const hop = jumpHostOf(word.text, around.names);
  if ('expected' in hop) {
    around.problems.add(word.at, `jump ${shown(word.text)}: ${hop.expected}`);
    return undefined;
  }
  const text = checkJump(word.text);
  const name = 'keep' in text ? text.keep.host : '';
  if (path === null || !around.entries.has(name)) return hop;
  const whole = resolve(name, path, around);
  return whole === undefined ? undefined : { ...hop, jump: whole.jump };
}
