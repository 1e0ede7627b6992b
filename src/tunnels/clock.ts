import type { Instant, Interval } from '../core/time.ts';
import type { Source } from '../evidence/source.ts';
import { outputsOf, type ParsedRecording, sourceOf } from '../parsers/parse-recording.ts';
import { showClock } from '../parsers/show-clock/parse.ts';
import type { LogMessage } from '../parsers/show-logging/facts.ts';
import { showVersion } from '../parsers/show-version/parse.ts';

/** The router's own clock at the time of collection. All times of one router are on this clock, read as if it were UTC. */
export interface RouterClock {
  readonly now: Interval | null;
  /** show-clock: asked. log: the newest log stamp stands for the clock. none: nothing tells the time. */
  readonly from: 'show-clock' | 'log' | 'none';
  readonly authoritative: boolean;
  readonly source: Source | null;
  /** wall: date and time. uptime: since boot, where no stamp tells more; the two are never compared. */
  readonly scale: 'wall' | 'uptime';
  /** When the router booted, from `show version`'s uptime; null when unknown. Lets uptime stamps be compared with the clock. */
  readonly boot: Interval | null;
}

/** The clock of a recording; `messages` are its log messages in order. */
export function routerClock(from: ParsedRecording, messages: readonly LogMessage[]): RouterClock {
  for (const output of outputsOf(from, showClock)) {
    const clock = output.parsed.facts.clock;
    if (clock === null) continue;
    return {
      now: clock.at,
      from: 'show-clock',
      authoritative: clock.mark === null,
      scale: 'wall',
      source: sourceOf(output, clock.lines),
      boot: bootTime(from, clock.at),
    };
  }
  const wall = newestOf(messages.map(({ stamp }) => stamp.at));
  const newest = wall ?? newestOf(messages.map(({ stamp }) => onUptimeScale(stamp)));
  const marked = messages.some((m) => m.stamp.mark !== null);
  return {
    now: newest,
    from: newest === null ? 'none' : 'log',
    authoritative: !marked,
    scale: wall === null ? 'uptime' : 'wall',
    source: null,
    boot: null,
  };
}

/** When a message was logged, on the router's clock; null when its stamp does not tell. */
export function messageTime(message: LogMessage, clock: RouterClock): Interval | null {
  if (message.stamp.at !== null) return message.stamp.at;
  const uptime = message.stamp.uptime;
  if (uptime === null) return null;
  if (clock.boot !== null) {
    return {
      from: clock.boot.from + uptime.seconds * 1000,
      to: clock.boot.to + (uptime.seconds + uptime.resolution) * 1000,
    };
  }
  // Without `show version` the uptime scale is its own clock: usable only when the newest stamp of that scale stands for now.
  return clock.from === 'log' && clock.scale === 'uptime' ? onUptimeScale(message.stamp) : null;
}

function onUptimeScale({ uptime }: LogMessage['stamp']): Interval | null {
  if (uptime === null) return null;
  return { from: uptime.seconds * 1000, to: (uptime.seconds + uptime.resolution) * 1000 };
}

function newestOf(times: readonly (Interval | null)[]): Interval | null {
  let newest: Interval | null = null;
  for (const at of times) if (at !== null && (newest === null || at.to > newest.to)) newest = at;
  return newest;
}

function bootTime(from: ParsedRecording, now: Interval): Interval | null {
  for (const output of outputsOf(from, showVersion)) {
    const uptime = output.parsed.facts.uptime;
    if (uptime === null) continue;
    return back(now, uptime.seconds, uptime.resolution);
  }
  return null;
}

/** The instant `seconds` (known to `resolution` seconds) before `now`. */
export function back(now: Interval, seconds: number, resolution: number): Interval {
  return { from: now.from - (seconds + resolution) * 1000, to: now.to - seconds * 1000 };
}

/** True when a lies wholly before b. */
export function isBefore(a: Interval, b: Interval): boolean {
  return a.to < b.from;
}

/** Milliseconds from the end of `then` to the start of `now`, at least 0. */
export function msBetween(then: Interval, now: Interval): Instant {
  return Math.max(0, now.from - then.to);
}
