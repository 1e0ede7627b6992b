import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { assess, wantedCommands } from '../../src/app/assess.ts';
import { GAP_COMMANDS, possibleFollowUps } from '../../src/app/follow-ups.ts';
import { loadBuiltinPlaybooks } from '../../src/app/load-playbooks.ts';
import { scenariosFolder } from '../../src/app/scenario.ts';
import { certainLines, possibleLines, sessionPlan } from '../../src/app/session-plan.ts';
import type { Recording } from '../../src/evidence/recording.ts';
import { loadRecordings } from '../../src/evidence/recording-folder.ts';
import { allowedAs } from '../../src/evidence/show-command.ts';
import type { Playbook } from '../../src/playbooks/playbook.ts';
import { readProjectFile, root } from '../architecture/project-files.ts';

let playbooks: readonly Playbook[] = [];
const recordings: Recording[] = [];
beforeAll(async () => {
  playbooks = await loadBuiltinPlaybooks();
  recordings.push(...((await loadRecordings(scenariosFolder())) ?? []));
});

describe('possible follow-ups', () => {
  test('none without playbooks, and none that the first round has asked', () => {
    expect(possibleFollowUps([])).toEqual([]);
    const first = new Set<string>(wantedCommands(playbooks));
    expect(possibleFollowUps(playbooks).filter((entry) => first.has(entry))).toEqual([]);
  });

  test('every command that the engine names for a gap is among them or in the first round', () => {
    const named = ['src/diagnosis', 'src/tunnels', 'src/fleet'].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((file) => file.endsWith('.ts'))
        .flatMap((file) => asksIn(readProjectFile(`${folder}/${file}`))),
    );
    expect(named.length).toBeGreaterThan(25);
    expect([...new Set(named)].filter((ask) => !GAP_COMMANDS.some((entry) => entry === ask)).sort()).toEqual(
      // Not in the allow-list, so only a person is told.
      ['show ip cef vrf <x> <address>'],
    );
  });

  test('no question of any scenario is lost, whatever is taken out of its recording', () => {
    const possible = new Set<string>([...possibleFollowUps(playbooks), ...wantedCommands(playbooks)]);
    let asked = 0;
    const lost = recordings.flatMap((recording) =>
      [null, 'show crypto ipsec sa', 'show crypto isakmp sa', 'show logging', 'show crypto map'].flatMap(
        (gone) => {
          const outputs = recording.outputs.filter(({ command }) => command !== gone);
          const results = assess([{ ...recording, outputs }], playbooks);
          const questions = results.flatMap((result) => [
            ...result.questions,
            ...result.tunnels.flatMap((tunnel) => tunnel.questions),
          ]);
          const commands = questions.flatMap(({ command }) => (command === null ? [] : [command]));
          asked += commands.length;
          return commands.filter((command) => !possible.has(allowedAs(command) ?? ''));
        },
      ),
    );
    expect(lost).toEqual([]);
    expect(asked).toBeGreaterThan(100);
  });
});

/** `ask: 'show …'`, `notAsked('show …', …)`, `gapsOf(…, …, 'show …')`, with the values of templates as parameters. */
function asksIn(text: string): readonly string[] {
  const literals = text.matchAll(
    /(?:\bask:\s*|\bnotAsked\(\s*|\bgapsOf\([^;]*?,\s*)(?:[\w.!=' ]+\?\s*)?(['`])(show [^'`]+)\1/g,
  );
  return [...literals].map(([, , ask = '']) =>
    ask
      .replace(/\$\{[^}]*names[^}]*\}.*$/, '<name>')
      .replace(/\$\{tunnel\.peer\}/, '<address>')
      .replace(/\$\{[^}]*\}/, '<x>'),
  );
}

describe('the plan', () => {
  const settings = { minimal: false, samples: 1, hasEnableSecret: true };

  test('begins with the lines of the session and ends with exit', () => {
    const plan = sessionPlan(playbooks, settings);
    expect(plan.lines[0]).toMatchObject({ stage: 'start', line: 'enable', only: expect.any(String) });
    expect(plan.lines.at(-1)).toMatchObject({ stage: 'end', line: 'exit', only: null });
    expect(certainLines(plan)).not.toContain('enable');
    expect(certainLines(plan).at(-1)).toBe('exit');
  });

  test('samples are counted without the first one', () => {
    const plan = sessionPlan(playbooks, { ...settings, samples: 4 });
    expect(plan.lines.find(({ stage }) => stage === 'further-samples')).toMatchObject({ times: 3 });
    expect(certainLines(plan).filter((line) => line === 'show crypto ipsec sa')).toHaveLength(4);
    expect(possibleLines(plan).filter((line) => line === 'show crypto ipsec sa')).toHaveLength(1);
  });

  test('a minimal one still names what a lost connection would add', () => {
    const plan = sessionPlan(playbooks, { ...settings, minimal: true });
    expect(plan.lines.map(({ stage }) => stage)).not.toContain('follow-ups');
    expect(plan.lines.find(({ stage }) => stage === 'after-a-loss')?.line).toBe('show version');
    expect(certainLines(plan)).not.toContain('show version');
  });
});
