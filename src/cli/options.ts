import type { Options } from 'yargs';

/** Options of every command. */
export const GLOBAL_OPTIONS = {
  'log-level': {
    choices: ['error', 'warn', 'info', 'debug'] as const,
    default: 'warn' as const,
    describe: 'how much is logged',
  },
  'log-file': { type: 'string', describe: 'log to this file instead of stderr' },
  color: { type: 'boolean', default: true, describe: 'colours on a terminal (--no-color or NO_COLOR: none)' },
  quiet: { type: 'boolean', default: false, describe: 'no progress, the table only' },
} as const satisfies Record<string, Options>;

export const FORMAT_OPTIONS = {
  format: {
    choices: ['text', 'markdown', 'json'] as const,
    default: 'text' as const,
    describe: 'form of the report',
  },
  output: { type: 'string', describe: 'write the report to this file instead of stdout' },
} as const satisfies Record<string, Options>;

/** How to log in; flags win over the inventory, the inventory over the ssh_config. */
export const LOGIN_OPTIONS = {
  'allow-plain-passwords': {
    type: 'boolean',
    default: false,
    describe: 'accept a password that stands in the inventory itself',
  },
  user: { type: 'string', describe: 'login name' },
  port: { type: 'number', describe: 'SSH port' },
  password: {
    type: 'string',
    describe: 'env:NAME, file:PATH or ask (default env:TUNNELDOC_PASSWORD when set, else ask)',
  },
  'enable-secret': {
    type: 'string',
    describe: 'env:NAME, file:PATH or ask (default env:TUNNELDOC_ENABLE when set)',
  },
  identity: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'private key file, tried before the password; may be given several times',
  },
  passphrase: {
    type: 'string',
    describe: 'of encrypted key files: env:NAME, file:PATH or ask (default: asked on a terminal)',
  },
  agent: {
    type: 'boolean',
    describe: 'log in with the keys of the ssh-agent too (SSH_AUTH_SOCK; --no-agent: never)',
  },
  jump: {
    type: 'string',
    describe: 'go through: [user@]host[:port] or a name of jumpHosts, several with commas, or none',
  },
  'jump-password': {
    type: 'string',
    describe: 'of the jump hosts: env:NAME, file:PATH or ask (default: keys and agent only)',
  },
  'ssh-config': {
    type: 'string',
    describe: 'OpenSSH config file, or none (default ~/.ssh/config where there is one)',
  },
  'legacy-algorithms': {
    type: 'boolean',
    describe: 'opt in to SHA-1, CBC, group exchange and ssh-dss for old routers',
  },
  'host-keys': {
    choices: ['strict', 'accept-new'] as const,
    describe: 'unknown host keys: refuse (default) or record on first contact',
  },
  'known-hosts': { type: 'string', describe: 'our own known_hosts file (default in the state folder)' },
  'state-dir': { type: 'string', describe: 'folder for known hosts' },
} as const satisfies Record<string, Options>;

/** The same for diagnose and sweep; flags win over the inventory. */
export const CONNECTION_OPTIONS = {
  inventory: { type: 'string', describe: 'inventory file (YAML, or a line `address[:port] [name]` each)' },
  ...LOGIN_OPTIONS,
  record: { type: 'string', describe: 'save the redacted raw outputs below this folder' },
  transcript: {
    type: 'string',
    describe: 'save each session byte for byte, redacted and timed, in this folder (for `lab --replay`)',
  },
  samples: { type: 'number', default: 1, describe: 'samples of the IPsec counters' },
  interval: { type: 'number', default: 10, describe: 'seconds between samples' },
  peer: { type: 'string', describe: 'only the tunnels of this peer address' },
  concurrency: { type: 'number', default: 10, describe: 'routers at the same time' },
  'timeout-connect': { type: 'number', describe: 'seconds for TCP, and for the SSH greeting' },
  'timeout-key-exchange': { type: 'number', describe: 'seconds for the key exchange (old routers)' },
  'timeout-login': { type: 'number', describe: 'seconds for the credential (slow AAA)' },
  'timeout-prompt': { type: 'number', describe: 'seconds until a prompt shows' },
  'timeout-command': { type: 'number', describe: 'longest silence in one command, seconds' },
  'retry-after': {
    type: 'number',
    describe:
      'seconds until a failure that may pass is tried once more, 0: never (default 30 in sweep, 0 in diagnose)',
  },
  'timeout-router': { type: 'number', describe: 'most seconds for one router (default 1200)' },
  'type-ahead': {
    type: 'boolean',
    describe: 'send the next command before the prompt of the last one (faster; not every IOS takes it)',
  },
} as const satisfies Record<string, Options>;

export const SWEEP_OPTIONS = {
  limit: {
    type: 'string',
    describe: 'only these: names, globs, group:x, tag:x, site:x; comma = or, & = and, ! = not',
  },
  minimal: { type: 'boolean', default: false, describe: 'ask only the three main commands' },
} as const satisfies Record<string, Options>;

export const PLAN_OPTIONS = {
  format: {
    choices: ['text', 'json', 'parser-view', 'tacacs'] as const,
    default: 'text' as const,
    describe: 'the plan, or IOS and TACACS+ configuration that permits it, for an administrator to look at',
  },
  'print-commands': {
    type: 'boolean',
    default: false,
    describe: 'only the lines that are sent to every router for certain, one a line',
  },
} as const satisfies Record<string, Options>;

export const LAB_OPTIONS = {
  folder: { type: 'string', describe: 'scenario folder (default: the built-in ones)' },
  replay: {
    type: 'string',
    array: true,
    describe: 'replay these session transcripts instead (files, or folders of them)',
  },
  speed: { type: 'number', default: 1, describe: "divides the routers' pauses in a replay" },
  'save-scenario': {
    type: 'string',
    describe: 'write the transcripts of --replay as a scenario of this name below --folder, and end',
  },
} as const satisfies Record<string, Options>;
