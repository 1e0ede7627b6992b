import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageRoot } from '../../src/app/package-root.ts';
import { tunneldoc } from '../support/command-line.ts';

const SESSIONS = join(packageRoot(), 'mocks', 'sessions');

/** Every folder that `lab --save-scenario … --folder mocks/sessions` leaves there is a test from then on. */
test.each(readdirSync(SESSIONS))(
  'the recorded sessions of %s are judged as its scenario.yaml says',
  async (name) => {
    const ran = await tunneldoc(['demo', '--folder', SESSIONS, name, '--format', 'json']);
    // A newer client may ask otherwise; that is said, and is no fault.
    const said = ran.err.split('\n').filter((line) => line.startsWith('demo: not as expected'));
    expect(said).toEqual([]);
    expect(ran.code).toBe(0);
  },
  60_000,
);
