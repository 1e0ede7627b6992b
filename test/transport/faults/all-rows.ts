import { AUTHENTICATION_ROWS } from './authentication-rows.ts';
import { COMMAND_ROWS } from './command-rows.ts';
import { CONNECT_ROWS } from './connect-rows.ts';
import { END_ROWS } from './end-rows.ts';
import type { FaultRow } from './fault-row.ts';
import { HANDSHAKE_ROWS } from './handshake-rows.ts';
import { HOST_KEY_ROWS } from './host-key-rows.ts';
import { INTERRUPT_ROWS } from './interrupt-rows.ts';
import { MEANING_ROWS } from './meaning-rows.ts';
import { OUTPUT_FORM_ROWS } from './output-form-rows.ts';
import { OUTPUT_ROWS } from './output-rows.ts';
import { PROGRAM_ROWS } from './program-rows.ts';
import { SESSION_ROWS } from './session-rows.ts';

/** Up to the first prompt. */
export const LOGIN_ROWS: readonly FaultRow[] = [
  ...CONNECT_ROWS,
  ...HANDSHAKE_ROWS,
  ...HOST_KEY_ROWS,
  ...AUTHENTICATION_ROWS,
  ...SESSION_ROWS,
];

/** From the first command on. */
export const LATER_ROWS: readonly FaultRow[] = [
  ...COMMAND_ROWS,
  ...OUTPUT_FORM_ROWS,
  ...OUTPUT_ROWS,
  ...END_ROWS,
  ...MEANING_ROWS,
  ...PROGRAM_ROWS,
  ...INTERRUPT_ROWS,
];
