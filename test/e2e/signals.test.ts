import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { scenariosFolder } from '../../src/app/scenario.ts';
import { loadRecordings } from '../../src/evidence/recording-folder.ts';
import { sweepPlan } from '../support/lab-inventory.ts';
import { reportOf } from '../support/report-schema.ts';
import { scratchFolder } from '../support/scratch.ts';

const BUILD = new URL(`../../${process.env['TUNNELDOC_BUILD'] ?? 'dist'}/`, import.meta.url);
const MAIN = fileURLToPath(new URL('src/main.js', BUILD));
const scratch = scratchFolder();

const running: RunningRouter[] = [];
const started: Program[] = [];
beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error('there is no build: npm run build');
});
afterEach(async () => {
  for (const program of started.splice(0)) program.kill('SIGKILL');
  await Promise.all(running.splice(0).map((router) => router.close()));
});

type Program = ChildProcessByStdio<null, Readable, Readable>;

async function router(behaviour: Partial<Behaviour> = {}): Promise<RunningRouter> {
  const [recording] = (await loadRecordings(join(scenariosFolder(), 'healthy-hub-and-spokes', 'hub1'))) ?? [];
  if (recording === undefined) throw new Error('no recording');
  const there = await startRouter({ recording, behaviour: { hostname: 'hub1', ...behaviour } });
  running.push(there);
  return there;
}

/** A sweep of the built program; `ended` when it has, with its code, the signal that ended it, and what it wrote. */
function sweep(name: string, routers: readonly { readonly name: string; readonly port: number }[]) {
  const folder = join(scratch, name);
  const { argv, env } = sweepPlan(folder, routers);
  const kept = join(folder, 'kept');
  const words = ['sweep', ...argv, '--record', kept, '--format', 'json', '--timeout-connect', '1'];
  const program = spawn(process.execPath, [MAIN, ...words], {
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(program);
  const wrote = { out: '', err: '' };
  program.stdout.on('data', (piece: Buffer) => {
    wrote.out += piece.toString();
  });
  program.stderr.on('data', (piece: Buffer) => {
    wrote.err += piece.toString();
  });
  const ended = once(program, 'close').then(([code, signal]) => ({ code, signal, ...wrote }));
  return { program, kept, wrote, ended };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('a sweep that is stopped', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s: sessions end with `exit`, what was collected is saved and reported, nobody else is asked',
    async (signal) => {
      const fine = await router();
      const slow = await router({ latency: 0.4 });
      const gone = await router();
      await gone.close();
      const going = sweep(signal, [
        { name: 'fine', port: fine.port },
        { name: 'slow', port: slow.port },
        { name: 'gone', port: gone.port },
      ]);
      // One has finished, one is in the middle, one waits for its second try.
      await until(() => fine.connectionsSeen() > 0 && fine.connectionsOpen() === 0);
      await until(() => going.wrote.err.includes('gone: connection refused; once more in 30 s'));
      await until(() => slow.received.includes('show version'));
      going.program.kill(signal);
      const { code, err, out, signal: by } = await going.ended;
      expect([code, by]).toEqual([3, null]);
      expect(err).toContain('stopping; open sessions are ended and what was collected is reported');
      expect(slow.received.at(-1)).toBe('exit');
      const report = reportOf(out);
      expect(report.routers.map(({ router: name, outcome }) => [name, outcome])).toEqual([
        ['fine', 'diagnosed'],
        ['slow', 'diagnosed'],
        ['gone', 'not-reached'],
      ]);
      const slowly = report.routers[1]?.collected.map(({ fate, reason }) => `${fate} ${reason ?? ''}`) ?? [];
      expect(slowly[0]).toBe('answered ');
      expect(slowly.filter((text) => text.startsWith('cut-short')).join()).toMatch(/interrupted/);
      for (const name of ['fine', 'slow'])
        expect(existsSync(join(going.kept, name, 'recording.yaml'))).toBe(true);
    },
    60_000,
  );

  test('a second signal ends it at once', async () => {
    const stuck = await router({ stallCmd: /^show version/, stallAfter: 100 });
    const going = sweep('second', [
      { name: 'stuck', port: stuck.port },
      { name: 'other', port: (await router({ latency: 5 })).port },
    ]);
    await until(() => stuck.received.includes('show version'));
    going.program.kill('SIGINT');
    await until(() => going.wrote.err.includes('stopping'));
    going.program.kill('SIGINT');
    const { signal, out } = await going.ended;
    expect(signal).toBe('SIGINT');
    expect(out).toBe('');
  }, 60_000);
});
