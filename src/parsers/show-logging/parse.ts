import type { Parsed, Parser, UnreadLine } from '../parsed.ts';
import { findDebug, findSyslog } from './catalogue.ts';
import { type DebugPrefix, debugPrefix, genericFacility } from './debug-prefix.ts';
import type { LoggingFacts, LogMessage } from './facts.ts';
import { fieldsOf } from './fields.ts';
import { readHeader } from './header.ts';
import { type NamedValues, NO_VALUES } from './named-groups.ts';
import { isLogLine, type LogRecord, readRecords } from './records.ts';
import { type Token, type TokenKinds, tokensOf } from './token.ts';
import { assumeYears } from './years.ts';

/** Reads `show logging`: the header and every message, debug lines included. Linear in the size of the text. */
export const showLogging: Parser<LoggingFacts> = { command: 'show logging', parse };

// last message repeated 3 times
const REPEATED = /^last message repeated (\d{1,9}) times?/i;

const NO_TOKENS: readonly Token[] = [];

/** No message says anything new behind this many characters. */
const LONGEST_READ = 4_000;

function parse(text: string): Parsed<LoggingFacts> {
  const lines = linesOf(text);
  const header = readHeader(lines, isLogLine);
  const messages: LogMessage[] = [];
  const kinds: TokenKinds = new Map();
  const strange = readRecords(lines, header.end, header.buffer.bufferSize !== null, (record) =>
    readRecord(record, messages, kinds),
  );
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

function linesOf(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  return text.includes('\r') ? lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)) : lines;
}

/** Adds the messages of one entry: one per token, or one debug line. */
function readRecord(record: LogRecord, messages: LogMessage[], kinds: TokenKinds): void {
  const before = messages.at(-1);
  if (record.spaced === null) {
    readText(record, record.text, before, messages, kinds);
    return;
  }
  // A line of exactly the terminal's width may end there by chance: take the reading that explains more.
  const glued = readText(record, record.text, before, [], kinds);
  const spaced = readText(record, record.spaced, before, [], kinds);
  messages.push(...(known(spaced) > known(glued) ? spaced : glued));
}

function known(messages: readonly LogMessage[]): number {
  return messages.reduce(
    (sum, m) => sum + (m.catalogueId === null ? 0 : 1) + Object.keys(m.fields).length,
    0,
  );
}

/** Reads one text into `into`, and returns that. */
function readText(
  record: LogRecord,
  text: string,
  before: LogMessage | undefined,
  into: LogMessage[],
  kinds: TokenKinds,
): readonly LogMessage[] {
  const prefix = debugPrefix(text);
  const tokens = prefix === null ? tokensOf(text, kinds) : NO_TOKENS;
  for (const token of tokens) into.push(syslogMessage(record, text, token));
  if (tokens.length === 0) into.push(debugMessage(record, text, prefix, before));
  return into;
}

function syslogMessage(record: LogRecord, whole: string, token: Token): LogMessage {
  const { facility, severity, mnemonic } = token.kind;
  const text = whole.slice(token.end).trim();
  const flat = record.plain && text.length <= LONGEST_READ ? text : flatten(text);
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
    fields: fieldsOf(flat, hit?.groups ?? NO_VALUES),
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
  const groups = withPrefix(hit?.groups ?? NO_VALUES, prefix);
  const text = whole.slice(prefix?.end ?? 0).trim();
  return {
    ...base,
    facility: prefix?.facility ?? genericFacility(whole),
    text,
    catalogueId: hit?.entry.id ?? null,
    fields: fieldsOf(flat, groups),
  };
}

/** What the catalogue's expression read, with what the prefix says: the prefix is right where both say something. */
function withPrefix(groups: NamedValues, prefix: DebugPrefix | null): NamedValues {
  if (prefix === null) return groups;
  const names = [...groups.names];
  const values = [...groups.values];
  for (const name of ['level', 'connId', 'saId', 'sessionId'] as const) {
    const value = prefix[name];
    if (!value) continue;
    const at = names.indexOf(name);
    if (at < 0) names.push(name);
    values[at < 0 ? names.length : at + 1] = value;
  }
  return { names, values };
}

/** The part that fields are read from, runs of blanks made one, as the catalogue's expressions expect. */
function flatten(text: string): string {
  const start = text.slice(0, LONGEST_READ);
  return /[ \t]{2}|\t/.test(start) ? start.replace(/[ \t]+/g, ' ') : start;
}
