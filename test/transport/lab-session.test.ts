import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Collected } from '../../src/evidence/collected.ts';
import { mustShowCommand } from '../../src/evidence/show-command.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';
import { openCollector } from '../../src/transport/ssh-collector.ts';
import { labTarget, outputsAsServed } from '../support/lab-target.ts';
import { saltedLog } from './salted-log.ts';

const TABLE = `\n${Array.from({ length: 60 }, (_, i) => `192.0.2.${i}  QM_IDLE ${i}`).join('\n')}\n\n`;
const OUTPUTS: Readonly<Record<string, string>> = {
  'show version': 'Cisco IOS Software, written for this test\n\nR1#\nR1 uptime is 2 hours\n',
  'show crypto isakmp sa': TABLE,
  'show crypto session': '',
  'show ip traffic': 'IP statistics:\n',
  'show logging': saltedLog(500, 'R1#'),
  'show crypto ipsec sa': TABLE,
};
const COMMANDS = Object.keys(OUTPUTS).map(mustShowCommand);
const MESSAGE = '*Jan  5 08:15:02.118: %SYS-5-CONFIG_I: Configured from console by lab on vty1 (192.0.2.250)';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-lab-session-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Asks for all outputs in one turn, as a round does. */
async function visit(behaviour: Partial<Behaviour>, target: Partial<RouterTarget> = {}) {
  const router = await startRouter({
    recording: outputsAsServed(OUTPUTS),
    behaviour: { hostname: 'R1', ...behaviour },
  });
  try {
    const opened = await openCollector(labTarget(folder, router.port, target), { log: silentLog });
    if (!opened.ok) throw new Error(opened.error.message);
    const { collector } = opened;
    const ends = await Promise.all(COMMANDS.map((command) => collector.collect(command)));
    await collector.close();
    return { ends, remarks: collector.facts.remarks, received: [...router.received] };
  } finally {
    await router.close();
  }
}

function textsOf(ends: readonly Collected[]): Record<string, string> {
  return Object.fromEntries(ends.map(({ command, text }) => [command, text]));
}

describe('a round with type-ahead is the round without it', () => {
  for (const [what, behaviour] of [
    ['at once', {}],
    ['slowly', { latency: 0.15 }],
    ['in 7-byte pieces', { chunk: 7 }],
    ['CR CR LF, prompt with BEL', { doubleCr: true, promptSuffix: '\x07' }],
    ['with a prompt that counts', { promptFormat: '%h-%n%p' }],
    ['with every character echoed late', { echoDelay: 0.003 }],
  ] as const)
    test(`from a router that answers ${what}`, async () => {
      const { ends, received } = await visit(behaviour, { typeAhead: true });
      expect(textsOf(ends)).toEqual(OUTPUTS);
      expect(ends.flatMap((end) => end.noticed ?? [])).toEqual([]);
      const lines = received.filter((line) => line.startsWith('show ') && line !== 'show privilege');
      expect(lines).toEqual(COMMANDS);
    });

  test('a router that pages is asked one by one', async () => {
    const { ends } = await visit({ terminalCmds: false, length: 30 }, { typeAhead: true });
    expect(textsOf(ends)).toEqual(OUTPUTS);
  });
});

test('on a terminal of 80 columns with a long prompt the echo is scrolled, and the outputs are exact', async () => {
  const narrow = { hostname: 'r'.repeat(63), width: 80, authzDeny: [/^terminal width/] };
  for (const typeAhead of [false, true]) {
    const { ends, remarks } = await visit(narrow, { typeAhead });
    expect(textsOf(ends)).toEqual(OUTPUTS);
    expect(remarks.join('\n')).toContain('may have broken long lines');
  }
});

describe('a router that logs to our line', () => {
  for (const [what, behaviour] of [
    ['ten times a second', { syslogEvery: 0.1 }],
    ['fifty times a second', { syslogEvery: 0.02 }],
    ['ten times a second, in pieces', { syslogEvery: 0.1, chunk: 9 }],
  ] as const)
    test(`${what}, with "terminal no monitor" refused: outputs are exact and the lines kept`, async () => {
      const { ends } = await visit({ monitor: true, authzDeny: [/^terminal no monitor/], ...behaviour });
      const { 'show logging': log, ...others } = textsOf(ends);
      const { 'show logging': wholeLog, ...whole } = OUTPUTS;
      expect(ends.map(({ kind }) => kind)).toEqual(COMMANDS.map(() => 'answered'));
      expect(others).toEqual(whole);
      expect(log?.replaceAll(`${MESSAGE}\n`, '')).toBe(wholeLog);
      const kept = ends.flatMap(({ unasked }) => unasked ?? []);
      expect(kept.length).toBeGreaterThan(0);
      expect(new Set(kept)).toEqual(new Set([MESSAGE]));
    });

  test('while it pages', async () => {
    const { ends } = await visit({ monitor: true, terminalCmds: false, length: 30, syslogEvery: 0.1 });
    const { 'show logging': _log, ...others } = textsOf(ends);
    const { 'show logging': _whole, ...whole } = OUTPUTS;
    expect(others).toEqual(whole);
  });
});
