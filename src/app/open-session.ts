import type { ConnectError } from '../transport/connect-error.ts';
import type { OpenedCollector } from '../transport/ssh-collector.ts';

export interface LaterTry {
  /** Waits until the later try is due, and says how long that was (`30 s`); null when there is none. */
  readonly pause: (why: string) => Promise<string | null>;
  /** Ends the run or this router: then nothing is tried again. */
  readonly signal: AbortSignal;
}

export type OpenedSession =
  | (Extract<OpenedCollector, { ok: true }> & { readonly remarks: readonly string[] })
  | Extract<OpenedCollector, { ok: false }>;

/** Opens a session; once more, later, where the failure may pass: all vty lines taken, a router that boots. Never after a refused login. */
export async function openSession(
  open: () => Promise<OpenedCollector>,
  { pause, signal }: LaterTry,
): Promise<OpenedSession> {
  const first = await open();
  if (first.ok) return { ...first, remarks: [] };
  if (first.error.retry !== 'later' || signal.aborted) return first;
  const what = words(first.error);
  const waited = await pause(what);
  if (waited === null) return first;
  const second = await open();
  if (second.ok)
    return { ...second, remarks: [`the first connection failed (${what}); connected ${waited} later`] };
  return { ok: false, error: triedTwice(first.error, second.error, waited) };
}

function triedTwice(first: ConnectError, second: ConnectError, waited: string): ConnectError {
  // A second try that was stopped says nothing about the router; the first one does.
  if (second.name === 'interrupted')
    return { ...first, message: `${first.message} Tried once more ${waited} later, but that was stopped.` };
  const other = first.name === second.name ? '' : `; the first time: ${words(first)}`;
  return { ...second, message: `${second.message} Tried twice, ${waited} apart${other}.` };
}

/** `connection-refused` → `connection refused` */
function words({ name }: ConnectError): string {
  return name.replaceAll('-', ' ');
}
