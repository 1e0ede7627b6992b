import { describe, expect, test } from '@jest/globals';
import { LOGGING, open, started, VERSION } from './fake-session.ts';

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

  test.concurrent('too many bytes in all end the session, with its name', async () => {
    const long = '0123456789\n'.repeat(500);
    const { session } = await started(
      { answers: { 'show logging': long, 'show version': long }, piece: 100 },
      { sessionBytes: 8000 },
    );
    expect((await session.run(LOGGING)).text).toBe(long);
    const cut = await session.run(VERSION);
    expect(cut).toMatchObject({ kind: 'cut-short', error: 'session-too-large' });
    expect(long.startsWith(cut.text) && cut.text.length > 1000).toBe(true);
    expect(await session.run(VERSION)).toMatchObject({
      error: 'not-run',
      reason: 'not run: the session had reached its limit of bytes',
    });
  });

  test.concurrent('the idle timer starts anew with each byte', async () => {
    const { session } = await started(
      { answers: { 'show logging': some }, piece: 22, pauseAfter: { text: '9\r\n', ms: 250, times: 8 } },
      { commandIdleMs: 600 },
    );
    expect(await session.run(LOGGING)).toEqual({ kind: 'answered', text: some });
  });

  test.concurrent('exit that asks something gets no answer: the caller hangs up', async () => {
    const { session, router } = await started({
      answers: {},
      exitAsks: 'Uncommitted changes found [confirm]',
    });
    expect(session.exit()).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(router.received.at(-1)).toBe('exit\r');
    expect(await session.run(VERSION)).toMatchObject({ error: 'not-run' });
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
