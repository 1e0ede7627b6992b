import { faultTests } from './fault-tests.ts';
import { MEANING_ROWS } from './meaning-rows.ts';

faultTests('faults of meaning', MEANING_ROWS);
