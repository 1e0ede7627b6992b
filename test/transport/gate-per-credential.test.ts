import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import ssh2 from 'ssh2';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { credentialGates } from '../../src/app/credential-gate.ts';
import { silentLog } from '../../src/core/log.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';
import { openCollector } from '../../src/transport/ssh-collector.ts';
import type { Limits } from '../../src/transport/timeouts.ts';
import { labTarget } from '../support/lab-target.ts';

const ROUTERS = 30;
const AT_A_TIME = 10;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-gate-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let routers: RunningRouter[] = [];
beforeEach(() => {
  routers = [];
});
afterEach(async () => {
  await Promise.all(routers.map((router) => router.close()));
});

/** Routers that share one AAA server; `behaviourOf` says how the n-th differs. */
async function start(behaviourOf: (n: number) => Partial<Behaviour> = () => ({})): Promise<void> {
  const recording = recordingOf('R', { 'show version': 'Cisco IOS Software\n' });
  routers = await Promise.all(
    Array.from({ length: ROUTERS }, (_, n) => startRouter({ recording, behaviour: behaviourOf(n) })),
  );
}

/** Visits all of them, ten at a time; the end of each: `ok` with the enable state, or the error's name. */
async function sweep(changes: Partial<RouterTarget> = {}, limits: Partial<Limits> = {}) {
  const gateOf = credentialGates();
  const ends: string[] = [];
  const messages: string[] = [];
  const waiting = routers.map((router, n) => async () => {
    const target = labTarget(folder, router.port, { name: `R${n}`, ...changes });
    const opened = await openCollector(target, { log: silentLog, limits, gateOf });
    if (!opened.ok) {
      ends.push(opened.error.name);
      messages.push(opened.error.message);
      return;
    }
    ends.push(`ok, enable ${opened.collector.facts.enable}`);
    messages.push(...opened.collector.facts.remarks);
    await opened.collector.close();
  });
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return { ends, messages };
}

/** How many routers ended each way. */
function counted(ends: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const end of ends) counts[end] = (counts[end] ?? 0) + 1;
  return counts;
}

/** What the AAA server has seen. */
function tries(accepted: boolean, method?: string): number {
  return routers
    .flatMap((router) => router.authAttempts)
    .filter((one) => one.accepted === accepted && (method === undefined || one.method === method)).length;
}

function newKey() {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const text = pair.privateKey.export({ type: 'sec1', format: 'pem' }).toString();
  const parsed = ssh2.utils.parseKey(text);
  if (parsed instanceof Error) throw parsed;
  const publicKey = `${parsed.type} ${parsed.getPublicSSH().toString('base64')}`;
  return { privateKey: { name: 'id', text, passphrase: null }, publicKey };
}

describe(`${ROUTERS} routers, ${AT_A_TIME} at a time, one AAA server`, () => {
  test.each(['both', 'password', 'kbdint'] as const)('a wrong password, login by %s', async (auth) => {
    await start(() => ({ auth }));
    const { ends, messages } = await sweep({ password: 'wrong-one' });
    expect(counted(ends)).toEqual({ 'authentication-rejected': 1, 'not-tried': ROUTERS - 1 });
    expect(tries(false)).toBe(1);
    expect(messages.join()).not.toContain('wrong-one');
  });

  test('routers that take passwords in different ways: one try in all of them together', async () => {
    await start((n) => ({ auth: (['kbdint', 'password', 'both'] as const)[n % 3] ?? 'both' }));
    const { ends } = await sweep({ password: 'wrong-one' });
    expect(counted(ends)).toEqual({ 'authentication-rejected': 1, 'not-tried': ROUTERS - 1 });
    expect(tries(false)).toBe(1);
  });

  test('the right password by keyboard-interactive only', async () => {
    await start(() => ({ auth: 'kbdint' }));
    const { ends } = await sweep();
    expect(counted(ends)).toEqual({ 'ok, enable not-needed': ROUTERS });
    expect(tries(false)).toBe(0);
    expect(tries(true, 'keyboard-interactive')).toBe(ROUTERS);
  });

  test('a wrong key and the right password: the key is offered once', async () => {
    let offers = 0;
    const user = {
      password: 'lab',
      privilege: null,
      // Looked at for each key that is offered.
      get publicKey() {
        offers += 1;
        return null;
      },
    };
    await start(() => ({ users: { lab: user } }));
    const { ends } = await sweep({ privateKeys: [newKey().privateKey] });
    expect(counted(ends)).toEqual({ 'ok, enable not-needed': ROUTERS });
    expect(offers).toBe(1);
    expect([tries(false), tries(true)]).toEqual([0, ROUTERS]);
  });

  test('a wrong key, then the right one', async () => {
    const [wrong, right] = [newKey(), newKey()];
    await start(() => ({
      users: { lab: { password: 'other', privilege: null, publicKey: right.publicKey } },
    }));
    const { ends } = await sweep({ password: null, privateKeys: [wrong.privateKey, right.privateKey] });
    expect(counted(ends)).toEqual({ 'ok, enable not-needed': ROUTERS });
    expect(tries(true, 'publickey')).toBe(ROUTERS);
  });

  test('a wrong key alone', async () => {
    await start();
    const { ends } = await sweep({ password: null, privateKeys: [newKey().privateKey] });
    expect(counted(ends)).toEqual({ 'authentication-rejected': 1, 'not-tried': ROUTERS - 1 });
  });

  test('a wrong enable secret is typed once', async () => {
    await start(() => ({ defaultPrivilege: 1, enableSecret: 'right' }));
    const { ends, messages } = await sweep({ enableSecret: 'wrong-secret' });
    expect(counted(ends)).toEqual({ 'ok, enable refused': 1, 'ok, enable not-tried': ROUTERS - 1 });
    expect(routers.flatMap((router) => router.received).filter((line) => line === 'enable')).toHaveLength(1);
    expect(messages.filter((text) => text.includes('not tried'))).toHaveLength(ROUTERS - 1);
    expect(messages.join()).not.toContain('wrong-secret');
  });

  test('the right enable secret is typed everywhere', async () => {
    await start(() => ({ defaultPrivilege: 1, enableSecret: 'right' }));
    const { ends } = await sweep({ enableSecret: 'right' });
    expect(counted(ends)).toEqual({ 'ok, enable entered': ROUTERS });
  });

  test('a slow AAA server: nothing is tried twice, nobody is refused', async () => {
    await start(() => ({ authDelay: 0.2 }));
    const { ends } = await sweep();
    expect(counted(ends)).toEqual({ 'ok, enable not-needed': ROUTERS });
    expect(tries(true)).toBe(ROUTERS);
    expect(tries(false)).toBe(0);
  });

  test('an AAA server that is slower than our patience and a wrong password: one try, the rest is not tried', async () => {
    await start(() => ({ authDelay: 0.6 }));
    const { ends, messages } = await sweep({ password: 'wrong-one' }, { authenticationMs: 150 });
    expect(counted(ends)).toEqual({ 'authentication-timeout': 1, 'not-tried': ROUTERS - 1 });
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(tries(false)).toBeLessThanOrEqual(1);
    expect(messages.join()).toContain('may have counted');
  });

  test('a mix: some are slow, some are gone, some hang up before the login, and the password is wrong', async () => {
    await start((n) => ({
      auth: n % 2 === 0 ? 'kbdint' : 'both',
      authDelay: n % 3 === 0 ? 0.2 : 0,
      refuse: n % 5 === 0 ? 'closed' : 'no',
    }));
    const { ends } = await sweep({ password: 'wrong-one' });
    expect(counted(ends)).toEqual({
      'closed-before-identification': ROUTERS / 5,
      'authentication-rejected': 1,
      'not-tried': ROUTERS - ROUTERS / 5 - 1,
    });
    expect(tries(false)).toBe(1);
  });
});
