// What we read from a config is what OpenSSH itself answers: `ssh -G -F file host`, over a table of configs.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyAlgorithmLine } from '../../src/inventory/algorithm-lines.ts';
import { readSshConfig } from '../../src/inventory/ssh-config-file.ts';
import {
  ALGORITHM_KEYWORDS,
  type AlgorithmKind,
  type SshHostSettings,
  sshHostSettings,
} from '../../src/inventory/ssh-config-settings.ts';
import { expandPath, type LocalFacts } from '../../src/inventory/ssh-config-tokens.ts';
import { scratchFolder, writeTree } from '../support/scratch.ts';

const SSH = '/usr/bin/ssh';
const withSsh = existsSync(SSH) ? describe : describe.skip;
const scratch = scratchFolder();
const local: LocalFacts = {
  user: userInfo().username,
  // ssh asks the system, not $HOME.
  home: userInfo().homedir,
  hostName: hostname(),
  uid: process.getuid?.() ?? null,
  env: process.env,
};

/** One answer of `ssh -G`; keywords that stand several times have several values. */
function opensshAnswer(file: string, host: string): Map<string, string[]> | string {
  const ran = spawnSync(SSH, ['-G', '-F', file, host], { encoding: 'utf8', input: '' });
  if (ran.status !== 0) return ran.stderr;
  const found = new Map<string, string[]>();
  for (const line of ran.stdout.split('\n')) {
    const [, keyword, value] = /^(\S+) (.*)$/.exec(line) ?? [];
    if (keyword !== undefined && value !== undefined)
      found.set(keyword, [...(found.get(keyword) ?? []), value]);
  }
  return found;
}

/** The same questions answered by us, in OpenSSH's words. */
async function ourAnswer(file: string, host: string): Promise<SshHostSettings | string> {
  const read = await readSshConfig(file, true);
  if (!read.ok) return read.problems.map((problem) => `${problem.line}: ${problem.message}`).join('\n');
  if (read.config === null) throw new Error('no config');
  const settings = sshHostSettings(read.config, { host, user: null, port: null }, local);
  return 'message' in settings ? `${settings.line}: ${settings.message}` : settings;
}

const names = (kind: string): string[] =>
  execFileSync(SSH, ['-Q', kind], { encoding: 'utf8' }).trim().split('\n');
const QUERY: Record<AlgorithmKind, string> = {
  kex: 'kex',
  serverHostKey: 'HostKeyAlgorithms',
  cipher: 'cipher',
  hmac: 'mac',
};

function algorithmsOf(settings: SshHostSettings, defaults: Map<string, string[]>): Record<string, unknown> {
  const kinds = Object.keys(ALGORITHM_KEYWORDS) as AlgorithmKind[];
  return Object.fromEntries(
    kinds.map((kind) => {
      const ours = defaults.get(ALGORITHM_KEYWORDS[kind])?.[0]?.split(',') ?? [];
      const said = settings.algorithms[kind]?.value;
      return [kind, said === undefined ? ours : applyAlgorithmLine(said, ours, names(QUERY[kind]))];
    }),
  );
}

/** `[10.0.0.1]` and `10.0.0.1` are one; the port is shown only when it was said. */
function hop(text: string): string {
  return text.replace(/\[([\d.]+)\]/g, '$1');
}

function ours(settings: SshHostSettings, host: string, defaults: Map<string, string[]>) {
  const jump = settings.jump?.value.map(
    ({ user, host: name, port }) =>
      `${user === null ? '' : `${user}@`}${name.includes(':') ? `[${name}]` : name}${port === null ? '' : `:${port}`}`,
  );
  return {
    // OpenSSH shows names in lower case; for the name service and for known hosts both are one.
    hostname: (settings.hostName?.value ?? host).toLowerCase(),
    user: settings.user?.value ?? local.user,
    port: String(settings.port?.value ?? 22),
    identities: settings.identities?.map((file) => file.value) ?? null,
    identitiesOnly: settings.identitiesOnly?.value ?? false,
    identityAgent: settings.identityAgent?.value ?? null,
    jump: jump === undefined || jump.length === 0 ? null : jump.join(','),
    strict: settings.hostKeys?.value ?? 'ask',
    hostKeyAlias: settings.hostKeyAlias?.value ?? null,
    connectTimeout: settings.connectTimeout?.value ?? null,
    userKnownHosts: settings.userKnownHosts?.value ?? null,
    globalKnownHosts: settings.globalKnownHosts?.value ?? null,
    ...algorithmsOf(settings, defaults),
  };
}

function theirs(answer: Map<string, string[]>, host: string, defaults: Map<string, string[]>) {
  const first = (keyword: string): string | undefined => answer.get(keyword)?.[0];
  const port = Number(first('port'));
  const user = first('user') ?? '';
  const hostKeyAlias = first('hostkeyalias') ?? null;
  const tokens = {
    host: first('hostname') ?? '',
    originalHost: host,
    port,
    user,
    hostKeyAlias,
    local,
  };
  const path = (text: string): unknown => expandPath(text, tokens);
  const said = (keyword: string): string | null => {
    const value = first(keyword);
    return value === undefined || value === defaults.get(keyword)?.[0] ? null : value;
  };
  const files = (keyword: string): unknown => said(keyword)?.split(' ').map(path) ?? null;
  const identities = answer.get('identityfile') ?? [];
  const isDefault = identities.join() === defaults.get('identityfile')?.join();
  const agent = said('identityagent');
  const timeout = said('connecttimeout');
  const strict: Record<string, string> = { true: 'yes', false: 'no', ask: 'ask' };
  const list = (keyword: string): string[] | undefined => first(keyword)?.split(',');
  return {
    hostname: first('hostname'),
    user,
    port: String(port),
    identities: isDefault ? null : identities.filter((file) => file !== 'none').map(path),
    identitiesOnly: first('identitiesonly') === 'yes',
    identityAgent:
      agent === null ? null : agent === 'none' ? false : agent === 'SSH_AUTH_SOCK' ? true : path(agent),
    jump: said('proxyjump') === null ? null : hop(said('proxyjump') ?? ''),
    strict: strict[first('stricthostkeychecking') ?? ''] ?? first('stricthostkeychecking'),
    hostKeyAlias,
    connectTimeout: timeout === null ? null : Number(timeout),
    userKnownHosts: files('userknownhostsfile'),
    globalKnownHosts: files('globalknownhostsfile'),
    kex: list('kexalgorithms'),
    serverHostKey: list('hostkeyalgorithms'),
    cipher: list('ciphers'),
    hmac: list('macs'),
  };
}

const CONFIGS: readonly (readonly [string, string, ...string[]])[] = [
  ['nothing', '', 'hub1'],
  ['a section', 'Host hub1\n HostName 192.0.2.1\n User ops\n Port 2222\n', 'hub1', 'hub2', 'HUB1'],
  [
    'first value wins',
    'Host hub*\n User a\nHost hub1\n User b\n Port 1\nHost *\n Port 2\n',
    'hub1',
    'hub2',
    'x',
  ],
  ['before any section', 'User all\nHost hub1\n User b\n', 'hub1'],
  ['case of keywords, = and tabs', 'HOST hub1\n\thostname=192.0.2.1\n  uSeR = ops\n PORT\t=\t22\n', 'hub1'],
  [
    'quotes and comments',
    'Host "hub1" # a comment\n User "ops" # it is "quoted"\n HostKeyAlias \'a b\'\n',
    'hub1',
  ],
  ['# without a blank before it is text', 'Host hub1\n User a#b\n #User c\n', 'hub1'],
  ['escapes', 'Host hub1\n HostKeyAlias a\\"b\\ c\\\\d\\e\n', 'hub1'],
  ['Windows line ends', 'Host hub1\r\n User ops\r\n Port 22\r\n', 'hub1'],
  [
    'negated patterns',
    'Host hub* !hub1\n User a\nHost !hub2\n User b\nHost * !hub3\n User c\n',
    'hub1',
    'hub2',
    'hub3',
  ],
  [
    'question marks',
    'Host hub?\n Port 1\nHost *.??.example\n Port 2\n',
    'hub1',
    'hub12',
    'a.xy.example',
    'hub',
  ],
  ['commas are no separators of Host', 'Host hub1,hub2\n Port 1\n', 'hub1'],
  ['several patterns', 'Host hub1 hub2\n Port 1\n', 'hub1', 'hub2'],
  ['%h and %% of HostName', 'Host hub*\n HostName %h.lon.example.net\nHost p\n HostName a%%b\n', 'hub1'],
  ['capital letters in HostName', 'Host hub1\n HostName HUB1.Example.NET\n', 'hub1'],
  ['IPv6', 'Host 2001:db8::1\n Port 1\nHost v6\n HostName 2001:db8::2\n', '2001:db8::1', 'v6'],
  [
    'identities',
    'Host *\n IdentityFile ~/.ssh/a\n IdentityFile "~/.ssh/b c"\nHost hub1\n IdentityFile %d/%h-%r-%p\n IdentityFile ~/.ssh/a\n',
    'hub1',
    'x',
  ],
  [
    'identity tokens',
    'Host hub1\n HostName r.example\n User ops\n Port 2\n IdentityFile /k/%n/%h/%p/%r/%u/%%/%k/%i/%l/%L\n',
    'hub1',
  ],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the form a config has
  ['identity from the environment', 'IdentityFile ${HOME}/.ssh/x\n', 'hub1'],
  ['no identity', 'IdentityFile none\nIdentitiesOnly yes\n', 'hub1'],
  [
    'agents',
    'Host a\n IdentityAgent none\nHost b\n IdentityAgent ~/agent.sock\nHost c\n IdentityAgent SSH_AUTH_SOCK\n',
    'a',
    'b',
    'c',
    'd',
  ],
  [
    'jumps',
    'Host a\n ProxyJump b\nHost c\n ProxyJump ops@b:2200,[2001:db8::1]:22,10.0.0.1\nHost d\n ProxyJump none\nHost *\n ProxyJump z\n',
    'a',
    'c',
    'd',
    'e',
  ],
  ['jump as URI', 'ProxyJump ssh://ops@b:2200\n', 'a'],
  ['a jump before a command', 'ProxyJump b\nProxyCommand nc %h %p\n', 'a'],
  ['no command, then a jump', 'ProxyCommand none\nProxyJump b\n', 'a'],
  [
    'known hosts',
    'Host a\n UserKnownHostsFile ~/a /b\n GlobalKnownHostsFile /c "/d"\nHost b\n UserKnownHostsFile /e/%k\n HostKeyAlias lab\n',
    'a',
    'b',
    'c',
  ],
  [
    'strictness',
    'Host a\n StrictHostKeyChecking accept-new\nHost b\n StrictHostKeyChecking off\nHost c\n StrictHostKeyChecking yes\nHost d\n StrictHostKeyChecking no\nHost e\n StrictHostKeyChecking ask\n',
    'a',
    'b',
    'c',
    'd',
    'e',
    'f',
  ],
  [
    'timeouts',
    'Host a\n ConnectTimeout 5\nHost b\n ConnectTimeout 1m30s\nHost c\n ConnectTimeout none\n',
    'a',
    'b',
    'c',
  ],
  [
    'algorithms added',
    'KexAlgorithms +diffie-hellman-group1-sha1,curve25519-sha256\nCiphers +aes128-cbc,3des-cbc\nMACs +hmac-md5\nHostKeyAlgorithms +ssh-rsa,ssh-dss\n',
    'a',
  ],
  [
    'algorithms taken away',
    'KexAlgorithms -diffie-hellman-*,sntrup*\nCiphers -*gcm*\nMACs -umac*\nHostKeyAlgorithms -*cert*,sk-*\n',
    'a',
  ],
  [
    'algorithms in front',
    'KexAlgorithms ^ecdh-sha2-nistp256,diffie-hellman-group14-sha1\nCiphers ^aes256-ctr\nMACs ^hmac-sha2-512\nHostKeyAlgorithms ^rsa-sha2-512,ssh-rsa\n',
    'a',
  ],
  [
    'algorithms replaced',
    'KexAlgorithms diffie-hellman-group14-sha256,curve25519-sha256\nCiphers aes256-ctr,aes128-ctr\nMACs hmac-sha2-256\nHostKeyAlgorithms ssh-rsa\n',
    'a',
  ],
  ['wildcards of host key algorithms', 'HostKeyAlgorithms rsa-*,ecdsa-sha2-nistp???\n', 'a'],
  [
    'algorithms: the first line wins whole',
    'Host a\n Ciphers aes256-ctr\nHost *\n Ciphers +3des-cbc\n',
    'a',
    'b',
  ],
  [
    'Match host',
    'Match host hub1\n User a\nMatch host hub*,!hub2\n Port 2\n',
    'hub1',
    'hub2',
    'hub3',
    'HUB1',
  ],
  [
    'Match host sees HostName',
    'Host alias\n HostName r1.example.net\nMatch host r1.example.net\n User a\nMatch originalhost alias\n Port 5\nMatch host alias\n Port 6\n',
    'alias',
    'r1.example.net',
  ],
  ['Match user', 'Host a\n User ops\nMatch user ops\n Port 1\nMatch user root,x*\n Port 2\n', 'a', 'b'],
  ['Match localuser', `Match localuser ${local.user}\n Port 1\nMatch localuser nobody-here\n User x\n`, 'a'],
  ['Match all', 'Match all\n Port 1\nMatch host a\n User x\nMatch All\n User y\n', 'a', 'b'],
  ['Match negated', 'Match !host a\n Port 1\nMatch host * !user nobody-here\n User x\n', 'a', 'b'],
  ['Match host=', 'Match host=a user=*\n Port 1\n', 'a', 'b'],
  [
    'Match final',
    'Host a\n HostName r1.example.net\nHost *.example.net\n Port 3\nMatch final host *.example.net\n User x\n',
    'a',
    'b.example.net',
    'c',
  ],
  ['Match canonical', 'Match canonical\n Port 1\nMatch final all\n User x\n', 'a'],
  ['no Match final, no second pass', 'Host a\n HostName r1.example.net\nHost *.example.net\n Port 3\n', 'a'],
  ['Match exec where something else is against it', 'Match host b exec "true"\n Port 1\n', 'a'],
  [
    'unknown to us',
    'Host a\n ForwardX11 yes\n SendEnv LANG LC_*\n LocalForward 8080 localhost:80\n ServerAliveInterval 5\n Port 3\n',
    'a',
  ],
];

const NAMES = ['a', 'ab', 'b', 'r1.example', 'ops'];
const name = fc.constantFrom(...NAMES);
const pattern = fc.constantFrom('a', 'a*', '?', '*b', '*', 'r1.*', '!a', '!*.example', '"ab"');
const criterion = fc.oneof(
  fc
    .tuple(fc.constantFrom('host', 'originalhost', 'user', '!host', 'HOST'), pattern)
    .map((pair) => pair.join(' ')),
  fc.constantFrom('final', '!final'),
);
const anyLine = fc.oneof(
  fc.array(pattern, { minLength: 1, maxLength: 3 }).map((patterns) => `Host ${patterns.join(' ')}`),
  fc.array(criterion, { minLength: 1, maxLength: 3 }).map((criteria) => `Match ${criteria.join(' ')}`),
  fc.constant('Match all'),
  fc
    .tuple(fc.constantFrom('User', 'user =', 'HostKeyAlias', 'HostName', ' hostname'), name)
    .map((pair) => pair.join(' ')),
  fc.integer({ min: 1, max: 65_535 }).map((port) => `Port ${port}`),
  name.map((host) => `HostName %h.${host}`),
  fc.constantFrom(
    '# a comment',
    '',
    'IdentityFile ~/.ssh/%h',
    'IdentityFile /k/%r # key',
    'ProxyJump none',
    'ProxyCommand none',
  ),
  name.map((host) => `ProxyJump ops@${host}:2200,z`),
  fc.constantFrom(
    'Ciphers +3des-cbc',
    'Ciphers -aes*',
    'KexAlgorithms ^ecdh-sha2-nistp256',
    'MACs hmac-sha2-256',
  ),
  fc.constantFrom('StrictHostKeyChecking no', 'StrictHostKeyChecking accept-new', 'ConnectTimeout 1m'),
);

withSsh('a config is read as OpenSSH reads it (skipped without /usr/bin/ssh)', () => {
  const defaults = existsSync(SSH) ? opensshAnswer('none', 'x') : '';
  const agrees = async (file: string, host: string): Promise<void> => {
    if (typeof defaults === 'string') throw new Error(defaults);
    const answer = opensshAnswer(file, host);
    const settings = await ourAnswer(file, host);
    if (typeof answer === 'string' || typeof settings === 'string')
      throw new Error(`${host}: OpenSSH: ${String(answer)} ours: ${String(settings)}`);
    expect({ host, ...ours(settings, host, defaults) }).toEqual({ host, ...theirs(answer, host, defaults) });
  };

  test.each(CONFIGS)('%s', async (name, text, ...hosts) => {
    const file = join(writeTree(scratch, { [`${name}/config`]: text }), name, 'config');
    for (const host of hosts) await agrees(file, host);
  });

  test('configs made by chance, sections and all', async () => {
    const file = join(scratch, 'by-chance');
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyLine, { maxLength: 25 }),
        fc.constantFrom(...NAMES),
        async (lines, host) => {
          writeFileSync(file, lines.join('\n'));
          await agrees(file, host);
        },
      ),
      { numRuns: 150, seed: 3 },
    );
  });

  test('Include: absolute, with wildcards, inside a section, of an absent file', async () => {
    const folder = join(scratch, 'includes');
    writeTree(folder, {
      'config.d/10-a': 'Host hub1\n User from-10\n',
      'config.d/20-b': 'User from-20\nHost other\n Port 9\n',
      'config.d/.hidden': 'User hidden\n',
      inner: 'HostName inner.example\nHost hub2\n Port 5\nHost *\n ConnectTimeout 7\n',
      config: `Include ${folder}/config.d/*\nInclude ${folder}/absent ${folder}/absent*\nHost hub1\n Include "${folder}/inner"\n Port 7\nHost hub3\n Port 8\n`,
    });
    for (const host of ['hub1', 'hub2', 'hub3', 'other']) await agrees(join(folder, 'config'), host);
  });

  test.each([
    ['Host a\n Port 70000\n', 2],
    ['Host a\n Port x\n', 2],
    ['Host a\n Port\n User b\n', 2],
    ['Host a\n User "b\n', 2],
    ['Host\n', 1],
    ['Host a\n User a b\n', 2],
    ['Match\n', 1],
    ['Match host\n', 1],
    ['Match all host a\n', 1],
    ['Host a\n StrictHostKeyChecking maybe\n', 2],
    ['Host a\n ProxyJump a:b:c\n', 2],
    ['Host a\n ConnectTimeout soon\n', 2],
    ['Host a\n IdentitiesOnly maybe\n', 2],
    ['KexAlgorithms nonsense\n', 1],
    ['KexAlgorithms !curve25519-sha256\n', 1],
  ])('what OpenSSH refuses is refused, in the same line: %j', async (text, line) => {
    const file = join(writeTree(scratch, { 'refused/config': text }), 'refused', 'config');
    const theirs = opensshAnswer(file, 'a');
    expect(typeof theirs).toBe('string');
    expect(theirs).toContain(`line ${line}`);
    const settings = await ourAnswer(file, 'a');
    if (typeof settings === 'string') expect(settings).toMatch(new RegExp(`^${line}: `));
    else {
      const said = settings.algorithms.kex?.value ?? '';
      expect(applyAlgorithmLine(said, names('kex'), names('kex'))).toHaveProperty('expected');
    }
  });
});
