/** Milliseconds since 1970 in UTC. Time comes into pure rooms as a value, never from a clock. */
export type Instant = number;

/** A span in which something happened, when the text does not allow one instant. Both ends inclusive. */
export interface Interval {
  readonly from: Instant;
  readonly to: Instant;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  y: 31_536_000,
  w: 604_800,
  d: 86_400,
  h: 3_600,
  m: 60,
  s: 1,
};

/**
 * Seconds of an IOS duration: `00:10:12`, `1d02h`, `7w0d`, `2y13w`, `never`/anything else → null.
 * `resolution` is the size in seconds of the smallest unit printed, so the true value lies in [seconds, seconds + resolution).
 */
export function parseDuration(text: string): { seconds: number; resolution: number } | null {
  const clock = /^(\d{1,9}):(\d\d):(\d\d)$/.exec(text.trim());
  if (clock)
    return { seconds: Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]), resolution: 1 };
  const parts = [...text.trim().matchAll(/(\d{1,9})([ywdhms])/g)];
  if (parts.length === 0 || parts.map((p) => p[0]).join('') !== text.trim()) return null;
  let seconds = 0;
  let resolution = 1;
  for (const part of parts) {
    resolution = UNIT_SECONDS[part[2] ?? 's'] ?? 1;
    seconds += Number(part[1]) * resolution;
  }
  return { seconds, resolution };
}
