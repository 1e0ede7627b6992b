// jump, jumpHosts, keys, agent, legacy names, timeouts and sshConfig of the inventory: what is wrong is named with its place.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Inventory } from '../../src/inventory/inventory.ts';
import { chainOf } from '../../src/inventory/jump-hosts.ts';
import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { problemLine } from '../../src/inventory/problem.ts';

function problems(text: string): string[] {
  const result = parseInventory(text, 'inv.yaml');
  return result.ok ? [] : result.problems.map(problemLine);
}

function inventory(text: string): Inventory {
  const result = parseInventory(text, 'inv.yaml');
  if (!result.ok) throw new Error(result.problems.map(problemLine).join('\n'));
  return result.inventory;
}

const one = (lines: string, before = ''): string =>
  `${before}routers:\n  - name: r1\n    host: 192.0.2.1\n${lines}`;
const BASTIONS = 'jumpHosts:\n  lon:\n    host: 192.0.2.9\n  ams:\n    host: 192.0.2.10\n    jump: lon\n';

describe('what is wrong is named, with its place', () => {
  test.each([
    [one('    jump: a b\n'), '4:11: .*\\[user@\\]host'],
    [one('    jump: [h1, "-x"]\n'), '4:16: .*\\[user@\\]host'],
    [one('    jump: h:70000\n'), '4:11'],
    [one('    jump: "h1,,h2"\n'), '4:11'],
    [one('    jump: {a: b}\n'), '4:11: jump must be a list'],
    [
      one('    jump: lno\n', BASTIONS),
      '10:11: jump "lno": jumpHosts has no such name.*did you mean "lon".*lno:22',
    ],
    [one('    jump: [lon, lon]\n', BASTIONS), '10:1[15]: .*twice'],
    [one('    jump: "ams,lon"\n', BASTIONS), '10:11: .*goes twice through lon'],
    [one('    jump: [a:1, a:2, a:3, a:4, a:5, a:6]\n'), '4:11: jump: 6 jump hosts.*5 are the most'],
    [
      'jumpHosts:\n  a: {host: h1, jump: b}\n  b: {host: h2, jump: a}\nrouters:\n  - {name: r, host: h}\n',
      '2:23: .*comes back to itself.*"a" → "b" → "a"',
    ],
    [
      'jumpHosts:\n  a: {host: h1, jump: a}\nrouters:\n  - {name: r, host: h}\n',
      '2:23: .*comes back to itself',
    ],
    [
      'jumpHosts:\n  c: {host: h3, jump: a}\n  a: {host: h1, jump: b}\n  b: {host: h2, jump: a}\nrouters:\n  - {name: r, host: h}\n',
      '3:23: .*comes back',
    ],
    ['jumpHosts:\n  a: {user: x}\nrouters:\n  - {name: r, host: h}\n', '2:3: .*has no host'],
    [
      'jumpHosts:\n  a: {host: h, enableSecret: env:X}\nrouters:\n  - {name: r, host: h}\n',
      '2:16: .*no key "enableSecret"',
    ],
    [
      'jumpHosts:\n  a: {host: h, password: hunter22}\nrouters:\n  - {name: r, host: h}\n',
      '2:26: password: a secret itself is refused',
    ],
    ['jumpHosts:\n  a: {host: h, jump: nope}\nrouters:\n  - {name: r, host: h}\n', '2:22: .*no such name'],
    ['jumpHosts:\n  "a b": {host: h}\nrouters:\n  - {name: r, host: h}\n', '2:3: jump host "a b"'],
    ['jumpHosts: [a]\nrouters:\n  - {name: r, host: h}\n', '1:12: jumpHosts must hold keys'],
    ['jumpHosts:\n  __proto__: {host: h}\nrouters:\n  - {name: r, host: h}\n', '2:3'],
    [one('    legacyAlgorithms: yes\n'), '4:23: .*true or false, or a list'],
    [one('    legacyAlgorithms: [ssh-rsa, aes128-ctr]\n'), '4:33: .*offered to every router already'],
    [
      one('    legacyAlgorithms: [diffie-helman-group1-sha1]\n'),
      '4:24: .*did you mean "diffie-hellman-group1-sha1".*3des-cbc',
    ],
    [one('    legacyAlgorithms: 1\n'), '4:23: .*true or false'],
    [one('    legacyAlgorithms: [ssh-rsa, ssh-rsa]\n'), '4:33: .*twice'],
    [one('    identity: {a: b}\n'), '4:15: identity must be a list'],
    [one('    identity: [a, ""]\n'), '4:19: identity is empty'],
    [one('    passphrase: tops3cret\n'), '4:17: passphrase: a secret itself is refused'],
    [one('    agent: 7\n'), '4:12: agent .*must be text'],
    [one('    agent: [a]\n'), '4:12: agent'],
    [one('    typeAhead: often\n'), '4:16: typeAhead must be true or false'],
    [one('    timeouts: {keyexchange: 5}\n'), '4:16: .*did you mean "keyExchange"'],
    [one('    timeouts: {prompt: 0}\n'), '4:24: .*1 to 3600'],
    [one('', 'sshConfig: [a]\n'), '1:12: sshConfig must be text'],
    [one('', 'sshconfig: a\n'), '1:1: .*did you mean "sshConfig"'],
  ])('%j', (text, expected) => {
    expect(problems(text).join('\n')).toMatch(new RegExp(`^inv.yaml:${expected}`, 'm'));
  });

  test('no secret is repeated', () => {
    const text = one('    passphrase: tops3cret\n', 'jumpHosts:\n  a: {host: h, password: hunter22}\n');
    expect(problems(text).join('\n')).not.toMatch(/tops3cret|hunter22/);
  });

  test('a way of ten thousand jump hosts ends with a problem', () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `  j${at}: {host: h${at}, jump: j${at + 1}}`);
    const text = `jumpHosts:\n${names.join('\n')}\n  j10000: {host: h}\nrouters:\n  - {name: r, host: x}\n`;
    expect(problems(text).length).toBeGreaterThan(0);
  });
});

describe('what is said is kept', () => {
  test('a jump written out, a chain, a list, none', () => {
    const found = inventory(`groups:
  far: {jump: ops@b.example.net:2200}
routers:
  - {name: a, host: h, groups: [far]}
  - {name: b, host: h, groups: [far], jump: none}
  - {name: c, host: h, jump: "h1, u@h2:2"}
  - {name: d, host: h, jump: [h1, "[2001:db8::1]:22"]}
  - {name: e, host: h}
`).routers.map(({ jump }) => jump?.map(({ user, host, port }) => [user, host, port]) ?? null);
    expect(found).toEqual([
      [['ops', 'b.example.net', 2200]],
      [],
      [
        [null, 'h1', null],
        ['u', 'h2', 2],
      ],
      [
        [null, 'h1', null],
        [null, '2001:db8::1', 22],
      ],
      null,
    ]);
  });

  test('declared jump hosts have settings and a way of their own; words on the spot win', () => {
    const found = inventory(`jumpHosts:
  lon: {host: 192.0.2.9, port: 2200, user: ops, password: env:LON, identity: [k1, k2], passphrase: ask, agent: false,
        legacyAlgorithms: [ssh-rsa], hostKeys: accept-new, knownHosts: kh}
  ams: {host: 192.0.2.10, jump: lon}
routers:
  - {name: a, host: h, jump: ams}
  - {name: b, host: h, jump: other@lon:22}
`);
    const way = chainOf(found.routers[0]?.jump ?? []);
    expect(way.map((hop) => [hop.name, hop.host])).toEqual([
      ['lon', '192.0.2.9'],
      ['ams', '192.0.2.10'],
    ]);
    expect(way[0]).toMatchObject({
      port: 2200,
      user: 'ops',
      password: { kind: 'env', name: 'LON' },
      identity: ['k1', 'k2'],
      passphrase: { kind: 'ask' },
      agent: false,
      legacyAlgorithms: ['ssh-rsa'],
      hostKeys: 'accept-new',
      knownHosts: 'kh',
    });
    expect(found.routers[1]?.jump?.[0]).toMatchObject({ user: 'other', host: '192.0.2.9', port: 22 });
    expect([...found.jumpHosts.keys()].sort()).toEqual(['ams', 'lon']);
  });

  test('keys, agent, legacy names, type-ahead and timeouts in defaults, groups and routers', () => {
    const found = inventory(`sshConfig: ~/lab/ssh_config
defaults: {identity: a, agent: true, legacyAlgorithms: true, timeouts: {name: 1, total: 9}}
groups:
  g: {identity: [b, c], typeAhead: true, timeouts: {keyExchange: 2}}
routers:
  - {name: r1, host: h, groups: [g], agent: /run/agent.sock, legacyAlgorithms: [ssh-rsa, 3des-cbc], timeouts: {prompt: 3, enable: 4}}
  - {name: r2, host: h, legacyAlgorithms: false, identity: []}
`);
    expect(found.sshConfig).toBe('~/lab/ssh_config');
    expect(found.routers[0]).toMatchObject({
      identity: ['b', 'c'],
      agent: '/run/agent.sock',
      typeAhead: true,
      legacyAlgorithms: ['ssh-rsa', '3des-cbc'],
      timeouts: { name: 1, total: 9, keyExchange: 2, prompt: 3, enable: 4 },
    });
    expect(found.routers[1]).toMatchObject({
      identity: [],
      agent: true,
      legacyAlgorithms: false,
      typeAhead: null,
    });
  });
});

test('login settings of any form never throw', () => {
  const keys = [
    'jump',
    'identity',
    'passphrase',
    'agent',
    'legacyAlgorithms',
    'typeAhead',
    'timeouts',
    'hostKeys',
    '__proto__',
    'constructor',
  ];
  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('none', 'lon', 'a,b', 'u@h:22', 'ssh-rsa', 'ask', '', '__proto__', 'env:X'),
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys, 'host', 'lon'), tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  const layer = fc.dictionary(fc.constantFrom(...keys, 'host'), value, { maxKeys: 5 });
  fc.assert(
    fc.property(
      layer,
      fc.dictionary(fc.constantFrom('lon', 'ams', '__proto__'), layer),
      value,
      (router, jumpHosts, sshConfig) => {
        const text = JSON.stringify({ sshConfig, jumpHosts, routers: [{ name: 'r', ...router }] });
        parseInventory(text, 'x.json');
        expect(Object.keys(Object.prototype)).toEqual([]);
      },
    ),
    { numRuns: 300, seed: 3 },
  );
});
