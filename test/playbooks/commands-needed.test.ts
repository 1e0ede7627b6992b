import { expect, test } from '@jest/globals';
import { commandsNeeded } from '../../src/playbooks/commands-needed.ts';
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
