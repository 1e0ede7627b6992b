import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import { scenariosFolder } from '../../src/app/scenario.ts';
import { loadRecordings } from '../../src/evidence/recording-folder.ts';
import { tunneldoc } from '../support/command-line.ts';
import { sweepPlan } from '../support/lab-inventory.ts';
import { reportOf } from '../support/report-schema.ts';
import { scratchFolder } from '../support/scratch.ts';

const scratch = scratchFolder();

test('a recording that cannot be written costs no report, but the run did not finish: exit code 2', async () => {
  const hub = join(scenariosFolder(), 'healthy-hub-and-spokes', 'hub1');
  const [recording] = (await loadRecordings(hub)) ?? [];
  if (recording === undefined) throw new Error('no recording');
  const router = await startRouter({ recording, behaviour: { hostname: 'hub1' } });
  try {
    const plan = sweepPlan(join(scratch, 'run'), [{ name: 'hub1', port: router.port }]);
    writeFileSync(join(scratch, 'file'), 'in the way');
    for (const [folder, code] of [
      [join(scratch, 'file', 'below'), 2],
      [join(scratch, 'good'), 0],
    ] as const) {
      const ran = await tunneldoc(['sweep', ...plan.argv, '--record', folder, '--format', 'json'], {
        env: plan.env,
      });
      expect(ran.code).toBe(code);
      expect(reportOf(ran.out).routers).toMatchObject([{ router: 'hub1', outcome: 'diagnosed' }]);
      expect(ran.err.includes('the recording of hub1 could not be saved')).toBe(code === 2);
    }
    expect(readdirSync(join(scratch, 'good'))).toEqual(['hub1']);
  } finally {
    await router.close();
  }
}, 60_000);
