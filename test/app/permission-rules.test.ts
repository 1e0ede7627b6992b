import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadBuiltinPlaybooks } from '../../src/app/load-playbooks.ts';
import { parserView, tacacsGroup } from '../../src/app/permission-rules.ts';
import { possibleLines, sessionPlan } from '../../src/app/session-plan.ts';
import { ALLOWED_COMMANDS } from '../../src/evidence/show-command.ts';
import { parserViewOf, tacPlus, tacPlusNg } from '../support/aaa-rules.ts';

/** What a read-only login must not be able to run. */
const FORBIDDEN = [
  'configure terminal',
  'configure replace flash:x force',
  'show running-config',
  'show running-config view full',
  'show startup-config',
  'show crypto isakmp key',
  'show crypto key mypubkey rsa',
  'show tech-support',
  'show tech-support ipsec',
  'show archive config differences',
  'show key chain',
  'show snmp user',
  'show parser dump exec',
  'show',
  'show ip',
  'clear crypto sa',
  'clear crypto isakmp',
  'clear logging',
  'clear counters',
  'debug crypto isakmp',
  'debug all',
  'undebug all',
  'reload',
  'reload in 5',
  'copy running-config startup-config',
  'copy flash:x tftp:',
  'write memory',
  'write erase',
  'erase startup-config',
  'delete flash:x',
  'more nvram:startup-config',
  'dir',
  'ping 192.0.2.1',
  'telnet 192.0.2.1',
  'ssh -l x 192.0.2.1',
  'tclsh',
  'event manager run x',
  'send log x',
  'enable 15',
  'enable view',
  'disable',
  'terminal monitor',
  'terminal length 24',
  'terminal length',
  'terminal no',
  'do show version',
  'no debug all',
  'test aaa group tacacs+ x y legacy',
  'crypto pki export x pem terminal 3des y',
  'request platform software package install',
];

const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  '<address>': ['192.0.2.1', '2001:db8::1', '2001:DB8::A'],
  '<interface>': [
    'GigabitEthernet0/0/1',
    'GigabitEthernet 0/0/1',
    'GigabitEthernet 0 0 1',
    'Tunnel10',
    'Gi0/0.100',
  ],
  '<name>': ['VPN-ACL', '110', 'acl_1.b'],
};

function filled(line: string): readonly string[] {
  const parameter = Object.keys(SAMPLES).find((name) => line.includes(name));
  return parameter === undefined
    ? [line]
    : (SAMPLES[parameter] ?? []).map((value) => line.replace(parameter, value));
}

let lines: readonly string[] = [];
let minimal: readonly string[] = [];
beforeAll(async () => {
  const playbooks = await loadBuiltinPlaybooks();
  const settings = { samples: 2, hasEnableSecret: true };
  lines = possibleLines(sessionPlan(playbooks, { ...settings, minimal: false }));
  minimal = possibleLines(sessionPlan(playbooks, { ...settings, minimal: true }));
});

describe.each([
  ['tac_plus', tacPlus],
  ['tac_plus-ng', tacPlusNg],
] as const)('the rules for %s', (_name, read) => {
  test('permit every line of the plan, with any form of its parameter', () => {
    const judge = read(tacacsGroup(lines));
    expect(lines.length).toBeGreaterThan(40);
    expect(lines.flatMap(filled).filter((line) => !judge.test(line))).toEqual([]);
  });

  test('permit nothing else', () => {
    const judge = read(tacacsGroup(lines));
    const unplanned = ALLOWED_COMMANDS.filter((entry) => !lines.includes(entry)).flatMap(filled);
    expect(unplanned.length).toBeGreaterThan(5);
    const extended = lines
      .flatMap(filled)
      .flatMap((line) => [
        `${line} | redirect flash:x`,
        `${line} | tee flash:x`,
        `${line} | append flash:x`,
        `${line} | include x`,
        `${line} extra words`,
        `x${line}`,
        `${line}x y`,
      ]);
    const known = new Set(lines.flatMap(filled));
    const all = [...FORBIDDEN, ...unplanned, ...extended].filter((line) => !known.has(line));
    expect(all.filter((line) => judge.test(line))).toEqual([]);
  });

  test('deny one command more for each rule that is taken out, and only that one', () => {
    for (const gone of lines) {
      const judge = read(tacacsGroup(lines.filter((line) => line !== gone)));
      expect(lines.filter((line) => !filled(line).every((one) => judge.test(one)))).toEqual([gone]);
    }
  });

  test('a minimal plan has rules of its own', () => {
    const judge = read(tacacsGroup(minimal));
    expect(minimal.filter((line) => !judge.test(line))).toEqual([]);
    expect(judge.test('show crypto map')).toBe(false);
  });
});

describe('the parser view', () => {
  test('permits every line of the plan; enable is in every view', () => {
    const judge = parserViewOf(parserView(lines));
    expect(
      lines
        .filter((line) => line !== 'enable')
        .flatMap(filled)
        .filter((line) => !judge.test(line)),
    ).toEqual([]);
  });

  test('permits nothing that is forbidden, beyond the words in front of its commands', () => {
    const judge = parserViewOf(parserView(lines));
    expect(FORBIDDEN.filter((line) => judge.test(line))).toEqual([
      'show',
      'show ip',
      'terminal length',
      'terminal no',
    ]);
  });

  test('cannot look behind a pipe: the text says so', () => {
    const text = parserView(lines);
    expect(parserViewOf(text).test('show version | redirect flash:x')).toBe(true);
    expect(text).toMatch(/cannot forbid output to a file behind a pipe/);
  });

  test('denies a command whose line is taken out', () => {
    const judge = parserViewOf(parserView(lines.filter((line) => line !== 'show crypto map')));
    expect(judge.test('show crypto map')).toBe(false);
  });

  test('holds no secret and does nothing before somebody has chosen one', () => {
    const code = parserView(lines)
      .split('\n')
      .filter((line) => !line.trimStart().startsWith('!'));
    expect(code.filter((line) => /secret|username|password/.test(line))).toEqual([]);
    expect(code[0]).toBe('parser view tunneldoc');
  });
});

test('lines of configuration are comments or belong to one block; no line is too long for a terminal of IOS', () => {
  for (const text of [parserView(lines), tacacsGroup(lines)]) {
    expect(text.split('\n').filter((line) => line.length > 120 || /[^\x20-\x7e]/.test(line))).toEqual([]);
    expect(text.endsWith('\n')).toBe(true);
  }
  expect(tacacsGroup(lines).match(/\{/g)?.length).toBe(tacacsGroup(lines).match(/\}/g)?.length);
});
