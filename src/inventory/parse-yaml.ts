import { didYouMean } from '../core/closest.ts';
import { checkHost, checkName } from './hosts.ts';
import type { Inventory, InventoryRouter } from './inventory.ts';
import type { Place, Problems } from './problem.ts';
import { readJumpHosts } from './read-jump-hosts.ts';
import { readTunnels } from './read-tunnels.ts';
import { checked, isRefused, listOf, mapping, shown, text, unknownKey } from './read-values.ts';
import { mergeSettings, type ReadOptions, readSetting, SETTING_KEYS, type Settings } from './settings.ts';
import { UNSET } from './unset.ts';
import { type Field, type Value, yamlTree } from './yaml-tree.ts';

/** Reads the YAML form; every problem goes to `problems`, and what could be read is returned all the same. */
export function parseYamlInventory(
  source: string,
  file: string,
  { allowPlainPasswords }: Pick<ReadOptions, 'allowPlainPasswords'>,
  problems: Problems,
): Inventory {
  const root = yamlTree(source, problems);
  const nothing: Inventory = {
    file,
    format: 'yaml',
    groups: [],
    routers: [],
    jumpHosts: new Map(),
    sshConfig: null,
  };
  if (root === null) {
    if (problems.all().length === 0) problems.add(START, 'the inventory is empty; add routers:');
    return nothing;
  }
  const map = mapping(root, 'an inventory', problems);
  if (map === undefined) return nothing;
  for (const field of map.fields) {
    if (!TOP_KEYS.includes(field.key)) unknownKey(field, 'an inventory', TOP_KEYS, problems);
  }
  const section = (key: string): Value | undefined => map.fields.find((field) => field.key === key)?.value;
  const jumpHosts = readJumpHosts(section('jumpHosts'), { allowPlainPasswords }, problems);
  const options: ReadOptions = { allowPlainPasswords, jumpHosts };
  const sshConfig = section('sshConfig');
  const defaults = readDefaults(section('defaults'), options, problems);
  const groups = readGroups(section('groups'), options, problems);
  const routers = readRouters(section('routers'), map.at, { defaults, groups, options, problems });
  return {
    file,
    format: 'yaml',
    groups: [...groups.keys()],
    routers,
    jumpHosts,
    sshConfig: sshConfig === undefined ? null : (text(4_096)(sshConfig, 'sshConfig', problems) ?? null),
  };
}

const TOP_KEYS: readonly string[] = ['sshConfig', 'jumpHosts', 'defaults', 'groups', 'routers'];
const START: Place = { line: 1, column: 1 };

function readDefaults(value: Value | undefined, options: ReadOptions, problems: Problems): Settings {
  return value === undefined || isEmpty(value) ? {} : readLayer(value, 'defaults', options, problems);
}

/** `defaults:` with nothing below is allowed: people keep the heading. */
function isEmpty(value: Value): boolean {
  return value.kind === 'scalar' && value.value === null;
}

function readLayer(value: Value, where: string, options: ReadOptions, problems: Problems): Settings {
  const settings: Settings = {};
  for (const field of mapping(value, where, problems)?.fields ?? []) {
    if (!readSetting(field, settings, options, problems)) unknownKey(field, where, SETTING_KEYS, problems);
  }
  return settings;
}

function readGroups(
  value: Value | undefined,
  options: ReadOptions,
  problems: Problems,
): Map<string, Settings> {
  const groups = new Map<string, Settings>();
  if (value === undefined || isEmpty(value)) return groups;
  for (const field of mapping(value, 'groups', problems)?.fields ?? []) {
    const name = checkName(field.key);
    if ('expected' in name) problems.add(field.at, `group ${shown(field.key)}: ${name.expected}`);
    const layer = isEmpty(field.value)
      ? {}
      : readLayer(field.value, `group ${shown(field.key)}`, options, problems);
    if ('keep' in name) groups.set(field.key, layer);
  }
  return groups;
}

interface Surroundings {
  readonly defaults: Settings;
  readonly groups: ReadonlyMap<string, Settings>;
  readonly options: ReadOptions;
  readonly problems: Problems;
}

function readRouters(value: Value | undefined, top: Place, around: Surroundings): InventoryRouter[] {
  const { problems } = around;
  if (value === undefined || isEmpty(value)) {
    problems.add(value?.at ?? top, 'no routers; add routers: with at least one - name: … host: …');
    return [];
  }
  const entries = routerEntries(value, problems);
  if (entries.length === 0 && value.kind !== 'scalar') problems.add(value.at, 'no routers; add at least one');
  const firstOf = new Map<string, Place>();
  return entries.flatMap((entry) => {
    const router = readRouter(entry, around);
    if (router === undefined) return [];
    const before = firstOf.get(router.name.toLowerCase());
    if (before !== undefined) {
      problems.add(
        router.nameAt,
        `router ${shown(router.name)} stands already in line ${before.line}; names must differ`,
      );
    } else firstOf.set(router.name.toLowerCase(), router.nameAt);
    return [router.router];
  });
}

interface RouterEntry {
  readonly at: Place;
  /** The key of `routers: {hub1: {…}}`; null in the list form. */
  readonly name: { readonly text: string; readonly at: Place } | null;
  readonly fields: readonly Field[];
}

function routerEntries(value: Value, problems: Problems): RouterEntry[] {
  if (value.kind === 'map') {
    return value.fields.flatMap((field) => {
      const map = mapping(field.value, `router ${shown(field.key)}`, problems);
      return map === undefined
        ? []
        : [{ at: field.at, name: { text: field.key, at: field.at }, fields: map.fields }];
    });
  }
  if (value.kind === 'list') {
    return value.items.flatMap((item) => {
      const map = mapping(item, 'a router', problems);
      return map === undefined ? [] : [{ at: map.at, name: null, fields: map.fields }];
    });
  }
  if (!isRefused(value))
    problems.add(value.at, 'routers must be a list of routers, or names with their settings');
  return [];
}

const ROUTER_KEYS: readonly string[] = ['name', 'host', 'groups', 'tunnels', ...SETTING_KEYS];

function readRouter(
  entry: RouterEntry,
  around: Surroundings,
): { readonly name: string; readonly nameAt: Place; readonly router: InventoryRouter } | undefined {
  const { problems } = around;
  const own: Settings = {};
  for (const field of entry.fields) {
    const known = ROUTER_KEYS.includes(field.key) && !(field.key === 'name' && entry.name !== null);
    if (!known) unknownKey(field, 'a router', ROUTER_KEYS, problems);
    else readSetting(field, own, around.options, problems);
  }
  const named = readName(entry, problems);
  const groups = readGroupNames(fieldOf(entry, 'groups'), around);
  const tunnels = readTunnels(fieldOf(entry, 'tunnels'), problems);
  const host = readHost(entry, problems);
  if (named === undefined || host === undefined) return undefined;
  const layers = groups.flatMap((group) => around.groups.get(group) ?? []);
  const merged = mergeSettings([around.defaults, ...layers, own]);
  const router: InventoryRouter = {
    ...UNSET,
    ...merged,
    name: named.text,
    host,
    groups,
    tunnels,
    line: entry.at.line,
  };
  return { name: named.text, nameAt: named.at, router };
}

function fieldOf(entry: RouterEntry, key: string): Field | undefined {
  return entry.fields.find((field) => field.key === key);
}

function readName(
  entry: RouterEntry,
  problems: Problems,
): { readonly text: string; readonly at: Place } | undefined {
  if (entry.name !== null) {
    const result = checkName(entry.name.text);
    if ('keep' in result) return entry.name;
    problems.add(entry.name.at, `name ${shown(entry.name.text)}: ${result.expected}`);
    return undefined;
  }
  const field = fieldOf(entry, 'name');
  if (field === undefined) {
    problems.add(entry.at, 'this router has no name; add name: …');
    return undefined;
  }
  const found = checked(64, checkName)(field.value, 'name', problems);
  return found === undefined ? undefined : { text: found, at: field.value.at };
}

function readHost(entry: RouterEntry, problems: Problems): string | undefined {
  const field = fieldOf(entry, 'host');
  if (field !== undefined) return checked(253, checkHost)(field.value, 'host', problems);
  problems.add(entry.at, 'this router has no host; add host: with its address or DNS name');
  return undefined;
}

function readGroupNames(field: Field | undefined, around: Surroundings): string[] {
  if (field === undefined) return [];
  const names = listOf(checked(64, checkName))(field.value, 'groups', around.problems) ?? [];
  return names.flatMap(({ value, at }) => {
    if (around.groups.has(value)) return [value];
    const guess = didYouMean(value, around.groups.keys());
    around.problems.add(
      at,
      `there is no group ${shown(value)}${guess}; define it under groups: or correct the name`,
    );
    return [];
  });
}
