import { describe, expect, test } from '@jest/globals';
import { cpuMs } from '../support/cpu-time.ts';
import { LOGGING, started, VERSION } from './fake-session.ts';
import { saltedLog } from './salted-log.ts';

describe('an output with everything in it that looks like its end', () => {
  const log = saltedLog();
  for (const piece of [1, 7, 4096, 65_536]) {
    test(`is whole and exact in pieces of ${piece} bytes`, async () => {
      const { session } = await started({ answers: { 'show logging': log }, piece });
      const end = await session.run(LOGGING);
      expect(end.kind).toBe('answered');
      expect(end.text === log).toBe(true);
    });
  }

  test('is whole when the router pauses right behind its own prompt inside the output', async () => {
    const { session, router } = await started({
      answers: { 'show logging': log, 'show version': 'IOS\n' },
      piece: 1,
      pauseAfter: { text: '\nR1#', ms: 150, times: 6 },
    });
    const end = await session.run(LOGGING);
    expect(end.kind).toBe('answered');
    expect(end.text === log).toBe(true);
    expect((await session.run(VERSION)).text).toBe('IOS\n');
    expect(router.received.filter((text) => text === '\r').length).toBeGreaterThan(4);
  });

  for (const pager of ['classic', 'esck', 'inverse'] as const) {
    test(`is whole and exact through the ${pager} pager`, async () => {
      const short = saltedLog(1000);
      const { session, facts } = await started({ answers: { 'show logging': short }, pageLines: 100, pager });
      expect(facts.pagingOff).toBe(false);
      expect(facts.remarks.join()).toContain('paging could not be switched off');
      const end = await session.run(LOGGING);
      expect(end.kind).toBe('answered');
      expect(end.text).toBe(short);
    });
  }

  test('is whole when a pause behind a pager look-alike draws a SPACE too many', async () => {
    // Without the look-alike that brings its own wipe: behind a SPACE too many it cannot be told from a pager.
    const short = saltedLog(600).replaceAll(/^ --More-- \x08.*$/gm, 'no wipe here');
    const { session } = await started({
      answers: { 'show logging': short, 'show version': 'IOS\n' },
      pageLines: 100,
      piece: 1,
      pauseAfter: { text: '\n --More-- ', ms: 120, times: 3 },
    });
    expect((await session.run(LOGGING)).text).toBe(short);
    expect((await session.run(VERSION)).text).toBe('IOS\n');
  });

  test('a slow line gets one SPACE a page', async () => {
    const short = saltedLog(300);
    const { session, router } = await started({
      answers: { 'show logging': short },
      pageLines: 100,
      latencyMs: 150,
    });
    expect((await session.run(LOGGING)).text).toBe(short);
    expect(router.received.filter((text) => text === ' ')).toHaveLength(
      Math.ceil((short.match(/\n/g) ?? []).length / 100) - 1,
    );
  });

  test('a stall at a pager look-alike ends by the idle timer', async () => {
    const { session } = await started(
      { answers: { 'show logging': { output: 'x\n --More-- ', ending: 'stall' } } },
      { commandIdleMs: 1900 },
    );
    expect(await session.run(LOGGING)).toMatchObject({
      kind: 'cut-short',
      reason: expect.stringContaining('then nothing for'),
    });
  });

  test('ten megabytes take linear time', async () => {
    const line = `${'x'.repeat(99)}\n`;
    const timed = async (lines: number): Promise<number> => {
      const text = line.repeat(lines);
      const { session } = await started({ answers: { 'show logging': text }, piece: 1000 });
      const before = cpuMs();
      expect((await session.run(LOGGING)).text.length).toBe(text.length);
      return cpuMs() - before;
    };
    const small = await timed(25_000);
    const large = await timed(100_000);
    expect(large).toBeLessThan(Math.max(small, 200) * 12);
  });
});

describe('the text is what the recording contract says', () => {
  const output = '\n\nfirst\n  second \n\nlast\n\n';
  for (const newline of ['\r\n', '\r\r\n', '\n', '\n\r']) {
    test.concurrent(`with line ends ${JSON.stringify(newline)}`, async () => {
      const { session } = await started({ answers: { 'show version': output }, newline, piece: 3 });
      expect((await session.run(VERSION)).text).toBe(output);
    });
  }

  test.concurrent('an empty output is an answer with no text', async () => {
    const { session } = await started({ answers: { 'show version': '' } });
    expect(await session.run(VERSION)).toEqual({ kind: 'answered', text: '' });
  });

  test.concurrent('UTF-8 is read as UTF-8, other 8-bit text as latin1', async () => {
    const utf8 = Buffer.from('Zürich → Genève\n').toString('latin1');
    const { session } = await started({
      answers: { 'show version': utf8, 'show logging': 'Z\xfcrich\n' },
      piece: 1,
    });
    expect((await session.run(VERSION)).text).toBe('Zürich → Genève\n');
    expect((await session.run(LOGGING)).text).toBe('Zürich\n');
  });

  for (const first of ['', '\n']) {
    test.concurrent(`log lines that land behind the prompt are in no output ${JSON.stringify(first)}`, async () => {
      const unasked = `${first}*Nov 23 09:30:12.345: %SYS-5-CONFIG_I: Configured from console by admin`;
      const { session } = await started({ answers: { 'show version': 'IOS\n' }, unasked });
      for (let again = 0; again < 2; again++) expect((await session.run(VERSION)).text).toBe('IOS\n');
    });
  }

  test.concurrent('the lines of "exec prompt timestamp" are switched off where they are, and nowhere else', async () => {
    const timestamp =
      'Load for five secs: 2%/0%; one minute: 1%; five minutes: 1%\nTime source is NTP, 17:32:07.999 EST Wed Feb 3 2016\n\n';
    const switchOff = 'terminal no exec prompt timestamp\r';
    const { session, router, facts } = await started({ answers: { 'show version': 'IOS\n' }, timestamp });
    expect((await session.run(VERSION)).text).toBe('IOS\n');
    expect(facts.privilege).toBe(15);
    expect(router.received).toContain(switchOff);
    const plain = await started({ answers: { 'show version': 'IOS\n' } });
    expect(plain.router.received).not.toContain(switchOff);
  });

  test.concurrent('the lines of "exec prompt timestamp" that stay are kept apart: they are a clock', async () => {
    const lines = [
      'Load for five secs: 2%/0%; one minute: 1%; five minutes: 1%',
      'Time source is NTP, 17:32:07.999 EST Wed Feb 3 2016',
    ];
    const { session } = await started({
      answers: { 'show version': '\nIOS\n', 'show logging': '% Authorization failed.\n' },
      timestamp: `${lines.join('\n')}\n\n`,
      refused: { 'terminal no exec prompt timestamp': 'Command authorization failed.\n' },
    });
    expect(await session.run(VERSION)).toEqual({ kind: 'answered', text: '\nIOS\n', unasked: lines });
    expect(await session.run(LOGGING)).toMatchObject({ kind: 'refused', unasked: lines });
  });
});

describe('refusals', () => {
  const refusals: [string, string, string][] = [
    [
      "              ^\n% Invalid input detected at '^' marker.\n\n",
      'invalid-input',
      "% Invalid input detected at '^' marker.",
    ],
    ['% Incomplete command.\n\n', 'incomplete', '% Incomplete command.'],
    ['% Ambiguous command:  "show version"\n', 'ambiguous', '% Ambiguous command:  "show version"'],
    ['Command authorization failed.\n\n', 'not-authorized', 'Command authorization failed.'],
    ['% Authorization failed.\n', 'not-authorized', '% Authorization failed.'],
    [
      '% Bad IP address or host name\n% Unknown command or computer name, or unable to find computer address\n',
      'bad-address',
      '% Bad IP address or host name',
    ],
    [
      'Translating "show"...domain server (255.255.255.255)\n% Unknown command or computer name, or unable to find computer address\n',
      'unknown-command',
      '% Unknown command or computer name, or unable to find computer address',
    ],
    [
      'Line has invalid autocommand "show version"\n',
      'unknown-command',
      'Line has invalid autocommand "show version"',
    ],
  ];
  for (const [output, refusal, reason] of refusals) {
    test.concurrent(`${refusal}: ${reason}`, async () => {
      const { session } = await started({ answers: { 'show version': output } });
      expect(await session.run(VERSION)).toEqual({ kind: 'refused', text: output, refusal, reason });
    });
  }

  for (const output of [
    "% Invalid input detected at '^' marker.\nthe words in front of an answer\n",
    'Log Buffer (4096 bytes):\n% Incomplete command.\n',
    '%CRYPTO-4-IKMP_NO_SA: IKE message has no SA\n',
    '% IKEv2 is not enabled\n',
  ]) {
    test.concurrent(`none in ${JSON.stringify(output.slice(0, 45))}…`, async () => {
      const { session } = await started({ answers: { 'show version': output } });
      expect(await session.run(VERSION)).toEqual({ kind: 'answered', text: output });
    });
  }
});
