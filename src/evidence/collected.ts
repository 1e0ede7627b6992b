/** Why a router did not run a command it was sent. Each has a page in the docs. */
export const REFUSALS = [
  'invalid-input',
  'incomplete',
  'ambiguous',
  'not-authorized',
  'unknown-command',
  'bad-address',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Why an output is cut short, as a name that a page of the documentation explains; `reason` says it for this one command. */
export const CUT_NAMES = [
  'connection-lost',
  'command-silent',
  'command-timeout',
  'output-too-large',
  'session-too-large',
  'password-asked',
  'interrupted',
  'not-run',
] as const;
export type CutName = (typeof CUT_NAMES)[number];

interface CollectedBase {
  /** The command as it was asked, unabbreviated, e.g. `show crypto ipsec sa peer 192.0.2.1`. */
  readonly command: string;
  /** 1 for the first sample of this command in the recording, 2 for the second … */
  readonly sample: number;
  /** True when the text is a part of the full output (`| include`, a `.filtered` file): what is missing from it is not absent. */
  readonly filtered: boolean;
  /** Output as DESIGN's recording contract says: LF line ends, no echo, no prompt; may hold control bytes. */
  readonly text: string;
  /** Lines the router wrote on its own account into this output (log messages, warnings), taken out of `text`, in order. */
  readonly unasked?: readonly string[];
  /** When the command was sent, ISO 8601 UTC by the collecting machine's clock; null when the recording does not tell. */
  readonly at: string | null;
  readonly tookMs: number | null;
  /** What the session noticed while this command ran, one sentence each: on its way to the recording's remarks, never stored here. */
  readonly noticed?: readonly string[];
}

export interface Answered extends CollectedBase {
  readonly kind: 'answered';
}
export interface Refused extends CollectedBase {
  readonly kind: 'refused';
  readonly refusal: Refusal;
  /** The router's own words. */
  readonly reason: string;
}
/** The output ended before the next prompt was seen; `text` holds what came. */
export interface CutShort extends CollectedBase {
  readonly kind: 'cut-short';
  readonly reason: string;
  /** Absent when the recording does not tell (pasted text, a program older than the name). */
  readonly error?: CutName;
}

/** How one command ended. */
export type Collected = Answered | Refused | CutShort;
