import { LATER_ROWS } from './all-rows.ts';
import { standInTests } from './stand-in-tests.ts';

standInTests('faults of commands and outputs', LATER_ROWS, 24_325);
