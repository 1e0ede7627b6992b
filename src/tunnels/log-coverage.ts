import type { Interval } from '../core/time.ts';
import type { Gap } from '../evidence/gap.ts';
import { gapsOf, outputsOf, type ParsedRecording } from '../parsers/parse-recording.ts';
import type { LogBuffer, LogMessage } from '../parsers/show-logging/facts.ts';
import { LOG_LEVELS } from '../parsers/show-logging/header.ts';
import { showLogging } from '../parsers/show-logging/parse.ts';
import { messageTime, type RouterClock } from './clock.ts';
import { newestSamples } from './newest-samples.ts';

/** What the log buffer would have shown, so that a missing line can be told from a line that could not be there. */
export interface LogCoverage {
  readonly buffer: LogBuffer | null;
  readonly gaps: readonly Gap[];
  /** Oldest dated line in the buffer; null when there is none. */
  readonly oldest: Interval | null;
  readonly lineCount: number;
  readonly now: Interval | null;
}

/** Messages IOS prints only when configured to (`crypto logging session`, `crypto logging ikev2`). */
const NEEDS_CONFIG = /-(SESSION_STATUS|EZVPN_CONNECTION_(UP|DOWN))$|^CRYPTO-5-IKEV2_SESSION_STATUS$/;
/** A fault under way shows itself again within this time as long as traffic asks for the tunnel. */
export const REACH_MS = 10 * 60_000;

export function logCoverage(
  from: ParsedRecording,
  messages: readonly LogMessage[],
  clock: RouterClock,
): LogCoverage {
  const outputs = newestSamples(outputsOf(from, showLogging));
  let oldest: Interval | null = null;
  for (const message of messages) {
    const at = messageTime(message, clock);
    if (at !== null && (oldest === null || at.from < oldest.from)) oldest = at;
  }
  return {
    buffer: outputs[0]?.parsed.facts.buffer ?? null,
    gaps: gapsOf(from, showLogging, 'show logging'),
    oldest,
    lineCount: messages.length,
    now: clock.now,
  };
}

/**
 * Why the absence of these catalogue ids proves nothing; null when the log would have shown one of them
 * had it happened in the last `reachMs` milliseconds.
 */
export function absenceGap(log: LogCoverage, ids: readonly string[], reachMs = REACH_MS): Gap | null {
  const [first] = log.gaps;
  if (first !== undefined) return first;
  const buffer = log.buffer;
  if (buffer === null || buffer.lines === null) {
    return gap(
      'log-does-not-reach',
      'the header of `show logging` is not in the recording, so its level and reach are unknown',
    );
  }
  if (buffer.syslogEnabled === false || buffer.bufferLevel === 'disabled') {
    return gap('log-disabled', 'buffer logging is switched off on this router');
  }
  const visible = ids.filter((id) => isAdmitted(id, buffer.bufferLevel));
  if (visible.length === 0) return levelGap(ids, buffer.bufferLevel);
  if (visible.every((id) => NEEDS_CONFIG.test(id))) {
    return gap('log-needs-config', 'session messages appear only with `crypto logging session`');
  }
  return reachGap(log, buffer, reachMs);
}

function reachGap(log: LogCoverage, buffer: LogBuffer, reachMs: number): Gap | null {
  if (log.lineCount === 0) {
    const cleared = (buffer.bufferMessages ?? 0) > 0;
    return gap('log-does-not-reach', cleared ? 'the log buffer was cleared' : 'the log buffer is empty');
  }
  if (log.oldest === null || log.now === null)
    return gap('clock-unusable', 'the log lines carry no usable time');
  if (log.now.to - log.oldest.from < reachMs) {
    const minutes = Math.max(1, Math.round((log.now.to - log.oldest.from) / 60_000));
    return gap('log-does-not-reach', `the log buffer reaches back only ${minutes} min`);
  }
  return null;
}

function isAdmitted(id: string, level: LogBuffer['bufferLevel']): boolean {
  const severity = severityOf(id);
  if (severity === null || level === null || level === 'disabled') return false;
  return severity <= LOG_LEVELS.indexOf(level);
}

function levelGap(ids: readonly string[], level: LogBuffer['bufferLevel']): Gap {
  if (ids.every((id) => severityOf(id) === null)) {
    return {
      kind: 'needs-debug',
      ask: null,
      text: 'what debug output would name; it is printed only while debugging is on',
    };
  }
  return gap(
    'log-level-excludes',
    `the buffer logs at level ${level ?? 'unknown'}, which leaves these messages out`,
  );
}

/** `CRYPTO-6-IKMP_MODE_FAILURE` → 6; ids of debug entries have none. */
function severityOf(id: string): number | null {
  const match = /^[A-Z0-9_]+-([0-7])-[A-Z0-9_]+$/.exec(id);
  return match ? Number(match[1]) : null;
}

function gap(kind: Gap['kind'], text: string): Gap {
  return { kind, ask: 'show logging', text };
}
