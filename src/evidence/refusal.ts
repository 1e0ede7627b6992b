import type { Refusal } from './collected.ts';
import { isLogLine } from './log-lines.ts';

/** A router's "no" to a command, in its own words. */
export interface RecognisedRefusal {
  readonly refusal: Refusal;
  /** The router's first refusing line, without surrounding blanks. */
  readonly reason: string;
}

/**
 * The refusal a whole output amounts to, or null when it is an answer. It stands at the very beginning, and every line must be
 * part of it: the same words inside a log, or in front of a real answer, refuse nothing. Only log lines that the router wrote
 * behind it on its own account do not make it an answer.
 */
export function recogniseRefusal(text: string): RecognisedRefusal | null {
  const said = withoutLogsBehind(text);
  if (said.length > LONGEST_REFUSAL) return null;
  const lines = said.split('\n').filter((line) => !LEAD_IN.some((form) => form.test(line)));
  const found = lines.map((line) => FORMS.find((form) => form.line.test(line)));
  const [first] = found;
  if (first === undefined || lines[0] === undefined || found.includes(undefined)) return null;
  return { refusal: first.refusal, reason: lines[0].trim() };
}

const LONGEST_REFUSAL = 2_000;

/** The text up to the log lines at its end. A long text is no refusal, whatever it ends with. */
function withoutLogsBehind(text: string): string {
  if (text.length > LONGEST_WITH_LOGS || !text.includes('%')) return text;
  const lines = text.split('\n');
  let end = lines.length;
  while (end > 0 && (lines[end - 1]?.trim() === '' || isLogLine(lines[end - 1] ?? ''))) end--;
  return end === 0 || !lines.slice(end).some(isLogLine) ? text : lines.slice(0, end).join('\n');
}

const LONGEST_WITH_LOGS = 20_000;

interface RefusalForm {
  readonly refusal: Refusal;
  readonly line: RegExp;
}

const FORMS: readonly RefusalForm[] = [
  // % Invalid input detected at '^' marker.   (Cisco's own tools also accept "% invalid command")
  { refusal: 'invalid-input', line: /^\s*%\s*(?:invalid (?:input|command)|unrecognized command)/i },
  // % Incomplete command.
  { refusal: 'incomplete', line: /^\s*%\s*incomplete command/i },
  // % Ambiguous command:  "sh c"
  { refusal: 'ambiguous', line: /^\s*%\s*ambiguous command/i },
  // Command authorization failed.      % Authorization failed.
  { refusal: 'not-authorized', line: /^\s*(?:%\s*|command )?authorization failed/i },
  // Command Rejected: …                % Access denied              % Error in authentication.
  {
    refusal: 'not-authorized',
    line: /^\s*(?:command rejected|%\s*access denied|%\s*error in authentication|%\s*bad (?:secrets|passwords))/i,
  },
  // Line has invalid autocommand "show foo"
  { refusal: 'unknown-command', line: /^Line has invalid autocommand/ },
  // % Unknown command or computer name, or unable to find computer address
  { refusal: 'unknown-command', line: /^\s*%\s*unknown command/i },
  // The command you have entered is available in the IOS.sh.
  { refusal: 'unknown-command', line: /^\s*the command you have entered is available in the IOS\.sh/i },
  // % Bad IP address or host name
  { refusal: 'bad-address', line: /^\s*%\s*(?:bad ip address|unrecognized host)/i },
];

/** Lines that may stand around a refusal. */
const LEAD_IN: readonly RegExp[] = [
  /^\s*$/,
  // "          ^" under the wrong word
  /^\s*\^\s*$/,
  // Translating "x"...domain server (255.255.255.255)
  /^Translating "/,
  // Load for five secs: 1%/0%; one minute: 1%; five minutes: 1%
  /^Load for five secs: /,
  // Time source is NTP, 17:32:07.999 EST Wed Feb 3 2016
  /^Time source is /,
];
