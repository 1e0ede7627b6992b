import { faultTests } from './fault-tests.ts';
import { OUTPUT_FORM_ROWS } from './output-form-rows.ts';
import { OUTPUT_ROWS } from './output-rows.ts';

faultTests('faults of an output', [...OUTPUT_FORM_ROWS, ...OUTPUT_ROWS]);
