import { checkHost, checkJump, type JumpText } from './hosts.ts';
import type { Problem } from './problem.ts';
import type { SshConfig } from './ssh-config-file.ts';
import type { ConfigLine } from './ssh-config-lines.ts';
import { expandPath, type LocalFacts, type TokenFacts } from './ssh-config-tokens.ts';
import { type HostValues, hostNameOf, hostValues, problemAt } from './ssh-config-values.ts';

/** A value and who says it: `--port`, `inventory`, `~/.ssh/config:12`, `default`. */
export interface Said<T> {
  readonly value: T;
  readonly from: string;
}

export type SshLoginMethod = 'publickey' | 'password' | 'keyboard-interactive';

/** Keywords of the four kinds of algorithms, by the name our tables have for the kind. */
export const ALGORITHM_KEYWORDS = {
  kex: 'kexalgorithms',
  serverHostKey: 'hostkeyalgorithms',
  cipher: 'ciphers',
  hmac: 'macs',
} as const;
export type AlgorithmKind = keyof typeof ALGORITHM_KEYWORDS;

/** What an ssh_config says of a host, read and filled in; null where it says nothing. */
export interface SshHostSettings {
  readonly hostName: Said<string> | null;
  readonly user: Said<string> | null;
  readonly port: Said<number> | null;
  /** Paths; null: no IdentityFile line. Empty: `IdentityFile none`. */
  readonly identities: readonly Said<string>[] | null;
  readonly identitiesOnly: Said<boolean> | null;
  /** Path of a socket; `true`: the one of SSH_AUTH_SOCK; `false`: none. */
  readonly identityAgent: Said<string | boolean> | null;
  /** Empty: `ProxyJump none`. */
  readonly jump: Said<readonly JumpText[]> | null;
  /** The lists as written, with their sign. */
  readonly algorithms: { readonly [K in AlgorithmKind]?: Said<string> };
  readonly methods: Said<readonly SshLoginMethod[]> | null;
  readonly hostKeys: Said<'yes' | 'accept-new' | 'ask' | 'no'> | null;
  readonly userKnownHosts: Said<readonly string[]> | null;
  readonly globalKnownHosts: Said<readonly string[]> | null;
  readonly hostKeyAlias: Said<string> | null;
  readonly connectTimeout: Said<number> | null;
}

export interface SettingsQuery {
  readonly host: string;
  readonly user: string | null;
  readonly port: number | null;
}

/** What the config says of a host, or the first line that stands in the way. Never throws. */
export function sshHostSettings(
  config: SshConfig,
  query: SettingsQuery,
  local: LocalFacts,
): SshHostSettings | Problem {
  const values = hostValues(config, { ...query, localUser: local.user ?? '' });
  if ('message' in values) return values;
  const reading: Reading = { values, problems: [] };
  const settings = readSettings(reading, query, local);
  return reading.problems[0] ?? settings;
}

interface Reading {
  readonly values: HostValues;
  readonly problems: Problem[];
}

function readSettings(reading: Reading, query: SettingsQuery, local: LocalFacts): SshHostSettings {
  const hostName = hostNameOf(reading.values, query.host);
  const port = one(reading, 'port', readPort);
  const user = one(reading, 'user', readUser);
  const hostKeyAlias = one(reading, 'hostkeyalias', (text) => ({ keep: text }));
  const tokens: TokenFacts = {
    host: hostName,
    originalHost: query.host,
    port: query.port ?? port?.value ?? 22,
    user: query.user ?? user?.value ?? local.user ?? '',
    hostKeyAlias: hostKeyAlias?.value ?? null,
    local,
  };
  refuseCommand(reading);
  return {
    hostName: one(reading, 'hostname', () => checkHost(hostName)),
    user,
    port,
    identities: readIdentities(reading, tokens),
    identitiesOnly: one(reading, 'identitiesonly', yesOrNo),
    identityAgent: one(reading, 'identityagent', (text) => readAgent(text, tokens)),
    jump: one(reading, 'proxyjump', (text) => readJumpChain(text, tokens)),
    algorithms: readAlgorithms(reading),
    methods: readMethods(reading),
    hostKeys: one(reading, 'stricthostkeychecking', readStrictness),
    userKnownHosts: readFiles(reading, 'userknownhostsfile', tokens),
    globalKnownHosts: readFiles(reading, 'globalknownhostsfile', tokens),
    hostKeyAlias,
    connectTimeout: one(reading, 'connecttimeout', readSeconds),
  };
}

type Kept<T> = { readonly keep: T } | { readonly expected: string };

/** One value of one word. */
function one<T>(reading: Reading, keyword: string, read: (text: string) => Kept<T | null>): Said<T> | null {
  const line = reading.values.first.get(keyword);
  if (line === undefined) return null;
  if (line.args.length > 1) return wrong(reading, line, 'takes one value; put it in quotes if it has blanks');
  const result = read(line.args[0] ?? '');
  if ('expected' in result) return wrong(reading, line, result.expected);
  return result.keep === null ? null : { value: result.keep, from: placeOf(line) };
}

function wrong(reading: Reading, line: ConfigLine, message: string): null {
  reading.problems.push(problemAt(line, `${line.keyword}: ${message}`));
  return null;
}

function placeOf(line: ConfigLine): string {
  return `${line.file}:${line.line}`;
}

function readPort(text: string): Kept<number> {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? { keep: port } : { expected: 'a number from 1 to 65535 is expected' };
}

function readUser(text: string): Kept<string> {
  return /^[^\s-][^\s]{0,127}$/.test(text)
    ? { keep: text }
    : { expected: 'one word is expected, without blanks or a dash in front' };
}

function yesOrNo(text: string): Kept<boolean> {
  const word = text.toLowerCase();
  if (word === 'yes' || word === 'true') return { keep: true };
  return word === 'no' || word === 'false' ? { keep: false } : { expected: 'yes or no is expected' };
}

function readIdentities({ values, problems }: Reading, tokens: TokenFacts): Said<string>[] | null {
  if (values.identities.length === 0) return null;
  return values.identities.flatMap((line) => {
    const text = line.args[0] ?? '';
    const path = expandPath(text, tokens);
    if (text.toLowerCase() === 'none') return [];
    if (typeof path === 'string') return [{ value: path, from: placeOf(line) }];
    problems.push(problemAt(line, `${line.keyword}: ${path.expected}`));
    return [];
  });
}

function readAgent(text: string, tokens: TokenFacts): Kept<string | boolean> {
  if (text.toLowerCase() === 'none') return { keep: false };
  if (text === 'SSH_AUTH_SOCK') return { keep: true };
  // $SSH_SOCKET
  const name = /^\$([A-Za-z_][A-Za-z0-9_]{0,100})$/.exec(text)?.[1];
  const path = expandPath(name === undefined ? text : `\${${name}}`, tokens);
  return typeof path === 'string' ? { keep: path } : path;
}

function readJumpChain(text: string, tokens: TokenFacts): Kept<readonly JumpText[]> {
  if (text.toLowerCase() === 'none') return { keep: [] };
  const whole = expandPath(text, tokens);
  if (typeof whole !== 'string') return whole;
  const hops: JumpText[] = [];
  for (const part of whole.split(',')) {
    const hop = checkJump(part.replace(/^ssh:\/\//i, ''));
    if ('expected' in hop) return { expected: `${hop.expected}, several with commas between, or none` };
    hops.push(hop.keep);
  }
  return { keep: hops };
}

/** `ProxyCommand` without a jump before it. */
function refuseCommand(reading: Reading): void {
  const line = reading.values.first.get('proxycommand');
  if (line === undefined || line.args[0]?.toLowerCase() === 'none') return;
  wrong(
    reading,
    line,
    'commands of a config are never run here; say the way with ProxyJump, with --jump or jump: in the inventory, or leave the file out with --ssh-config none',
  );
}

function readAlgorithms(reading: Reading): SshHostSettings['algorithms'] {
  const found: { [K in AlgorithmKind]?: Said<string> } = {};
  for (const kind of Object.keys(ALGORITHM_KEYWORDS) as AlgorithmKind[]) {
    const said = one(reading, ALGORITHM_KEYWORDS[kind], (text) => ({ keep: text }));
    if (said !== null) found[kind] = said;
  }
  return found;
}

const METHODS: readonly SshLoginMethod[] = ['publickey', 'password', 'keyboard-interactive'];
const METHOD_KEYWORDS: Readonly<Record<string, SshLoginMethod>> = {
  pubkeyauthentication: 'publickey',
  passwordauthentication: 'password',
  kbdinteractiveauthentication: 'keyboard-interactive',
};

/** `PreferredAuthentications`, less what another line switches off. */
function readMethods(reading: Reading): SshHostSettings['methods'] {
  const preferred = reading.values.first.get('preferredauthentications');
  const off = Object.entries(METHOD_KEYWORDS).flatMap(([keyword, method]) => {
    const line = reading.values.first.get(keyword);
    return line?.args[0]?.toLowerCase() === 'no' ? [{ line, method }] : [];
  });
  const line = preferred ?? off[0]?.line;
  if (line === undefined) return null;
  const wanted = preferred?.args[0]?.toLowerCase().split(',') ?? METHODS;
  const left = wanted.flatMap((name) => METHODS.filter((method) => method === name));
  const methods = left.filter((method) => !off.some((one) => one.method === method));
  if (methods.length === 0)
    return wrong(reading, line, `no way to log in is left; known here are ${METHODS.join(', ')}`);
  return { value: [...new Set(methods)], from: placeOf(line) };
}

function readStrictness(text: string): Kept<'yes' | 'accept-new' | 'ask' | 'no'> {
  const word = text.toLowerCase();
  if (word === 'yes' || word === 'true') return { keep: 'yes' };
  if (word === 'no' || word === 'off' || word === 'false') return { keep: 'no' };
  if (word === 'ask' || word === 'accept-new') return { keep: word };
  return { expected: 'yes, accept-new, ask, no or off is expected' };
}

function readFiles(reading: Reading, keyword: string, tokens: TokenFacts): Said<readonly string[]> | null {
  const line = reading.values.first.get(keyword);
  if (line === undefined) return null;
  const paths = line.args
    .filter((text) => text.toLowerCase() !== 'none')
    .map((text) => expandPath(text, tokens));
  const files = paths.filter((path) => typeof path === 'string');
  const bad = paths.find((path) => typeof path !== 'string');
  return bad === undefined
    ? { value: files, from: placeOf(line) }
    : wrong(reading, line, (bad as { expected: string }).expected);
}

/** `10`, `1m30s`; none and 0 say nothing. */
function readSeconds(text: string): Kept<number | null> {
  const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
  if (text.toLowerCase() === 'none') return { keep: null };
  // 90    1m30s
  const parts = [...text.toLowerCase().matchAll(/(\d{1,6})([smhdw]?)/g)];
  const seconds = parts.reduce((sum, [, n, unit]) => sum + Number(n) * (units[unit ?? ''] ?? 1), 0);
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== text.toLowerCase() || seconds > 3600)
    return { expected: 'seconds are expected, 3600 at most, e.g. 10' };
  return { keep: seconds === 0 ? null : seconds };
}
