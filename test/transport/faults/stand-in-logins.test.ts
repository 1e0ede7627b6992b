import { LOGIN_ROWS } from './all-rows.ts';
import { standInTests } from './stand-in-tests.ts';

standInTests('faults up to the first prompt', LOGIN_ROWS, 24_300);
