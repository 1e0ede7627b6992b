import type { Refusal } from '../evidence/collected.ts';

/** What IOS prints around outputs, as data. All patterns are anchored and linear; the text is latin1 (one character a byte). */

/** A line that can be a prompt: `R1#`, `R1>`, `PG::SB::SW1# `, `R1#\x07`; up to 120 characters before the end mark. */
export const PROMPT_LIKE = /^([^\r\n]{1,120})([>#])[\s\x07]*$/;

/** `R1(config)#`, `hub1(standby)>`: what stands behind the host name in brackets. */
export const PROMPT_BRACKETS = /\([^()]*\)$/;

/** The pager at the very end of what came: ` --More-- `, `\x1b[K --More-- `, `\x1b[7m--More--\x1b[27m`, ` -- More -- `, `<--- More --->`. */
export const PAGER_AT_END =
  /(?:\x1b\[K)? ?(?:\x1b\[7m)?(?:--More--|-- More --|<--- More --->)(?:\x1b\[27m)? ?$/;

/** The same pager anywhere, as a source for a sticky search. */
export const PAGER = /(?:\x1b\[K)? ?(?:\x1b\[7m)?(?:--More--|-- More --|<--- More --->)(?:\x1b\[27m)? ?/g;

/** How IOS wipes the pager: BS, blanks, BS; `BS blank BS` again and again; CR, blanks, CR; each with `ESC[K` behind it or alone. */
export const PAGER_WIPE = /(?:\x08+(?: +\x08+)+|\r {1,80}\r)(?:\x1b\[K)?|\r?\x1b\[K/y;

/** `Password: `, `Enable password:`, `TACACS Password: ` at the very end of what came, alone on its line. */
export const PASSWORD_PROMPT =
  /(?:^|[\r\n])[^\r\n]{0,60}(?:[Pp]assword|PASSWORD|[Pp]asscode|PASSCODE|[Ss]ecret)[^\r\n:]{0,30}: {0,2}$/;

/** `Username: `, `login as: `, `Password:` asked inside the session: the device did not take the SSH login for its own. */
export const LOGIN_PROMPT =
  /(?:^|[\r\n])[^\r\n]{0,40}(?:[Uu]ser ?[Nn]ame|[Ll]ogin(?: as)?|[Pp]assword): {0,2}$/;

/** `% Authorization failed.` before any prompt: logged in, but not allowed an EXEC session. */
export const EXEC_REFUSED = /^%? ?[Aa]uthorization failed/m;

/** `Current privilege level is 15` */
export const PRIVILEGE_LINE = /^Current privilege level is (\d{1,2})\s*$/m;

interface RefusalPattern {
  readonly refusal: Refusal;
  readonly pattern: RegExp;
}

/** Refusals, each a whole line at the head of an output. */
export const REFUSALS: readonly RefusalPattern[] = [
  // % Invalid input detected at '^' marker.
  { refusal: 'invalid-input', pattern: /^\s*%\s*[Ii]nvalid (?:input|command)/ },
  // % Unrecognized command
  { refusal: 'invalid-input', pattern: /^\s*%\s*[Uu]nrecognized command/ },
  // % Incomplete command.
  { refusal: 'incomplete', pattern: /^\s*%\s*[Ii]ncomplete command/ },
  // % Ambiguous command:  "sh cry"
  { refusal: 'ambiguous', pattern: /^\s*%\s*[Aa]mbiguous command/ },
  // % Unknown command or computer name, or unable to find computer address
  { refusal: 'unknown-command', pattern: /^\s*%\s*[Uu]nknown command/ },
  // Line has invalid autocommand "show crypto"
  { refusal: 'unknown-command', pattern: /^Line has invalid autocommand/ },
  // % Bad IP address or host name
  { refusal: 'bad-address', pattern: /^\s*%\s*(?:Bad IP address|Unrecognized host or address)/ },
  // Command authorization failed.     % Authorization failed.
  { refusal: 'not-authorized', pattern: /^\s*(?:%\s*)?(?:[Cc]ommand )?[Aa]uthorization failed/ },
  // Command Rejected: not permitted on this line
  { refusal: 'not-authorized', pattern: /^Command [Rr]ejected/ },
];

/** Lines that may stand between the echo and a refusal. */
export const BEFORE_REFUSAL: readonly RegExp[] = [
  /^\s*$/,
  // "        ^"
  /^ *\^\s*$/,
  // Translating "foo"...domain server (255.255.255.255)
  /^Translating "/,
  // Load for five secs: 1%/0%; one minute: 1%; five minutes: 1%
  /^Load for five secs: /,
  // Time source is NTP, 17:32:07.999 EST Wed Feb 3 2016
  /^Time source is /,
];

/** What `enable` prints when it does not let us in. */
// % Bad secrets     % Access denied     % Error in authentication.     % No password set
export const ENABLE_REFUSED =
  /^%\s*(?:Bad (?:secrets|passwords)|Access denied|Error in authentication|No password set|Authorization failed|Password required)[^\r\n]*/m;

/** Lines a router writes behind its prompt on its own account. */
export const UNASKED_LINES: readonly RegExp[] = [
  // *Nov 23 09:30:12.345: %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: …      000123: Sep 26 23:05:38.267 IST: %SYS-5-CONFIG_I: …
  /^[^%]{0,80}%[A-Z][A-Z0-9_]{0,40}(?:-[A-Z0-9_]{1,40}){0,3}-[0-7]-[A-Z0-9_]{1,60}: /,
  // * Line timeout expired          *
  /^\*(?: [^%]*)?$/,
  /^\s*$/,
];
