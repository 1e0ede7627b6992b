import { describe, expect, test } from '@jest/globals';
import type { FakeOptions } from './fake-router.ts';
import { open, started, VERSION } from './fake-session.ts';

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
    ['of 63 characters', { prompt: () => `${'n'.repeat(63)}#` }, 'n'.repeat(63)],
    ['of a standby unit', { prompt: () => 'hub1-stby#' }, 'hub1-stby'],
    ['of a mode', { prompt: () => 'hub1(maint-mode)#' }, 'hub1'],
    ['with a plus', { prompt: () => 'hub1+>' }, 'hub1'],
    ['of Tcl', { prompt: () => 'hub1+>(tcl)#' }, 'hub1+>'],
    ['with blanks behind', { prompt: () => 'R1#   ' }, 'R1'],
    [
      'that tells the time',
      { prompt: (n) => `R1 09:${String(Math.floor(n / 2) % 60).padStart(2, '0')}:07#` },
      'R1',
    ],
    ['that counts past ten', { prompt: (n) => `R1-${n + 8}#` }, 'R1-8'],
    [
      'behind a banner that holds it',
      { banner: '\nWelcome to\nR1#\n\nR1>\n', piece: 1, pauseAfter: { text: '\nR1#', ms: 300, times: 1 } },
      'R1',
    ],
    ['glued to a banner that ends with it', { banner: '\nThis is R1#' }, 'R1'],
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

  test.concurrent('that goes from > to # and back is the same prompt', async () => {
    const { session } = await started({
      answers: { 'show version': 'IOS\n' },
      prompt: (n) => (n % 3 === 0 ? 'R1>' : 'R1#'),
    });
    for (let again = 0; again < 4; again++) expect((await session.run(VERSION)).text).toBe('IOS\n');
    expect(session.takeRemarks()).toEqual([]);
  });

  for (const [from, to] of [
    ['hub1', 'core-rtr'],
    ['hub1', 'hub2'],
    ['hub1', 'hub1-stby'],
    ['hub1(standby)', 'hub1'],
  ] as const) {
    test.concurrent(`that changes from ${from} to ${to}: the session goes on, and a remark says so`, async () => {
      const { session } = await started({
        answers: { 'show version': 'IOS\nR1#\n', 'show logging': 'log\n' },
        prompt: (n) => (n < 14 ? `${from}#` : `${to}#`),
      });
      const texts = [];
      for (let again = 0; again < 6; again++) texts.push((await session.run(VERSION)).text);
      expect(texts).toEqual(texts.map(() => 'IOS\nR1#\n'));
      const remarks = session.takeRemarks();
      expect(remarks).toHaveLength(1);
      expect(remarks[0]).toContain(`from ${from} to ${to}`);
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
