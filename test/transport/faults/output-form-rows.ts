import { expect } from '@jest/globals';
import { saltedLog } from '../salted-log.ts';
import type { FaultRow, Way } from './fault-row.ts';
import { logOf, type MockPlace, SERVED } from './mock-place.ts';

const STYLES = ['classic', 'esck', 'inverse'] as const;
/** The log as the second output. */
const withLog = (log: string) => ({ served: { ...SERVED, 'show logging': log } });

/** What a router wrote on its own account is kept, apart from the output. */
const keptApart =
  (...lines: readonly RegExp[]): NonNullable<Way['also']> =>
  ({ outputs }) => {
    const unasked = outputs.flatMap((output) => output.unasked ?? []).join('\n');
    for (const line of lines) expect(unasked).toMatch(line);
  };

/** The shape in which an output comes: pages, echoes, line ends, bytes. */
export const OUTPUT_FORM_ROWS: readonly FaultRow[] = [
  {
    number: 38,
    what: 'paging in three styles',
    class: 'O',
    retry: null,
    here: STYLES.map((more) => ({
      how: `mock, ${more}`,
      provoke: (place: MockPlace) =>
        place.mock({ more, terminalCmds: false, length: 100 }, withLog(saltedLog(1_000))),
    })),
    standIn: STYLES.map((more) => ({
      how: more,
      provoke: (place) =>
        place.profile({ more, terminal_cmds: false, length: 200 }, withLog(saltedLog(1_000))),
    })),
  },
  {
    number: 46,
    what: 'a long echo scrolls with $',
    class: 'O',
    retry: null,
    here: [
      {
        how: 'mock, 24 columns',
        provoke: (place) => place.mock({ width: 24, length: 0, terminalCmds: false }),
      },
    ],
    standIn: [
      {
        how: '24 columns',
        provoke: (place) => place.profile({ width: 24, length: 0, terminal_cmds: false }),
      },
    ],
  },
  {
    number: 47,
    what: 'lines end CR CR LF',
    class: 'O',
    retry: null,
    here: [{ how: 'mock', provoke: (place) => place.mock({ doubleCr: true }) }],
    standIn: [{ how: 'double_cr', provoke: (place) => place.profile({ double_cr: true }) }],
  },
  {
    number: 48,
    what: 'two stamp lines in front of every output',
    class: 'O',
    retry: null,
    here: [
      {
        how: 'mock, where they can be switched off',
        provoke: (place) => place.mock({ execTimestamp: true }),
      },
      {
        how: 'mock, where they cannot',
        provoke: (place) => place.mock({ execTimestamp: true, authzDeny: [/^terminal no exec/] }),
        also: keptApart(/^Load for five secs: /m, /^Time source is NTP, /m),
      },
    ],
    standIn: [
      { how: 'exec_timestamp', provoke: (place) => place.profile({ exec_timestamp: true }) },
      {
        how: 'exec_timestamp that stays',
        provoke: (place) => place.profile({ exec_timestamp: true, authz_deny: ['^terminal no exec'] }),
        also: keptApart(/^Load for five secs: /m, /^Time source is NTP, /m),
      },
    ],
  },
  {
    number: 54,
    what: 'one byte a packet',
    class: 'O',
    retry: null,
    here: [
      { how: 'mock', provoke: (place) => place.mock({ chunk: 1 }, withLog(saltedLog(100))) },
      {
        how: 'mock, seven bytes, prompt with BEL',
        provoke: (place) => place.mock({ chunk: 7, promptSuffix: ' \x07' }, withLog(saltedLog(600))),
      },
    ],
    standIn: [{ how: 'chunk 1', provoke: (place) => place.profile({ chunk: 1 }, withLog(logOf(8))) }],
  },
  {
    number: 56,
    what: 'NUL, 8-bit, half UTF-8 and ESC sequences',
    class: 'O',
    retry: null,
    here: [
      {
        how: 'mock, latin1',
        provoke: (place) => place.mock({ encoding: 'latin1' }, withLog(hostile('\xe4\xff\xc3 \xe2\x82'))),
      },
      {
        how: 'mock, UTF-8 in one-byte packets',
        provoke: (place) => place.mock({ chunk: 1 }, withLog(hostile('größer €'))),
      },
      {
        how: 'mock, with a pager that speaks ESC too',
        provoke: (place) =>
          place.mock(
            { encoding: 'latin1', more: 'esck', length: 24, terminalCmds: false },
            withLog(hostile('\xe4\xff')),
          ),
      },
    ],
    standIn: [
      {
        how: 'a file with such bytes, more esck',
        provoke: (place) =>
          place.profile({ more: 'esck', length: 50, terminal_cmds: false }, withLog(hostile('\xe4\xff'))),
      },
    ],
  },
  {
    number: 57,
    what: 'prompt look-alikes inside an output',
    class: 'O',
    retry: null,
    here: [
      { how: 'mock, quick', provoke: (place) => place.mock({}, withLog(lookAlikes())) },
      {
        how: 'mock that pauses just behind one',
        provoke: (place) =>
          place.mock(
            { stallCmd: /logging/, stallAfter: crlfLength('first\nR1#'), stallFor: 1.2 },
            withLog(lookAlikes()),
          ),
      },
    ],
    standIn: [{ how: 'a file with them', provoke: (place) => place.profile({}, withLog(lookAlikes())) }],
  },
  {
    number: 58,
    what: 'new session keys during an output',
    class: null,
    retry: null,
    here: [
      {
        how: 'mock, every 20 ms',
        provoke: (place) => place.mock({ rekeyEvery: 0.02, rate: 60_000 }, withLog(saltedLog(500))),
      },
    ],
    standIn: [
      {
        how: 'REKEY=64K',
        provoke: (place) =>
          place.server(
            'rekey',
            { algorithms: 'modern', env: { REKEY: '64K none' } },
            withLog(saltedLog(4_000)),
          ),
      },
    ],
  },
];

function hostile(bytes: string): string {
  const lines = [
    `\x00nul ${bytes} \x7f`,
    '\x1b[2J\x1b[31mred\x1b[0m',
    'back\b\b\bspace',
    '\x07\x0e\x0f',
    bytes,
  ];
  return `${Array.from({ length: 100 }, (_, i) => `${i} ${lines[i % lines.length]}`).join('\n')}\n`;
}

function lookAlikes(): string {
  const lines = ['R1#', 'R1#show version', 'R1>', 'R1(config)#', ' --More-- ', 'Password: ', 'R1#', 'R1# '];
  return `first\n${Array.from({ length: 80 }, (_, i) => lines[i % lines.length]).join('\n')}\nlast\n`;
}

/** Bytes on the wire. */
function crlfLength(text = ''): number {
  return text.replaceAll('\n', '\r\n').length;
}
