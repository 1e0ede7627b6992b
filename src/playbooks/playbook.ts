import type { Condition } from './condition.ts';

/** Three-valued weights of a clue; see weigh.ts for what they add up to. */
export type Weight = 'weak' | 'some' | 'strong' | 'decisive';

export type CauseClass = 'cause' | 'symptom';
/** Where in the life of a tunnel the cause sits; a likely `cause` of a layer makes the `symptom` hypotheses of that layer superfluous. */
export type Layer = 'phase1' | 'phase2' | 'data-plane' | 'pki' | 'overlay' | 'platform';
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** Position in the playbook file, for messages. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Clue {
  readonly weight: Weight;
  readonly when: Condition;
  /** The sentence printed as the reason, next to the cited lines. */
  readonly because: string;
  readonly position: Position;
}

/** A further show command that tells hypotheses apart. `<peer>`, `<acl>`, `<interface>` are filled in by the engine. */
export interface Question {
  readonly run: string;
  /** Where to run it: this router or the far end (then it is advice, never sent). */
  readonly at: 'here' | 'far-end';
  readonly tellsApart: readonly string[];
  /** What the answer would show, as one sentence. */
  readonly why: string;
}

export interface Hypothesis {
  /** Cause id: a public name, see docs. */
  readonly id: string;
  readonly title: string;
  readonly class: CauseClass;
  readonly layer: Layer;
  readonly severity: Severity;
  /** tunnel: a cause of one tunnel. router: a finding of the router (no peer in the evidence). */
  readonly scope: 'tunnel' | 'router';
  /** What the tunnel's verdict is when its tables alone do not tell (log-only evidence), or `none` to leave it alone. */
  readonly implies: 'down' | 'degraded' | 'none';
  /** All that must hold (or be unknown) before the clues are weighed at all. */
  readonly trigger: Condition;
  readonly supports: readonly Clue[];
  readonly against: readonly Clue[];
  readonly ask: readonly Question[];
  readonly remedy: readonly string[];
  readonly verify: readonly string[];
  readonly references: readonly string[];
  readonly position: Position;
}

export interface PlaybookTest {
  /** Scenario folder under mocks/scenarios, router folder in it, peer of the tunnel (absent: router finding or all tunnels). */
  readonly scenario: string;
  readonly router: string | null;
  readonly peer: string | null;
  /** This id must be the first cause … */
  readonly leads: string | null;
  readonly standing: string | null;
  /** … or none of this playbook's hypotheses may stand … */
  readonly silent: boolean;
  /** … also when these commands are taken out of the recording. */
  readonly without: readonly string[];
  /** These ids must be in the list of causes, wherever. */
  readonly lists: readonly string[];
  readonly position: Position;
}

export interface Playbook {
  readonly id: string;
  readonly title: string;
  readonly status: 'draft' | 'stable' | 'retired';
  /** Commands whose answers the conditions read, as far as they are not in the first round anyway. */
  readonly needs: readonly string[];
  readonly hypotheses: readonly Hypothesis[];
  readonly tests: readonly PlaybookTest[];
  readonly references: readonly string[];
  readonly file: string;
}
