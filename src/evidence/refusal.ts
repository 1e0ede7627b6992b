import type { Refusal } from './collected.ts';

/** A router's "no" to a command, in its own words. */
export interface RecognisedRefusal {
  readonly refusal: Refusal;
  /** The router's first refusing line, without surrounding blanks. */
  readonly reason: string;
}

/**
 * The refusal a whole output amounts to, or null when it is an answer. Every line must be part of a refusal: the same
 * words inside a log, or in front of a real answer, refuse nothing.
 */
export function recogniseRefusal(text: string): RecognisedRefusal | null {
  if (text.length > LONGEST_REFUSAL) return null;
  const lines = text.split('\n').filter((line) => !LEAD_IN.some((form) => form.test(line)));
  const found = lines.map((line) => FORMS.find((form) => form.line.test(line)));
  const [first] = found;
  if (first === undefined || lines[0] === undefined || found.includes(undefined)) return null;
  return { refusal: first.refusal, reason: lines[0].trim() };
}

const LONGEST_REFUSAL = 2_000;

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
