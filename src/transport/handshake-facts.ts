import { isLegacy } from '../core/ssh-algorithms.ts';
import type { HostKey } from './host-key.ts';
import { nounOf, type SshEndpoint } from './router-target.ts';

/** What the handshake showed. */
export interface HandshakeFacts {
  /** `SSH-2.0-Cisco-1.25` */
  readonly identification: string;
  readonly hostKey: HostKey;
  /** The algorithms in use: key exchange, host key, ciphers and MACs of both directions, without doubles. */
  readonly algorithms: readonly string[];
  readonly remarks: readonly string[];
}

/** What is worth a remark in the report: small RSA keys, legacy algorithms in use, an opt-in that is not needed any more. */
export function handshakeRemarks(
  key: HostKey,
  algorithms: readonly string[],
  endpoint: Pick<SshEndpoint, 'legacyAlgorithms' | 'isJumpHost'>,
): string[] {
  const remarks: string[] = [];
  const noun = nounOf(endpoint);
  if (key.type === 'ssh-rsa' && key.bits !== null && key.bits < 2048)
    remarks.push(
      `the ${noun}'s RSA host key has ${key.bits} bits only; 2048 or more are due${endpoint.isJumpHost ? '' : ' (crypto key generate rsa modulus 2048)'}`,
    );
  const legacy = algorithms.filter(isLegacy);
  if (legacy.length > 0) remarks.push(`the SSH session uses legacy algorithms: ${legacy.join(', ')}`);
  const { legacyAlgorithms: optIn } = endpoint;
  if (optIn === false || (optIn !== true && optIn.length === 0)) return remarks;
  if (legacy.length === 0)
    remarks.push(
      `the ${noun} accepts modern SSH algorithms: its legacyAlgorithms opt-in is not needed any more`,
    );
  else remarks.push(...unusedNames(optIn, legacy, noun));
  return remarks;
}

/** For an opt-in by names: those that this session did without. */
function unusedNames(optIn: true | readonly string[], used: readonly string[], noun: string): string[] {
  const unused = optIn === true ? [] : optIn.filter((name) => !used.includes(name));
  return unused.length === 0
    ? []
    : [
        `of the legacy algorithms allowed for this ${noun}, this session did not need ${unused.join(', ')}: its legacyAlgorithms can do without`,
      ];
}
