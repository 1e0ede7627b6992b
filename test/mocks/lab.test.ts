import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Lab, type LabOptions, startLab } from '../../mocks/ios-router/lab.ts';
import { readClock } from '../../mocks/ios-router/shift-stamps.ts';
import { openShell } from './shell-client.ts';

let dir = '';
const labs: Lab[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lab-'));
});
afterEach(async () => {
  await Promise.all(labs.splice(0).map((lab) => lab.close()));
  await rm(dir, { recursive: true, force: true });
});

async function put(path: string, text: string): Promise<void> {
  await mkdir(join(dir, dirname(path)), { recursive: true });
  await writeFile(join(dir, path), text);
}

async function start(options: LabOptions = {}): Promise<Lab> {
  const lab = await startLab(dir, options);
  labs.push(lab);
  return lab;
}

const CLOCK = '*23:50:00.000 UTC Tue Dec 31 2024\n';
const LOG =
  'Log Buffer (4096 bytes):\n\n*Dec 31 23:40:00.123: %SYS-5-CONFIG_I: a\n*Dec 31 23:45:00.456: %SYS-5-CONFIG_I: b\n';

describe('startLab', () => {
  test('one router a folder, defaults without behaviour.yaml, scenario.yaml is left alone', async () => {
    await put('alpha/scenario.yaml', 'title: [broken');
    await put('alpha/R1/show-version.txt', 'Cisco one\n');
    await put('alpha/R2/show-version.txt', 'Cisco two\n');
    await put(
      'alpha/R2/behaviour.yaml',
      'hostname: spoke\nusers: { ops: { password: pw, privilege: 1 } }\nenable_secret: es\n',
    );
    await put('beta/R1/behaviour.yaml', 'refuse: refused\n');
    await put(
      'beta/R2/behaviour.yaml',
      'users: { eve: { password: e }, lab: { password: l } }\ndefault_privilege: 1\n',
    );
    await put('README.md', 'hello');
    const lab = await start();
    expect(
      lab.routers.map((r) => [r.scenario, r.router, r.host, r.user, r.password, r.enableSecret]),
    ).toEqual([
      ['alpha', 'R1', '127.0.0.1', 'lab', 'lab', 'lab'],
      ['alpha', 'R2', '127.0.0.1', 'ops', 'pw', 'es'],
      ['beta', 'R1', '127.0.0.1', 'lab', 'lab', 'lab'],
      ['beta', 'R2', '127.0.0.1', 'lab', 'l', 'lab'],
    ]);
    const [first, second] = lab.routers;
    if (first === undefined || second === undefined) throw new Error('no routers');
    const shell = await openShell(first.running);
    expect(await shell.until('R1#')).toBe('\r\nR1#');
    expect(await shell.ask('show version', 'R1#')).toContain('Cisco one');
    shell.client.end();
    const other = await openShell(second.running, undefined, { username: 'ops', password: 'pw' });
    expect(await other.until('spoke>')).toBe('\r\nspoke>');
    other.client.end();
  });

  test('clock and log are moved to the present, and one session sees one log', async () => {
    await put('alpha/R1/show-clock.txt', CLOCK);
    await put('alpha/R1/show-logging.txt', LOG);
    let now = Date.UTC(2026, 1, 28, 23, 58, 0);
    const lab = await start({ now: () => now });
    const [router] = lab.routers;
    if (router === undefined) throw new Error('no router');
    const shell = await openShell(router.running);
    await shell.until('R1#');
    const moved = ['*Feb 28 23:48:00.123: %SYS-5-CONFIG_I: a', '*Feb 28 23:53:00.456: %SYS-5-CONFIG_I: b'];
    expect((await shell.ask('show logging', 'R1#')).split('\r\n').slice(3, 5)).toEqual(moved);
    now += 180_000;
    expect(await shell.ask('show clock', 'R1#')).toContain('\r\n*00:01:00.000 UTC Sun Mar 1 2026\r\n');
    expect((await shell.ask('show logging', 'R1#')).split('\r\n').slice(3, 5)).toEqual(moved);
    shell.client.end();
  });

  test('without show clock the newest stamp is now; shift_stamps: false serves what was recorded', async () => {
    await put('alpha/R1/show-logging.txt', LOG);
    await put('alpha/R2/show-logging.txt', LOG);
    await put('alpha/R2/show-clock.txt', CLOCK);
    await put('alpha/R2/behaviour.yaml', 'shift_stamps: false\n');
    const now = Date.UTC(2026, 5, 1, 12, 0, 0);
    const lab = await start({ now: () => now });
    const texts = [];
    for (const router of lab.routers) {
      const shell = await openShell(router.running);
      await shell.until(`${router.router}#`);
      texts.push(
        await shell.ask('show logging', `${router.router}#`),
        await shell.ask('show clock', `${router.router}#`),
      );
      shell.client.end();
    }
    expect(texts[0]).toContain('*Jun  1 11:55:00.123');
    expect(texts[0]).toContain('*Jun  1 12:00:00.456');
    expect(readClock(texts[1] ?? '')?.at).toBe(now);
    expect(texts[2]).toContain('*Dec 31 23:45:00.456');
    expect(texts[3]).toContain(CLOCK.trim());
  });

  test('a bad behaviour.yaml is refused with its place', async () => {
    await put('alpha/R1/behaviour.yaml', 'hostname: R1\nspeed: 9\n');
    await expect(start()).rejects.toThrow(
      `${join(dir, 'alpha', 'R1', 'behaviour.yaml')}:2:1: unknown key speed`,
    );
  });

  test('an address a router on one port, only the scenarios asked for', async () => {
    for (const path of ['alpha/R1', 'alpha/R2', 'beta/R1', 'gamma/R1'])
      await put(`${path}/show-version.txt`, 'x');
    const lab = await start({ addressing: 'addresses', scenarios: ['alpha', 'gamma'] });
    expect(lab.routers.map((r) => r.host)).toEqual(['127.1.1.1', '127.1.1.2', '127.1.2.1']);
    expect(new Set(lab.routers.map((r) => r.port)).size).toBe(1);
  });

  test('twenty routers start together and close together', async () => {
    for (let i = 0; i < 20; i++) await put(`alpha/R${i}/show-version.txt`, 'x');
    const lab = await start();
    expect(new Set(lab.routers.map((r) => r.port)).size).toBe(20);
    await lab.close();
    await lab.close();
    await expect(openShell((lab.routers[0] as (typeof lab.routers)[0]).running)).rejects.toThrow(
      'ECONNREFUSED',
    );
  });
});
