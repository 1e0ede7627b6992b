/** One login of a lab router. */
export interface LabUser {
  readonly password: string;
  /** 0 to 15; null: the router's default. */
  readonly privilege: number | null;
  /** An OpenSSH public key line that also lets this user in. */
  readonly publicKey: string | null;
}

export const MORE_STYLES = ['classic', 'esck', 'inverse'] as const;
export const ALGORITHM_PROFILES = ['modern', 'xe17', 'xe16', 'ios15', 'legacy', 'ios12', 'any'] as const;
export const HOST_KEY_KINDS = ['rsa2048', 'rsa1024', 'ecdsa'] as const;
export const AUTH_WAYS = ['both', 'password', 'kbdint', 'none', 'in-band'] as const;
export const REFUSE_WAYS = ['no', 'refused', 'reset', 'closed', 'silent', 'stall-kex', 'reset-kex'] as const;
export const STARTS = ['prompt', 'silent', 'closed', 'gone', 'no-shell', 'no-session'] as const;
export const HANG_UPS = ['cut', 'reset', 'disconnect'] as const;
export const ENCODINGS = ['utf8', 'latin1'] as const;
export const EXEC_CLOSES = ['abrupt', 'clean'] as const;

/** One question of keyboard-interactive. */
export interface AuthPrompt {
  readonly text: string;
  /** True: what is typed is shown (a user name). */
  readonly echo: boolean;
}

/** A regular expression, or another judge of command lines. */
export interface CommandRule {
  test(line: string): boolean;
}

/** How a lab router behaves beside what it answers. Times in seconds; every key of behaviour.yaml has a field here. */
export interface Behaviour {
  readonly hostname: string;
  readonly users: Readonly<Record<string, LabUser>>;
  readonly defaultPrivilege: number;
  /** What `enable` asks for; null: none set (`% No password set`). */
  readonly enableSecret: string | null;
  readonly enablePrompt: string;
  /** What a wrong enable secret is answered with at once; empty: two more questions, then `% Bad secrets`. */
  readonly enableRefusal: string;
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
  /** What AAA permits: lines unabbreviated and with their pipe; nothing else may be run. null: everything. */
  readonly permitted: readonly CommandRule[] | null;
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
  /** Seconds after which a stalled output goes on; 0: never. */
  readonly stallFor: number;
  readonly dropCmd: RegExp | null;
  readonly dropAfter: number;
  /** How the line dies, at `dropCmd` and wherever else this router ends it without a word. */
  readonly hangUp: (typeof HANG_UPS)[number];
  /** What falls into an output after so many bytes of it, LF as the router's line end. */
  readonly noiseCmd: RegExp | null;
  readonly noiseAfter: number;
  readonly noise: string;
  /** Commands that put a question first; `yes` and `no` are answers, with `assword` in it it asks for a secret. */
  readonly asksCmd: RegExp | null;
  readonly asks: string;
  /** What `exit` asks; only `y…` leaves. Empty: it leaves at once. */
  readonly exitAsks: string;
  /** The command behind which the prompt shows another name: a switch-over, another box. */
  readonly switchCmd: RegExp | null;
  readonly switchHostname: string;
  /** latin1: bytes above 7F as they stand in the recording, one each. */
  readonly encoding: (typeof ENCODINGS)[number];
  readonly refuse: (typeof REFUSE_WAYS)[number];
  /** What `closed` and `silent` say instead of SSH, LF as CR LF. */
  readonly refuseText: string;
  /** Lines in front of the identification string. */
  readonly greeting: string;
  /** What stands behind the login. */
  readonly start: (typeof STARTS)[number];
  readonly authDelay: number;
  readonly auth: (typeof AUTH_WAYS)[number];
  readonly authTries: number;
  /** The rounds of keyboard-interactive. The first hidden question takes the password; no further one can be answered. */
  readonly authPrompts: readonly (readonly AuthPrompt[])[];
  /** What the right password is answered with (SSH_MSG_USERAUTH_PASSWD_CHANGEREQ); empty: nothing. */
  readonly changeRequest: string;
  /** Connections at a time; 0: no limit. One above it is reset, as IOS does when its vty lines are taken. */
  readonly maxSessions: number;
  readonly domainLookup: boolean;
  readonly execClose: (typeof EXEC_CLOSES)[number];
  readonly execMotd: boolean;
  /** Idle seconds before the session ends without a word. */
  readonly execTimeout: number;
  readonly absoluteTimeout: number;
  readonly logoutWarning: number;
  /** New session keys every so many seconds; 0: never. */
  readonly rekeyEvery: number;
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
  enablePrompt: 'Password: ',
  enableRefusal: '',
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
  permitted: null,
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
  stallFor: 0,
  dropCmd: null,
  dropAfter: 0,
  hangUp: 'cut',
  noiseCmd: null,
  noiseAfter: 0,
  noise: '',
  asksCmd: null,
  asks: 'Proceed? [yes/no]: ',
  exitAsks: '',
  switchCmd: null,
  switchHostname: '',
  encoding: 'utf8',
  refuse: 'no',
  refuseText: '',
  greeting: '',
  start: 'prompt',
  authDelay: 0,
  auth: 'both',
  authTries: 3,
  authPrompts: [[{ text: 'Password: ', echo: false }]],
  changeRequest: '',
  maxSessions: 0,
  domainLookup: false,
  execClose: 'abrupt',
  execMotd: true,
  execTimeout: 600,
  absoluteTimeout: 0,
  logoutWarning: 20,
  rekeyEvery: 0,
  ident: 'Cisco-1.25',
  algorithms: 'any',
  hostKey: 'rsa2048',
  shiftStamps: false,
};
