import { faultTests } from './fault-tests.ts';
import { PROGRAM_ROWS } from './program-rows.ts';

faultTests('faults of a whole run', PROGRAM_ROWS);
