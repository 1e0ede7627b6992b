import { COMMAND_ROWS } from './command-rows.ts';
import { faultTests } from './fault-tests.ts';

faultTests('faults of a command', COMMAND_ROWS);
