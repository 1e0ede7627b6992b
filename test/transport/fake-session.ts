import { mustShowCommand } from '../../src/evidence/show-command.ts';
import { IosSession } from '../../src/transport/ios-session.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/transport/timeouts.ts';
import { type FakeOptions, FakeRouter } from './fake-router.ts';

export const LOGGING = mustShowCommand('show logging');
export const VERSION = mustShowCommand('show version');

/** A session on a fake router, not started. */
export function open(options: FakeOptions, limits: Partial<Limits> = {}, signal: AbortSignal | null = null) {
  const router = new FakeRouter(options);
  const session = new IosSession(router, {
    where: 'R1 (192.0.2.1:22)',
    limits: { ...DEFAULT_LIMITS, ...limits },
    signal,
  });
  return { router, session };
}

/** A session on a fake router, at its first command. */
export async function started(
  options: FakeOptions,
  limits: Partial<Limits> = {},
  secret: string | null = null,
) {
  const { router, session } = open(options, limits);
  const facts = await session.start(secret);
  if (!facts.ok) throw new Error(facts.error.message);
  return { router, session, facts: facts.value };
}
