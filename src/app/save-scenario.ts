import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSafeName } from '../evidence/recording-folder.ts';
import { type SessionTranscript, TRANSCRIPT_FILE, writeTranscript } from '../evidence/session-transcript.ts';

/** A name that is a folder's name everywhere and nothing else. */
export function isScenarioName(name: string): boolean {
  // field-2026-11-hub1
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(name);
}

/**
 * Writes `folder/<name>/` with a `session.jsonl` for each transcript's router and a scenario.yaml to be filled in;
 * returns the scenario's folder. Throws what node:fs throws, EEXIST when there is such a folder already.
 */
export async function saveScenario(
  folder: string,
  name: string,
  transcripts: readonly SessionTranscript[],
): Promise<string> {
  if (!isScenarioName(name)) throw new Error(`not a scenario name: ${JSON.stringify(name)}`);
  await mkdir(folder, { recursive: true });
  const scenario = join(folder, name);
  await mkdir(scenario);
  const taken = new Map<string, number>();
  for (const transcript of transcripts) {
    const router = fileSafeName(transcript.header.router);
    const number = (taken.get(router) ?? 0) + 1;
    taken.set(router, number);
    const path = join(scenario, number === 1 ? router : `${router}-session-${number}`);
    await mkdir(path);
    await writeFile(join(path, TRANSCRIPT_FILE), writeTranscript(transcript), { flag: 'wx' });
  }
  await writeFile(join(scenario, 'scenario.yaml'), stub([...taken.keys()], transcripts), { flag: 'wx' });
  return scenario;
}

function stub(routers: readonly string[], transcripts: readonly SessionTranscript[]): string {
  const days = [
    ...new Set(transcripts.map(({ header }) => new Date(header.started).toISOString().slice(0, 10))),
  ];
  return `title: 'Sessions of ${days.join(', ')} as they happened: ${routers.join(', ')}'
about: >-
  Written from session transcripts. Say here what went wrong in the field.
decidable: true
debug: false
demo: false
# What a diagnosis must say, one entry a router and peer (keys: the README of the built-in scenarios), for example:
# - router: ${routers[0] ?? 'hub1'}
#   peer: '203.0.113.26'
#   verdict: healthy
#   cause: null
expect: []
`;
}
