import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/app/package-root.ts';
import { readEvidence } from '../../src/app/read-evidence.ts';
import { scenariosFolder } from '../../src/app/scenario.ts';
import type { Recording } from '../../src/evidence/recording.ts';

/** The recordings of one situation: of every router that took part. */
export interface Situation {
  readonly name: string;
  readonly recordings: readonly Recording[];
}

/** Every scenario of the lab, as `analyze` reads it. */
export async function labSituations(): Promise<readonly Situation[]> {
  return situationsIn(scenariosFolder());
}

const CASES = join(packageRoot(), '..', 'shared', 'cases');
export const casesAreThere: boolean = existsSync(CASES);

/** The real cases beside the project; empty where they are absent. */
export async function realSituations(): Promise<readonly Situation[]> {
  return casesAreThere ? situationsIn(CASES) : [];
}

async function situationsIn(folder: string): Promise<readonly Situation[]> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const evidence = await readEvidence(join(folder, name), async () => '');
      if (!evidence.ok) throw new Error(evidence.message);
      return { name, recordings: evidence.recordings };
    }),
  );
}
