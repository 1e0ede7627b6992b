import { createRequire } from 'node:module';

/** ssh2's table of known server faults: software name or pattern, and what to leave out for it. */
type CompatCheck = readonly [software: string | RegExp, flags: number];

const SSH2_CONSTANTS = 'ssh2/lib/protocol/constants.js';

/**
 * Makes group exchange possible with routers that call themselves `Cisco-1.25` (nearly all do). ssh2 strikes it from
 * the offer for that name because of a fault of very old releases, even when it is configured, so that a router with
 * group exchange only could never be reached. Which releases are meant cannot be told from the name; we offer group
 * exchange only with the legacy opt-in and last, where a router takes it only when it has nothing else.
 * @returns true when the rule is gone (now or before), false when ssh2's table looks different from what we know
 */
export function allowGroupExchangeOnCisco(): boolean {
  const checks = compatChecks();
  if (checks === null) return false;
  const at = checks.findIndex(([software]) => software === 'Cisco-1.25');
  if (at >= 0) checks.splice(at, 1);
  return true;
}

function compatChecks(): CompatCheck[] | null {
  try {
    const constants: { COMPAT_CHECKS?: unknown } = createRequire(import.meta.url)(SSH2_CONSTANTS);
    return Array.isArray(constants.COMPAT_CHECKS) ? constants.COMPAT_CHECKS : null;
  } catch {
    return null;
  }
}
