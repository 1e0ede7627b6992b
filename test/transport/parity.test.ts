import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { ALGORITHM_PROFILES, type Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';
import { startConch, whyNoConch } from './servers/conch.ts';
import { startDropbear, whyNoDropbear } from './servers/dropbear.ts';
import { recordNasty, testParity } from './servers/expect-parity.ts';
import { IosAccounts, whyNoAccounts } from './servers/ios-accounts.ts';
import { startLshd, whyNoLshd } from './servers/lshd.ts';
import { DENIED, NASTY_OUTPUTS, nastyRecording } from './servers/nasty-outputs.ts';
import { keyFile, startAsyncssh, startParamiko, whyNoPython } from './servers/python-servers.ts';
import type { SshServer } from './servers/server-process.ts';
import { startTinysshd, whyNoTinysshd } from './servers/tinysshd.ts';
import { type NamedServer, StandIn, whyNoStandIn } from './stand-in.ts';

const PROFILE = { authz_deny: [`^${DENIED}`], width: 511 };
const PAGERS = ['classic', 'esck', 'inverse'] as const;

// At the top: the sessions begin while jest still collects the tests.
const folder = mkdtempSync(join(tmpdir(), 'tunneldoc-parity-'));
const noStandIn = whyNoStandIn();
const standIn = noStandIn === null ? new StandIn(24_400) : null;
const outputs = standIn?.outputs('nasty', NASTY_OUTPUTS, PROFILE) ?? '';
const accounts = whyNoAccounts() === null ? new IosAccounts(outputs) : null;

afterAll(() => {
  standIn?.stop();
  accounts?.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('the mock router', () => {
  const ways: readonly [string, Partial<Behaviour>][] = [
    ...ALGORITHM_PROFILES.map((algorithms): [string, Partial<Behaviour>] => [algorithms, { algorithms }]),
    ['host key ecdsa', { hostKey: 'ecdsa' }],
    ['host key rsa1024', { hostKey: 'rsa1024' }],
    ...PAGERS.map((more): [string, Partial<Behaviour>] => [
      `paged, ${more}`,
      { more, terminalCmds: false, length: 511, width: 511 },
    ]),
  ];
  for (const [name, behaviour] of ways) {
    testParity(name, async () => {
      const router = await startRouter({
        recording: nastyRecording(),
        behaviour: { hostname: 'R1', authzDeny: [new RegExp(`^${DENIED}$`)], ...behaviour },
      });
      try {
        return await recordNasty(folder, router.port, { user: 'lab', password: 'lab' });
      } finally {
        await router.close();
      }
    });
  }
});

/** Key exchange, host key, cipher and MAC that a client with the legacy opt-in must end up with: the strongest that both have. */
const NEGOTIATED: Readonly<Record<string, readonly string[]>> = {
  modern: ['curve25519-sha256', 'ecdsa-sha2-nistp256', 'aes128-gcm@openssh.com'],
  xe17: ['curve25519-sha256@libssh.org', 'rsa-sha2-512', 'aes128-gcm@openssh.com'],
  xe16: ['diffie-hellman-group14-sha1', 'ssh-rsa', 'aes128-ctr', 'hmac-sha2-256'],
  ios15: ['diffie-hellman-group14-sha1', 'ssh-rsa', 'aes128-cbc', 'hmac-sha1'],
  gexonly: ['diffie-hellman-group-exchange-sha1', 'ssh-rsa', 'aes128-ctr', 'hmac-sha1'],
  legacy: ['diffie-hellman-group14-sha1', 'ssh-rsa', 'aes128-cbc', 'hmac-sha1'],
  ios12: ['diffie-hellman-group1-sha1', 'ssh-rsa', '3des-cbc', 'hmac-md5'],
  any: ['curve25519-sha256', 'ssh-ed25519', 'aes128-gcm@openssh.com'],
  dss: ['diffie-hellman-group14-sha1', 'ssh-dss', 'aes128-cbc', 'hmac-sha1'],
};
const PROFILES = Object.keys(NEGOTIATED);

/** What this sshd can be made to look like; releases of OpenSSH without DSA cannot make the key of `dss`. */
function standInServers(here: StandIn): readonly NamedServer[] {
  const paged = (more: string): string =>
    here.outputs(`paged-${more}`, NASTY_OUTPUTS, { ...PROFILE, terminal_cmds: false, length: 511, more });
  const canDsa =
    spawnSync('/usr/bin/ssh-keygen', ['-q', '-t', 'dsa', '-N', '', '-f', join(folder, 'dsa')]).status === 0;
  return [
    ...PROFILES.filter((algorithms) => algorithms !== 'dss' || canDsa).flatMap((algorithms) => [
      { name: `${algorithms}-openssh`, outputs, algorithms },
      { name: `${algorithms}-cisco`, outputs, algorithms, ident: 'Cisco-1.25' },
    ]),
    ...PAGERS.map((more) => ({ name: `pager-${more}`, outputs: paged(more), algorithms: 'modern' })),
  ];
}

const servers = standIn === null ? [] : standInServers(standIn);
const starting = standIn?.startAll(servers);
describe('OpenSSH with an IOS shell', () => {
  if (servers.length === 0) test.skip(`(skipped: ${noStandIn})`, () => {});
  for (const { name, algorithms } of servers) {
    const visit = async () => recordNasty(folder, (await starting)?.get(name) ?? 0, {});
    testParity(name, visit, ({ facts }) =>
      expect(facts?.handshake.algorithms).toEqual(NEGOTIATED[algorithms]),
    );
  }
});

describe('other servers', () => {
  const password = () => ({});
  const key = (made: IosAccounts): Partial<RouterTarget> => {
    const file = keyFile(made, 'ed25519');
    made.authorize(readFileSync(`${file}.pub`, 'utf8'));
    const text = readFileSync(file, 'utf8');
    return { password: null, privateKeys: [{ name: file, text, passphrase: null }] };
  };
  interface Way {
    readonly name: string;
    readonly why: string | null;
    readonly start: (made: IosAccounts) => Promise<SshServer>;
    readonly login?: (made: IosAccounts) => Partial<RouterTarget>;
  }
  const ways: readonly Way[] = [
    ...(['rsa', 'ecdsa', 'ed25519'] as const).map((hostKey, i) => ({
      name: `dropbear, ${hostKey} host key`,
      why: whyNoDropbear(),
      start: (made: IosAccounts) => startDropbear(made, { port: 24_430 + i, hostKey }),
    })),
    { name: 'tinysshd', why: whyNoTinysshd(), start: (made) => startTinysshd(made, 24_433), login: key },
    { name: 'asyncssh', why: whyNoPython('asyncssh'), start: (made) => startAsyncssh(made, 24_434) },
    { name: 'paramiko', why: whyNoPython('paramiko'), start: (made) => startParamiko(made, 24_435) },
    { name: 'Twisted Conch', why: whyNoConch(), start: (made) => startConch(made, 24_436) },
    { name: 'lshd', why: whyNoLshd(), start: (made) => startLshd(made, 24_437) },
  ];
  for (const { name, why, start, login = password } of ways) {
    if (accounts === null || why !== null) {
      test.skip(`${name} (skipped: ${why})`, () => {});
      continue;
    }
    testParity(name, async () => {
      const server = await start(accounts);
      try {
        return await recordNasty(folder, server.port, login(accounts));
      } finally {
        await server.stop();
      }
    });
  }
});
