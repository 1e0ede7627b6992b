import { describe, expect, test } from '@jest/globals';
import { type CollectPlan, collectRouter } from '../../src/app/collect-router.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Collected } from '../../src/evidence/collected.ts';
import { mustShowCommand, type ShowCommand } from '../../src/evidence/show-command.ts';

const COMMANDS = ['show version', 'show ip traffic', 'show dmvpn'].map(mustShowCommand);

function answerOf(command: ShowCommand, more: Partial<Collected> = {}): Collected {
  return {
    kind: 'answered',
    command,
    sample: 1,
    filtered: false,
    text: 'x\n',
    at: null,
    tookMs: 0,
    ...more,
  } as Collected;
}

async function collect(answers: readonly Collected[]) {
  const journal: string[] = [];
  const plan: CollectPlan = {
    router: 'R1',
    address: null,
    commands: COMMANDS,
    playbooks: [],
    samples: 1,
    intervalMs: 0,
    secrets: ['a-long-secret'],
    remarks: () => ['seen on the way in'],
    collectedAt: '2026-11-23T00:00:00.000Z',
    onCommand: (command, done) => journal.push(`${done} ${command}`),
    wait: async () => {},
    log: silentLog,
  };
  const collector = {
    collect: async (command: ShowCommand) => {
      journal.push(`asked ${command}`);
      const answer = answers[COMMANDS.indexOf(command)] ?? answerOf(command);
      await new Promise((resolve) => setImmediate(resolve));
      return answer;
    },
    close: async () => {},
  };
  return { recording: await collectRouter(collector, plan), journal };
}

describe('a round', () => {
  test('is asked at once, and told one command after the other', async () => {
    const { recording, journal } = await collect([]);
    expect(journal.slice(0, 3)).toEqual(COMMANDS.map((command) => `asked ${command}`));
    expect(journal.slice(3, 6)).toEqual(COMMANDS.map((command, i) => `${i} ${command}`));
    expect(recording.outputs.map(({ command }) => command)).toEqual(COMMANDS);
    expect(recording.remarks).toEqual(['seen on the way in']);
  });

  test('ends with a remark on lines taken out of outputs, and with what the session noticed, once', async () => {
    const [version, traffic] = COMMANDS as [ShowCommand, ShowCommand];
    const noticed = ['the prompt changed from R1 to R2'];
    const { recording } = await collect([
      answerOf(version, { unasked: ['*Nov 23 09:30:12.345: %SYS-5-X: a-long-secret', '*'], noticed }),
      answerOf(traffic, { unasked: ['*'], noticed }),
    ]);
    expect(recording.remarks).toEqual([
      'seen on the way in',
      'the prompt changed from R1 to R2',
      expect.stringContaining('wrote 3 lines of its own'),
    ]);
    expect(recording.outputs[0]?.unasked).toEqual(['*Nov 23 09:30:12.345: %SYS-5-X: <redacted>', '*']);
    expect(recording.outputs.every((output) => !('noticed' in output))).toBe(true);
  });
});
