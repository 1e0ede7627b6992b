import { describe, expect, test } from '@jest/globals';
import { ReconnectingCollector, type Session } from '../../src/app/reconnecting-collector.ts';
import type { Collected, CutName } from '../../src/evidence/collected.ts';
import { mustShowCommand } from '../../src/evidence/show-command.ts';
import { connectError } from '../../src/transport/connect-error.ts';

const LOG = mustShowCommand('show logging');
const SA = mustShowCommand('show crypto ipsec sa');
const VERSION = mustShowCommand('show version');

type Answer = string | { readonly cut: CutName; readonly text?: string };

/** A session that answers by script; after a cut it runs nothing more, as a live one does. */
function session(
  what: string,
  answers: Readonly<Record<string, Answer>>,
  journal: string[],
  hostname = 'R1',
): Session {
  let isDead = false;
  return {
    facts: { hostname, remarks: [`privilege seen by ${what}`, 'small host key'] },
    collect: async (command): Promise<Collected> => {
      const base = { command, sample: 1, filtered: false, at: null, tookMs: 0 };
      if (isDead) return { ...base, kind: 'cut-short', text: '', reason: 'not run', error: 'not-run' };
      journal.push(`${what}: ${command}`);
      const answer = answers[command] ?? `${command} of ${what}`;
      if (typeof answer === 'string') return { ...base, kind: 'answered', text: answer };
      isDead = true;
      return {
        ...base,
        kind: 'cut-short',
        text: answer.text ?? '',
        reason: `cut: ${answer.cut}`,
        error: answer.cut,
      };
    },
    close: async () => void journal.push(`${what} closed`),
  };
}

interface Plan {
  readonly first: Readonly<Record<string, Answer>>;
  readonly second?: Readonly<Record<string, Answer>> | 'refused';
  readonly secondName?: string;
  /** What the pause before a later try returns. */
  readonly waited?: string | null;
  readonly aborted?: boolean;
  /** Seconds that pass between the two connections. */
  readonly apart?: number;
}

function collectorOf({ first, second = {}, secondName, waited = null, aborted = false, apart = 0 }: Plan) {
  const journal: string[] = [];
  let now = 1_000_000;
  const stop = new AbortController();
  if (aborted) stop.abort();
  const collector = new ReconnectingCollector(session('first', first, journal), {
    open: async () => {
      journal.push('connect');
      now += apart * 1000;
      return second === 'refused'
        ? { ok: false, error: connectError('connection-refused', 'tcp', 'R1: refused.') }
        : { ok: true, collector: session('second', second, journal, secondName) };
    },
    pause: async (why) => {
      journal.push(`pause: ${why}`);
      return waited;
    },
    signal: stop.signal,
    now: () => now,
  });
  return { collector, journal };
}

const LOST = { cut: 'connection-lost', text: 'half a log' } as const;
const SILENT = { cut: 'command-silent', text: 'half a log' } as const;
const told = ({ remarks }: ReconnectingCollector): readonly string[] => remarks.slice(2);

describe('a connection that is lost', () => {
  test('is opened again at once, the command is run once more, and the rest goes on there', async () => {
    const { collector, journal } = collectorOf({ first: { 'show logging': LOST } });
    expect(await collector.collect(SA)).toMatchObject({ text: 'show crypto ipsec sa of first', sample: 1 });
    expect(await collector.collect(LOG)).toMatchObject({
      kind: 'answered',
      text: 'show logging of second',
      sample: 1,
    });
    expect(await collector.collect(SA)).toMatchObject({ text: 'show crypto ipsec sa of second', sample: 2 });
    await collector.close();
    expect(journal).toEqual([
      'first: show crypto ipsec sa',
      'first: show logging',
      'first closed',
      'connect',
      'second: show logging',
      'second: show version',
      'second: show crypto ipsec sa',
      'second closed',
    ]);
    expect(collector.remarks).toEqual([
      'privilege seen by first',
      'small host key',
      'privilege seen by second',
      'connection lost in `show logging` after 10 bytes; connected again, the command was run once more',
    ]);
  });

  test('what was asked at once before it broke goes to the new session', async () => {
    const { collector, journal } = collectorOf({ first: { 'show logging': LOST } });
    const ends = await Promise.all([SA, LOG, SA, VERSION].map((command) => collector.collect(command)));
    expect(ends.map(({ kind }) => kind)).toEqual(['answered', 'answered', 'answered', 'answered']);
    expect(ends.map(({ sample }) => sample)).toEqual([1, 1, 2, 1]);
    expect(ends.slice(1).map((end) => end.text.split(' of ')[1])).toEqual(['second', 'second', 'second']);
    expect(journal.filter((step) => step === 'connect')).toHaveLength(1);
  });

  test('a second time stays lost', async () => {
    const { collector, journal } = collectorOf({
      first: { 'show logging': LOST },
      second: { 'show crypto ipsec sa': LOST },
    });
    expect(await collector.collect(LOG)).toMatchObject({ kind: 'answered' });
    expect(await collector.collect(SA)).toMatchObject({ kind: 'cut-short', error: 'connection-lost' });
    expect(await collector.collect(VERSION)).toMatchObject({ kind: 'cut-short', error: 'not-run' });
    expect(journal.filter((step) => step === 'connect')).toHaveLength(1);
  });

  test('in the same command again: the longer beginning stays, the first one of two alike', async () => {
    for (const [text, kept] of [
      ['half a log, and more', 'half a log, and more'],
      ['half', 'half a log'],
    ] as const) {
      const { collector, journal } = collectorOf({
        first: { 'show logging': LOST },
        second: { 'show logging': { cut: 'connection-lost', text } },
      });
      expect(await collector.collect(LOG)).toMatchObject({
        kind: 'cut-short',
        text: kept,
        error: 'connection-lost',
      });
      expect(await collector.collect(SA)).toMatchObject({ error: 'not-run' });
      expect(told(collector).join()).toContain('but it was cut short again: cut: connection-lost');
      expect(journal).not.toContain('second: show version');
    }
  });

  test('and cannot be opened again: what came stays, the rest is not run', async () => {
    const { collector, journal } = collectorOf({ first: { 'show logging': LOST }, second: 'refused' });
    expect(await collector.collect(LOG)).toMatchObject({ kind: 'cut-short', text: 'half a log' });
    expect(await collector.collect(SA)).toMatchObject({ kind: 'cut-short', text: '', error: 'not-run' });
    expect(journal.filter((step) => step === 'connect')).toHaveLength(1);
    expect(told(collector)).toEqual([
      'connection lost in `show logging` after 10 bytes; connecting again failed: connection refused',
    ]);
  });

  test('is left alone when the run was stopped', async () => {
    const { collector, journal } = collectorOf({ first: { 'show logging': LOST }, aborted: true });
    expect(await collector.collect(LOG)).toMatchObject({ kind: 'cut-short' });
    expect(journal).toEqual(['first: show logging']);
  });
});

describe('a router that stops answering', () => {
  test('is asked again after its pause, in which no session is open', async () => {
    const { collector, journal } = collectorOf({ first: { 'show logging': SILENT }, waited: '30 s' });
    expect(await collector.collect(LOG)).toMatchObject({ kind: 'answered', text: 'show logging of second' });
    const what = 'no further answer in `show logging` after 10 bytes';
    expect(journal.slice(1, 4)).toEqual(['first closed', `pause: ${what}`, 'connect']);
    expect(told(collector).at(-1)).toBe(`${what}; connected again 30 s later, the command was run once more`);
  });

  test('a line closed between two commands (exec-timeout) is such a case', async () => {
    const { collector, journal } = collectorOf({
      first: { 'show logging': { cut: 'not-run' } },
      waited: '30 s',
    });
    expect(await collector.collect(LOG)).toMatchObject({ kind: 'answered' });
    expect(journal).toContain('pause: connection lost before `show logging`');
  });

  test('is not asked again without a pause', async () => {
    const { collector, journal } = collectorOf({ first: { 'show logging': SILENT } });
    expect(await collector.collect(LOG)).toMatchObject({ kind: 'cut-short', text: 'half a log' });
    expect(journal).not.toContain('connect');
    expect(told(collector)).toEqual([]);
  });
});

test.each([
  'command-timeout',
  'output-too-large',
  'session-too-large',
  'password-asked',
  'interrupted',
] as const)('%s is no reason to connect again, neither then nor later', async (cut) => {
  const { collector, journal } = collectorOf({ first: { 'show logging': { cut } }, waited: '30 s' });
  expect(await collector.collect(LOG)).toMatchObject({ error: cut });
  expect(await collector.collect(SA)).toMatchObject({ error: 'not-run' });
  expect(journal).toEqual(['first: show logging']);
});

describe('a router that restarted in between is named', () => {
  const uptime = (text: string): string => `Cisco IOS Software, C2900 Software\n\nR1 uptime is ${text}\n`;
  test.each([
    ['1 minute', 300, true],
    ['4 minutes', 300, true],
    ['5 minutes', 300, false],
    ['2 weeks, 1 day', 300, false],
    ['0 minutes', 30, false],
  ])('up for %s, asked %d s ago', async (text, apart, restarted) => {
    const { collector } = collectorOf({
      first: { 'show logging': LOST },
      second: { 'show version': uptime(text) },
      apart,
    });
    await collector.collect(LOG);
    const said = told(collector).filter((remark) => remark.startsWith('restarted'));
    expect(said).toEqual(
      restarted
        ? [`restarted during collection: its uptime is ${text}, but it was first asked 300 s ago`]
        : [],
    );
  });

  test('from the command that was cut, when that is show version itself', async () => {
    const { collector, journal } = collectorOf({
      first: { 'show version': LOST },
      second: { 'show version': uptime('1 minute') },
      apart: 300,
    });
    await collector.collect(VERSION);
    expect(told(collector).join()).toContain('restarted during collection');
    expect(journal.filter((step) => step === 'second: show version')).toHaveLength(1);
  });

  test('by another name in its prompt', async () => {
    const { collector } = collectorOf({ first: { 'show logging': LOST }, secondName: 'R2' });
    await collector.collect(LOG);
    expect(told(collector).at(-1)).toBe(
      'restarted or switched over during collection: R1 answered before the connection was lost, R2 after it',
    );
  });
});
