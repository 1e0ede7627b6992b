import type { Recording } from '../../../src/evidence/recording.ts';

/** A recording that serves the texts as answers, whatever they look like. */
export function outputsAsServed(served: Readonly<Record<string, string>>): Recording {
  return {
    router: 'R1',
    address: null,
    collectedAt: null,
    notUsed: [],
    remarks: [],
    outputs: Object.entries(served).map(([command, text]) => ({
      kind: 'answered',
      command,
      text,
      sample: 1,
      filtered: false,
      at: null,
      tookMs: null,
    })),
  };
}
