import { describe, expect, test } from '@jest/globals';
import { commandsAsked, commandsNeeded } from '../../src/playbooks/commands-needed.ts';
import type { Playbook } from '../../src/playbooks/playbook.ts';

function playbook(status: Playbook['status'], needs: readonly string[]): Playbook {
  return { id: 'x', title: 'x', status, needs, hypotheses: [], tests: [], references: [], file: 'x.yaml' };
}

test('each command once, none for a retired playbook', () => {
  const asked = commandsNeeded([
    playbook('stable', ['show crypto map', 'show dmvpn']),
    playbook('draft', ['show dmvpn', 'show crypto isakmp policy']),
    playbook('retired', ['show ip traffic']),
  ]);
  expect(asked).toEqual(['show crypto map', 'show dmvpn', 'show crypto isakmp policy']);
});

test('a command outside the allow-list is our bug and throws', () => {
  expect(() => commandsNeeded([playbook('stable', ['show tech-support'])])).toThrow('show tech-support');
});

describe('questions that may be asked further', () => {
  const question = (run: string, at: 'here' | 'far-end' = 'here') => ({ run, at, tellsApart: [], why: 'x' });
  const asking = (status: Playbook['status'], ask: readonly ReturnType<typeof question>[]): Playbook => ({
    ...playbook(status, []),
    hypotheses: [{ ask } as unknown as Playbook['hypotheses'][number]],
  });

  test('entries of the allow-list, each once; what belongs to the far end or is retired is not sent', () => {
    const asked = commandsAsked([
      asking('stable', [question('show ip route <peer>'), question('show logging', 'far-end')]),
      asking('draft', [question('show ip route <peer>'), question('show ip access-lists <acl>')]),
      asking('draft', [question('show interfaces <interface>')]),
      asking('retired', [question('show ip traffic')]),
    ]);
    expect(asked).toEqual([
      'show ip route <address>',
      'show ip access-lists <name>',
      'show interfaces <interface>',
    ]);
  });

  test('a question outside the allow-list is our bug and throws', () => {
    expect(() => commandsAsked([asking('stable', [question('show run <peer>')])])).toThrow('show run');
  });
});
