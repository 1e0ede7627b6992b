import { LITERAL, parseCredentialRef } from './credential-ref.ts';
import { checkName } from './hosts.ts';
import type { AgentChoice, CredentialRef, HostKeyRule, InventoryRouter, Timeouts } from './inventory.ts';
import { type JumpHosts, readJump } from './jump-hosts.ts';
import type { Problems } from './problem.ts';
import { readLegacyAlgorithms } from './read-algorithms.ts';
import {
  checked,
  isRefused,
  listOf,
  mapping,
  type Read,
  text,
  trueOrFalse,
  unknownKey,
  wholeNumber,
} from './read-values.ts';
import type { Field, Value } from './yaml-tree.ts';

export const SETTING_KEYS = [
  'user',
  'password',
  'enableSecret',
  'identity',
  'passphrase',
  'agent',
  'port',
  'jump',
  'legacyAlgorithms',
  'typeAhead',
  'hostKeys',
  'knownHosts',
  'tags',
  'site',
  'description',
  'timeouts',
] as const satisfies readonly (keyof InventoryRouter)[];

/** What defaults, groups and routers may all set. */
export type Settings = {
  -readonly [K in SettingKey]?: NonNullable<InventoryRouter[K]>;
};
type SettingKey = (typeof SETTING_KEYS)[number];

export interface ReadOptions {
  readonly allowPlainPasswords: boolean;
  /** Names that `jump` may use. */
  readonly jumpHosts: JumpHosts;
}

type Readers = { readonly [K in SettingKey]: Read<NonNullable<InventoryRouter[K]>> };

/** Reads one field when it is a setting: true, with the value stored or its problem added; false for any other key. */
export function readSetting(field: Field, into: Settings, options: ReadOptions, problems: Problems): boolean {
  const readers = readersFor(options);
  if (!isSettingKey(field.key)) return false;
  const value = readers[field.key](field.value, field.key, problems);
  if (value !== undefined) Object.assign(into, { [field.key]: value });
  return true;
}

/** Later ones win; tags are gathered, timeouts are joined key by key. */
export function mergeSettings(layers: readonly Settings[]): Settings {
  const merged: Settings = {};
  for (const layer of layers) {
    const tags = [...new Set([...(merged.tags ?? []), ...(layer.tags ?? [])])];
    const timeouts = { ...merged.timeouts, ...layer.timeouts };
    Object.assign(merged, layer, { tags, timeouts });
  }
  return merged;
}

function isSettingKey(key: string): key is SettingKey {
  return (SETTING_KEYS as readonly string[]).includes(key);
}

function readersFor(options: ReadOptions): Readers {
  const credential: Read<CredentialRef> = (value, key, problems) =>
    readCredential(value, key, problems, options);
  return {
    ...PLAIN_READERS,
    password: credential,
    enableSecret: credential,
    passphrase: credential,
    jump: (value, key, problems) => readJump(value, key, problems, options.jumpHosts),
  };
}

/** One word of a login; a blank in it is a typing error. */
const word = checked(128, (found) =>
  /^[^\s-]\S*$/.test(found)
    ? { keep: found }
    : { expected: 'one word is expected, without blanks or a dash in front' },
);

const tags: Read<readonly string[]> = (value, key, problems) =>
  listOf(checked(64, checkName))(value, key, problems)?.map((tag) => tag.value);

const PLAIN_READERS: Omit<Readers, 'password' | 'enableSecret' | 'passphrase' | 'jump'> = {
  port: wholeNumber(1, 65_535),
  user: word,
  identity: (value, key, problems) => listOf(text(4_096))(value, key, problems)?.map((path) => path.value),
  agent: readAgent,
  legacyAlgorithms: readLegacyAlgorithms,
  typeAhead: trueOrFalse,
  hostKeys: readHostKeys,
  knownHosts: text(4_096),
  tags,
  site: checked(64, (found) =>
    /[,&!]/.test(found)
      ? { expected: 'a comma, & and ! have a meaning in --limit; leave them out' }
      : { keep: found },
  ),
  description: text(500),
  timeouts: readTimeouts,
};

function readCredential(
  value: Value,
  key: string,
  problems: Problems,
  options: ReadOptions,
): CredentialRef | undefined {
  if (isRefused(value)) return undefined;
  if (value.kind === 'scalar' && value.value !== null && typeof value.value !== 'string') {
    // `password: 12345` is a secret as well
    problems.add(
      value.at,
      options.allowPlainPasswords ? `${key} must be text; put the value in quotes` : `${key}: ${LITERAL}`,
    );
    return undefined;
  }
  const found = text(4_096)(value, key, problems);
  if (found === undefined) return undefined;
  const result = parseCredentialRef(found, options.allowPlainPasswords);
  if (result.ok) return result.ref;
  problems.add(value.at, `${key}: ${result.message}`);
  return undefined;
}

function readAgent(value: Value, key: string, problems: Problems): AgentChoice | undefined {
  return value.kind === 'scalar' && typeof value.value === 'boolean'
    ? value.value
    : text(4_096)(value, `${key} (true, false or the path of a socket)`, problems);
}

function readHostKeys(value: Value, key: string, problems: Problems): HostKeyRule | undefined {
  if (isRefused(value)) return undefined;
  if (value.kind === 'scalar' && (value.value === 'strict' || value.value === 'accept-new'))
    return value.value;
  const map = value.kind === 'map' ? value : null;
  const field = map?.fields.find((f) => f.key === 'fingerprint');
  for (const other of map?.fields ?? []) {
    if (other !== field) unknownKey(other, key, ['fingerprint'], problems);
  }
  if (field === undefined) {
    problems.add(
      value.at,
      `${key} must be strict, accept-new, or fingerprint: SHA256:… of the one key to accept`,
    );
    return undefined;
  }
  const fingerprint = FINGERPRINT(field.value, 'fingerprint', problems);
  return fingerprint === undefined ? undefined : { fingerprint };
}

const FINGERPRINT = checked(64, (found) =>
  // SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU
  /^SHA256:[A-Za-z0-9+/]{43}=?$/.test(found)
    ? { keep: found.replace(/=$/, '') }
    : { expected: 'expected is SHA256: and 43 characters, as ssh-keygen -l -f prints it' },
);

const TIMEOUT_KEYS: readonly (keyof Timeouts)[] = [
  'name',
  'connect',
  'keyExchange',
  'login',
  'prompt',
  'enable',
  'command',
  'total',
];

function readTimeouts(value: Value, key: string, problems: Problems): Timeouts | undefined {
  const map = mapping(value, key, problems);
  const found: { -readonly [K in keyof Timeouts]: Timeouts[K] } = {};
  for (const field of map?.fields ?? []) {
    const name = TIMEOUT_KEYS.find((known) => known === field.key);
    if (name === undefined) unknownKey(field, key, TIMEOUT_KEYS, problems);
    else {
      const seconds = wholeNumber(1, 3_600)(field.value, `${key}.${name} (seconds)`, problems);
      if (seconds !== undefined) found[name] = seconds;
    }
  }
  return found;
}
