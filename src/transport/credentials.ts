import { type ConnectError, connectError, type Outcome } from './connect-error.ts';
import { type LoginKey, type ReadKey, readKey } from './login-keys.ts';
import { type SshEndpoint, where } from './router-target.ts';
import { agentKeys } from './ssh-agent.ts';
import type { Limits } from './timeouts.ts';

/** The keys that can be offered to an endpoint, in order; the password stands in the endpoint. */
export interface Credentials {
  readonly keys: readonly LoginKey[];
  /** Keys that were named and cannot be used, when there is something else to log in with. */
  readonly remarks: readonly string[];
}

/**
 * Opens key files and asks the agent, before anything is sent. What cannot be used is an error when nothing else is left
 * to log in with, a remark otherwise.
 */
export async function readCredentials(
  endpoint: SshEndpoint,
  limits: Pick<Limits, 'agentMs'>,
): Promise<Outcome<Credentials>> {
  if (endpoint.methods?.includes('publickey') === false)
    return { ok: true, value: { keys: [], remarks: [] } };
  const files = (endpoint.privateKeys ?? []).map((file) => ({ file, read: readKey(file) }));
  const ours = files.flatMap(({ read }) => (read.kind === 'usable' ? [read.key] : []));
  const wanted = files.flatMap(({ read }) => (read.kind === 'public' ? [read.fingerprint] : []));
  const agent = await fromAgent(endpoint, limits.agentMs, ours, wanted);
  const inAgent = new Set(agent.keys.map((key) => key.fingerprint));
  const faults: ConnectError[] = files
    .filter(
      ({ read }) => read.kind === 'unusable' || (read.kind === 'public' && !inAgent.has(read.fingerprint)),
    )
    .map(({ file, read }) => keyError(endpoint, file.name, read));
  if (agent.fault !== null) faults.push(agent.fault);
  const keys = [...ours, ...agent.keys];
  const [first] = faults;
  if (first !== undefined && keys.length === 0 && endpoint.password === null)
    return { ok: false, error: { ...first, message: `${first.message} Nothing was sent.` } };
  return { ok: true, value: { keys, remarks: [...faults.map((fault) => fault.message), ...agent.remarks] } };
}

interface FromAgent {
  readonly keys: readonly LoginKey[];
  readonly fault: ConnectError | null;
  readonly remarks: readonly string[];
}

/** Keys of the agent: those that a public key file names, or the first ones. */
async function fromAgent(
  endpoint: SshEndpoint,
  ms: number,
  ours: readonly LoginKey[],
  wanted: readonly string[],
): Promise<FromAgent> {
  if (!endpoint.agent) return { keys: [], fault: null, remarks: [] };
  const listed = await agentKeys(endpoint.agent, ms);
  if (!listed.ok) return { keys: [], fault: agentError(endpoint, listed.why), remarks: [] };
  const held = listed.keys.filter((key) => !ours.some(({ fingerprint }) => fingerprint === key.fingerprint));
  if (wanted.length > 0)
    return { keys: held.filter((key) => wanted.includes(key.fingerprint)), fault: null, remarks: [] };
  if (held.length === 0 && ours.length === 0)
    return { keys: [], fault: agentError(endpoint, 'it holds no key'), remarks: [] };
  // Routers hang up after three refusals (ip ssh authentication-retries): one is kept for the password.
  const most = Math.max(0, TRIES - ours.length - (endpoint.password === null ? 0 : 1));
  const remark = `the ssh-agent holds ${held.length} keys, of which the first ${most} were offered; a public key file beside the others (identity) chooses`;
  return { keys: held.slice(0, most), fault: null, remarks: held.length > most && most > 0 ? [remark] : [] };
}

const TRIES = 3;

function agentError(endpoint: SshEndpoint, why: string): ConnectError {
  return connectError(
    'agent-unusable',
    'authentication',
    `${where(endpoint)}: the ssh-agent at ${endpoint.agent} cannot be used: ${why}. Start it and load the key (ssh-add), or give a key file.`,
  );
}

function keyError(endpoint: SshEndpoint, name: string, read: ReadKey): ConnectError {
  const why = read.kind === 'usable' ? '' : read.why;
  return connectError(
    'unusable-private-key',
    'authentication',
    `${where(endpoint)}: the private key ${name} cannot be used: ${why}.`,
  );
}
