import { readYaml, type YamlEntry, type YamlValue } from '../../src/evidence/yaml-fields.ts';

/** One login of a lab router. */
export interface LabUser {
  readonly password: string;
  /** 0 to 15; null: the router's default. */
  readonly privilege: number | null;
  /** An OpenSSH public key line that also lets this user in. */
  readonly publicKey: string | null;
}

const MORE_STYLES = ['classic', 'esck', 'inverse'] as const;
export const ALGORITHM_PROFILES = ['modern', 'xe17', 'xe16', 'ios15', 'legacy', 'ios12', 'any'] as const;
const HOST_KEY_KINDS = ['rsa2048', 'rsa1024', 'ecdsa'] as const;
const AUTH_WAYS = ['both', 'password', 'kbdint', 'none'] as const;
const REFUSE_WAYS = ['no', 'refused', 'reset', 'closed', 'silent'] as const;
const EXEC_CLOSES = ['abrupt', 'clean'] as const;

/** How a lab router behaves beside what it answers. Times in seconds; every key of behaviour.yaml has a field here. */
export interface Behaviour {
  readonly hostname: string;
  readonly users: Readonly<Record<string, LabUser>>;
  readonly defaultPrivilege: number;
  /** What `enable` asks for; null: none set (`% No password set`). */
  readonly enableSecret: string | null;
  readonly bannerLogin: string;
  readonly bannerMotd: string;
  readonly bannerExec: string;
  /** Behind `#` or `>`, e.g. a BEL. */
  readonly promptSuffix: string;
  /** As the IOS command `prompt`: %h name, %n counter, %p the sign, %s blank. Empty: name and sign. */
  readonly promptFormat: string;
  readonly more: (typeof MORE_STYLES)[number];
  /** null: rows and columns of the pty request. */
  readonly length: number | null;
  readonly width: number | null;
  readonly execTimestamp: boolean;
  readonly authzDeny: readonly RegExp[];
  /** `% Authorization failed.` at once and the connection ends. */
  readonly authzExecFail: boolean;
  /** False: `terminal …` is no command here (privilege 0, or AAA takes it away). */
  readonly terminalCmds: boolean;
  /** `screen-length 0` instead of `terminal length 0`. */
  readonly sdwan: boolean;
  readonly latency: number;
  /** Bytes a second; 0: no limit. */
  readonly rate: number;
  /** Writes in pieces of this many bytes; 0: whole. */
  readonly chunk: number;
  readonly echoDelay: number;
  /** Lines end CR CR LF. */
  readonly doubleCr: boolean;
  readonly syslogEvery: number;
  readonly syslogLine: string;
  /** Log lines reach the session from the start. */
  readonly monitor: boolean;
  readonly stallCmd: RegExp | null;
  readonly stallAfter: number;
  readonly dropCmd: RegExp | null;
  readonly dropAfter: number;
  readonly refuse: (typeof REFUSE_WAYS)[number];
  readonly authDelay: number;
  readonly auth: (typeof AUTH_WAYS)[number];
  readonly authTries: number;
  /** Connections at a time; 0: no limit. One above it is reset, as IOS does when its vty lines are taken. */
  readonly maxSessions: number;
  readonly domainLookup: boolean;
  readonly execClose: (typeof EXEC_CLOSES)[number];
  readonly execMotd: boolean;
  /** Idle seconds before the session ends without a word. */
  readonly execTimeout: number;
  readonly absoluteTimeout: number;
  readonly logoutWarning: number;
  /** Software part of the identification string. */
  readonly ident: string;
  readonly algorithms: (typeof ALGORITHM_PROFILES)[number];
  readonly hostKey: (typeof HOST_KEY_KINDS)[number];
  /** True: the recorded clock and every log stamp are moved to the present. `startLab` does so unless told otherwise. */
  readonly shiftStamps: boolean;
}

/** A quiet, quick router: user lab/lab at privilege 15. */
export const DEFAULT_BEHAVIOUR: Behaviour = {
  hostname: 'Router',
  users: { lab: { password: 'lab', privilege: null, publicKey: null } },
  defaultPrivilege: 15,
  enableSecret: 'lab',
  bannerLogin: '',
  bannerMotd: '',
  bannerExec: '',
  promptSuffix: '',
  promptFormat: '',
  more: 'classic',
  length: null,
  width: null,
  execTimestamp: false,
  authzDeny: [],
  authzExecFail: false,
  terminalCmds: true,
  sdwan: false,
  latency: 0,
  rate: 0,
  chunk: 0,
  echoDelay: 0,
  doubleCr: false,
  syslogEvery: 0,
  syslogLine: '*Jan  5 08:15:02.118: %SYS-5-CONFIG_I: Configured from console by lab on vty1 (192.0.2.250)',
  monitor: false,
  stallCmd: null,
  stallAfter: 0,
  dropCmd: null,
  dropAfter: 0,
  refuse: 'no',
  authDelay: 0,
  auth: 'both',
  authTries: 3,
  maxSessions: 0,
  domainLookup: false,
  execClose: 'abrupt',
  execMotd: true,
  execTimeout: 600,
  absoluteTimeout: 0,
  logoutWarning: 20,
  ident: 'Cisco-1.25',
  algorithms: 'any',
  hostKey: 'rsa2048',
  shiftStamps: false,
};

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
  drop_cmd: (v) => ({ dropCmd: pattern(v) }),
  drop_after: (v) => ({ dropAfter: v.number(0) }),
  refuse: (v) => ({ refuse: v.oneOf(REFUSE_WAYS) }),
  auth_delay: (v) => ({ authDelay: v.number(0) }),
  auth: (v) => ({ auth: v.oneOf(AUTH_WAYS) }),
  auth_tries: (v) => ({ authTries: v.number(1) }),
  max_sessions: (v) => ({ maxSessions: v.number(0) }),
  domain_lookup: (v) => ({ domainLookup: v.boolean() }),
  exec_close: (v) => ({ execClose: v.oneOf(EXEC_CLOSES) }),
  exec_motd: (v) => ({ execMotd: v.boolean() }),
  exec_timeout: (v) => ({ execTimeout: v.number(0) }),
  absolute_timeout: (v) => ({ absoluteTimeout: v.number(0) }),
  logout_warning: (v) => ({ logoutWarning: v.number(0) }),
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
