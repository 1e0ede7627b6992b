import { closest } from '../core/closest.ts';
import { catalogueEntries, catalogueEntry } from '../parsers/show-logging/catalogue.ts';
import type { CatalogueEntry } from '../parsers/show-logging/catalogue-entry.ts';
import type { LogMessage } from '../parsers/show-logging/facts.ts';
import { showLogging } from '../parsers/show-logging/parse.ts';
import type { StateText } from './knowledge.ts';
import { MESSAGES } from './messages.generated.ts';
import { STATES } from './states.generated.ts';

/** A cause as the playbooks know it; `summary` is one or two sentences. */
export interface KnownCause {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly remedy: readonly string[];
  readonly verify?: readonly string[];
  readonly references?: readonly string[];
}

/** What is known of a message, a state or a cause. Lists may be empty. */
export interface Explanation {
  readonly kind: 'message' | 'state' | 'cause';
  /** Catalogue id, state name or cause id. */
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  /** Cause ids, likeliest first; the title is null when no playbook holds the cause. */
  readonly likelyCauses: readonly { readonly id: string; readonly title: string | null }[];
  /** Why a router stays in a state; empty for messages and causes. */
  readonly stuckAs: { readonly initiator: readonly string[]; readonly responder: readonly string[] };
  readonly checks: readonly string[];
  readonly remedy: readonly string[];
  readonly verify: readonly string[];
  readonly sources: readonly string[];
  /** Remarks on how far the message can be trusted: needs debugging, rate limit, wording only recalled. */
  readonly notes: readonly string[];
  /** Ids of other entries that the same word names or that point to this cause. */
  readonly seeAlso: readonly string[];
}

export type ExplainAnswer =
  | Explanation
  | {
      readonly kind: 'line';
      readonly title: string;
      /** One per message token of the line, in its order. */
      readonly messages: readonly {
        readonly message: LogMessage;
        readonly explanation: Explanation | null;
      }[];
    }
  | { readonly kind: 'unknown'; readonly title: string; readonly suggestions: readonly string[] };

/** Nothing a person pastes as one line is longer. */
const LONGEST_QUERY = 20_000;

/**
 * Explains a mnemonic (with or without facility and percent sign), a state of an SA or session, a cause id or a pasted log
 * line, without regard to case. What it does not know gets at most three suggestions.
 */
export function explain(query: string, causes: readonly KnownCause[]): ExplainAnswer {
  const asked = query.slice(0, LONGEST_QUERY).trim();
  const word = asked.replace(/^%/, '').replace(/\s?:$/, '');
  return (
    explainMessage(word, causes) ??
    explainState(word) ??
    explainCause(word, causes) ??
    explainLine(asked, causes) ??
    explainRow(asked) ?? {
      kind: 'unknown',
      title: asked.slice(0, 200),
      suggestions: suggestionsFor(word, causes),
    }
  );
}

function explainMessage(word: string, causes: readonly KnownCause[]): Explanation | null {
  const upper = word.toUpperCase();
  const named = catalogueEntries().filter(
    (entry) =>
      entry.id.toUpperCase() === upper ||
      entry.mnemonic === upper ||
      `${entry.facility}-${entry.mnemonic}` === upper.replace(/-[0-7]-/, '-'),
  );
  const exact = named.find((entry) => entry.id.toUpperCase() === upper) ?? named[0];
  if (exact === undefined) return null;
  return ofEntry(
    exact,
    causes,
    named.filter((entry) => entry !== exact).map((entry) => entry.id),
  );
}

function ofEntry(
  entry: CatalogueEntry,
  causes: readonly KnownCause[],
  seeAlso: readonly string[],
): Explanation {
  const text = MESSAGES.find((candidate) => candidate.id === entry.id);
  return {
    kind: 'message',
    id: entry.id,
    title: text?.format ?? entry.id,
    meaning: text?.meaning ?? '',
    likelyCauses: entry.causeIds.map((id) => ({
      id,
      title: causes.find((cause) => cause.id === id)?.title ?? null,
    })),
    stuckAs: { initiator: [], responder: [] },
    checks: text?.checks ?? [],
    remedy: text?.remedy ?? [],
    verify: [],
    sources: text?.sources ?? [],
    notes: notesOf(entry, text?.evidence ?? ''),
    seeAlso,
  };
}

function notesOf(entry: CatalogueEntry, evidence: string): string[] {
  const notes: string[] = [];
  if (entry.needsDebug)
    notes.push(
      'A debug line: it is in the log only where somebody had debugging on; its absence says nothing.',
    );
  if (entry.rateLimitSec !== null)
    notes.push(`Printed at most once in ${entry.rateLimitSec} s: count the counter, not the lines.`);
  if (entry.severity === 6)
    notes.push('Severity 6: a buffer at level notifications or below does not hold it.');
  if (evidence === 'recalled')
    notes.push(
      'No public line of this message has been seen yet; recognised by facility and mnemonic, not by wording.',
    );
  return notes;
}

function explainState(word: string): Explanation | null {
  const plain = plainState(word);
  const states = STATES.filter((state) =>
    [state.name, ...state.aka].some((name) => plainState(name) === plain),
  );
  const state = states[0];
  if (state === undefined || plain === '') return null;
  return ofState(
    state,
    states.slice(1).map((other) => `${other.name} (${other.table})`),
  );
}

function ofState(state: StateText, seeAlso: readonly string[]): Explanation {
  return {
    kind: 'state',
    id: state.name,
    title: `${state.name} in ${state.table}`,
    meaning: state.meaning,
    likelyCauses: [],
    stuckAs: { initiator: state.initiator, responder: state.responder },
    checks: [state.next],
    remedy: [],
    verify: [],
    sources: state.sources,
    notes: [],
    seeAlso,
  };
}

/** `MM_NO_STATE`, `mm-no-state`, `active (DELETED)` and `ACTIVE(deleted)` are compared without case, blanks, `_` and `-`. */
function plainState(text: string): string {
  return text.length > 60 ? '' : text.toLowerCase().replace(/[\s_-]/g, '');
}

function explainCause(word: string, causes: readonly KnownCause[]): Explanation | null {
  const id = word.toLowerCase().replace(/[\s_]+/g, '-');
  const cause = causes.find((candidate) => candidate.id === id);
  if (cause === undefined) return null;
  return {
    kind: 'cause',
    id: cause.id,
    title: cause.title,
    meaning: cause.summary,
    likelyCauses: [],
    stuckAs: { initiator: [], responder: [] },
    checks: [],
    remedy: cause.remedy,
    verify: cause.verify ?? [],
    sources: cause.references ?? [],
    notes: [],
    seeAlso: catalogueEntries()
      .filter((entry) => entry.causeIds.includes(cause.id))
      .map((entry) => entry.id),
  };
}

function explainLine(asked: string, causes: readonly KnownCause[]): ExplainAnswer | null {
  const { messages } = showLogging.parse(asked).facts;
  const told = messages.filter(
    (message) =>
      message.mnemonic !== null ||
      message.catalogueId !== null ||
      message.stamp.form !== 'none' ||
      message.facility !== '',
  );
  if (told.length === 0 || !/\s/.test(asked)) return null;
  const explained = told.map((message) => {
    const entry = message.catalogueId === null ? null : catalogueEntry(message.catalogueId);
    return { message, explanation: entry === null ? null : ofEntry(entry, causes, []) };
  });
  return { kind: 'line', title: asked.slice(0, 200), messages: explained };
}

/** A pasted row of an SA table or a sentence that holds the name of a state. */
function explainRow(asked: string): Explanation | null {
  for (const word of asked.slice(0, 2_000).split(/[\s,;:()]+/)) {
    const state = STATES.find(
      (candidate) => /[_-]/.test(candidate.name) && plainState(candidate.name) === plainState(word),
    );
    if (state !== undefined) return ofState(state, []);
  }
  return null;
}

function suggestionsFor(word: string, causes: readonly KnownCause[]): string[] {
  if (word.length < 2 || word.length > 100) return [];
  const upper = word.toUpperCase();
  const names = [
    ...new Set([
      ...catalogueEntries().map((entry) => entry.mnemonic ?? entry.id),
      ...STATES.map((state) => state.name),
      ...causes.map((cause) => cause.id),
    ]),
  ];
  const holding = word.length < 4 ? [] : names.filter((name) => name.toUpperCase().includes(upper));
  const found = holding.slice(0, 3);
  while (found.length < 3) {
    // A pasted id is compared as a whole id, a bare word with the bare mnemonics.
    const near = closest(
      upper.replace(/^[A-Z0-9_]+-[0-7]-/, ''),
      names.filter((name) => !found.includes(name)),
    );
    if (near === null) break;
    found.push(near);
  }
  return found;
}
