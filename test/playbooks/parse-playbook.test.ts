import { describe, expect, test } from '@jest/globals';
import { parsePlaybook } from '../../src/playbooks/parse-playbook.ts';
import type { Hypothesis } from '../../src/playbooks/playbook.ts';

const CATALOGUE = new Set(['CRYPTO-4-IKMP_BAD_MESSAGE', 'CRYPTO-6-IKMP_MODE_FAILURE']);

const GOOD = `id: sample
title: A sample family
status: stable
needs: [show crypto isakmp policy]
references: [RFC 2409]
hypotheses:
  - id: psk-mismatch
    title: The keys differ
    class: cause
    layer: phase1
    severity: critical
    implies: down
    trigger: { any: [ { phase1: [negotiating, deleted-only] }, { logged: { ids: [CRYPTO-4-IKMP_BAD_MESSAGE] } } ] }
    supports:
      - weight: strong
        when: { logged: { ids: [CRYPTO-6-IKMP_MODE_FAILURE], fields: { mode: /main|aggressive/i }, age: any, at-least: 2 } }
        because: the key is wrong
    against:
      - { weight: decisive, when: { recovered: true }, because: it has carried traffic }
    ask:
      - { run: show ip route <peer>, tells-apart: [psk-mismatch], why: the path }
      - { run: show logging, at: far-end, tells-apart: [psk-mismatch], why: its log }
    remedy: [ Enter the same key at both ends. ]
    verify: [ show crypto isakmp sa shows QM_IDLE. ]
    references: [ RFC 2409 ]
tests:
  - { scenario: psk-mismatch, router: hub, peer: 198.51.100.7, leads: psk-mismatch, standing: likely }
  - { scenario: healthy, silent: true }
`;

function problemsOf(text: string, file = 'playbooks/x/sample.yaml'): readonly string[] {
  const parsed = parsePlaybook(text, file, CATALOGUE);
  return parsed.ok ? [] : parsed.problems.map((p) => `${p.line}:${p.column} ${p.message}`);
}

function changed(from: string, to: string): readonly string[] {
  expect(GOOD).toContain(from);
  return problemsOf(GOOD.replace(from, to));
}

function goodHypothesis(): Hypothesis {
  const parsed = parsePlaybook(GOOD, 'playbooks/x/sample.yaml', CATALOGUE);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const [hypothesis] = parsed.playbook.hypotheses;
  if (hypothesis === undefined) throw new Error('no hypothesis');
  return hypothesis;
}

describe('a good file', () => {
  test('is read whole, with defaults and positions', () => {
    const hypothesis = goodHypothesis();
    expect(hypothesis).toMatchObject({ id: 'psk-mismatch', scope: 'tunnel', implies: 'down' });
    expect(hypothesis.position).toEqual({ file: 'playbooks/x/sample.yaml', line: 7, column: 5 });
    expect(hypothesis.supports[0]?.position).toMatchObject({ line: 15, column: 9 });
    expect(hypothesis.ask.map((question) => question.at)).toEqual(['here', 'far-end']);
  });

  test('conditions become leaves with their defaults', () => {
    const hypothesis = goodHypothesis();
    expect(hypothesis.trigger).toEqual({
      kind: 'any',
      of: [
        { kind: 'phase1', in: ['negotiating', 'deleted-only'] },
        { kind: 'logged', ids: ['CRYPTO-4-IKMP_BAD_MESSAGE'], fields: {}, age: 'live', atLeast: 1 },
      ],
    });
    expect(hypothesis.supports[0]?.when).toMatchObject({
      fields: { mode: '/main|aggressive/i' },
      age: 'any',
      atLeast: 2,
    });
  });

  test.each([
    [
      '{ ike-state: { in: [MM_KEY_EXCH], living: true } }',
      { kind: 'ike-state', in: ['MM_KEY_EXCH'], living: true },
    ],
    [
      '{ counter: { name: decaps, equals: 0 } }',
      { kind: 'counter', name: 'decaps', atLeast: null, equals: 0 },
    ],
    [
      '{ counter-share: { of: replay-failed, in: decaps, at-least: 0.001 } }',
      { kind: 'counter-share', of: 'replay-failed', in: 'decaps', atLeast: 0.001, below: null },
    ],
    ['{ version-before: 12.0(6.5)T5 }', { kind: 'version-before', release: '12.0(6.5)T5' }],
    ['{ ike-version: 2 }', { kind: 'ike-version', is: 2 }],
    ['{ distinct-peers: { at-least: 2 } }', { kind: 'distinct-peers', atLeast: 2 }],
    ['{ far-end-traffic: [none] }', { kind: 'far-end-traffic', in: ['none'] }],
    ['{ not: { conn-id: zero } }', { kind: 'not', of: { kind: 'conn-id', is: 'zero' } }],
    ['[ { recovered: false } ]', { kind: 'all', of: [{ kind: 'recovered', is: false }] }],
  ])('condition %s', (yaml, expected) => {
    const parsed = parsePlaybook(GOOD.replace('{ recovered: true }', yaml), 'sample.yaml', CATALOGUE);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.playbook.hypotheses[0]?.against[0]?.when).toEqual(expected);
  });
});

describe('faults are named with their place', () => {
  test('unknown keys, with a guess', () => {
    expect(changed('    supports:', '    suports:')).toEqual([
      '7:5 the key supports is missing',
      '14:5 unknown key suports (did you mean "supports"?)',
    ]);
  });

  test('all of them at once, in the order of the file', () => {
    const text = GOOD.replace('class: cause', 'class: reason')
      .replace('MODE_FAILURE]', 'MODE_FAILED]')
      .replace('silent: true', 'silent: maybe');
    expect(problemsOf(text)).toEqual([
      '9:12 reason is not one of cause, symptom',
      expect.stringMatching(
        /^16:33 .*no entry CRYPTO-6-IKMP_MODE_FAILED \(did you mean "CRYPTO-6-IKMP_MODE_FAILURE"\?\)$/,
      ),
      '28:34 expected true or false',
    ]);
  });

  test.each([
    ['recovered: true', 'recovred: true', 'unknown condition recovred (did you mean "recovered"?'],
    ['recovered: true', 'recovered: true, conn-id: zero', 'a condition has exactly one key'],
    ['[negotiating, deleted-only]', '[negotiatin]', 'did you mean "negotiating"?'],
    ['[negotiating, deleted-only]', 'negotiating', 'expected a list'],
    ['{ recovered: true }', '{ ike-state: { in: [MM_NOSTATE] } }', 'did you mean "MM_NO_STATE"?'],
    ['{ recovered: true }', '{ counter: { name: decaps } }', 'expected one of at-least or equals'],
    [
      '{ recovered: true }',
      '{ counter: { name: decaps, equals: 0, at-least: 1 } }',
      'expected one of at-least or equals',
    ],
    ['{ recovered: true }', '{ version-before: twelve }', 'twelve is not an IOS release'],
    ['/main|aggressive/i', '/main(/i', 'is not a regular expression'],
    ['/main|aggressive/i', '/(a+)+$/', 'exponential'],
    ['/main|aggressive/i', '/main/g', 'the only flag'],
    ['/main|aggressive/i', '"/(a)\\\\1/"', 'back references'],
    ['show ip route <peer>', 'show ip route <nexthop>', 'only <peer>, <acl>, <interface> are filled in'],
    ['show ip route <peer>', 'show running-config', 'not in the list of allowed show commands'],
    ['run: show logging', 'run: clear logging', 'one show command'],
    ['run: show logging', 'run: show crypto isakmp key', 'prints keys'],
    ['needs: [show crypto isakmp policy]', 'needs: [show tech-support]', 'not in the list of allowed'],
    ['id: sample', 'id: example', 'is not the file name sample'],
    ['id: psk-mismatch', 'id: PSK_mismatch', 'not in kebab-case'],
    ['leads: psk-mismatch', 'leads: psk-missing', 'no hypothesis of this file'],
    [', silent: true', '', 'a test expects something'],
    [
      'leads: psk-mismatch, standing: likely',
      'lists: [psk-mismatch], standing: likely',
      'standing needs leads',
    ],
    ['remedy: [ Enter the same key at both ends. ]', 'remedy: []', 'expected at least one item'],
    ['    references: [ RFC 2409 ]\ntests', 'tests', 'the key references is missing'],
    [
      '    class: cause',
      '    class: cause\n    scope: router',
      'a hypothesis of scope router cannot look at one tunnel',
    ],
    ['title: A sample family', 'title: A sample\ntitle: family', 'unique'],
    ['title: A sample family', 'title: [', ''],
  ])('%s → %s', (from, to, message) => {
    const problems = changed(from, to);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join('\n')).toContain(message);
    expect(problems.every((problem) => /^\d+:\d+ /.test(problem))).toBe(true);
  });

  test('two hypotheses of one id', () => {
    const block = GOOD.slice(GOOD.indexOf('  - id: psk-mismatch'), GOOD.indexOf('tests:'));
    expect(problemsOf(GOOD.replace('tests:', `${block}tests:`))).toEqual([
      '26:5 the id psk-mismatch is used twice in this file',
    ]);
  });

  test.each(['', 'null', '[]', 'just text', '- a', '\u0000', '&a [*a]'])(
    'a file that is none: %j',
    (text) => {
      expect(problemsOf(text)).not.toEqual([]);
    },
  );

  test('every cut of a good file is refused or read, never a crash', () => {
    for (let end = 0; end < GOOD.length; end += 7) {
      expect(Array.isArray(problemsOf(GOOD.slice(0, end)))).toBe(true);
    }
  });
});

describe('unsafe advice is refused', () => {
  test.each([
    ['clear crypto isakmp (service-affecting)', 'would cut every tunnel'],
    ['clear crypto sa peer <peer> at a quiet hour', 'must be marked (service-affecting)'],
    ['Run debug crypto isakmp on both ends.', 'debug crypto condition peer'],
    ['Remove esp-md5-hmac from the transform set.', 'integrity must never be removed'],
    ['Use a transform set without integrity.', 'integrity must never be removed'],
    ['Disable anti-replay on the profile.', 'never switched off as a first step'],
    ['Enter crypto isakmp key SECRET address 0.0.0.0', 'wildcard'],
    ['Reload the router (service-affecting)', 'not the first step'],
    ['Upgrade IOS.', 'not the first step'],
    ['Remove the crypto map from the interface first.', 'not taken off its interface'],
    ['Enter no crypto map VPN on the interface.', 'not taken off its interface'],
    ['Add encr 3des to the policy.', 'weak algorithms'],
    ['Add group 2 to the policy.', 'weak algorithms'],
    ['Compare show crypto isakmp key on both ends.', 'prints keys'],
    ['Compare show running-config on both ends.', 'prints keys'],
    ['Enter no ip cef.', 'CEF'],
    ['History: an old note said to drop esp-md5-hmac.', 'must say why it is unsafe'],
  ])('%s', (advice, why) => {
    expect(changed('Enter the same key at both ends.', `"${advice}"`).join()).toContain(why);
  });

  test.each([
    'clear crypto sa peer <peer> (service-affecting)',
    'Never remove esp-sha-hmac to silence the message.',
    'Use group 14 or better and esp-gcm 256.',
    'Use group 19.',
    'History: a 2008 note drops esp-md5-hmac; that is unsafe because forged packets then pass.',
    'debug crypto condition peer ipv4 <peer>, then debug crypto isakmp, and undebug all afterwards.',
  ])('fine: %s', (advice) => {
    expect(changed('Enter the same key at both ends.', `"${advice}"`)).toEqual([]);
  });
});
