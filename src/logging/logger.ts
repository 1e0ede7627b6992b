import { createWriteStream, fchmodSync, openSync, type WriteStream } from 'node:fs';
import winston, { type Logger } from 'winston';
import type { Log } from '../core/log.ts';
import { cleanFields } from './clean-fields.ts';
import { secretFilter, type TextFilter } from './secret-filter.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'silent';

export interface LogOptions {
  readonly level: LogLevel;
  /** Appended to, made with mode 0600 (an existing file is set to it). */
  readonly file?: string;
  /** Also (or only) write plain lines to standard error. */
  readonly stderr: boolean;
  /** Secret values known so far; asked for every event. */
  readonly secrets: () => readonly string[];
  /** Takes secrets out of a text by their form (evidence/redact); handed in, since logging knows no IOS. */
  readonly redact: TextFilter;
  /** Form of the file's lines; standard error is always plain. Default json. */
  readonly fileFormat?: 'json' | 'plain';
  /** For tests: where plain lines go instead of standard error, and the clock. */
  readonly stderrStream?: NodeJS.WritableStream;
  readonly now?: () => Date;
}

export interface OpenLog {
  readonly log: Log;
  /** Ends the log; resolves when every line is written. Safe to call twice; later events are dropped. */
  close(): Promise<void>;
}

/** Opens the log. Throws an Error with a sentence for the user when the file cannot be opened. */
export function createLog(options: LogOptions): OpenLog {
  const stream = options.file === undefined ? null : openLogFile(options.file);
  const logger = buildLogger(options, stream);
  const clean = secretFilter(options.secrets, options.redact);
  const now = options.now ?? (() => new Date());
  let closing: Promise<void> | null = null;
  const write = (level: keyof Log, message: string, fields?: Readonly<Record<string, unknown>>): void => {
    if (closing !== null || !logger.isLevelEnabled(level)) return;
    const entry = { at: now().toISOString(), fields: cleanFields(fields ?? {}, clean) };
    logger.log({ level, message: clean(message), entry });
  };
  return {
    log: {
      debug: (message, fields) => write('debug', message, fields),
      info: (message, fields) => write('info', message, fields),
      warn: (message, fields) => write('warn', message, fields),
      error: (message, fields) => write('error', message, fields),
    },
    close: () => {
      closing ??= finish(logger, stream);
      return closing;
    },
  };
}

interface Entry {
  readonly at: string;
  readonly fields: ReadonlyMap<string, unknown>;
}

const LEVELS = { error: 0, warn: 1, info: 2, debug: 3 };

function buildLogger(options: LogOptions, stream: WriteStream | null): Logger {
  const outputs = [];
  if (stream !== null) {
    outputs.push(
      new winston.transports.Stream({ stream, eol: '\n', format: lineFormat(options.fileFormat ?? 'json') }),
    );
  }
  if (options.stderr) {
    const stderr = options.stderrStream ?? process.stderr;
    outputs.push(new winston.transports.Stream({ stream: stderr, eol: '\n', format: lineFormat('plain') }));
  }
  return winston.createLogger({
    levels: LEVELS,
    level: options.level === 'silent' ? 'error' : options.level,
    silent: options.level === 'silent' || outputs.length === 0,
    transports: outputs,
    exitOnError: false,
  });
}

function lineFormat(form: 'json' | 'plain'): ReturnType<typeof winston.format.printf> {
  return winston.format.printf((event) => {
    const { entry } = event;
    const { at, fields } = entry as Entry;
    const message = String(event.message);
    return form === 'json'
      ? jsonLine(at, event.level, message, fields)
      : plainLine(at, event.level, message, fields);
  });
}

/** {"at":"2026-11-23T18:00:00.000Z","level":"info","message":"…","router":"hub1"} */
function jsonLine(at: string, level: string, message: string, fields: Entry['fields']): string {
  const own = new Set(['at', 'level', 'message']);
  const renamed = [...fields].map(([key, value]) => [own.has(key) ? `field.${key}` : key, value]);
  return JSON.stringify({ at, level, message, ...Object.fromEntries(renamed) });
}

/** 2026-11-23T18:00:00.000Z info  connected router=hub1 took=31 */
function plainLine(at: string, level: string, message: string, fields: Entry['fields']): string {
  const told = [...fields].map(([key, value]) => ` ${key}=${shown(value)}`).join('');
  return `${at} ${level.padEnd(5)} ${message}${told}`;
}

function shown(value: unknown): string {
  // hub1    192.0.2.1    MM_NO_STATE
  if (typeof value === 'string' && /^[^\s"=]+$/.test(value)) return value;
  return JSON.stringify(value) ?? '';
}

function openLogFile(file: string): WriteStream {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'a', 0o600);
  } catch (error) {
    const code =
      typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
    throw new Error(`cannot write the log file ${file} (${code}); choose another with --log-file`);
  }
  try {
    fchmodSync(descriptor, 0o600);
  } catch {
    // no regular file of ours (/dev/stderr, a pipe): its mode is not our business
  }
  const stream = createWriteStream(file, { fd: descriptor });
  // a full disk must not end a sweep; what could not be written is lost, and close() still returns
  stream.on('error', () => undefined);
  return stream;
}

/** winston loses lines when the process ends early: first its own queue, then the file. */
async function finish(logger: Logger, stream: WriteStream | null): Promise<void> {
  await new Promise<void>((resolve) => {
    logger.once('finish', () => resolve());
    logger.end();
  });
  if (stream === null || stream.closed) return;
  await new Promise<void>((resolve) => {
    stream.once('close', () => resolve());
    stream.end();
  });
}
