import { readFile } from 'node:fs/promises';
import type { EndpointPlan, KeyFile } from '../inventory/endpoint-plan.ts';
import { expandHome } from '../inventory/home-folder.ts';
import type { CredentialRef } from '../inventory/inventory.ts';
import { isEncrypted } from '../inventory/private-key.ts';
import { readSecretFile } from '../inventory/read-secret-file.ts';
import { resolveCredential } from '../inventory/resolve-credential.ts';
import { readKey } from '../transport/login-keys.ts';
import type { PrivateKey } from '../transport/router-target.ts';
import { agentKeys } from '../transport/ssh-agent.ts';

/** Where secrets come from. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks on the terminal without echo; null when there is none. */
  readonly ask: ((question: string) => Promise<string>) | null;
}

export type Found<T> = { readonly value: T } | { readonly message: string };

/** The secret behind a reference; `question` is asked where the reference says so. */
export async function secretOf(
  ref: CredentialRef,
  name: string,
  question: string,
  { env, ask }: SecretSources,
): Promise<Found<string>> {
  const resolved = await resolveCredential(ref, {
    env,
    readFile: readSecretFile,
    ask: ask === null ? null : () => ask(question),
    routerName: name,
  });
  return resolved.ok ? { value: resolved.value } : { message: resolved.message };
}

/** Socket of the agent to use, or null. A wish for an agent that cannot be there is a fault, unless it is only the custom. */
export function agentSocket(plan: EndpointPlan, env: SecretSources['env']): Found<string | null> {
  const { value, from } = plan.agent;
  if (value === false) return { value: null };
  if (typeof value === 'string') return { value: expandHome(value) };
  const socket = env['SSH_AUTH_SOCK'] ?? '';
  if (socket !== '') return { value: socket };
  if (!WISHES.includes(from)) return { value: null };
  return {
    message: `${plan.name}: the ssh-agent is wanted (${from}), but SSH_AUTH_SOCK is not set; start ssh-agent, or name its socket with agent: PATH`,
  };
}

/** Who can wish for an agent; an ssh_config only says which one it is. */
const WISHES: readonly string[] = ['--agent', 'inventory', '--jump'];

/**
 * The key files of an endpoint. A passphrase is asked for only when a key is encrypted, the agent does not hold it, and a
 * reference or a terminal can give it; without one the key goes on as it is, since it may name a key of the agent.
 */
export async function privateKeysOf(
  plan: EndpointPlan,
  socket: string | null,
  sources: SecretSources,
): Promise<Found<readonly PrivateKey[]>> {
  const keys: PrivateKey[] = [];
  for (const file of plan.keys.value) {
    const text = await keyText(file, plan);
    if (text !== null && 'message' in text) return text;
    if (text === null) continue;
    const passphrase = await passphraseOf({ name: file.path, text: text.value }, plan, socket, sources);
    if (passphrase !== null && 'message' in passphrase) return passphrase;
    keys.push({ name: file.path, text: text.value, passphrase: passphrase?.value ?? null });
  }
  return { value: keys };
}

/** Null: absent, and it need not be there. */
async function keyText({ path, mustExist }: KeyFile, plan: EndpointPlan): Promise<Found<string> | null> {
  try {
    return { value: await readFile(expandHome(path), 'utf8') };
  } catch (error) {
    if (!mustExist) return null;
    const why = error instanceof Error ? error.message : String(error);
    return { message: `${plan.name}: cannot read the private key ${path} (${plan.keys.from}): ${why}` };
  }
}

async function passphraseOf(
  key: { readonly name: string; readonly text: string },
  plan: EndpointPlan,
  socket: string | null,
  sources: SecretSources,
): Promise<Found<string> | null> {
  if (!isEncrypted(key.text)) return null;
  const ref = plan.passphrase?.value ?? null;
  const question = `Passphrase of ${key.name}: `;
  if (ref !== null) return secretOf(ref, `${plan.name}: ${key.name}`, question, sources);
  if (await isHeld({ ...key, passphrase: null }, socket)) return null;
  if (sources.ask === null) return null;
  const typed = await secretOf({ kind: 'ask' }, plan.name, question, sources);
  // Nothing typed: this key is left out, the others and the password stay.
  return 'value' in typed ? typed : null;
}

async function isHeld(key: PrivateKey, socket: string | null): Promise<boolean> {
  if (socket === null) return false;
  const half = readKey(key);
  const listed = await agentKeys(socket, AGENT_MS);
  return (
    listed.ok && half.kind === 'public' && listed.keys.some((held) => held.fingerprint === half.fingerprint)
  );
}

const AGENT_MS = 5_000;
