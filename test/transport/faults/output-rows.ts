import { expect } from '@jest/globals';
import { saltedLog } from '../salted-log.ts';
import type { FaultRow, Way } from './fault-row.ts';
import { logOf, SERVED } from './mock-place.ts';
import { sweepMock } from './sweep-place.ts';

const LOG_LINE = '*Nov 23 09:30:12.345: %SYS-5-CONFIG_I: Configured from console by vty0';
const WARNING = '\n*\n*\n* Line timeout expired\n*\n*\n';
const LOST = ['whole', { cut: 'connection-lost' }, 'not-run'] as const;

/** Outputs in which a log line cannot be output. */
const TABLES = {
  served: {
    'show version': SERVED['show version'] ?? '',
    'show crypto session': Array.from(
      { length: 300 },
      (_, i) => `Interface: Tunnel${i}   Session status: UP\n`,
    ).join(''),
    'show crypto isakmp sa': SERVED['show crypto isakmp sa'] ?? '',
  },
};

/** The log as the second output. */
const withLog = (log: string) => ({ served: { ...SERVED, 'show logging': log } });

/** What a router wrote on its own account is kept, apart from the output. */
const keptApart =
  (...lines: readonly RegExp[]): NonNullable<Way['also']> =>
  ({ outputs }) => {
    const unasked = outputs.flatMap((output) => output.unasked ?? []).join('\n');
    for (const line of lines) expect(unasked).toMatch(line);
  };

/** Most of what had come before the end must be there. */
const keptAtLeast =
  (bytes: number): NonNullable<Way['also']> =>
  ({ outputs }) =>
    expect(outputs[1]?.text.length).toBeGreaterThanOrEqual(bytes);

/** What comes with an output, or instead of its end. */
export const OUTPUT_ROWS: readonly FaultRow[] = [
  {
    number: 49,
    what: 'log lines inside outputs and behind the prompt',
    class: 'O',
    retry: null,
    here: [
      {
        how: 'mock, switched off by terminal no monitor',
        provoke: (place) => place.mock({ monitor: true, syslogEvery: 0.1 }),
      },
      {
        how: 'mock, where it cannot be switched off',
        provoke: (place) =>
          place.mock(
            { monitor: true, syslogEvery: 0.3, authzDeny: [/^terminal no monitor/], rate: 20_000 },
            TABLES,
          ),
        also: keptApart(/%SYS-5-CONFIG_I/),
      },
      {
        how: 'mock, between two lines',
        provoke: (place) => place.mock({ noiseCmd: /version/, noiseAfter: 43, noise: `${LOG_LINE}\n` }),
        also: keptApart(/%SYS-5-CONFIG_I/),
      },
      {
        how: 'mock, in the middle of a line',
        ends: ['whole-in-pieces', 'whole', 'whole'],
        provoke: (place) => place.mock({ noiseCmd: /version/, noiseAfter: 20, noise: `\n${LOG_LINE}\n` }),
        also: keptApart(/%SYS-5-CONFIG_I/),
      },
    ],
    standIn: [
      {
        how: 'monitor, switched off by terminal no monitor',
        provoke: (place) => place.profile({ monitor: true, syslog_every: 0.2 }),
      },
      {
        how: 'monitor that stays',
        provoke: (place) =>
          place.profile(
            { monitor: true, syslog_every: 0.4, authz_deny: ['^terminal no monitor'], chunk: 4 },
            TABLES,
          ),
        also: keptApart(/%CRYPTO-4-RECVD_PKT_INV_SPI/),
      },
    ],
  },
  {
    number: 50,
    what: 'a slow line',
    class: 'O',
    retry: null,
    here: [
      {
        how: 'mock, three times longer than the longest silence allowed',
        provoke: (place) =>
          place.mock({ rate: 9_600 }, { ...withLog(logOf(250)), limits: { commandIdleMs: 600 } }),
      },
      {
        how: 'mock, longer than one command may take at all',
        ends: ['whole', { cut: 'command-timeout' }, 'not-run'],
        says: ['not finished in 0.9 s'],
        provoke: (place) =>
          place.mock({ rate: 9_600 }, { ...withLog(logOf(400)), limits: { commandMs: 900 } }),
        also: keptAtLeast(2_000),
      },
    ],
    standIn: [
      {
        how: 'rate 9600',
        provoke: (place) =>
          place.profile({ rate: 9_600 }, { ...withLog(logOf(30)), limits: { commandIdleMs: 600 } }),
      },
    ],
  },
  {
    number: 51,
    what: 'an output stops for ever',
    class: 'O',
    retry: 'later',
    here: [
      {
        how: 'mock',
        ends: ['whole', { cut: 'command-silent' }, 'not-run'],
        says: [/\d{4} bytes, then nothing for 0\.6 s/],
        provoke: (place) =>
          place.mock({ stallCmd: /logging/, stallAfter: 5_000 }, { limits: { commandIdleMs: 600 } }),
        also: keptAtLeast(4_700),
      },
      {
        how: 'a sweep: once more, later',
        says: [/no further answer in `show logging` after \d{4} bytes; connected again 1 s later/i],
        connections: 2,
        provoke: (place) =>
          sweepMock(
            place,
            { stallCmd: /logging/, stallAfter: 5_000 },
            { flags: ['--retry-after', '1', '--timeout-command', '1'] },
          ),
      },
    ],
    standIn: [
      {
        how: 'stall_cmd',
        ends: ['whole', { cut: 'command-silent' }, 'not-run'],
        says: [/\d{4} bytes, then nothing for 0\.6 s/],
        provoke: (place) =>
          place.profile(
            { stall_cmd: 'show logging', stall_after: 5_000 },
            { limits: { commandIdleMs: 600 } },
          ),
        also: keptAtLeast(4_700),
      },
    ],
  },
  {
    number: 52,
    what: 'the connection dies in the middle of an output',
    class: 'O',
    retry: 'at-once',
    here: [
      {
        how: 'mock',
        ends: LOST,
        says: [/connection lost after \d{4} bytes/, 'not run: connection lost'],
        provoke: (place) => place.mock({ dropCmd: /logging/, dropAfter: 5_000 }),
        also: keptAtLeast(4_700),
      },
      {
        how: 'a sweep: once more, at once; what was taken before stays',
        says: [/connection lost in `show logging` after \d{4} bytes; connected again, .*cut short again/i],
        connections: 2,
        provoke: (place) =>
          sweepMock(place, { dropCmd: /logging/, dropAfter: 5_000 }, { flags: ['--retry-after', '0'] }),
      },
      {
        how: 'mock, just where the output ends: without its prompt it is not complete',
        ends: LOST,
        provoke: (place) => place.mock({ dropCmd: /logging/, dropAfter: crlfLength(SERVED['show logging']) }),
        also: keptAtLeast((SERVED['show logging'] ?? '').length - 1),
      },
    ],
    standIn: [
      {
        how: 'drop_cmd',
        ends: LOST,
        says: [/connection lost after \d{4} bytes/],
        provoke: (place) => place.profile({ drop_cmd: 'show logging', drop_after: 5_000 }),
        also: keptAtLeast(4_000),
      },
    ],
  },
  {
    number: 53,
    what: 'a reset with bytes that were not read yet',
    class: 'O',
    retry: 'at-once',
    here: [
      {
        how: 'mock',
        ends: LOST,
        says: [/connection lost after \d+ bytes/],
        provoke: (place) => place.mock({ hangUp: 'reset', dropCmd: /logging/, dropAfter: 5_000 }),
      },
    ],
  },
  {
    number: 55,
    what: 'ten megabytes, a hundred thousand log lines',
    class: 'O',
    retry: null,
    here: [
      { how: 'mock, whole', provoke: (place) => place.mock({}, withLog(saltedLog(120_000))) },
      {
        how: 'mock, above the limit of one command',
        ends: ['whole', { cut: 'output-too-large' }, 'not-run'],
        says: ['cut at 200000 bytes'],
        provoke: (place) =>
          place.mock({}, { ...withLog(saltedLog(30_000)), limits: { commandBytes: 200_000 } }),
        also: keptAtLeast(150_000),
      },
      {
        how: 'mock, above the limit of one session',
        ends: ['whole', 'whole', { cut: 'session-too-large' }],
        provoke: (place) =>
          place.mock(
            {},
            {
              served: { ...SERVED, 'show crypto isakmp sa': logOf(2_000) },
              limits: { sessionBytes: 60_000 },
            },
          ),
      },
    ],
    standIn: [{ how: 'a big file', provoke: (place) => place.profile({}, withLog(logOf(40_000))) }],
  },
  {
    number: 61,
    what: 'the warning of absolute-timeout inside an output',
    class: 'O',
    retry: null,
    here: [
      {
        how: 'mock, between two lines',
        provoke: (place) => place.mock({ noiseCmd: /version/, noiseAfter: 44, noise: WARNING.slice(1) }),
        also: keptApart(/Line timeout expired/),
      },
    ],
    standIn: [
      {
        how: 'absolute_timeout',
        provoke: (place) => place.profile({ absolute_timeout: 30, logout_warning: 29 }, { pauseMs: 600 }),
        also: keptApart(/Line timeout expired/),
      },
    ],
  },
];

/** Bytes on the wire. */
function crlfLength(text = ''): number {
  return text.replaceAll('\n', '\r\n').length;
}
