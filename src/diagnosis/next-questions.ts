import { identifyCommand, type ShowCommand, showCommand } from '../evidence/show-command.ts';
import { filledIn } from '../playbooks/placeholders.ts';
import type { Question } from '../playbooks/playbook.ts';
import type { Weighed } from '../playbooks/weigh.ts';
import type { DiagnosisCase } from './diagnosis-case.ts';
import type { RankedCause } from './rank.ts';

/** A command that would tell live hypotheses apart. */
export interface Asked {
  /** For people: the command with its arguments, `far end: ` in front when it belongs on the other router. */
  readonly text: string;
  /** The command to send here; null when it belongs to the far end or is already answered. */
  readonly command: ShowCommand | null;
  readonly why: string;
}

/** Most commands named for one tunnel: a list nobody reads decides nothing. */
const MOST_ASKED = 5;

/**
 * Questions of the hypotheses that stand and are not yet confirmed, those already answered in the recording left out, then the
 * commands that would close the gaps of what stands.
 */
export function questionsOf(
  on: DiagnosisCase,
  ranked: readonly RankedCause[],
  weighed: readonly Weighed[],
): readonly Asked[] {
  if (ranked[0]?.weighed.standing === 'confirmed') return [];
  const settled = settledCommands(on);
  const open =
    ranked.length > 0
      ? ranked.map((cause) => cause.weighed)
      : weighed.filter((item) => item.standing === 'undetermined');
  const asked = new Map<string, Asked>();
  const add = (item: Asked | null): void => {
    if (item !== null && !asked.has(item.text)) asked.set(item.text, item);
  };
  // Without the SA table everything else is guesswork: its gap comes first, also when the router refused it.
  for (const gap of isPhase1Failing(on) ? [] : (on.tunnel?.phase2Gaps ?? [])) {
    if (gap.ask !== null)
      add({ text: gap.ask, command: settled(gap.ask) ? null : showCommand(gap.ask), why: gap.text });
  }
  for (const item of open) for (const question of item.hypothesis.ask) add(fill(question, on, settled));
  for (const item of open) {
    for (const gap of item.missing) {
      if (gap.ask === null || settled(gap.ask)) continue;
      add({ text: gap.ask, command: showCommand(gap.ask), why: gap.text });
    }
  }
  return [...asked.values()].slice(0, MOST_ASKED);
}

/** Then the SA table would show what is known already: no SA. */
function isPhase1Failing({ tunnel }: DiagnosisCase): boolean {
  return tunnel?.phase1.kind === 'negotiating' || tunnel?.phase1.kind === 'deleted-only';
}

/**
 * True for a command that need not be asked again: its whole answer is there (that of the unrestricted form counts), or this
 * router does not know it.
 */
function settledCommands({ facts }: DiagnosisCase): (command: string) => boolean {
  const settled = new Set(
    facts.parsed.outputs
      .filter(({ collected }) => collected.kind !== 'cut-short')
      .map(({ collected }) => collected.command),
  );
  return (command) => settled.has(command) || settled.has(identifyCommand(command)?.name ?? command);
}

function fill(question: Question, on: DiagnosisCase, settled: (command: string) => boolean): Asked | null {
  const text = filledFor(question.run, on);
  if (text === null) return null;
  if (question.at === 'far-end') {
    return on.farEnd === null ? { text: `far end: ${text}`, command: null, why: question.why } : null;
  }
  return settled(text) ? null : { text, command: showCommand(text), why: question.why };
}

/** Null when the tunnel does not tell a value: an unfilled command helps nobody. */
function filledFor(run: string, { tunnel }: DiagnosisCase): string | null {
  return filledIn(run, {
    '<peer>': tunnel?.peer,
    '<acl>': tunnel?.configured.find((entry) => entry.entry.acl !== null)?.entry.acl,
    '<interface>': tunnel?.attachment.interface,
  });
}
