import { CONNECT_ROWS } from './connect-rows.ts';
import { faultTests } from './fault-tests.ts';

faultTests('faults before SSH', CONNECT_ROWS);
