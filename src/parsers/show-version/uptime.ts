// A Map: an object has names of its own, and `41 constructor` would find one.
const UNIT_SECONDS: ReadonlyMap<string, number> = new Map([
  ['year', 31_536_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['min', 60],
  ['minute', 60],
  ['sec', 1],
  ['second', 1],
]);

/**
 * Reads `1 year, 22 weeks, 6 days, 9 hours, 38 minutes` (ASA: `12 days 3 hours`). `resolution` is the size in seconds of the
 * smallest unit printed: the true value lies in [seconds, seconds + resolution). Null when the text is no such span.
 */
export function parseUptime(text: string): { seconds: number; resolution: number } | null {
  const words = text.trim().split(/[\s,]+/);
  if (words.length < 2 || words.length % 2 !== 0) return null;
  let seconds = 0;
  let resolution = 0;
  for (let i = 0; i < words.length; i += 2) {
    const size = UNIT_SECONDS.get((words[i + 1] ?? '').replace(/s$/, ''));
    const count = words[i] ?? '';
    if (size === undefined || !/^\d{1,6}$/.test(count)) return null;
    seconds += Number(count) * size;
    resolution = size;
  }
  return { seconds, resolution };
}
