import type { LogBuffer, LogLevel } from './facts.ts';

/** Levels by severity, 0 to 7. */
export const LOG_LEVELS: readonly LogLevel[] = [
  'emergencies',
  'alerts',
  'critical',
  'errors',
  'warnings',
  'notifications',
  'informational',
  'debugging',
];

/** No header is longer; what follows is read as log even when the `Log Buffer` line was lost. */
const LONGEST_HEADER = 400;

// Log Buffer (4096 bytes):
const BUFFER_START = /^\s{0,20}Log Buffer \((\d{1,12}) bytes\)/i;

// Syslog logging: enabled (0 messages dropped, 149 messages rate-limited, 0 flushes, 0 overruns, xml disabled, filtering disabled)
const HEADER_START = /^\s{0,20}Syslog logging:/i;

/** Lines that a header may hold, beyond the counters that are read from it; one entry a layout. */
const HEADER_LINES: readonly RegExp[] = [
  //     Console logging: level debugging, 594 messages logged, xml disabled,
  /^\s*(?:Console|Monitor|Buffer|Trap|File|Exception|Persistent|History|Syslog) logging\s?:/i,
  //                  filtering disabled     |     0 flushes, 0 overruns     |     xml disabled, sequence number disabled
  /^\s*(?:filtering |xml |sequence number |link |discriminator|threshold|batch|\d+ (?:messages?|message lines?|flushes|overruns)\b)/i,
  // No Active Message Discriminator.     |     No active filter modules.     |     Active Message Discriminator:
  /^\s*(?:No )?(?:In)?active (?:Message Discriminator|filter modules)/i,
  //     Logging Exception size (4096 bytes)     |     Count and timestamp logging messages: disabled     |     ESM: 0 messages dropped
  /^\s*(?:Count and time-?stamp logging|Logging Exception size|ESM:|Timestamp logging|Facility:|Logging (?:to|Source|TO|from)|TLS Profiles|Logging of|Dropped|Buffered)/i,
  //         Profile Name: LOG-TLS     |     Ciphersuites: Default     |     Trustpoint: Default     |     TLS version: Default
  /^\s*(?:Profile Name|Ciphersuites?|Trustpoint|TLS version):/i,
  //         GigabitEthernet1                Mgmt-intf     (source interfaces, one a line; file and discriminator lists)
  /^\s{4,}[A-Za-z][\w/.-]{0,60}(?:\s{1,60}[\w.-]{1,60})?\s*$/,
  // No logging buffer.     |     No buffer     |     Logging buffer is empty
  /^\s*(?:No (?:logging |log )?buffer|Logging buffer is|.{0,40}buffer.{0,20}(?:not allocated|is empty))/i,
  // Load for five secs: 1%/0%; one minute: 1%; five minutes: 1%     |     Time source is NTP, 17:32:07.999 EST Wed Feb 3 2016
  /^(?:Load for five secs:|Time source is |No time source)/,
];

export interface Header {
  readonly buffer: LogBuffer;
  /** Index of the first line behind the header. */
  readonly end: number;
  /** Indexes of lines inside the header that were not understood. */
  readonly strange: readonly number[];
}

const NO_BUFFER: LogBuffer = {
  syslogEnabled: null,
  bufferLevel: null,
  bufferMessages: null,
  bufferSize: null,
  droppedMessages: null,
  rateLimitedMessages: null,
  lines: null,
};

/** Reads the header of `show logging`. `isLog` says whether a line can only be log; it ends a header without a `Log Buffer` line. */
export function readHeader(lines: readonly string[], isLog: (line: string) => boolean): Header {
  const first = lines.findIndex(
    (line, index) => index < LONGEST_HEADER && (HEADER_START.test(line) || BUFFER_START.test(line)),
  );
  if (first < 0) return { buffer: NO_BUFFER, end: 0, strange: [] };
  const strange: number[] = lines
    .slice(0, first)
    .flatMap((line, i) => (line.trim() === '' || isHeaderLine(line) ? [] : [i]));
  let end = first;
  let size: number | null = null;
  for (; end < lines.length && end < first + LONGEST_HEADER; end += 1) {
    const line = lines[end] ?? '';
    const start = BUFFER_START.exec(line);
    if (start) {
      size = Number(start[1]);
      end += 1;
      break;
    }
    if (HEADER_START.test(line) || line.trim() === '' || isHeaderLine(line)) continue;
    if (isLog(line)) break;
    strange.push(end);
  }
  return {
    buffer: readCounters(lines.slice(first, end).join(' '), size, { first: first + 1, last: end }),
    end,
    strange,
  };
}

function isHeaderLine(line: string): boolean {
  return HEADER_LINES.some((known) => known.test(line));
}

function readCounters(
  joined: string,
  bufferSize: number | null,
  lines: { first: number; last: number },
): LogBuffer {
  const text = joined.replace(/\s+/g, ' ');
  // Syslog logging: enabled (0 messages dropped, 149 messages rate-limited, …)
  const enabled = /Syslog logging: ?(enabled|disabled)/i.exec(text)?.[1];
  const buffer = /Buffer logging: ?(?:level )?(\w{1,20})/i.exec(text)?.[1];
  const behind = text.slice(Math.max(0, text.search(/Buffer logging:/i)));
  return {
    syslogEnabled: enabled === undefined ? null : enabled.toLowerCase() === 'enabled',
    bufferLevel: levelOf(buffer),
    bufferMessages:
      buffer === undefined
        ? null
        : numberOf(/^Buffer logging: ?(?:level )?\w{1,20}, (\d{1,12}) messages logged/i, behind),
    bufferSize,
    droppedMessages: numberOf(/Syslog logging: ?\w+ \((\d{1,12}) messages dropped/i, text),
    rateLimitedMessages: numberOf(/[(,] ?(\d{1,12}) messages rate-limited/i, text),
    lines,
  };
}

function levelOf(word: string | undefined): LogBuffer['bufferLevel'] {
  if (word === undefined) return null;
  const lower = word.toLowerCase();
  if (lower === 'disabled') return 'disabled';
  return LOG_LEVELS.find((level) => level === lower || level === LOG_LEVELS[Number(lower)]) ?? null;
}

function numberOf(pattern: RegExp, text: string): number | null {
  const found = pattern.exec(text);
  return found === null ? null : Number(found[1]);
}
