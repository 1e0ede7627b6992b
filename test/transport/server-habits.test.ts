import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { startDropbear, whyNoDropbear } from './servers/dropbear.ts';
import { type Recorded, recordNasty, testParity } from './servers/expect-parity.ts';
import { IosAccounts } from './servers/ios-accounts.ts';
import { DENIED, NASTY_OUTPUTS } from './servers/nasty-outputs.ts';
import {
  type AsyncsshOptions,
  type ParamikoOptions,
  startAsyncssh,
  startParamiko,
  whyNoPython,
} from './servers/python-servers.ts';
import type { SshServer } from './servers/server-process.ts';
import { StandIn, whyNoStandIn } from './stand-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'tunneldoc-habits-'));
const standIn = whyNoStandIn() === null ? new StandIn(24_470) : null;
const outputs = standIn?.outputs('nasty', NASTY_OUTPUTS, { authz_deny: [`^${DENIED}`] }) ?? '';
const accounts = standIn === null ? null : new IosAccounts(outputs);
afterAll(() => {
  standIn?.stop();
  accounts?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** One recording from a server that runs only for it; `sayings` looks at what the server said. */
function testHabit(
  name: string,
  why: string | null,
  start: (here: IosAccounts) => Promise<SshServer>,
  sayings: (said: string) => void = () => {},
): void {
  if (accounts === null || why !== null) {
    test.skip(`${name} (skipped: ${why})`, () => {});
    return;
  }
  let said = '';
  const visit = async (): Promise<Recorded> => {
    const server = await start(accounts);
    try {
      return await recordNasty(folder, server.port, {});
    } finally {
      said = server.log();
      await server.stop();
    }
  };
  testParity(name, visit, () => sayings(said));
}

/** How often keys were exchanged, the first time included. */
const keyExchanges = (said: string): number => said.match(/new keys/g)?.length ?? 0;

describe('habits of servers that change nothing in a recording', () => {
  let port = 24_450;
  const habits: Readonly<Record<string, AsyncsshOptions>> = {
    'new keys every 40 KB, also in the middle of a megabyte': { rekey_bytes: 40_000 },
    'a window of 8192 bytes, as IOS has it': { window: 8192, max_packet: 4096, version: 'Cisco-1.25' },
    'a window smaller than a command': { window: 16, max_packet: 16 },
    'IGNORE packets around each piece': { ignore: 'sound' },
    'IGNORE packets whose length points at nothing': { ignore: 'broken', version: 'Cisco-1.25' },
    'DEBUG packets and unknown requests': { noise: true },
    'asks whether we are still there': { keepalive_interval: 0.2 },
    'a banner of 4 KB full of prompts': { banner: 'R1# Password: --More-- \x1b[2J\r\n'.repeat(140) },
    'lines in front of the identification': { greeting: 'Welcome to SSH\r\nR1#\r\n'.repeat(20) },
    'CBC with new keys every 40 KB': {
      rekey_bytes: 40_000,
      algorithms: { encryption_algs: ['aes128-cbc'], mac_algs: ['hmac-sha1'] },
    },
    'an old group with new keys every 200 KB': {
      rekey_bytes: 200_000,
      algorithms: { kex_algs: ['diffie-hellman-group14-sha1'] },
    },
  };
  for (const [habit, options] of Object.entries(habits)) {
    const here = port++;
    testHabit(
      habit,
      whyNoPython('asyncssh'),
      (made) => startAsyncssh(made, here, options),
      (said) => {
        if (options.rekey_bytes !== undefined) expect(keyExchanges(said)).toBeGreaterThan(2);
        else expect(keyExchanges(said)).toBe(1);
        if (options.keepalive_interval !== undefined) expect(said).toContain('the client answered');
        // We send no keepalives of our own: some routers do not answer them, and some close the session for them.
        expect(said).not.toContain('global request');
      },
    );
  }

  const otherHabits: Readonly<Record<string, ParamikoOptions>> = {
    'paramiko that asks for new keys': { rekey_bytes: 200_000 },
    'paramiko with a window of 100 bytes': { window: 100, max_packet: 64 },
    'paramiko that calls itself SSH-1.99': { version: 'SSH-1.99-Cisco-1.25' },
  };
  for (const [habit, options] of Object.entries(otherHabits)) {
    const here = port++;
    testHabit(
      habit,
      whyNoPython('paramiko'),
      (made) => startParamiko(made, here, options),
      (said) => expect(keyExchanges(said)).toBeGreaterThan(options.rekey_bytes === undefined ? 0 : 1),
    );
  }

  const here = port++;
  testHabit('dropbear with a small window', whyNoDropbear(), (made) =>
    startDropbear(made, { port: here, hostKey: 'ecdsa', window: 256 }),
  );

  for (const limit of ['16K none', '1M 1']) {
    if (standIn === null) {
      test.skip(`OpenSSH, RekeyLimit ${limit} (skipped: ${whyNoStandIn()})`, () => {});
      continue;
    }
    testParity(`OpenSSH, RekeyLimit ${limit}`, () => {
      const server = `rekey-${limit.slice(0, 2)}`;
      const here = standIn.start(server, outputs, { algorithms: 'ios15', env: { REKEY: limit } });
      return recordNasty(folder, here, {});
    });
  }
});
