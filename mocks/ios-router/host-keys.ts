import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Behaviour } from './behaviour.ts';

type HostKeyKind = Behaviour['hostKey'];

/**
 * The host key of a kind as PEM; generated once per process, so that a lab of many routers starts at once.
 * 1024-bit RSA is here because old routers have it.
 */
export function hostKeyOf(kind: HostKeyKind): Promise<string> {
  const known = generated.get(kind);
  if (known !== undefined) return known;
  const fresh = generate(kind);
  generated.set(kind, fresh);
  return fresh;
}

const generated = new Map<HostKeyKind, Promise<string>>();
const generatePair = promisify(generateKeyPair);

async function generate(kind: HostKeyKind): Promise<string> {
  if (kind === 'ecdsa') {
    const { privateKey } = await generatePair('ec', { namedCurve: 'P-256' });
    return privateKey.export({ type: 'sec1', format: 'pem' }).toString();
  }
  const { privateKey } = await generatePair('rsa', { modulusLength: kind === 'rsa1024' ? 1024 : 2048 });
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
}
