import type { Interval } from '../../core/time.ts';
import type { Fact } from '../parsed.ts';

/**
 * The time stamp of a log line. `at` is wall time of the router's own clock read as if it were UTC (no zone arithmetic:
 * all stamps and `show clock` of one router are compared with each other only), as an interval of the stamp's resolution.
 */
export interface LogStamp {
  /** As printed, without the trailing colon. */
  readonly text: string;
  /** datetime: month and day; uptime: since boot (`3d04h`, `00:02:58`); none: the line has no stamp. */
  readonly form: 'datetime' | 'uptime' | 'none';
  /** datetime without a year: the year is missing and `at` was placed in `yearAssumed`. */
  readonly yearAssumed: number | null;
  readonly at: Interval | null;
  /** Seconds since boot for the uptime form. */
  readonly uptime: { readonly seconds: number; readonly resolution: number } | null;
  /** `*`: clock never set or not authoritative; `.`: was synchronised, is not now. */
  readonly mark: '*' | '.' | null;
  readonly zone: string | null;
}

/** One `%FACILITY-n-MNEMONIC` token, or one debug line. A nested token is a message of its own on the same lines. */
export interface LogMessage extends Fact {
  readonly kind: 'syslog' | 'debug';
  readonly sequence: number | null;
  readonly stamp: LogStamp;
  /** syslog: CRYPTO; debug: the prefix, e.g. ISAKMP, IPSEC, IKEv2. */
  readonly facility: string;
  readonly severity: number | null;
  /** The third part alone, e.g. IKMP_MODE_FAILURE; null for debug lines. */
  readonly mnemonic: string | null;
  /** Everything after the mnemonic's colon, continuation lines joined by one blank. */
  readonly text: string;
  /** Catalogue id (`CRYPTO-6-IKMP_MODE_FAILURE`, or a debug entry's id) when the catalogue knows the message; else null. */
  readonly catalogueId: string | null;
  /**
   * Fields the catalogue's pattern reads: peer, local, spi (hex with 0x, lower case), connId (number as text), mode, attribute,
   * interface, src, dst, localIdent, remoteIdent, status, reason … Addresses are canonical. Empty when none.
   */
  readonly fields: Readonly<Record<string, string>>;
}

export type LogLevel =
  | 'emergencies'
  | 'alerts'
  | 'critical'
  | 'errors'
  | 'warnings'
  | 'notifications'
  | 'informational'
  | 'debugging';

/** The header of `show logging`. */
export interface LogBuffer {
  /** Syslog logging: enabled → true. null: header not seen. */
  readonly syslogEnabled: boolean | null;
  /** Buffer logging: level as printed, `disabled`, or null when the header was not seen. */
  readonly bufferLevel: LogLevel | 'disabled' | null;
  readonly bufferMessages: number | null;
  readonly bufferSize: number | null;
  readonly droppedMessages: number | null;
  readonly rateLimitedMessages: number | null;
  /** Lines of the header, null when it was not seen. */
  readonly lines: { readonly first: number; readonly last: number } | null;
}

export interface LoggingFacts {
  readonly buffer: LogBuffer;
  readonly messages: readonly LogMessage[];
}
