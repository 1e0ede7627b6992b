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

/** `ESC[K`, `ESC[7m`, `ESC[27m`, `ESC[6n`, `ESC E` in an echo: they move or colour, and show nothing. */
export const ESCAPE_SEQUENCE = /\x1b(?:\[[0-9;?]{0,16}[@-~]|[ @-Z\\^_c])/g;

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

/** What `exec prompt timestamp` puts in front of the output of every show command. */
// Load for five secs: 2%/0%; one minute: 1%; five minutes: 1%
export const EXEC_TIMESTAMP = /^Load for five secs: /m;

/** What `enable` prints when it does not let us in. */
// % Bad secrets     % Access denied     % Error in authentication.     % No password set     % Password:  timeout expired!
export const ENABLE_REFUSED =
  /^%\s*(?:Bad (?:secrets|passwords)|Access denied|Error in authentication|No password set|Authorization failed|Password required|Password:\s{1,4}timeout expired)[^\r\n]*/m;

// *Nov 23 09:30:12.345: %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: …      000123: Sep 26 23:05:38.267 IST: %SYS-5-CONFIG_I: …
export const LOG_LINE = /^[^%]{0,80}%[A-Z][A-Z0-9_]{0,40}(?:-[A-Z0-9_]{1,40}){0,3}-[0-7]-[A-Z0-9_]{1,60}: /;

/** Lines a router writes behind its prompt on its own account. */
export const UNASKED_LINES: readonly RegExp[] = [
  LOG_LINE,
  // * Line timeout expired          *
  /^\*(?: [^%]*)?$/,
  /^\s*$/,
];
