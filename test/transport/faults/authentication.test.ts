import { AUTHENTICATION_ROWS } from './authentication-rows.ts';
import { faultTests } from './fault-tests.ts';

faultTests('faults of the login', AUTHENTICATION_ROWS);
