/** CPU milliseconds of this process, so that what else the machine does does not count. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** CPU milliseconds of one run. */
function costOf(run: () => void): number {
  const before = cpuMs();
  run();
  return cpuMs() - before;
}

/**
 * How many times the cost of `small` is that of `large`: the least of up to five measurements, since garbage collection and
 * compilation only ever add. It stops at the first one below `enough`; code that grows with the square stays above in all of them.
 */
export function costRatio(small: () => void, large: () => void, enough: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 5 && least >= enough; tries += 1) {
    least = Math.min(least, costOf(large) / Math.max(1, costOf(small)));
  }
  return least;
}
