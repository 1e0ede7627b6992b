import { faultTests } from './fault-tests.ts';
import { INTERRUPT_ROWS } from './interrupt-rows.ts';

faultTests('an interrupted run', INTERRUPT_ROWS, 1);
