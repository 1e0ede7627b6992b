import { describe, expect, test } from '@jest/globals';
import { credentialGates } from '../../src/app/credential-gate.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';

const target = (name: string, password = 'one'): RouterTarget => ({
  name,
  host: '192.0.2.1',
  port: 22,
  user: 'netops',
  password,
  legacyAlgorithms: false,
  hostKeys: { policy: 'strict', knownHostsFile: '/nowhere', readOnlyFiles: [] },
});

/** Settles pending promises. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the gate of a credential', () => {
  test('one login at a time until the credential is known to be good, then all', async () => {
    const gateOf = credentialGates();
    const [first, second, third] = [gateOf(target('a')), gateOf(target('b')), gateOf(target('c'))];
    expect(await first?.admit('password')).toBeNull();
    const admitted: string[] = [];
    void second?.admit('password').then(() => admitted.push('b'));
    void third?.admit('password').then(() => admitted.push('c'));
    await turn();
    expect(admitted).toEqual([]);
    first?.settle('password', 'accepted');
    await turn();
    expect(admitted.sort()).toEqual(['b', 'c']);
  });

  test('a rejected credential is not tried again, and the reason names the router and never the password', async () => {
    const gateOf = credentialGates();
    const first = gateOf(target('a', 'hunter2-secret'));
    expect(await first.admit('password')).toBeNull();
    const waiting = gateOf(target('b', 'hunter2-secret')).admit('password');
    first.settle('password', 'rejected');
    const why = await waiting;
    expect(why).toContain('a rejected the same password of user netops');
    expect(why).not.toContain('hunter2');
    expect(await gateOf(target('c', 'hunter2-secret')).admit('password')).toContain('not tried');
    expect(await gateOf(target('d', 'another')).admit('password')).toBeNull();
  });

  test('a connection that ended before the router judged lets exactly one other go', async () => {
    const gateOf = credentialGates();
    const first = gateOf(target('a'));
    await first.admit('password');
    const admitted: string[] = [];
    for (const name of ['b', 'c', 'd'])
      void gateOf(target(name))
        .admit('password')
        .then(() => admitted.push(name));
    first.settle('password', 'unknown');
    await turn();
    expect(admitted).toHaveLength(1);
  });
});
