/** The first line's `format`. */
export const TRANSCRIPT_FORMAT = 'tunneldoc.session/1';
/** What a session transcript is called in a scenario folder, and how the name of any other one ends. */
export const TRANSCRIPT_FILE = 'session.jsonl';

/** Who was logged in to, and when. */
export interface TranscriptHeader {
  readonly router: string;
  /** As the server sent it, e.g. `SSH-2.0-Cisco-1.25`; empty when the connection did not come so far. */
  readonly identification: string;
  /** Names that were agreed on: key exchange, host key, ciphers, MACs. */
  readonly algorithms: readonly string[];
  /** ISO 8601 UTC; where `t` is 0. */
  readonly started: string;
  /** Version of the program that recorded. */
  readonly tool: string;
  /** Lines in which a secret was replaced. */
  readonly redactions: number;
}

/** Bytes that passed, one character (U+0000 to U+00FF) a byte; `t` in milliseconds since the start, never falling. */
export interface TranscriptBytes {
  readonly t: number;
  readonly from: 'router' | 'us';
  readonly bytes: string;
}
/** The enable secret was typed here; what it was is not kept. */
export interface TranscriptSecret {
  readonly t: number;
  readonly from: 'us';
  readonly secret: 'enable';
}
export type TranscriptEvent = TranscriptBytes | TranscriptSecret;

export const TRANSCRIPT_ENDS = ['closed-by-router', 'closed-by-us', 'not-opened', 'cut-off'] as const;

/** How a session ended; always the last line. */
export interface TranscriptEnd {
  readonly t: number;
  /** `not-opened`: there was no session; `cut-off`: it went on, its transcript did not (too large, or the program ended). */
  readonly end: (typeof TRANSCRIPT_ENDS)[number];
  /** For a person. */
  readonly reason: string;
  /** Name of the error when the session could not be opened or prepared, e.g. `authentication-rejected`. */
  readonly error: string | null;
}

/** One session byte for byte: what the router sent in which pieces, what we typed, and when. */
export interface SessionTranscript {
  readonly header: TranscriptHeader;
  readonly events: readonly TranscriptEvent[];
  readonly end: TranscriptEnd;
}

/** What a running session tells, in order: plain values that can be sent to another thread. Nothing is redacted yet. */
export type SessionEvent =
  | {
      readonly kind: 'opened';
      readonly started: string;
      readonly identification: string;
      readonly algorithms: readonly string[];
    }
  | { readonly kind: 'passed'; readonly event: TranscriptEvent }
  | { readonly kind: 'ended'; readonly started: string; readonly end: TranscriptEnd };

/** The transcript as a file: JSON lines of plain ASCII, LF behind each. */
export function writeTranscript({ header, events, end }: SessionTranscript): string {
  return [{ format: TRANSCRIPT_FORMAT, ...header }, ...events, end]
    .map((line) => `${asciiJson(line)}\n`)
    .join('');
}

/** Control bytes and everything beyond ASCII stand as `\u00XX`, so that no editor or terminal changes or obeys them. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\x7f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
