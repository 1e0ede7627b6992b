/** A line that a session sends for its own sake, and when. */
export interface SessionLine {
  readonly line: string;
  /** What must be so for it to be sent; null: sent in every session. */
  readonly only: string | null;
  /** What it does on the router, for people who decide whether it may be sent. */
  readonly effect: string;
}

/**
 * The lines a session needs for itself, in the order they are sent. This is the one list: the type of `send()`, the plan that
 * `tunneldoc plan` prints and the rule sets for AAA are made from it. None changes the router beyond this one terminal line.
 */
export const SESSION_LINES = [
  {
    line: 'enable',
    only: 'when the prompt ends in > and an enable secret was given; if the router asks for a password, the secret follows once, without echo',
    effect: 'raises the privilege of this session',
  },
  {
    line: 'terminal length 0',
    only: null,
    effect: 'no paging, in this session only',
  },
  {
    line: 'screen-length 0',
    only: 'when `terminal length 0` is no command of the router (SD-WAN)',
    effect: 'no paging, in this session only',
  },
  {
    line: 'terminal width 511',
    only: null,
    effect: 'long lines are not cut, in this session only',
  },
  {
    line: 'screen-width 512',
    only: 'when `terminal width 511` was refused, but `screen-length 0` was not',
    effect: 'long lines are not cut, in this session only',
  },
  {
    line: 'terminal width 0',
    only: 'when the lines above for the width were refused',
    effect: 'long lines are not cut, in this session only',
  },
  {
    line: 'terminal no monitor',
    only: null,
    effect: 'log messages are not copied into this session',
  },
  {
    line: 'show privilege',
    only: null,
    effect: 'prints one line',
  },
  {
    line: 'terminal no exec prompt timestamp',
    only: 'when the output before it began with the lines of `exec prompt timestamp`',
    effect: 'outputs come without load and time in front, in this session only',
  },
  {
    line: 'exit',
    only: null,
    effect: 'ends the session',
  },
] as const satisfies readonly SessionLine[];

/** Only the lines of the list: whatever else is sent is a `ShowCommand`. */
export type SessionCommand = (typeof SESSION_LINES)[number]['line'];

/** A key stroke that is no line. */
export interface KeyStroke {
  readonly key: string;
  /** What goes over the wire. */
  readonly bytes: string;
  readonly only: string;
}

/** The keys a session presses between lines. */
export const SESSION_KEYS = [
  {
    key: 'return',
    bytes: '\r',
    only: 'on an empty line: the router answers with its prompt alone, which proves that it is at its prompt; also in answer to a second password question after `enable`',
  },
  {
    key: 'space',
    bytes: ' ',
    only: 'at a pager ( --More-- ), where paging could not be switched off',
  },
] as const satisfies readonly KeyStroke[];

export type SessionKey = (typeof SESSION_KEYS)[number]['key'];

/** True for the lines of the list, whatever their type says. */
export function isSessionCommand(line: string): line is SessionCommand {
  return SESSION_LINES.some((known) => known.line === line);
}
