import { AUTHENTICATION_ROWS } from './authentication-rows.ts';
import { COMMAND_ROWS } from './command-rows.ts';
import { CONNECT_ROWS } from './connect-rows.ts';
import { END_ROWS } from './end-rows.ts';
import type { FaultRow } from './fault-row.ts';
import { HANDSHAKE_ROWS } from './handshake-rows.ts';
import { MEANING_ROWS } from './meaning-rows.ts';
import { OUTPUT_ROWS } from './output-rows.ts';
import { PROGRAM_ROWS } from './program-rows.ts';
import { SESSION_ROWS } from './session-rows.ts';

export const ALL_ROWS: readonly FaultRow[] = [
  ...CONNECT_ROWS,
  ...HANDSHAKE_ROWS,
  ...AUTHENTICATION_ROWS,
  ...SESSION_ROWS,
  ...COMMAND_ROWS,
  ...OUTPUT_ROWS,
  ...END_ROWS,
  ...MEANING_ROWS,
  ...PROGRAM_ROWS,
];
