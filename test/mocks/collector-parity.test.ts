import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Collected } from '../../src/evidence/collected.ts';
import type { Recording } from '../../src/evidence/recording.ts';
import { loadRecordings } from '../../src/evidence/recording-folder.ts';
import { mustShowCommand } from '../../src/evidence/show-command.ts';
import { openCollector } from '../../src/transport/ssh-collector.ts';

// at the top, because concurrent tests do not wait for beforeAll
const dir = await mkdtemp(join(tmpdir(), 'parity-'));
afterAll(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function collect(
  router: RunningRouter,
  commands: readonly string[],
  login = { user: 'lab', password: 'lab' },
) {
  const opened = await openCollector(
    {
      name: 'R1',
      host: router.host,
      port: router.port,
      ...login,
      enableSecret: router.behaviour.enableSecret,
      legacyAlgorithms: true,
      hostKeys: {
        policy: 'accept-new',
        knownHostsFile: join(dir, `known-${router.port}-${Date.now()}`),
        readOnlyFiles: [],
      },
    },
    { log: silentLog },
  );
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const outputs = [];
  for (const command of commands) outputs.push(await opened.collector.collect(mustShowCommand(command)));
  await opened.collector.close();
  return outputs;
}

const LONG = Array.from(
  { length: 700 },
  (_, i) => `*Mar  1 00:00:${String(i % 60).padStart(2, '0')}: %FOO-6-BAR: R1# line ${i} --More-- é\n`,
).join('');
const TEXTS = {
  'show version': 'Cisco IOS Software\n\nR1>\nR1#\nR1 uptime is 1 day\n',
  'show logging': LONG,
  'show crypto isakmp sa': '\n\nIPv4 Crypto ISAKMP SA\n',
  'show crypto session': '',
};
const COMMANDS = Object.keys(TEXTS);

/** Trailing blank lines are free. */
const body = (text: string): string => text.replace(/\n+$/, '');

describe('what the transport collects is what the recording holds', () => {
  const paged: Partial<Behaviour> = { terminalCmds: false };
  test.concurrent.each<[string, Partial<Behaviour>]>([
    ['plain', {}],
    ['paged, classic', paged],
    ['paged, esck', { ...paged, more: 'esck' }],
    ['paged, inverse', { ...paged, more: 'inverse' }],
    ['narrow terminal, small writes', { width: 80, chunk: 7 }],
    [
      'banners and a suffix',
      { bannerMotd: '### no # entry > here\nPassword: none\n', promptSuffix: '\x07 ' },
    ],
    ['CR CR LF', { doubleCr: true }],
    ['enable needed', { defaultPrivilege: 1 }],
    ['old algorithms', { algorithms: 'ios15' }],
    ['keyboard-interactive', { auth: 'kbdint' }],
  ])('%s', async (_name, behaviour) => {
    const router = await startRouter({
      recording: recordingOf('R1', TEXTS),
      behaviour: { hostname: 'R1', ...behaviour },
    });
    try {
      const outputs = await collect(router, COMMANDS);
      expect(outputs.map((o) => [o.command, o.kind, body(o.text)])).toEqual(
        Object.entries(TEXTS).map(([command, text]) => [command, 'answered', body(text)]),
      );
    } finally {
      await router.close();
    }
  });
});

test('every router of the lab gives over SSH what its folder holds', async () => {
  const scenarios = join(import.meta.dirname, '..', '..', 'mocks', 'scenarios');
  const recordings = (await loadRecordings(scenarios)) ?? [];
  expect(recordings.length).toBeGreaterThan(20);
  for (let at = 0; at < recordings.length; at += AT_ONCE) {
    await Promise.all(recordings.slice(at, at + AT_ONCE).map(expectParity));
  }
}, 120_000);

/** Sessions wait more than they work: several at a time. */
const AT_ONCE = 10;

async function expectParity(recording: Recording): Promise<void> {
  const whole = recording.outputs.filter((o) => o.sample === 1 && o.kind !== 'cut-short');
  const router = await startRouter({ recording, behaviour: { hostname: recording.router } });
  try {
    const commands = whole.map((o) => o.command);
    const outputs = await collect(router, commands);
    const facts = (all: readonly Collected[]) => all.map((o) => [o.command, o.kind, body(o.text)]);
    expect(facts(outputs)).toEqual(facts(whole));
  } finally {
    await router.close();
  }
}
