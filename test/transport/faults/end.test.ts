import { END_ROWS } from './end-rows.ts';
import { faultTests } from './fault-tests.ts';

faultTests('faults of the end of a session', END_ROWS);
