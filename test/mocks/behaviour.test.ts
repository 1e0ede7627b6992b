import { describe, expect, test } from '@jest/globals';
import { parseBehaviour } from '../../mocks/ios-router/behaviour-file.ts';

describe('parseBehaviour', () => {
  test('keys of a file become fields; what is not said is left out', () => {
    const yaml = `
hostname: hub1
users:
  oper: { password: "0042", privilege: 1 }
  admin: { password: secret }
privilege: { admin: 7 }
enable_secret: null
banner_motd: |
  Keep out
more: esck
authz_deny: ["^show crypto", "^show logging"]
stall_cmd: ipsec sa
stall_after: 100
latency: 0.5
refuse: reset
algorithms: ios15
`;
    const behaviour = parseBehaviour(yaml, 'b.yaml');
    expect(behaviour).toEqual({
      hostname: 'hub1',
      users: {
        oper: { password: '0042', privilege: 1, publicKey: null },
        admin: { password: 'secret', privilege: 7, publicKey: null },
      },
      enableSecret: null,
      bannerMotd: 'Keep out\n',
      more: 'esck',
      authzDeny: [/^show crypto/, /^show logging/],
      stallCmd: /ipsec sa/,
      stallAfter: 100,
      latency: 0.5,
      refuse: 'reset',
      algorithms: 'ios15',
    });
    expect(parseBehaviour('', 'b.yaml')).toEqual({});
  });

  test('permitted lines are expressions, or everything', () => {
    expect(parseBehaviour('permitted: ["^show version$"]', 'b.yaml')).toEqual({
      permitted: [/^show version$/],
    });
    expect(parseBehaviour('permitted: null', 'b.yaml')).toEqual({ permitted: null });
  });

  test('privilege alone belongs to the default user', () => {
    expect(parseBehaviour('privilege: { lab: 1 }', 'b.yaml').users).toEqual({
      lab: { password: 'lab', publicKey: null, privilege: 1 },
    });
  });

  test.each([
    ['hostname: R1\nhostnam: R2\n', 'lab/b.yaml:2:1: unknown key hostnam; known are: '],
    ['constructor: 1', 'lab/b.yaml:1:1: unknown key constructor'],
    ['more: fancy', 'lab/b.yaml:1:7: expected one of: classic, esck, inverse'],
    ['latency: fast', 'lab/b.yaml:1:10: expected a number'],
    ['latency: -1', 'lab/b.yaml:1:10: expected a number, at least 0'],
    ['monitor: "yes"', 'lab/b.yaml:1:10: expected true or false'],
    ['users:\n  bob: { pasword: x }\n', 'lab/b.yaml:2:10: unknown key pasword'],
    ['users: { bob: { password: x, privilege: 16 } }', 'lab/b.yaml:1:41: expected a privilege level'],
    ['privilege: { eve: 1 }', 'lab/b.yaml:1:14: '],
    ['authz_deny:\n  - "("\n', 'lab/b.yaml:2:5: expected a regular expression'],
    ['stall_cmd: [a]', 'lab/b.yaml:1:12: expected text'],
    ['a: 1\na: 2', 'lab/b.yaml:2:1: '],
    ['[1, 2]', 'lab/b.yaml:1:1: expected keys and values'],
  ])('%j is refused with its place', (yaml, message) => {
    expect(() => parseBehaviour(yaml, 'lab/b.yaml')).toThrow(message);
  });
});
