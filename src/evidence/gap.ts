/** Why something is not known. *Absent* (asked, answered, not there) is never a gap. */
export type GapKind =
  | 'not-asked'
  | 'refused'
  | 'cut-short'
  | 'unread'
  | 'filtered'
  | 'log-does-not-reach'
  | 'log-disabled'
  | 'log-level-excludes'
  | 'log-needs-config'
  | 'needs-debug'
  | 'clock-unusable'
  | 'one-sample-only'
  | 'far-end-not-seen';

export interface Gap {
  readonly kind: GapKind;
  /** The command whose (complete) answer would close the gap, when one command would. */
  readonly ask: string | null;
  /** One sentence for the report. */
  readonly text: string;
}
