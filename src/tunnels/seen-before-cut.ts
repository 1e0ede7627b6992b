import type { Gap } from '../evidence/gap.ts';
import { outputsOf, type ParsedRecording } from '../parsers/parse-recording.ts';
import { showCryptoIpsecSa } from '../parsers/show-crypto-ipsec-sa/parse.ts';
import type { Attachment } from './tunnel.ts';

/**
 * The gaps of the IPsec table as far as they concern one tunnel. Of a table that was cut short, a tunnel interface behind
 * which another interface was still printed is known in full; a crypto map may list further flows of the same peer.
 */
export function gapsOfTunnel(
  gaps: readonly Gap[],
  attachment: Attachment,
  from: ParsedRecording,
): readonly Gap[] {
  if (attachment.kind !== 'tunnel-protection' || attachment.interface === null) return gaps;
  const isWhole = outputsOf(from, showCryptoIpsecSa).some(({ collected, parsed }) => {
    const { flows } = parsed.facts;
    const last = flows.at(-1)?.interface ?? null;
    return (
      collected.kind === 'cut-short' &&
      !collected.filtered &&
      last !== null &&
      last !== attachment.interface &&
      flows.some((flow) => flow.interface === attachment.interface)
    );
  });
  return isWhole ? gaps.filter((gap) => gap.kind !== 'cut-short') : gaps;
}
