import type { Parsed, Parser, UnreadLine } from '../parsed.ts';
import { findDebug, findSyslog } from './catalogue.ts';
import { debugPrefix, genericFacility } from './debug-prefix.ts';
import type { LoggingFacts, LogMessage } from './facts.ts';
import { fieldsOf } from './fields.ts';
import { readHeader } from './header.ts';
import { isLogLine, type LogRecord, readRecords } from './records.ts';
import { type Token, tokensOf } from './token.ts';
import { assumeYears } from './years.ts';

/** Reads `show logging`: the header and every message, debug lines included. Linear in the size of the text. */
export const showLogging: Parser<LoggingFacts> = { command: 'show logging', parse };

// last message repeated 3 times
const REPEATED = /^last message repeated (\d{1,9}) times?/i;

/** No message says anything new behind this many characters. */
const LONGEST_READ = 4_000;

function parse(text: string): Parsed<LoggingFacts> {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const header = readHeader(lines, isLogLine);
  const { records, strange } = readRecords(lines, header.end, header.buffer.bufferSize !== null);
  const messages: LogMessage[] = [];
  for (const record of records) messages.push(...readRecord(record, messages.at(-1)));
  const facts: LoggingFacts = { buffer: header.buffer, messages: assumeYears(messages) };
  const unread: UnreadLine[] = [...header.strange, ...strange].map((index) => ({
    line: index + 1,
    text: lines[index] ?? '',
  }));
  if (text.trim() === '') return { facts, coverage: 'empty', unread };
  if (messages.length === 0 && header.buffer.lines === null)
    return { facts, coverage: 'unrecognised', unread };
  return { facts, coverage: unread.length > 0 ? 'partial' : 'complete', unread };
}

/** The messages of one entry: one per token, or one debug line. */
function readRecord(record: LogRecord, before: LogMessage | undefined): LogMessage[] {
  const glued = readText(record, record.text, before);
  if (record.spaced === null) return glued;
  // A line of exactly the terminal's width may end there by chance: take the reading that explains more.
  const spaced = readText(record, record.spaced, before);
  return known(spaced) > known(glued) ? spaced : glued;
}

function known(messages: readonly LogMessage[]): number {
  return messages.reduce(
    (sum, m) => sum + (m.catalogueId === null ? 0 : 1) + Object.keys(m.fields).length,
    0,
  );
}

function readText(record: LogRecord, text: string, before: LogMessage | undefined): LogMessage[] {
  const prefix = debugPrefix(text);
  const tokens = prefix === null ? tokensOf(text) : [];
  if (tokens.length > 0) return tokens.map((token) => syslogMessage(record, text, token));
  return [debugMessage(record, text, prefix, before)];
}

function syslogMessage(record: LogRecord, whole: string, token: Token): LogMessage {
  const { facility, severity, mnemonic } = token;
  const text = whole.slice(token.end).trim();
  const flat = flatten(text);
  const hit = findSyslog(facility, severity, mnemonic, flat);
  return {
    kind: 'syslog',
    sequence: record.sequence,
    stamp: record.stamp,
    facility,
    severity,
    mnemonic,
    text,
    catalogueId: hit?.entry.id ?? null,
    fields: fieldsOf(flat, hit?.groups ?? {}),
    lines: record.lines,
  };
}

function debugMessage(
  record: LogRecord,
  whole: string,
  prefix: ReturnType<typeof debugPrefix>,
  before: LogMessage | undefined,
): LogMessage {
  const base = {
    kind: 'debug',
    sequence: record.sequence,
    stamp: record.stamp,
    severity: null,
    mnemonic: null,
    lines: record.lines,
  } as const;
  const repeated = REPEATED.exec(whole);
  if (repeated) {
    const of =
      before === undefined
        ? {}
        : {
            of:
              before.mnemonic === null
                ? before.facility
                : `${before.facility}-${before.severity}-${before.mnemonic}`,
          };
    return {
      ...base,
      facility: 'last message repeated',
      text: whole,
      catalogueId: null,
      fields: { repeated: repeated[1] ?? '', ...of },
    };
  }
  const flat = flatten(whole);
  const hit = findDebug(flat);
  const groups = { ...hit?.groups, ...prefixFields(prefix) };
  const text = whole.slice(prefix?.end ?? 0).trim();
  return {
    ...base,
    facility: prefix?.facility ?? genericFacility(whole),
    text,
    catalogueId: hit?.entry.id ?? null,
    fields: fieldsOf(flat, groups),
  };
}

function prefixFields(prefix: ReturnType<typeof debugPrefix>): Record<string, string> {
  if (prefix === null) return {};
  const { level, connId, saId, sessionId } = prefix;
  return {
    ...(level && { level }),
    ...(connId && { connId }),
    ...(saId && { saId }),
    ...(sessionId && { sessionId }),
  };
}

/** The part that fields are read from, runs of blanks made one, as the catalogue's expressions expect. */
function flatten(text: string): string {
  const start = text.slice(0, LONGEST_READ);
  return /[ \t]{2}|\t/.test(start) ? start.replace(/[ \t]+/g, ' ') : start;
}
