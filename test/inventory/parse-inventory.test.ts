import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { InventoryRouter } from '../../src/inventory/inventory.ts';
import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { problemLine } from '../../src/inventory/problem.ts';

function problems(text: string, file = 'inv.yaml', allowPlainPasswords = false): string[] {
  const result = parseInventory(text, file, { allowPlainPasswords });
  return result.ok ? [] : result.problems.map(problemLine);
}

function routers(text: string, file = 'inv.yaml', allowPlainPasswords = false): readonly InventoryRouter[] {
  const result = parseInventory(text, file, { allowPlainPasswords });
  if (!result.ok) throw new Error(result.problems.map(problemLine).join('\n'));
  return result.inventory.routers;
}

const one = (lines: string): string => `routers:\n  - name: r1\n    host: 192.0.2.1\n${lines}`;

describe('broken YAML', () => {
  test('every problem comes at once, in reading order, with its place', () => {
    const found = problems(
      [
        'defaults:',
        '  prot: 22',
        '  user: 007',
        'groups:',
        '  hubs: {port: 70000}',
        'routers:',
        '  - name: hub1',
        '    host: 192.0.2.256',
        '    groups: [hub]',
        '  - name: HUB1',
        '    host: 192.0.2.2',
        '  - name: hub1',
        '    host: 192.0.2.3',
        '    pasword: env:X',
      ].join('\n'),
    );
    expect(found.map((line) => line.split(': ')[0])).toEqual([
      'inv.yaml:2:3',
      'inv.yaml:3:9',
      'inv.yaml:5:16',
      'inv.yaml:8:11',
      'inv.yaml:9:14',
      'inv.yaml:12:11',
      'inv.yaml:14:5',
    ]);
    expect(found[0]).toContain('did you mean "port"?');
    expect(found[1]).toContain('put the value in quotes');
    expect(found[2]).toContain('from 1 to 65535');
    expect(found[3]).toContain('no IPv4 address');
    expect(found[4]).toContain('did you mean "hubs"?');
    expect(found[5]).toContain('stands already in line 10');
    expect(found[6]).toContain('did you mean "password"?');
  });

  test.each([
    ['', 'empty'],
    ['# nothing\n', 'empty'],
    ['routers:\n', 'no routers'],
    ['routers: []\n', 'no routers'],
    ['routers: {}\n', 'no routers'],
    ['groups: {}\n', 'no routers'],
    ['just words\n', 'must hold keys and values'],
    ['routers: hub1\n', 'must be a list'],
    ['routers:\n  - hub1\n', 'must hold keys and values'],
    ['routers:\n  - host: 192.0.2.1\n', 'no name'],
    ['routers:\n  - name: r1\n', 'no host'],
    [one('    host: 192.0.2.2\n'), 'stands twice'],
    [one('  port: 22\n'), 'valid YAML|indentation|colon'],
    [one('\tport: 22\n'), 'tab'],
    [one('    user: "x\n'), 'missing'],
    [one('    user: @x\n'), 'put it in quotes'],
    [one('    port: yes\n'), 'whole number'],
    [one('    port: 0\n'), '1 to 65535'],
    [one('    port: 22.5\n'), 'whole number'],
    [one('    legacyAlgorithms: yes\n'), 'true or false'],
    [one('    user: a b\n'), 'one word'],
    [one('    user: -oProxyCommand=x\n'), 'dash in front'],
    [one('    user: [a]\n'), 'must be text, not a list'],
    [one('    user:\n'), 'no value'],
    [one('    user: ""\n'), 'is empty'],
    [one('    site: "a,b"\n'), 'comma'],
    [one('    description: "a\\nb"\n'), 'control characters'],
    [one('    jump: a b\n'), '\\[user@\\]host'],
    [one('    jump: h:70000\n'), '\\[user@\\]host'],
    [one('    hostKeys: off\n'), 'strict, accept-new'],
    [one('    hostKeys: {fingerprint: "MD5:aa"}\n'), 'SHA256'],
    [one('    hostKeys: {fingerprnt: "SHA256:x"}\n'), 'did you mean "fingerprint"'],
    [one('    timeouts: {conect: 5}\n'), 'did you mean "connect"'],
    [one('    timeouts: {connect: 0}\n'), '1 to 3600'],
    [one('    timeouts: 5\n'), 'keys and values'],
    [one('    tags: [a, a]\n'), 'twice'],
    [one('    tags: {a: b}\n'), 'must be a list'],
    [one('    groups: [nope]\n'), 'no group "nope"'],
    [one('    tunnels: 5\n'), 'must be a list'],
    [one('    tunnels: [{expect: off}]\n'), 'peer: '],
    [one('    tunnels: [{peer: 192.0.2.7, peerIdentity: x}]\n'), 'not both'],
    [one('    tunnels: [{peer: spoke7}]\n'), 'IPv4 or IPv6'],
    [one('    tunnels: [{peer: 192.0.2.7, expect: allways-up}]\n'), 'did you mean "always-up"'],
    [one('    tunnels: [{peer: 192.0.2.7}, {peer: 192.0.2.7}]\n'), 'already in line 4'],
    [one('    tunnels: [{peer: 192.0.2.7, interface: "Tunnel 0"}]\n'), 'interface name'],
    ['routers:\n  - name: ../etc\n    host: 192.0.2.1\n', 'letters, digits'],
    ['routers:\n  - name: __proto__\n    host: 192.0.2.1\n', 'letters, digits'],
    ['routers:\n  - name: r1\n    host: 192.0.2.1:22\n', 'port as its own key'],
    ['routers:\n  - name: r1\n    host: "[2001:db8::1]"\n', 'without brackets'],
    ['routers:\n  - name: r1\n    host: 010.1.0.0\n', 'leading zeros'],
    ['routers:\n  - name: r1\n    host: -oProxyCommand=x\n', 'neither an address'],
    ['routers:\n  - name: r1\n    host: a@192.0.2.1\n', 'user as its own key'],
    ['routers:\n  - name: r1\n    host: 2001:db8::zz\n', 'no IPv6'],
    ['routers:\n  r1: {name: r2, host: 192.0.2.1}\n', 'no key "name"'],
    ['a: &x 1\nrouters: [*x]\n', 'aliases'],
    ['routers: !!js/function "x"\n', 'tags'],
    ['routers: []\n---\nrouters: []\n', 'second document'],
    ['? [a]\n: b\n', 'plain word'],
  ])('%j', (text, expected) => {
    const found = problems(text);
    expect(found.join('\n')).toMatch(new RegExp(expected));
    for (const line of found) expect(line).toMatch(/^inv\.yaml:\d+:\d+: \S/);
  });

  test('an alias bomb and endless nesting are named, not followed', () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghijklmnopqrstuv'
        .split('')
        .map(
          (c) =>
            `${c}: &${c} [*${String.fromCharCode(c.charCodeAt(0) - 1)}, *${String.fromCharCode(c.charCodeAt(0) - 1)}]`,
        ),
    ].join('\n');
    expect(problems(bomb).join('\n')).toContain('aliases');
    expect(problems('['.repeat(50_000)).length).toBeGreaterThan(0);
    expect(problems(`routers: ${'['.repeat(100)}${']'.repeat(100)}`).join('\n')).toContain(
      'nested too deeply',
    );
  });

  test('__proto__ and constructor pollute nothing', () => {
    expect(problems(one('    __proto__: {legacyAlgorithms: true}\n')).join()).toContain('no key');
    expect(problems('__proto__: {a: 1}\nconstructor: 2\nrouters: []\n').length).toBe(3);
    expect(
      problems(
        'groups:\n  __proto__: {port: 1}\nrouters:\n  - {name: a, host: 192.0.2.1, groups: [__proto__]}\n',
      ).length,
    ).toBe(2);
    expect(Object.hasOwn(Object.prototype, 'legacyAlgorithms')).toBe(false);
    expect(problems(one('    groups: [constructor]\n')).join()).toContain('no group');
  });
});

describe('secrets', () => {
  test.each([
    'hunter2',
    'vault:hunter2',
    'env:hunter2-',

    'ENV:hunter2',
    '12345',
    '"12345"',
    'true',
  ])('the literal %s is refused and never repeated', (secret) => {
    const found = problems(
      one(`    password: ${secret}\n    enableSecret: ${secret}\n    passwrod: ${secret}\n`),
    );
    expect(found).toHaveLength(3);
    expect(found.join('\n')).not.toContain('hunter2');
    expect(found.join('\n').replaceAll(/:\d+:\d+:/g, '')).not.toContain('12345');
    expect(found[0]).toMatch(/^inv\.yaml:4:15: password: .*env:/);
  });

  test('YAML faults repeat no secret', () => {
    for (const bad of [
      'password: "hunter2',
      'password: *hunter2',
      'password: !hunter2 hunter2',
      'password: hunter2: x',
      'password: env: hunter2',
      '{password: hunter2',
      'password hunter2',
    ]) {
      const found = problems(one(`    ${bad}\n`));
      expect(found.length).toBeGreaterThan(0);
      expect(found.join('\n')).not.toContain('hunter2');
    }
  });

  test('references are read; a literal only where it is allowed', () => {
    const [router] = routers(one('    password: file:~/.secret\n    enableSecret: env:EN\n'));
    expect(router?.password).toEqual({ kind: 'file', path: '~/.secret' });
    expect(router?.enableSecret).toEqual({ kind: 'env', name: 'EN' });
    expect(routers(one('    password: ask\n'))[0]?.password).toEqual({ kind: 'ask' });
    expect(routers(one('    password: hunter2\n'), 'i.yaml', true)[0]?.password).toEqual({
      kind: 'plain',
      value: 'hunter2',
    });
  });
});

describe('good YAML', () => {
  test('defaults, groups in listed order, router', () => {
    const found = routers(
      [
        'defaults: {user: d, port: 1, site: d, tags: [t0], timeouts: {connect: 1, command: 1}}',
        'groups:',
        '  a: {user: a, port: 2, tags: [ta], timeouts: {command: 2}}',
        '  b: {user: b, legacyAlgorithms: true, tags: [tb, t0]}',
        '  empty:',
        'routers:',
        '  ab: {host: 192.0.2.1, groups: [a, b, empty]}',
        '  ba: {host: 2001:DB8::1, groups: [b, a], user: r, timeouts: {total: 3}}',
        '  none: {host: r.example.net, groups: []}',
      ].join('\n'),
    );
    expect(found[0]).toMatchObject({
      name: 'ab',
      user: 'b',
      port: 2,
      site: 'd',
      tags: ['t0', 'ta', 'tb'],
      legacyAlgorithms: true,
      line: 7,
    });
    expect(found[0]?.timeouts).toEqual({ connect: 1, command: 2 });
    expect(found[1]).toMatchObject({ host: '2001:db8::1', user: 'r', port: 2, groups: ['b', 'a'] });
    expect(found[1]?.timeouts).toEqual({ connect: 1, command: 2, total: 3 });
    expect(found[2]).toMatchObject({
      user: 'd',
      port: 1,
      password: null,
      jump: null,
      legacyAlgorithms: null,
      tunnels: [],
    });
  });

  test('the example and its comments hold', () => {
    const text = readFileSync(new URL('../../inventory/example.yaml', import.meta.url), 'utf8');
    const found = routers(text, 'example.yaml');
    expect(found.map((router) => router.name)).toEqual(['hub1', 'hub2', 'spoke7', 'spoke8']);
    expect(found[0]?.tunnels).toEqual([
      {
        peer: '198.51.100.7',
        peerIdentity: null,
        expect: 'always-up',
        description: 'branch Ghent, circuit 4711',
        interface: 'Tunnel7',
      },
      {
        peer: null,
        peerIdentity: 'spoke8.example.net',
        expect: 'dynamic',
        description: null,
        interface: null,
      },
    ]);
    expect(found[1]?.hostKeys).toEqual({ fingerprint: 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU' });
    expect(found[2]).toMatchObject({
      legacyAlgorithms: true,
      jump: [{ user: 'netops', host: '192.0.2.9', port: 22 }],
      user: 'netops',
    });
  });

  test('JSON, CRLF and a byte order mark are read', () => {
    expect(routers('{"routers": [{"name": "a", "host": "192.0.2.1"}]}', 'i.json')).toHaveLength(1);
    expect(routers(`\ufeff${one('    port: 2222\n').replaceAll('\n', '\r\n')}`)[0]?.port).toBe(2222);
    expect(routers(one(''), 'inventory')[0]?.name).toBe('r1');
  });
});

describe('plain list', () => {
  const list = (text: string) => routers(text, 'routers.txt');

  test('addresses, ports, names, comments', () => {
    const found = list(
      '# lab\n192.0.2.1 hub1\n\n192.0.2.2:2222\thub2 # second\r\n[2001:DB8::8]:23 spoke8\n2001:db8::9\nr.example.net\n127.0.0.1:2201\n127.0.0.1:2202',
    );
    expect(found.map((router) => [router.name, router.host, router.port, router.line])).toEqual([
      ['hub1', '192.0.2.1', null, 2],
      ['hub2', '192.0.2.2', 2222, 4],
      ['spoke8', '2001:db8::8', 23, 5],
      ['2001-db8--9', '2001:db8::9', null, 6],
      ['r.example.net', 'r.example.net', null, 7],
      ['127.0.0.1-2201', '127.0.0.1', 2201, 8],
      ['127.0.0.1-2202', '127.0.0.1', 2202, 9],
    ]);
  });

  test('all problems at once', () => {
    const found = problems(
      '192.0.2.300 a\n192.0.2.1:0 b\n192.0.2.2 c extra\n192.0.2.3 C\n 192.0.2.4 ../x\nu@192.0.2.5\n192.0.2.6:22:22\n',
      'l.txt',
    );
    expect(found.map((line) => line.split(': ')[0])).toEqual([
      'l.txt:1:1',
      'l.txt:2:1',
      'l.txt:3:13',
      'l.txt:4:1',
      'l.txt:5:12',
      'l.txt:6:1',
      'l.txt:7:1',
    ]);
    expect(problems('# none\n', 'l.txt')[0]).toContain('names no router');
    expect(problems('', 'l.txt')).toHaveLength(1);
  });
});

test('any text: an inventory or problems, never a throw', () => {
  const pieces = fc.constantFrom(
    'routers:',
    '\n',
    '  ',
    '- ',
    'name: a',
    'host: 192.0.2.1',
    '{',
    '}',
    '[',
    ']',
    ': ',
    '&a',
    '*a',
    '!t',
    '"',
    '#',
    '\t',
    '---',
    '<<: ',
    '? ',
    '|',
    '>',
    '__proto__',
    '\u0000',
    '192.0.2.1',
    '%',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((p) => p.join('')),
      ),
      fc.constantFrom('a.yaml', 'a.txt'),
      (text, file) => {
        const result = parseInventory(text, file);
        if (!result.ok) for (const problem of result.problems) expect(problem.line).toBeGreaterThanOrEqual(1);
        else expect(result.inventory.routers.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 500 },
  );
});
