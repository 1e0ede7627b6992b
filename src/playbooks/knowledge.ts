/** What is known of one message, for people. The parser's part of the entry has the same id. */
export interface MessageText {
  readonly id: string;
  /** The message as Cisco writes it, values in brackets. */
  readonly format: string;
  readonly meaning: string;
  /** Show commands that decide, `<peer>` and the like to be filled in. */
  readonly checks: readonly string[];
  readonly remedy: readonly string[];
  /** How well the wording is known: observed, cisco-doc, third-party, recalled … */
  readonly evidence: string;
  readonly sources: readonly string[];
}

/** What is known of one state of an SA or a session, for people. */
export interface StateText {
  readonly name: string;
  /** The command that prints it. */
  readonly table: string;
  /** Other ways to write it. */
  readonly aka: readonly string[];
  readonly meaning: string;
  /** Why an initiator stays in it, likeliest first. */
  readonly initiator: readonly string[];
  /** Why a responder stays in it, likeliest first. */
  readonly responder: readonly string[];
  /** The command to run next. */
  readonly next: string;
  readonly sources: readonly string[];
}
