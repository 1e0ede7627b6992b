import { describe, expect, test } from '@jest/globals';
import { mustShowCommand, type ShowCommand } from '../../src/evidence/show-command.ts';
import type { CommandEnd } from '../../src/transport/command-line.ts';
import { IosSession } from '../../src/transport/ios-session.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/transport/timeouts.ts';
import { howManyTogether } from '../../src/transport/type-ahead.ts';
import { type FakeOptions, FakeRouter } from './fake-router.ts';
import { saltedLog } from './salted-log.ts';

const COMMANDS = [
  'show version',
  'show crypto isakmp sa',
  'show crypto session',
  'show crypto session detail',
  'show logging',
  'show crypto ipsec sa',
  'show ip traffic',
].map(mustShowCommand);

const ANSWERS: Readonly<Record<string, string>> = {
  'show version': 'IOS\n\nR9#\nR1>\n uptime is 2 hours\n',
  'show crypto isakmp sa': '',
  'show crypto session': `${'Peer: 192.0.2.1\n'.repeat(200)}\n`,
  'show crypto session detail': '\n\nno newline at the start\n\n',
  'show logging': saltedLog(300),
  'show crypto ipsec sa': "          ^\n% Invalid input detected at '^' marker.\n\n",
  'show ip traffic': 'Z\xfcrich\n',
};

/** As a collector does: as many at once as the session wants. */
async function collect(session: IosSession, commands: readonly ShowCommand[]): Promise<CommandEnd[]> {
  const ends: CommandEnd[] = [];
  while (ends.length < commands.length) {
    const waiting = commands.slice(ends.length);
    ends.push(...(await session.runTogether(waiting.slice(0, session.howManyTogether(waiting)))));
  }
  return ends;
}

async function visit(
  options: FakeOptions,
  { typeAhead = true, limits = {} as Partial<Limits>, commands = COMMANDS } = {},
) {
  const router = new FakeRouter(options);
  const session = new IosSession(router, {
    where: 'R1 (192.0.2.1:22)',
    limits: { ...DEFAULT_LIMITS, ...limits },
    signal: null,
    typeAhead,
  });
  const facts = await session.start(null);
  if (!facts.ok) throw new Error(facts.error.message);
  const before = router.received.length;
  const ends = await collect(session, commands);
  return { ends, remarks: session.takeRemarks(), router, sent: router.received.slice(before), session };
}

describe('the outputs are the same with type-ahead and without', () => {
  const alone = visit({ answers: ANSWERS }, { typeAhead: false });

  const routers: [string, Omit<FakeOptions, 'answers'>, boolean][] = [
    ['echoes what waited when its turn comes', {}, true],
    ['is slow', { latencyMs: 60, thinksMs: 120 }, true],
    ['sends byte by byte', { piece: 1 }, true],
    ['counts its prompts', { prompt: (n) => `R1-${n}#` }, true],
    ['tells the time in its prompt', { prompt: (n) => `R1 09:30:${String(n % 60).padStart(2, '0')}#` }, true],
    ['ends its lines CR CR LF', { newline: '\r\r\n' }, true],
    ['echoes at once', { typedAhead: 'at-once', thinksMs: 30 }, false],
    ['echoes at once and is slow', { typedAhead: 'at-once', thinksMs: 200 }, false],
    ['throws away what was typed ahead', { typedAhead: 'dropped', thinksMs: 20 }, false],
  ];
  for (const [what, options, isBelieved] of routers)
    test.concurrent(`from a router that ${what}`, async () => {
      const { ends, remarks } = await visit({ ...options, answers: ANSWERS });
      expect(ends).toEqual((await alone).ends);
      expect(remarks.length).toBe(isBelieved ? 0 : 1);
    });

  test.concurrent('from a router that pages: nothing is sent ahead', async () => {
    const { ends, sent, remarks } = await visit({ answers: ANSWERS, pageLines: 50 });
    expect(ends).toEqual((await alone).ends);
    expect(remarks).toEqual([]);
    expect(neverTwoLines(sent)).toBe(true);
  });

  test.concurrent('after a doubt each command is sent alone, for good', async () => {
    const { sent, remarks, session } = await visit({ answers: ANSWERS, typedAhead: 'dropped', thinksMs: 20 });
    expect(remarks[0]).toContain('one by one');
    expect(session.howManyTogether(COMMANDS)).toBe(1);
    // The first four went together, once; then the answer to one more was waited for.
    expect(sent.slice(0, 4).filter((text) => text === '\r')).toEqual([]);
    expect(sent.filter((text) => text === 'show privilege\r')).toHaveLength(1);
    expect(neverTwoLines(sent.slice(sent.indexOf('show privilege\r')))).toBe(true);
  });

  test.concurrent('when an output holds a line like the boundary, it is asked again', async () => {
    const answers = { ...ANSWERS, 'show version': 'IOS\nR1#show crypto isakmp sa\nmore\n' };
    const commands = COMMANDS.slice(0, 3);
    const { ends, remarks } = await visit({ answers }, { commands });
    expect(ends.map(({ text }) => text)).toEqual(
      commands.map((command) => answers[command as keyof typeof answers]),
    );
    expect(remarks).toHaveLength(1);
  });

  test.concurrent('without the opt-in nothing is ever sent ahead', async () => {
    const { sent } = await visit({ answers: ANSWERS }, { typeAhead: false });
    expect(neverTwoLines(sent)).toBe(true);
  });
});

/** Between two lines there is a bare CR: the first one's end was proved. */
function neverTwoLines(sent: readonly string[]): boolean {
  return sent.every((text, i) => !/^show/.test(text) || i === 0 || !/^show/.test(sent[i - 1] ?? ''));
}

describe('when the line stops among commands sent together', () => {
  const commands = COMMANDS.slice(0, 4);

  test.concurrent('nothing counts as complete, and what came is kept with its command', async () => {
    const { ends } = await visit(
      { answers: { ...ANSWERS, 'show crypto session': { output: 'Peer: 192.0.2.1\n', ending: 'close' } } },
      { commands },
    );
    expect(ends.map(({ kind, text }) => [kind, text])).toEqual([
      ['cut-short', ANSWERS['show version']],
      ['cut-short', ''],
      ['cut-short', 'Peer: 192.0.2.1\n'],
      ['cut-short', ''],
    ]);
    expect(ends.map((end) => (end.kind === 'cut-short' ? end.error : null))).toEqual([
      'connection-lost',
      'connection-lost',
      'connection-lost',
      'not-run',
    ]);
  });

  test.concurrent('a stall ends by the idle timer', async () => {
    const { ends, session } = await visit(
      { answers: { ...ANSWERS, 'show version': { output: 'half\n', ending: 'stall' } } },
      { commands, limits: { commandIdleMs: 400 } },
    );
    expect(ends[0]).toMatchObject({ kind: 'cut-short', text: 'half\n', error: 'command-silent' });
    expect(ends.slice(1).every((end) => end.kind === 'cut-short' && end.error === 'not-run')).toBe(true);
    expect(session.howManyTogether(commands)).toBe(1);
  });
});

describe('how many are sent together', () => {
  const many = (count: number): ShowCommand[] =>
    Array.from({ length: count }, (_, i) => mustShowCommand(`show ip route 192.0.2.${i}`));
  const long = Array.from({ length: 4 }, (_, i) =>
    mustShowCommand(`show crypto ipsec sa peer 2001:db8:1111:2222:3333:4444:5555:666${i} detail`),
  );

  test('at most four, and what fits into a router’s input', () => {
    expect(howManyTogether(many(9))).toBe(4);
    expect(howManyTogether(long)).toBe(2);
    expect(howManyTogether(many(1))).toBe(1);
  });

  test('a log is asked for alone, and so is a second sample', () => {
    const log = mustShowCommand('show logging');
    expect(howManyTogether([log, ...many(3)])).toBe(1);
    expect(howManyTogether([...many(2), log])).toBe(2);
    expect(howManyTogether([...many(2), ...many(2)])).toBe(2);
  });
});
