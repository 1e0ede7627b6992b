import { isLegacy } from '../core/ssh-algorithms.ts';
import type { HostKey } from './host-key.ts';

/** What the handshake showed. */
export interface HandshakeFacts {
  /** `SSH-2.0-Cisco-1.25` */
  readonly identification: string;
  readonly hostKey: HostKey;
  /** The algorithms in use: key exchange, host key, ciphers and MACs of both directions, without doubles. */
  readonly algorithms: readonly string[];
  readonly remarks: readonly string[];
}

/** What is worth a remark in the report: small RSA keys, legacy algorithms in use, an opt-in that is not needed. */
export function handshakeRemarks(
  key: HostKey,
  algorithms: readonly string[],
  legacyAllowed: boolean | readonly string[],
): string[] {
  const remarks: string[] = [];
  if (key.type === 'ssh-rsa' && key.bits !== null && key.bits < 2048)
    remarks.push(
      `the router's RSA host key has ${key.bits} bits only; 2048 or more are due (crypto key generate rsa modulus 2048)`,
    );
  const legacy = algorithms.filter(isLegacy);
  if (legacy.length > 0) remarks.push(`the SSH session uses legacy algorithms: ${legacy.join(', ')}`);
  else if (legacyAllowed !== false)
    remarks.push(
      'the router accepts modern SSH algorithms: its legacyAlgorithms opt-in is not needed any more',
    );
  return remarks;
}
