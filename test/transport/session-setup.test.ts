import { describe, expect, test } from '@jest/globals';
import type { LoginGate } from '../../src/transport/login-gate.ts';
import type { FakeOptions } from './fake-router.ts';
import { open, started, VERSION } from './fake-session.ts';

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

/** A gate that writes down what it was asked and told. */
function gateOf(held: string | null): { gate: LoginGate; journal: string[] } {
  const journal: string[] = [];
  return {
    journal,
    gate: {
      admit: async (kind) => {
        journal.push(`admit ${kind}`);
        return held;
      },
      settle: (kind, outcome) => journal.push(`${kind} ${outcome}`),
    },
  };
}

describe('enable and its gate', () => {
  const cases: [string, Omit<FakeOptions, 'answers'>, string, string, string | null][] = [
    ['the right secret', { enableSecret: 's3cret' }, 's3cret', 'accepted', null],
    ['a wrong secret', { enableSecret: 'right' }, 's3cret', 'rejected', 'the enable secret is wrong'],
    [
      'none set',
      { enableSecret: 'x', enable: { asks: '', says: '% No password set\n' } },
      's3cret',
      'unknown',
      'the router has no enable secret',
    ],
    [
      'a AAA error',
      { enableSecret: 'x', enable: { says: '% Error in authentication.\n\n' } },
      's3cret',
      'rejected',
      'the AAA server rejected the secret or did not answer',
    ],
    [
      'no right to enable',
      { enableSecret: 'x', enable: { asks: 'Enable secret for u: ', says: '% Access denied\n' } },
      's3cret',
      'rejected',
      'AAA does not let this user enable',
    ],
    [
      'an answer that comes too late',
      { enableSecret: 'x', enable: { says: '', afterMs: 900 } },
      's3cret',
      'unanswered',
      'enable got no answer in 0.6 s',
    ],
    [
      'a late refusal',
      { enableSecret: 'x', enable: { says: '% Bad secrets\n', afterMs: 900 } },
      's3cret',
      'rejected',
      'the enable secret is wrong',
    ],
  ];
  for (const [what, options, secret, outcome, remark] of cases) {
    test.concurrent(what, async () => {
      const { router, session } = open(
        { answers: { 'show version': 'IOS\n' }, ...options },
        { enableMs: 600 },
      );
      const { gate, journal } = gateOf(null);
      const facts = await session.start(secret, gate);
      expect(journal).toEqual(['admit enable', `enable ${outcome}`]);
      if (!facts.ok) throw new Error(facts.error.message);
      expect(facts.value.privileged).toBe(outcome === 'accepted');
      if (remark !== null) expect(facts.value.remarks.join('\n')).toContain(remark);
      expect(router.received.filter((text) => text.includes(secret)).length).toBe(
        outcome === 'unknown' ? 0 : 1,
      );
      expect((await session.run(VERSION)).text).toBe('IOS\n');
    });
  }

  test.concurrent('a secret that is held back is not typed, and the session goes on with the reason', async () => {
    const { router, session } = open({ answers: { 'show version': 'IOS\n' }, enableSecret: 's3cret' });
    const { gate, journal } = gateOf('not tried: R9 rejected the same enable secret');
    const facts = await session.start('s3cret', gate);
    expect(facts).toMatchObject({
      ok: true,
      value: {
        enable: 'not-tried',
        privileged: false,
        remarks: ['enable was not tried: R9 rejected the same enable secret', expect.any(String)],
      },
    });
    expect(journal).toEqual(['admit enable']);
    expect(router.received.join('')).not.toContain('enable');
    expect((await session.run(VERSION)).text).toBe('IOS\n');
  });

  test.concurrent('a gate that stays shut is not waited for longer than its clock', async () => {
    const { session } = open({ answers: {}, enableSecret: 's3cret' }, { gateMs: 200 });
    const settled: string[] = [];
    let letIn: (held: null) => void = () => {};
    const facts = await session.start('s3cret', {
      admit: () => new Promise((resolve) => (letIn = resolve)),
      settle: (_kind, outcome) => settled.push(outcome),
    });
    expect(facts).toMatchObject({ ok: true, value: { enable: 'not-tried' } });
    letIn(null);
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toEqual(['unknown']);
  });

  test.concurrent('a router that never answers enable is named with that phase', async () => {
    const { session } = open(
      { answers: {}, enableSecret: 'x', enable: { says: '', afterMs: 60_000 } },
      { enableMs: 300 },
    );
    expect(await session.start('s3cret')).toMatchObject({
      ok: false,
      error: { name: 'no-prompt', phase: 'enable' },
    });
  });
});

describe('paging and width', () => {
  const NO = "          ^\n% Invalid input detected at '^' marker.\n\n";
  const cases: [
    string,
    Omit<FakeOptions, 'answers'> & { answers?: FakeOptions['answers'] },
    string[],
    string[],
  ][] = [
    [
      'of SD-WAN',
      {
        refused: { 'terminal length 0': NO, 'terminal width 511': NO },
        answers: { 'screen-length 0': '', 'screen-width 512': '' },
      },
      ['terminal length 0', 'screen-length 0', 'terminal width 511', 'screen-width 512'],
      [],
    ],
    [
      'that AAA forbids: nothing else is tried for the length',
      { refused: { 'terminal length 0': 'Command authorization failed.\n' }, pageLines: 20 },
      ['terminal length 0', 'terminal width 511'],
      ['paging could not be switched off'],
    ],
    [
      'with no such width: 0 is the second way',
      { refused: { 'terminal width 511': NO }, answers: { 'terminal width 0': '' } },
      ['terminal length 0', 'terminal width 511', 'terminal width 0'],
      [],
    ],
    [
      'with no width at all: a remark says what that means',
      { refused: { 'terminal width 511': NO } },
      ['terminal length 0', 'terminal width 511', 'terminal width 0'],
      ['may have broken long lines'],
    ],
  ];
  for (const [what, options, sent, remarks] of cases) {
    test.concurrent(what, async () => {
      const { facts, router } = await started({ answers: {}, ...options });
      const settings = router.received.filter((text) => /length|width/.test(text)).map((text) => text.trim());
      expect(settings).toEqual(sent);
      expect(facts.remarks).toEqual(remarks.map((remark) => expect.stringContaining(remark)));
    });
  }
});
