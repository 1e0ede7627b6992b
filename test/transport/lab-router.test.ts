import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';
import type { Limits } from '../../src/transport/timeouts.ts';
import { labTarget, outputsAsServed } from '../support/lab-target.ts';
import { saltedLog } from './salted-log.ts';
import { record } from './stand-in.ts';

const OUTPUTS: Readonly<Record<string, string>> = {
  'show version': 'Cisco IOS Software, written for this test\n\nR1 uptime is 2 hours\n',
  'show logging': saltedLog(10_000, 'R1#'),
  'show crypto isakmp sa':
    '\nIPv4 Crypto ISAKMP SA\ndst             src             state          conn-id status\n\n',
};
const COMMANDS = Object.keys(OUTPUTS);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-lab-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One session with a lab router: what came back, and what the router saw. */
async function visit(
  behaviour: Partial<Behaviour>,
  {
    outputs = OUTPUTS,
    target = {},
    limits = {},
  }: {
    outputs?: Readonly<Record<string, string>>;
    target?: Partial<RouterTarget>;
    limits?: Partial<Limits>;
  } = {},
) {
  const router = await startRouter({
    recording: outputsAsServed(outputs),
    behaviour: { hostname: 'R1', ...behaviour },
  });
  try {
    const result = await record(labTarget(folder, router.port, target), Object.keys(outputs), limits);
    return { ...result, received: [...router.received], attempts: [...router.authAttempts] };
  } finally {
    await router.close();
  }
}

describe('a hostile log over real SSH from the lab router', () => {
  for (const [what, behaviour] of [
    ['whole', {}],
    ['in 64 KiB pieces', { chunk: 65_536 }],
    ['in 7-byte pieces', { chunk: 7 }],
    ['page by page', { terminalCmds: false, length: 500 }],
    ['CR CR LF, prompt with BEL', { doubleCr: true, promptSuffix: '\x07' }],
    ['prompt that counts', { promptFormat: '%h-%n%p' }],
    ['under old algorithms', { algorithms: 'ios12' }],
  ] as const) {
    test(`${what}: nothing lost, nothing taken for an error`, async () => {
      const { error, ends } = await visit(behaviour, {
        target: { legacyAlgorithms: 'algorithms' in behaviour },
      });
      expect(error).toBeNull();
      expect(ends.map((end) => end.kind)).toEqual(COMMANDS.map(() => 'answered'));
      for (const end of ends) expect(end.text === OUTPUTS[end.command]).toBe(true);
    });
  }

  test('one byte a packet', async () => {
    const outputs = { ...OUTPUTS, 'show logging': saltedLog(300, 'R1#') };
    const { ends } = await visit({ chunk: 1 }, { outputs });
    for (const end of ends) expect(end.text).toBe(outputs[end.command as keyof typeof outputs]);
  });
});

describe('what the router saw', () => {
  test('nothing but listed commands, in order, and blank lines', async () => {
    const { received } = await visit({});
    expect(received.filter((line) => line.trim() !== '')).toEqual([
      'terminal length 0',
      'terminal width 511',
      'terminal no monitor',
      'show privilege',
      ...COMMANDS,
      'exit',
    ]);
  });

  test('one attempt with a wrong password', async () => {
    for (const auth of ['both', 'password'] as const) {
      const { error, attempts } = await visit({ auth }, { target: { password: 'wrong' } });
      expect(error?.name).toBe('authentication-rejected');
      expect(attempts).toHaveLength(1);
    }
  });

  test('a stalled and a cut output keep their beginning', async () => {
    const stalled = await visit(
      { stallCmd: /logging/, stallAfter: 5000 },
      { limits: { commandIdleMs: 600 } },
    );
    const cut = await visit({ dropCmd: /logging/, dropAfter: 5000 });
    for (const { ends } of [stalled, cut]) {
      expect(ends.map((end) => end.kind)).toEqual(['answered', 'cut-short', 'cut-short']);
      expect(ends[1]?.text.length).toBeGreaterThan(4000);
      expect(OUTPUTS['show logging']?.startsWith(ends[1]?.text ?? 'x')).toBe(true);
    }
  });
});
