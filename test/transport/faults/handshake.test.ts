import { faultTests } from './fault-tests.ts';
import { HANDSHAKE_ROWS } from './handshake-rows.ts';

faultTests('faults of the handshake', HANDSHAKE_ROWS);
