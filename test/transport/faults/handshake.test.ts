import { faultTests } from './fault-tests.ts';
import { HANDSHAKE_ROWS } from './handshake-rows.ts';
import { HOST_KEY_ROWS } from './host-key-rows.ts';

faultTests('faults of the handshake', [...HANDSHAKE_ROWS, ...HOST_KEY_ROWS]);
