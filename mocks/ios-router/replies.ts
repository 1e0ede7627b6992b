import type { Resolved } from './command-tree.ts';

/** The texts of exec mode that are the same on every router (LF line ends). */
export const INCOMPLETE = '% Incomplete command.\n\n';
export const DENIED = 'Command authorization failed.\n\n';
export const NO_AUTHORIZATION = '% Authorization failed.\n';
export const NO_SECRET = '% No password set\n';
export const BAD_SECRETS = '% Bad secrets\n\n';
export const BAD_PASSWORDS = '% Bad passwords\n';
export const PLEASE_ANSWER = "% Please answer 'yes' or 'no'.\n";
export const LOGIN_INVALID = '% Login invalid\n\n';
export const UNKNOWN = '% Unknown command or computer name, or unable to find computer address\n';
export const BAD_NAME = `% Bad IP address or host name\n${UNKNOWN}`;

/** A caret below the wrong character; `column` counts from the start of the screen line, the prompt included. */
export function caret(column: number): string {
  return `${' '.repeat(column)}^\n% Invalid input detected at '^' marker.\n\n`;
}

/** What is said when an unknown word is looked up as a host name first. */
export function translating(word: string): string {
  return `Translating "${word}"...domain server (255.255.255.255)\n`;
}

/** The two lines and the blank that `exec prompt timestamp` puts in front of every show. */
export function timestampLines(clock: string): string {
  // a mark of `*` or `.` is not repeated here
  const plain = clock.replace(/^[*.]/, '');
  return `Load for five secs: 2%/0%; one minute: 1%; five minutes: 1%\nTime source is NTP, ${plain}\n\n`;
}

export type Refused = Exclude<Resolved, { kind: 'command' }>;

/** What a terminal says to a line it does not understand; `promptLength` tells where the echoed line began. */
export function refusalOf(found: Refused, line: string, promptLength: number): string {
  if (found.kind === 'ambiguous') return `% Ambiguous command:  "${line.trim()}"\n`;
  if (found.kind === 'incomplete') return INCOMPLETE;
  return caret(promptLength + line.length - line.trimStart().length + found.column);
}

/** True for one unknown word that could be the name of a host to connect to. */
export function isHostName(found: Refused, line: string): boolean {
  // frobnicate
  return found.kind === 'invalid' && found.word === 0 && /^[A-Za-z][\w.-]*$/.test(line.trim());
}
