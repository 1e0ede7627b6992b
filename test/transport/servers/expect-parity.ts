import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import PQueue from 'p-queue';
import type { RouterTarget } from '../../../src/transport/router-target.ts';
import { record, targetOf } from '../stand-in.ts';
import { NASTY_COMMANDS, NASTY_RECORDING } from './nasty-outputs.ts';

/** A session in which everything nasty was asked, as the router's own recording would say it. */
export type Recorded = Awaited<ReturnType<typeof record>>;

/** Logs in and records every nasty output; host keys are learned into `folder`. */
export function recordNasty(folder: string, port: number, changes: Partial<RouterTarget>): Promise<Recorded> {
  const knownHosts = join(folder, `known_hosts_${port}`);
  return record(targetOf(knownHosts, port, { legacyAlgorithms: true, ...changes }), NASTY_COMMANDS);
}

/** Declares a parity test whose session begins at once, while jest still collects tests: sessions wait more than they work. */
export function testParity(
  name: string,
  visit: () => Promise<Recorded>,
  alsoExpect: (recorded: Recorded) => void = () => {},
): void {
  const outcome = sessions.add(visit).then(
    (recorded) => ({ recorded }),
    (fault: unknown) => ({ fault }),
  );
  test(name, async () => {
    const ended = await outcome;
    if ('fault' in ended) throw ended.fault;
    expectParity(ended.recorded);
    alsoExpect(ended.recorded);
  }, 120_000);
}

const sessions = new PQueue({ concurrency: 12 });

/** The recording is the one of NASTY_RECORDING, byte for byte. */
function expectParity({ error, ends }: Recorded): void {
  expect(error).toBeNull();
  const facts = ends.map(({ command, kind, text, ...rest }) => ({
    command,
    kind,
    text,
    ...('refusal' in rest ? { refusal: rest.refusal, reason: rest.reason } : {}),
  }));
  // A difference of a megabyte is not for printing.
  const wrong = facts.filter((end, i) => end.text !== NASTY_RECORDING[i]?.text);
  const shown = wrong.map((end) => `${end.command} (${end.kind}): ${JSON.stringify(end.text).slice(0, 300)}`);
  expect(shown).toEqual([]);
  expect(facts.map(withoutText)).toEqual(NASTY_RECORDING.map(withoutText));
}

function withoutText({ text: _, ...end }: { readonly text: string }): object {
  return end;
}
