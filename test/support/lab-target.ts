import { join } from 'node:path';
import type { Recording } from '../../src/evidence/recording.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';

/** R1 on a port of this machine, as the mock router lets in `lab`; its host key is recorded in a file of its own below `folder`. */
export function labTarget(folder: string, port: number, changes: Partial<RouterTarget> = {}): RouterTarget {
  return {
    name: 'R1',
    host: '127.0.0.1',
    port,
    user: 'lab',
    password: 'lab',
    legacyAlgorithms: false,
    hostKeys: {
      policy: 'accept-new',
      knownHostsFile: join(folder, `known_hosts_${port}`),
      readOnlyFiles: [],
    },
    ...changes,
  };
}

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
