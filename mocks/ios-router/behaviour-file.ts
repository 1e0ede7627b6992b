import { readYaml, type YamlEntry, type YamlValue } from '../../src/evidence/yaml-fields.ts';
import {
  ALGORITHM_PROFILES,
  AUTH_WAYS,
  type AuthPrompt,
  type Behaviour,
  DEFAULT_BEHAVIOUR,
  ENCODINGS,
  EXEC_CLOSES,
  HANG_UPS,
  HOST_KEY_KINDS,
  type LabUser,
  MORE_STYLES,
  REFUSE_WAYS,
  STARTS,
} from './behaviour.ts';

/**
 * Reads a behaviour.yaml; what it does not say is as in DEFAULT_BEHAVIOUR. Throws YamlFault (`file:line:column: …`)
 * on an unknown key or a wrong value.
 */
export function parseBehaviour(yamlText: string, file: string): Partial<Behaviour> {
  let said: Partial<Behaviour> = {};
  let levels: readonly YamlEntry[] = [];
  for (const entry of readYaml(yamlText, file)?.entries() ?? []) {
    if (entry.key === 'privilege') levels = entry.value.entries();
    else said = { ...said, ...readKey(entry) };
  }
  return levels.length === 0
    ? said
    : { ...said, users: withLevels(said.users ?? DEFAULT_BEHAVIOUR.users, levels) };
}

/** The stand-in's way to say privileges: a map of its own beside the users. */
function withLevels(users: Behaviour['users'], levels: readonly YamlEntry[]): Behaviour['users'] {
  const raised = { ...users };
  for (const entry of levels) {
    const user = Object.hasOwn(users, entry.key) ? users[entry.key] : undefined;
    if (user === undefined) throw entry.keyFault(`no such user; known are: ${Object.keys(users).join(', ')}`);
    raised[entry.key] = { ...user, privilege: level(entry.value) };
  }
  return raised;
}

type Reader = (value: YamlValue) => Partial<Behaviour>;

const READERS: Readonly<Record<string, Reader>> = {
  hostname: (v) => ({ hostname: v.string() }),
  users: (v) => ({ users: Object.fromEntries(v.entries().map((e) => [e.key, readUser(e.value)])) }),
  default_privilege: (v) => ({ defaultPrivilege: level(v) }),
  enable_secret: (v) => ({ enableSecret: v.isNull ? null : v.string() }),
  enable_prompt: (v) => ({ enablePrompt: v.string() }),
  enable_refusal: (v) => ({ enableRefusal: v.string() }),
  banner_login: (v) => ({ bannerLogin: v.string() }),
  banner_motd: (v) => ({ bannerMotd: v.string() }),
  banner_exec: (v) => ({ bannerExec: v.string() }),
  prompt_suffix: (v) => ({ promptSuffix: v.string() }),
  prompt_format: (v) => ({ promptFormat: v.string() }),
  more: (v) => ({ more: v.oneOf(MORE_STYLES) }),
  length: (v) => ({ length: v.number(0) }),
  width: (v) => ({ width: v.number(0) }),
  exec_timestamp: (v) => ({ execTimestamp: v.boolean() }),
  authz_deny: (v) => ({ authzDeny: v.list().map(pattern) }),
  permitted: (v) => ({ permitted: v.isNull ? null : v.list().map(pattern) }),
  authz_exec_fail: (v) => ({ authzExecFail: v.boolean() }),
  terminal_cmds: (v) => ({ terminalCmds: v.boolean() }),
  sdwan: (v) => ({ sdwan: v.boolean() }),
  latency: (v) => ({ latency: v.number(0) }),
  rate: (v) => ({ rate: v.number(0) }),
  chunk: (v) => ({ chunk: v.number(0) }),
  echo_delay: (v) => ({ echoDelay: v.number(0) }),
  double_cr: (v) => ({ doubleCr: v.boolean() }),
  syslog_every: (v) => ({ syslogEvery: v.number(0) }),
  syslog_line: (v) => ({ syslogLine: v.string() }),
  monitor: (v) => ({ monitor: v.boolean() }),
  stall_cmd: (v) => ({ stallCmd: pattern(v) }),
  stall_after: (v) => ({ stallAfter: v.number(0) }),
  stall_for: (v) => ({ stallFor: v.number(0) }),
  drop_cmd: (v) => ({ dropCmd: pattern(v) }),
  drop_after: (v) => ({ dropAfter: v.number(0) }),
  hang_up: (v) => ({ hangUp: v.oneOf(HANG_UPS) }),
  noise_cmd: (v) => ({ noiseCmd: pattern(v) }),
  noise_after: (v) => ({ noiseAfter: v.number(0) }),
  noise: (v) => ({ noise: v.string() }),
  asks_cmd: (v) => ({ asksCmd: pattern(v) }),
  asks: (v) => ({ asks: v.string() }),
  exit_asks: (v) => ({ exitAsks: v.string() }),
  switch_cmd: (v) => ({ switchCmd: pattern(v) }),
  switch_hostname: (v) => ({ switchHostname: v.string() }),
  encoding: (v) => ({ encoding: v.oneOf(ENCODINGS) }),
  refuse: (v) => ({ refuse: v.oneOf(REFUSE_WAYS) }),
  refuse_text: (v) => ({ refuseText: v.string() }),
  greeting: (v) => ({ greeting: v.string() }),
  start: (v) => ({ start: v.oneOf(STARTS) }),
  auth_delay: (v) => ({ authDelay: v.number(0) }),
  auth: (v) => ({ auth: v.oneOf(AUTH_WAYS) }),
  auth_tries: (v) => ({ authTries: v.number(1) }),
  auth_prompts: (v) => ({ authPrompts: v.list().map((round) => round.list().map(readPrompt)) }),
  change_request: (v) => ({ changeRequest: v.string() }),
  max_sessions: (v) => ({ maxSessions: v.number(0) }),
  domain_lookup: (v) => ({ domainLookup: v.boolean() }),
  exec_close: (v) => ({ execClose: v.oneOf(EXEC_CLOSES) }),
  exec_motd: (v) => ({ execMotd: v.boolean() }),
  exec_timeout: (v) => ({ execTimeout: v.number(0) }),
  absolute_timeout: (v) => ({ absoluteTimeout: v.number(0) }),
  logout_warning: (v) => ({ logoutWarning: v.number(0) }),
  rekey_every: (v) => ({ rekeyEvery: v.number(0) }),
  ident: (v) => ({ ident: v.string() }),
  algorithms: (v) => ({ algorithms: v.oneOf(ALGORITHM_PROFILES) }),
  host_key: (v) => ({ hostKey: v.oneOf(HOST_KEY_KINDS) }),
  shift_stamps: (v) => ({ shiftStamps: v.boolean() }),
};

function readKey(entry: YamlEntry): Partial<Behaviour> {
  const reader = Object.hasOwn(READERS, entry.key) ? READERS[entry.key] : undefined;
  if (reader === undefined) {
    throw entry.keyFault(
      `unknown key ${entry.key}; known are: privilege, ${Object.keys(READERS).join(', ')}`,
    );
  }
  return reader(entry.value);
}

function readUser(value: YamlValue): LabUser {
  let user: LabUser = { password: '', privilege: null, publicKey: null };
  for (const entry of value.entries()) {
    if (entry.key === 'password') user = { ...user, password: entry.value.string() };
    else if (entry.key === 'privilege') user = { ...user, privilege: level(entry.value) };
    else if (entry.key === 'public_key') user = { ...user, publicKey: entry.value.string() };
    else throw entry.keyFault(`unknown key ${entry.key}; known are: password, privilege, public_key`);
  }
  return user;
}

/** A hidden question as text, one whose answer is shown as `{ echo: text }`. */
function readPrompt(value: YamlValue): AuthPrompt {
  if (!value.isMap) return { text: value.string(), echo: false };
  const [entry, more] = value.entries();
  if (entry?.key !== 'echo' || more !== undefined)
    throw value.fault('expected a question, or { echo: question }');
  return { text: entry.value.string(), echo: true };
}

function level(value: YamlValue): number {
  const number = value.number(0);
  if (!Number.isInteger(number) || number > 15) throw value.fault('expected a privilege level, 0 to 15');
  return number;
}

function pattern(value: YamlValue): RegExp {
  try {
    return new RegExp(value.string());
  } catch (error) {
    throw value.fault(`expected a regular expression: ${(error as Error).message}`);
  }
}
