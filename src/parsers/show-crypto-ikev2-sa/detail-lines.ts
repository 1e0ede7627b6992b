import { type LineRule, silentRules } from '../line-rules.ts';
import { fillBlank, numberOf } from '../lines.ts';
import { type Ikev2Scan, presentSa, type SaDraft } from './draft.ts';

/** Lines of the detailed form. */
export const DETAIL_RULES: readonly LineRule<Ikev2Scan>[] = [
  // Life/Active Time: 86400/735 sec
  rule('life', /^Life\/Active Time: ?(\d{1,12})\/(\d{1,12})(?: sec)?$/i, (match) => ({
    lifetimeSec: numberOf(match[1]),
    activeSec: numberOf(match[2]),
  })),
  // Status Description: Negotiation done
  rule('status', /^Status Description: ?(\S.{0,120})$/i, (match) => ({
    statusDescription: match[1] ?? null,
  })),
  // Local spi: C2D69B854419BC7A Remote spi: 0000000000000000
  rule('local', /^Local spi: ?([0-9A-F]{1,16})(?: Remote spi: ?([0-9A-F]{1,16}))?$/i, (match) => ({
    localSpi: match[1] ?? null,
    remoteSpi: match[2] ?? null,
  })),
  // Remote spi: 4F5EDE7AD248770E
  rule('remote', /^Remote spi: ?([0-9A-F]{1,16})$/i, (match) => ({ remoteSpi: match[1] ?? null })),
  // Local id: hub.example.net
  rule('local', /^Local id: ?(.{0,300}?)(?: Remote id: ?(.{0,300}))?$/i, (match) => ({
    localId: match[1] || null,
    remoteId: match[2] || null,
  })),
  // Remote id: spoke.example.net
  rule('remote', /^Remote id: ?(.{0,300})$/i, (match) => ({ remoteId: match[1] || null })),
  // NAT-T is detected inside   |   NAT-T is not detected
  rule('nat', /^NAT-T is (not )?detected(?: \w{1,20}){0,4}\.?$/i, (match) => ({
    natDetected: match[1] === undefined,
  })),
  // DPD configured for 10 seconds, retry 2
  rule('dpd', /^DPD configured for (\d{1,6}) seconds?(?:, ?retry \d{1,6})?\.?$/i, (match) => ({
    dpdSec: numberOf(match[1]),
  })),
  // Initiator of SA : Yes
  rule('initiator', /^Initiator of SA ?: ?(Yes|No)$/i, (match) => ({
    initiator: match[1]?.toLowerCase() === 'yes',
  })),
  // PQC Key Exchange: ML-KEM-768
  rule('pqc', /^PQC Key Exchange: ?([\w -]{1,60})$/i, (match) => ({ pqc: match[1] ?? null })),
  {
    // Remote subnets:
    word: 'remote',
    pattern: /^Remote subnets:$/i,
    take(state, _match, line) {
      const draft = presentSa(state, line);
      if (draft === null) return false;
      draft.inSubnets = true;
      return true;
    },
  },
  {
    // 10.0.0.0 255.0.0.0   |   2001:DB8::/64   (below `Remote subnets:`)
    word: '*',
    pattern: /^[0-9A-F.:]{2,45}(?: [0-9.]{7,15}|\/\d{1,3})$/i,
    take: (state, _match, line) => state.sas.at(-1)?.inSubnets === true && presentSa(state, line) !== null,
  },
  ...silentRules<Ikev2Scan>({
    // CE id: 1003, Session-id: 1
    ce: /^CE id: ?\d{1,12}(?:, ?Session-id: ?\d{1,12})?$/i,
    // Local req msg id: 214 Remote req msg id: 6   |   Local window: 5 Remote window: 5   |   Local Sys Id: sks1 Remote Sys Id: sks2
    local:
      /^Local (?:(?:req|next) (?:msg id|queued)|window|Sys Id) ?: ?\S{1,40}(?: Remote (?:(?:req|next) (?:msg id|queued)|window|Sys Id) ?: ?\S{1,40})?$/i,
    remote: /^Remote (?:(?:req|next) (?:msg id|queued)|window|Sys Id) ?: ?\S{1,40}$/i,
    // Fragmentation not configured.
    fragmentation: /^Fragmentation (?:is )?(?:not )?(?:configured|enabled|disabled)\b.{0,80}$/i,
    dynamic: /^Dynamic Route Update: ?\w{1,20}$/i,
    // Extended Authentication not configured.
    extended: /^Extended Authentication (?:is )?(?:not )?configured\b.{0,40}$/i,
    cisco: /^Cisco Trust Security SGT is \w{1,20}$/i,
    // Pushed IP address: 10.9.0.4   |   Assigned host addr: 10.9.0.4
    pushed: /^Pushed IP(?:v6)? address: ?[0-9A-Fa-f.:/]{2,60}$/i,
    assigned: /^Assigned host addr: ?[0-9A-Fa-f.:/]{2,60}$/i,
    // PEER TYPE: IOS-XE
    peer: /^PEER TYPE: ?\S.{0,40}$/i,
    // Quantum-safe Encryption using PQC: ML-KEM-1024   |   Quantum Resistance Enabled
    quantum: /^Quantum(?:-safe Encryption| Resistance)\b.{0,80}$/i,
    // Session-id:1, Status:UP-ACTIVE, IKE count:1, CHILD count:1
    session: /^Session-id: ?\d{1,12}, ?Status: ?[A-Z-]{1,30}, ?IKE count: ?\d{1,6}, ?CHILD count: ?\d{1,6}$/i,
    // IPv6 … none found
    redirected: /^Redirected From: ?\S{1,60}$/i,
  }),
];

function rule(
  word: string,
  pattern: RegExp,
  fieldsOf: (match: RegExpExecArray) => Partial<SaDraft['sa']>,
): LineRule<Ikev2Scan> {
  return {
    word,
    pattern,
    take(state, match, line) {
      const draft = presentSa(state, line);
      if (draft === null || !fillBlank(draft.sa, fieldsOf(match))) return false;
      draft.inSubnets = false;
      return true;
    },
  };
}
