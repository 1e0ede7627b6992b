import type { Refusal } from './collected.ts';

/** A router's "no" to a command, in its own words. */
export interface RecognisedRefusal {
  readonly refusal: Refusal;
  /** The router's line, without surrounding blanks. */
  readonly reason: string;
}

interface RefusalForm {
  readonly refusal: Refusal;
  readonly line: RegExp;
}

const FORMS: readonly RefusalForm[] = [
  // % Invalid input detected at '^' marker.   (Cisco's own tools also accept "% invalid command")
  { refusal: 'invalid-input', line: /^\s*% ?invalid (?:input|command)/i },
  // Line has invalid autocommand "show foo"
  { refusal: 'invalid-input', line: /^Line has invalid autocommand/ },
  // % Incomplete command.
  { refusal: 'incomplete', line: /^\s*% ?incomplete command/i },
  // % Ambiguous command:  "sh c"
  { refusal: 'ambiguous', line: /^\s*% ?ambiguous command/i },
  // Command authorization failed.      % Authorization failed.
  { refusal: 'not-authorized', line: /^\s*(?:% ?|command )?authorization failed/i },
  // Command Rejected: …                % Access denied              % This command is not authorized
  {
    refusal: 'not-authorized',
    line: /^\s*(?:command rejected:|% ?access denied|% ?this command is not authorized)/i,
  },
  // % Error in authentication.         % Bad secrets
  { refusal: 'not-authorized', line: /^\s*% ?(?:error in authentication|bad secrets|bad passwords)/i },
  // % Unknown command or computer name, or unable to find computer address
  { refusal: 'unknown-command', line: /^\s*% ?unknown command/i },
  // % Bad IP address or host name
  { refusal: 'bad-address', line: /^\s*% ?(?:bad ip address|unrecognized host)/i },
];

// `          ^` under the wrong word; `Translating "x"...domain server (255.255.255.255)` before an unknown word's refusal
const LEAD_IN = /^\s*\^\s*$|^Translating "/;

/**
 * The refusal a whole output amounts to, or null when it is an answer. Only the first line that is not blank, no caret
 * and no name look-up is judged: a log buffer may well hold the words "authorization failed" further down.
 */
export function recogniseRefusal(text: string): RecognisedRefusal | null {
  for (const line of text.split('\n', MAX_LEAD_IN)) {
    if (line.trim() === '' || LEAD_IN.test(line)) continue;
    const form = FORMS.find((f) => f.line.test(line));
    return form ? sharpened(form.refusal, line.trim(), text) : null;
  }
  return null;
}

const MAX_LEAD_IN = 12;

/** IOS says "% Bad IP address or host name" first and "% Unknown command …" after it when one unknown word was typed. */
function sharpened(refusal: Refusal, reason: string, text: string): RecognisedRefusal {
  // % Unknown command or computer name, or unable to find computer address
  const unknown = /^\s*(% ?unknown command[^\n]{0,200})/im.exec(text.slice(0, 2_000));
  if (refusal === 'bad-address' && unknown?.[1] !== undefined) {
    return { refusal: 'unknown-command', reason: unknown[1].trim() };
  }
  return { refusal, reason };
}
