import { faultTests } from './fault-tests.ts';
import { OUTPUT_ROWS } from './output-rows.ts';

faultTests('faults of an output', OUTPUT_ROWS);
