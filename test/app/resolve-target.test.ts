// Who wins: flags over the inventory, the inventory over the ssh_config, the ssh_config over what holds by default; and
// which secret goes to whom.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import ssh2 from 'ssh2';
import { type ResolvedTarget, resolveTarget } from '../../src/app/resolve-target.ts';
import { MODERN_ALGORITHMS } from '../../src/core/ssh-algorithms.ts';
import type { ConnectionFlags } from '../../src/inventory/connection-flags.ts';
import type { PlanContext } from '../../src/inventory/connection-plan.ts';
import type { InventoryRouter } from '../../src/inventory/inventory.ts';
import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { readSshConfig } from '../../src/inventory/ssh-config-file.ts';
import { UNSET } from '../../src/inventory/unset.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';
import { scratchFolder, writeTree } from '../support/scratch.ts';

const scratch = scratchFolder();
const plainKey = ssh2.utils.generateKeyPairSync('ed25519').private;
const lockedKey = ssh2.utils.generateKeyPairSync('ed25519', {
  cipher: 'aes256-ctr',
  passphrase: 'open sesame',
  rounds: 4,
}).private;
const plain = join(scratch, 'plain');
const locked = join(scratch, 'locked');
beforeAll(() => void writeTree(scratch, { plain: plainKey, locked: lockedKey }, 0o600));

const [AGENT, ADD, KEYGEN] = ['/usr/bin/ssh-agent', '/usr/bin/ssh-add', '/usr/bin/ssh-keygen'] as const;

const NO_FLAGS: ConnectionFlags = {
  user: null,
  port: null,
  password: null,
  enableSecret: null,
  identity: null,
  passphrase: null,
  agent: null,
  jump: null,
  jumpPassword: null,
  legacyAlgorithms: null,
  hostKeys: null,
  knownHosts: null,
  stateDir: join(scratch, 'state'),
  typeAhead: null,
  timeouts: {},
};
const FULL: InventoryRouter = { ...UNSET, name: 'r1', host: 'r1.example.net', user: 'ops', line: 1 };

interface Said {
  readonly router?: Partial<InventoryRouter>;
  readonly yaml?: string;
  readonly flags?: Partial<ConnectionFlags>;
  readonly config?: string;
  /** The config is the one that is read by itself. */
  readonly unnamed?: boolean;
  readonly env?: Record<string, string>;
  readonly ask?: (question: string) => Promise<string>;
  readonly usualKeys?: readonly string[];
}

let count = 0;
async function resolved(said: Said): Promise<ResolvedTarget> {
  const env = said.env ?? { TUNNELDOC_PASSWORD: 'router-secret' };
  const inventory = said.yaml === undefined ? null : parseInventory(said.yaml, 'x.yaml');
  if (inventory?.ok === false) throw new Error(JSON.stringify(inventory.problems));
  const context: PlanContext = {
    sshConfig: await configOf(said),
    jumpHosts: inventory?.inventory.jumpHosts ?? new Map(),
    local: { user: 'me', home: homedir(), hostName: 'box', uid: 1, env },
    usualKeys: said.usualKeys ?? [],
  };
  const router = inventory?.inventory.routers[0] ?? { ...FULL, ...said.router };
  return resolveTarget(router, { ...NO_FLAGS, ...said.flags }, { env, ask: said.ask ?? null, context });
}

async function configOf({ config, unnamed }: Said): Promise<PlanContext['sshConfig']> {
  if (config === undefined) return null;
  count += 1;
  writeTree(scratch, { [`config-${count}`]: config });
  const read = await readSshConfig(join(scratch, `config-${count}`), unnamed !== true);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.config;
}

async function target(
  said: Said,
): Promise<RouterTarget & { remarks: readonly string[]; secrets: readonly string[] }> {
  const found = await resolved(said);
  if (!found.ok) throw new Error(found.message);
  return { ...found.target, remarks: found.remarks ?? [], secrets: found.secrets };
}

async function refusal(said: Said): Promise<string> {
  const found = await resolved(said);
  return found.ok ? 'was resolved' : found.message;
}

describe('who wins', () => {
  const config = `Host r1.example.net
 HostName 192.0.2.1
 Port 3
 User from-config
 ConnectTimeout 3
 IdentityFile ${plain}
`;
  test('flags, inventory, ssh_config, default; each where the one before is silent', async () => {
    const all: Said = {
      config,
      router: { user: 'inv', port: 2, timeouts: { connect: 2, login: 2, total: 2 } },
    };
    const flags = { user: 'flag', port: 1, timeouts: { connect: 1, total: 1 } };
    expect(await resolved({ ...all, flags })).toMatchObject({
      target: { user: 'flag', port: 1, host: '192.0.2.1' },
      limits: { connectMs: 1000, identificationMs: 1000, authenticationMs: 2000 },
      deadlineMs: 1000,
    });
    expect(await resolved(all)).toMatchObject({
      target: { user: 'inv', port: 2 },
      limits: { connectMs: 2000 },
      deadlineMs: 2000,
    });
    expect(await resolved({ config, router: { user: null } })).toMatchObject({
      target: { user: 'from-config', port: 3, privateKeys: [{ name: plain, text: plainKey }] },
      limits: { connectMs: 3000, identificationMs: 3000 },
      deadlineMs: null,
    });
    expect(await resolved({})).toMatchObject({
      target: { host: 'r1.example.net', port: 22, privateKeys: [], via: [], typeAhead: false },
      limits: {},
    });
  });

  test('every phase has its clock', async () => {
    const timeouts = { name: 1, connect: 2, keyExchange: 3, login: 4, prompt: 5, enable: 6, command: 7 };
    expect((await resolved({ router: { timeouts } })) as object).toMatchObject({
      limits: {
        nameMs: 1000,
        connectMs: 2000,
        identificationMs: 2000,
        keyExchangeMs: 3000,
        authenticationMs: 4000,
        shellMs: 5000,
        promptMs: 5000,
        enableMs: 6000,
        commandIdleMs: 7000,
      },
    });
  });

  test('no user is not guessed for a router', async () => {
    expect(await refusal({ router: { user: null } })).toMatch(/r1: no user; give --user/);
  });

  test('legacy algorithms: a word of flag or inventory decides, else the lines of the config, with a remark', async () => {
    const lines = 'KexAlgorithms +diffie-hellman-group1-sha1\nCiphers aes256-ctr,3des-cbc,unknown-cipher\n';
    const said = await target({ config: lines });
    expect(said.legacyAlgorithms).toBe(false);
    expect(said.algorithms).toEqual({
      kex: [...MODERN_ALGORITHMS.kex, 'diffie-hellman-group1-sha1'],
      cipher: ['aes256-ctr', '3des-cbc'],
    });
    expect(said.remarks.join()).toMatch(
      /opts in to legacy algorithms: diffie-hellman-group1-sha1 \(.*:1\); 3des-cbc \(.*:2\)/,
    );

    const off = await target({ config: lines, router: { legacyAlgorithms: false } });
    expect(off.algorithms).toEqual({ kex: MODERN_ALGORITHMS.kex, cipher: ['aes256-ctr'] });
    expect(off.remarks).toEqual([]);
    expect(await refusal({ config: 'Ciphers 3des-cbc\n', router: { legacyAlgorithms: false } })).toMatch(
      /:1: ciphers: only legacy names are left/,
    );
    const chosen = await target({ config: lines, router: { legacyAlgorithms: ['aes128-cbc'] } });
    expect(chosen.algorithms?.cipher).toEqual(['aes256-ctr', 'aes128-cbc']);
    expect(chosen.legacyAlgorithms).toEqual(['aes128-cbc']);
    const all = await target({ router: { legacyAlgorithms: false }, flags: { legacyAlgorithms: true } });
    expect(all.legacyAlgorithms).toBe(true);
    expect(await refusal({ config: 'MACs umac-64@openssh.com\n' })).toMatch(
      /:1: macs: no name is left.*hmac-sha2-256/,
    );
  });

  test('a config never weakens the host-key check by itself', async () => {
    const policy = async (said: Said) => (await target(said)).hostKeys.policy;
    for (const word of ['no', 'off']) {
      const found = await target({ config: `StrictHostKeyChecking ${word}\n` });
      expect(found.hostKeys.policy).toBe('strict');
      expect(found.remarks.join()).toMatch(/StrictHostKeyChecking no .*:1.* is not followed/);
    }
    expect(await policy({ config: 'StrictHostKeyChecking accept-new\n' })).toBe('accept-new');
    expect(await policy({ config: 'StrictHostKeyChecking accept-new\n', unnamed: true })).toBe('strict');
    expect(await policy({ config: 'StrictHostKeyChecking yes\n', router: { hostKeys: 'accept-new' } })).toBe(
      'accept-new',
    );
    expect(await policy({ router: { hostKeys: 'accept-new' }, flags: { hostKeys: 'strict' } })).toBe(
      'strict',
    );
    const pinned = await target({
      router: { hostKeys: { fingerprint: 'SHA256:x' } },
      flags: { hostKeys: 'accept-new' },
    });
    expect(pinned.hostKeys).toMatchObject({ fingerprint: 'SHA256:x' });
  });

  test('known hosts of the config are read, ours is still the one that is written', async () => {
    const found = await target({
      config: 'UserKnownHostsFile /a /b\nGlobalKnownHostsFile /c\nHostKeyAlias lab\n',
    });
    expect(found.hostKeys).toMatchObject({
      knownHostsFile: join(scratch, 'state', 'known_hosts'),
      readOnlyFiles: ['/a', '/b', '/c'],
      hostKeyAlias: 'lab',
    });
    const flagged = await target({ flags: { knownHosts: '/x' } });
    expect(flagged.hostKeys).toMatchObject({
      knownHostsFile: '/x',
      readOnlyFiles: [join(homedir(), '.ssh', 'known_hosts')],
    });
  });

  test('login methods; without a method that takes a password none is asked for', async () => {
    const found = await target({
      config: 'PreferredAuthentications publickey\n',
      env: {},
      router: { identity: [plain] },
    });
    expect(found).toMatchObject({ methods: ['publickey'], password: null });
  });

  test('what a config cannot say stands in the way, with its line', async () => {
    expect(await refusal({ config: 'Host r1*\n ProxyCommand nc %h %p\n' })).toMatch(
      /^r1: .*:2:1: proxycommand: .*never run/,
    );
  });
});

describe('the way', () => {
  const hops = (found: RouterTarget): unknown =>
    found.via?.map(({ name, user, host, port }) => `${name} = ${user}@${host}:${port}`);

  test('flag over inventory over ssh_config; none undoes what stands below', async () => {
    const config = 'Host r1.example.net\n ProxyJump from-config\n';
    const yaml = 'routers:\n  - {name: r1, host: r1.example.net, user: u, jump: from-inventory}\n';
    expect(hops(await target({ config }))).toEqual(['from-config = me@from-config:22']);
    expect(hops(await target({ config, yaml }))).toEqual(['from-inventory = me@from-inventory:22']);
    const flags = { jump: 'a,ops@b:2200' };
    expect(hops(await target({ config, yaml, flags }))).toEqual(['a = me@a:22', 'ops@b:2200 = ops@b:2200']);
    expect(hops(await target({ config, yaml, flags: { jump: 'none' } }))).toEqual([]);
    expect(hops(await target({ config, yaml: yaml.replace('from-inventory', 'none') }))).toEqual([]);
  });

  test('each hop is looked up in the config, with its own user, port, key and way', async () => {
    const config = `Host r1.example.net
 ProxyJump inner
Host inner
 HostName 10.0.0.1
 Port 2200
 User deep
 ProxyJump outer,second:22
 IdentityFile ${plain}
 KexAlgorithms +diffie-hellman-group1-sha1
Host outer
 HostName 192.0.2.9
 HostKeyAlias lab
`;
    const found = await target({ config });
    expect(hops(found)).toEqual([
      'outer = me@192.0.2.9:22',
      'second:22 = me@second:22',
      'inner = deep@10.0.0.1:2200',
    ]);
    expect(found.via?.[0]?.hostKeys.hostKeyAlias).toBe('lab');
    expect(found.via?.[2]?.privateKeys?.[0]?.name).toBe(plain);
    expect(found.via?.[2]?.algorithms?.kex).toContain('diffie-hellman-group1-sha1');
    expect(found.algorithms).toEqual({});
    expect(found.via?.[0]?.privateKeys).toEqual([]);
  });

  test('a way that leads back, or on and on, is refused with a hint', async () => {
    expect(await refusal({ config: 'ProxyJump bastion\n' })).toMatch(
      /the way leads back to bastion.*Host \* !bastion/,
    );
    expect(
      await refusal({ config: 'Host r1*\n ProxyJump a\nHost a\n ProxyJump b\nHost b\n ProxyJump a\n' }),
    ).toMatch(/leads back to a/);
    expect(await refusal({ config: 'ProxyJump r1.example.net\n' })).toMatch(/leads back to r1.example.net/);
    const chain = Array.from({ length: 9 }, (_, at) => `Host h${at}\n ProxyJump h${at + 1}\n`).join('');
    expect(await refusal({ config: `${chain}Host r1*\n ProxyJump h0\n` })).toMatch(
      /6 jump hosts stand on the way.*5 are the most/,
    );
    expect(await refusal({ flags: { jump: 'a,b c' } })).toMatch(/--jump b c: expected is \[user@\]host/);
    expect(
      await refusal({
        yaml: 'jumpHosts: {lon: {host: h}}\nrouters: [{name: r1, host: x, user: u}]\n',
        flags: { jump: 'lno' },
      }),
    ).toMatch(/--jump lno: .*did you mean "lon"/);
  });

  test('declared jump hosts have their own keys, algorithms and host-key check; flags about host keys hold for all', async () => {
    const yaml = `jumpHosts:
  lon: {host: 192.0.2.9, port: 2200, user: hop, password: env:HOP, legacyAlgorithms: [ssh-rsa], hostKeys: accept-new, knownHosts: /hop}
routers:
  - {name: r1, host: r1.example.net, user: u, jump: lon, identity: ${plain}}
`;
    const env = { TUNNELDOC_PASSWORD: 'router-secret', HOP: 'hop-secret' };
    const found = await target({ yaml, env });
    expect(found.via?.[0]).toMatchObject({
      user: 'hop',
      host: '192.0.2.9',
      port: 2200,
      password: 'hop-secret',
      legacyAlgorithms: ['ssh-rsa'],
      hostKeys: { policy: 'accept-new', knownHostsFile: '/hop' },
    });
    expect(found).toMatchObject({ legacyAlgorithms: false, hostKeys: { policy: 'strict' } });
    expect([...found.secrets].sort()).toEqual(['hop-secret', 'router-secret']);
    const flagged = await target({ yaml, env, flags: { hostKeys: 'strict', knownHosts: '/all' } });
    expect(flagged.via?.[0]?.hostKeys).toMatchObject({ policy: 'strict', knownHostsFile: '/all' });
    const keyless = yaml.replace(`, identity: ${plain}`, '');
    expect(await refusal({ yaml: keyless })).toMatch(
      /^r1: jump host lon: the environment variable HOP is not set/,
    );
  });

  test("the router's password is never a jump host's; its keys are offered where a hop has none", async () => {
    const asked: string[] = [];
    const ask = async (question: string) => {
      asked.push(question);
      return 'typed';
    };
    const found = await target({ flags: { jump: 'a', identity: [plain] }, env: {}, ask });
    expect(found.password).toBe('typed');
    expect(found.via?.[0]).toMatchObject({ password: null, privateKeys: [{ name: plain }] });
    expect(asked).toEqual(['Password for r1: ']);
    const usual = await target({ flags: { jump: 'a' }, usualKeys: [plain] });
    expect(usual.via?.[0]?.privateKeys?.map((key) => key.name)).toEqual([plain]);
    expect(usual.privateKeys).toEqual([]);
    const given = await target({ flags: { jump: 'a,b', jumpPassword: { kind: 'ask' } }, ask });
    expect(given.via?.map((hop) => hop.password)).toEqual(['typed', 'typed']);
    expect(asked.slice(1)).toEqual(['Password for jump host a: ', 'Password for jump host b: ']);
  });
});

describe('keys and agent', () => {
  const sock = join(scratch, 'no-agent.sock');
  const withAgent = { TUNNELDOC_PASSWORD: 'p', SSH_AUTH_SOCK: sock };

  test('a passphrase is asked for only when the key is locked; it is a secret', async () => {
    const asked: string[] = [];
    const ask = async (question: string) => {
      asked.push(question);
      return 'open sesame';
    };
    await target({ flags: { identity: [plain] }, ask });
    expect(asked).toEqual([]);
    const found = await target({ flags: { identity: [plain, locked] }, ask });
    expect(asked).toEqual([`Passphrase of ${locked}: `]);
    expect(found.privateKeys?.map((key) => key.passphrase)).toEqual([null, 'open sesame']);
    expect(found.secrets).toContain('open sesame');
  });

  test('a reference gives it without a question; a missing one is named; no terminal leaves the key locked', async () => {
    const flags = { identity: [locked], passphrase: { kind: 'env', name: 'PP' } } as const;
    const found = await target({ flags, env: { TUNNELDOC_PASSWORD: 'p', PP: 'open sesame' } });
    expect(found.privateKeys?.[0]?.passphrase).toBe('open sesame');
    expect(await refusal({ flags })).toMatch(/r1: .*locked: the environment variable PP is not set/);
    expect((await target({ flags: { identity: [locked] } })).privateKeys?.[0]?.passphrase).toBeNull();
    expect(
      (await target({ flags: { ...flags, identity: [plain] } })).privateKeys?.[0]?.passphrase,
    ).toBeNull();
  });

  test('a key file that is named must be there; one of a config need not', async () => {
    expect(await refusal({ flags: { identity: [join(scratch, 'nope')] } })).toMatch(
      /cannot read the private key .*nope \(--identity\)/,
    );
    expect(await refusal({ router: { identity: [join(scratch, 'nope')] } })).toMatch(/nope \(inventory\)/);
    expect(
      (await target({ config: `IdentityFile ${scratch}/nope\nIdentityFile ${plain}\n` })).privateKeys,
    ).toHaveLength(1);
    expect(
      (await target({ config: `IdentityFile ${plain}\n`, router: { identity: [] } })).privateKeys,
    ).toEqual([]);
  });

  test('the agent of a router is a choice, that of a jump host the custom', async () => {
    const agents = async (said: Said) => {
      const { agent, via } = await target({ env: withAgent, ...said, flags: { jump: 'a', ...said.flags } });
      return [agent, via?.[0]?.agent];
    };
    expect(await agents({})).toEqual([null, sock]);
    expect(await agents({ flags: { agent: true } })).toEqual([sock, sock]);
    expect(await agents({ flags: { agent: false }, router: { agent: true } })).toEqual([null, null]);
    expect(await agents({ router: { agent: '/run/x' } })).toEqual(['/run/x', sock]);
    // A config says which agent, not that routers are offered its keys.
    expect(await agents({ config: 'IdentityAgent /run/y\n' })).toEqual([null, '/run/y']);
    expect(await agents({ config: 'IdentityAgent /run/y\n', flags: { agent: true } })).toEqual([
      '/run/y',
      '/run/y',
    ]);
    expect(await agents({ config: 'IdentityAgent none\n' })).toEqual([null, null]);
    expect(await agents({ config: 'IdentityAgent none\n', flags: { agent: true } })).toEqual([sock, sock]);
    expect(await agents({ config: 'IdentityAgent SSH_AUTH_SOCK\n' })).toEqual([null, sock]);
    expect(await refusal({ flags: { agent: true } })).toMatch(
      /the ssh-agent is wanted \(--agent\), but SSH_AUTH_SOCK is not set/,
    );
    expect((await target({ flags: { jump: 'a' } })).via?.[0]?.agent).toBeNull();
  });

  test('a locked key that nobody opens may be in the agent; IdentitiesOnly keeps other keys of the agent back', async () => {
    expect((await target({ env: withAgent, router: { identity: [locked] } })).agent).toBe(sock);
    expect((await target({ env: withAgent, router: { identity: [locked], agent: false } })).agent).toBeNull();
    expect((await target({ env: withAgent, router: { identity: [plain] } })).agent).toBeNull();
    const only = `IdentitiesOnly yes\nIdentityAgent /run/y\nIdentityFile ${plain}\n`;
    const router = { agent: true };
    expect((await target({ env: withAgent, config: only, router })).agent).toBeNull();
    expect((await target({ env: withAgent, config: only.replace('yes', 'no'), router })).agent).toBe(
      '/run/y',
    );
    expect((await target({ env: withAgent, config: only.replace(plain, locked) })).agent).toBe('/run/y');
  });

  const withAgentProgram = existsSync(AGENT) && existsSync(ADD) && existsSync(KEYGEN) ? test : test.skip;
  withAgentProgram(
    'no passphrase is asked for a locked key that the agent holds (skipped without ssh-agent)',
    async () => {
      const [open, shut] = [join(scratch, 'held'), join(scratch, 'held-locked')];
      execFileSync(KEYGEN, ['-q', '-t', 'ed25519', '-N', '', '-f', open]);
      copyFileSync(open, shut);
      chmodSync(shut, 0o600);
      execFileSync(KEYGEN, ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', shut]);
      const socket = join(scratch, 'agent.sock');
      const agent = spawn(AGENT, ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
      try {
        await once(agent.stdout, 'data');
        execFileSync(ADD, ['-q', open], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' });
        const asked: string[] = [];
        const ask = async (question: string) => {
          asked.push(question);
          return 'x';
        };
        const env = { TUNNELDOC_PASSWORD: 'p', SSH_AUTH_SOCK: socket };
        expect(await target({ env, ask, router: { identity: [shut] } })).toMatchObject({
          agent: socket,
          privateKeys: [{ name: shut, passphrase: null }],
        });
        expect(asked).toEqual([]);
        await target({ env, ask, router: { identity: [locked] } });
        expect(asked).toEqual([`Passphrase of ${locked}: `]);
      } finally {
        agent.kill();
      }
    },
  );

  test('with a key or an agent a password that is not to be had is no fault', async () => {
    expect(await refusal({ env: {} })).toMatch(/TUNNELDOC_PASSWORD is not set/);
    expect((await target({ env: {}, flags: { identity: [plain] } })).password).toBeNull();
    expect((await target({ env: { SSH_AUTH_SOCK: sock }, flags: { agent: true } })).password).toBeNull();
  });

  test('the enable secret has a question of its own', async () => {
    const asked: string[] = [];
    await target({
      flags: { enableSecret: { kind: 'ask' } },
      ask: async (question) => {
        asked.push(question);
        return 'x';
      },
    });
    expect(asked).toEqual(['Enable secret for r1: ']);
  });
});

test('nothing is written while targets are made', () => {
  expect(existsSync(join(scratch, 'state'))).toBe(false);
});
