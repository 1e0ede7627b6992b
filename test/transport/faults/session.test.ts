import { faultTests } from './fault-tests.ts';
import { SESSION_ROWS } from './session-rows.ts';

faultTests('faults of the start of a session', SESSION_ROWS);
