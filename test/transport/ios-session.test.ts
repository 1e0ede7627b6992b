import { describe, expect, test } from '@jest/globals';
import { mustShowCommand } from '../../src/evidence/show-command.ts';
import { IosSession } from '../../src/transport/ios-session.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/transport/timeouts.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { type FakeOptions, FakeRouter } from './fake-router.ts';
import { saltedLog } from './salted-log.ts';

const LOGGING = mustShowCommand('show logging');
const VERSION = mustShowCommand('show version');

function open(options: FakeOptions, limits: Partial<Limits> = {}, signal: AbortSignal | null = null) {
  const router = new FakeRouter(options);
  const session = new IosSession(router, {
    where: 'R1 (192.0.2.1:22)',
    limits: { ...DEFAULT_LIMITS, ...limits },
    signal,
  });
  return { router, session };
}

async function started(options: FakeOptions, limits: Partial<Limits> = {}, secret: string | null = null) {
  const { router, session } = open(options, limits);
  const facts = await session.start(secret);
  if (!facts.ok) throw new Error(facts.error.message);
  return { router, session, facts: facts.value };
}

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

describe('prompts', () => {
  const cases: [string, Omit<FakeOptions, 'answers'>, string][] = [
    ['with BEL and blank', { prompt: () => 'R1# \x07' }, 'R1'],
    [
      'of a long name',
      { prompt: () => 'a-very-long-router-name.of.the.branch.example.net#' },
      'a-very-long-router-name.of.the.branch.example.net',
    ],
    ['with odd characters', { prompt: () => 'PG::SB::SW1#' }, 'PG::SB::SW1'],
    ['of a standby', { prompt: () => 'hub1(standby)#' }, 'hub1'],
    ['that counts', { prompt: (n) => `R1-${n}#` }, 'R1-0'],
    [
      'behind a banner of boxes',
      { banner: `\n${'#'.repeat(60)}\n#  WARNING # R9#  #\n${'#'.repeat(60)}\n\n` },
      'R1',
    ],
    ['glued to the banner', { banner: '\nALL ACCESS IS LOGGED!!**' }, 'R1'],
    [
      'behind a banner that pauses at #',
      { banner: `\n# R9#\n${'#'.repeat(30)}\n`, piece: 1, pauseAfter: { text: '# R9#', ms: 250, times: 1 } },
      'R1',
    ],
  ];
  for (const [what, options, hostname] of cases) {
    test.concurrent(what, async () => {
      const output = 'line\nR9#\n\nend\n';
      const { session, facts } = await started({ ...options, answers: { 'show version': output } });
      expect(facts.hostname).toBe(hostname);
      for (let again = 0; again < 3; again++) expect((await session.run(VERSION)).text).toBe(output);
    });
  }

  test.concurrent('none at all is named, with what came', async () => {
    const { session } = open({ answers: {}, prompt: () => 'menu: ' }, { promptMs: 400 });
    const facts = await session.start(null);
    expect(facts).toMatchObject({ ok: false, error: { name: 'no-prompt', phase: 'prompt' } });
    if (!facts.ok) expect(facts.error.message).toContain('menu:');
  });

  test.concurrent('a login inside the session is named and gets no password', async () => {
    const { session, router } = open({ answers: {}, prompt: () => 'Username: ' }, {});
    expect(await session.start('secret')).toMatchObject({
      ok: false,
      error: { name: 'login-inside-session' },
    });
    expect(router.received.join('')).not.toContain('secret');
  });
});

describe('enable', () => {
  test.concurrent('enters with the secret, typed once and only at the password prompt', async () => {
    const { facts, router } = await started({ answers: {}, enableSecret: 's3cret' }, {}, 's3cret');
    expect(facts).toMatchObject({ enable: 'entered', privileged: true, privilege: 15, remarks: [] });
    expect(router.received.filter((text) => text.includes('s3cret'))).toEqual(['s3cret\r']);
    expect(router.received[router.received.indexOf('s3cret\r') - 1]).toBe('enable\r');
  });

  test.concurrent('a wrong secret is typed once, named, and the session goes on', async () => {
    const { facts, router, session } = await started(
      { answers: { 'show version': 'IOS\n' }, enableSecret: 'right' },
      {},
      'wrong',
    );
    expect(facts).toMatchObject({ enable: 'refused', privileged: false, privilege: 1 });
    expect(facts.remarks.join('\n')).toContain('% Bad secrets');
    expect(router.received.filter((text) => text.includes('wrong'))).toHaveLength(1);
    expect((await session.run(VERSION)).text).toBe('IOS\n');
  });

  test.concurrent('without a secret nothing is asked and privilege 1 is remarked', async () => {
    const { facts, router } = await started({ answers: {}, enableSecret: 'x' });
    expect(router.received).not.toContain('enable\r');
    expect(facts.remarks.join()).toContain('privilege 1');
  });

  test.concurrent('a secret that would end the line is never typed', async () => {
    const { facts, router } = await started({ answers: {}, enableSecret: 'x' }, {}, 'x\rreload');
    expect(facts.enable).toBe('not-tried');
    expect(router.received.join('')).not.toContain('reload');
  });
});

describe('a session that breaks', () => {
  const some = '0123456789\n'.repeat(20);

  test.concurrent('a stall keeps what came, and the next commands answer at once', async () => {
    const { session } = await started(
      { answers: { 'show logging': { output: some, ending: 'stall' } } },
      { commandIdleMs: 300 },
    );
    expect(await session.run(LOGGING)).toMatchObject({
      kind: 'cut-short',
      text: some,
      reason: '220 bytes, then nothing for 0.3 s',
      error: 'command-silent',
    });
    expect(await session.run(VERSION)).toMatchObject({
      kind: 'cut-short',
      text: '',
      reason: expect.stringContaining('not run:'),
    });
  });

  test.concurrent('a stall right behind a prompt look-alike is no complete output', async () => {
    const { session } = await started(
      { answers: { 'show logging': { output: `${some}R1#`, ending: 'stall' } } },
      { commandIdleMs: 400 },
    );
    expect((await session.run(LOGGING)).kind).toBe('cut-short');
  });

  test.concurrent('a lost connection keeps what came', async () => {
    const { session } = await started({ answers: { 'show logging': { output: some, ending: 'close' } } });
    expect(await session.run(LOGGING)).toMatchObject({
      kind: 'cut-short',
      text: some,
      reason: 'connection lost after 220 bytes (connection reset)',
      error: 'connection-lost',
    });
    expect(await session.run(VERSION)).toMatchObject({ reason: 'not run: connection lost' });
  });

  test.concurrent('too many bytes and too much time cut the output', async () => {
    const long = '0123456789\n'.repeat(5000);
    const bytes = await started({ answers: { 'show logging': long }, piece: 500 }, { commandBytes: 10_000 });
    const cut = await bytes.session.run(LOGGING);
    expect(cut).toMatchObject({
      kind: 'cut-short',
      reason: 'output cut at 10000 bytes',
      error: 'output-too-large',
    });
    expect(long.startsWith(cut.text)).toBe(true);
    const time = await started(
      { answers: { 'show logging': { output: some, ending: 'stall' } } },
      { commandMs: 300 },
    );
    expect(await time.session.run(LOGGING)).toMatchObject({
      kind: 'cut-short',
      text: some,
      reason: expect.stringContaining('not finished in 0.3 s'),
      error: 'command-timeout',
    });
  });

  test.concurrent('an interrupt ends the running command and still says exit', async () => {
    const stop = new AbortController();
    const { session, router } = open(
      { answers: { 'show logging': { output: some, ending: 'stall' } } },
      {},
      stop.signal,
    );
    await session.start(null);
    const running = session.run(LOGGING);
    setTimeout(() => stop.abort(), 100);
    expect(await running).toMatchObject({
      kind: 'cut-short',
      text: some,
      reason: 'interrupted after 220 bytes',
      error: 'interrupted',
    });
    expect(session.exit()).toBe(true);
    expect(router.received.at(-1)).toBe('exit\r');
  });

  test.concurrent('after an interrupt between two commands nothing but exit is sent', async () => {
    const stop = new AbortController();
    const { session, router } = open({ answers: { 'show version': 'IOS\n' } }, {}, stop.signal);
    await session.start(null);
    stop.abort();
    const before = router.received.length;
    expect(await session.run(VERSION)).toEqual({
      kind: 'cut-short',
      text: '',
      reason: 'not run: interrupted',
      error: 'not-run',
    });
    session.exit();
    expect(router.received.slice(before)).toEqual(['exit\r']);
  });

  test.concurrent('only listed things were ever sent', async () => {
    const { session, router } = await started(
      { answers: { 'show version': 'x\n' }, pageLines: 10, enableSecret: 's' },
      {},
      's',
    );
    await session.run(VERSION);
    session.exit();
    const listed = [
      'terminal length 0\r',
      'screen-length 0\r',
      'terminal width 511\r',
      'terminal no monitor\r',
      'show privilege\r',
      'enable\r',
      'exit\r',
      's\r',
      'show version\r',
      '\r',
      ' ',
    ];
    expect(router.received.filter((text) => !listed.includes(text))).toEqual([]);
  });
});
