import type { Source } from '../evidence/source.ts';
import { outputsOf, sourceOf } from '../parsers/parse-recording.ts';
import { showCryptoIpsecSa } from '../parsers/show-crypto-ipsec-sa/parse.ts';
import { showCryptoIsakmpPolicy } from '../parsers/show-crypto-isakmp-policy/parse.ts';
import { REACH_MS } from '../tunnels/log-coverage.ts';
import type { RouterFacts } from '../tunnels/router-facts.ts';
import { flowPeer } from '../tunnels/sightings.ts';
import type { TunnelDiagnosis } from './diagnose-tunnel.ts';

/** An observation that is no fault: it never changes a verdict or the exit code. */
export interface Remark {
  readonly text: string;
  readonly source: Source | null;
}

export function routerRemarks(facts: RouterFacts): readonly Remark[] {
  return [
    ...facts.parsed.recording.remarks.map((text) => ({ text, source: null })),
    ...clockRemarks(facts),
    ...logRemarks(facts),
    ...unreadRemarks(facts),
    ...peerlessFlows(facts),
    ...weakPolicies(facts),
  ];
}

export function tunnelRemarks(diagnosis: TunnelDiagnosis): readonly Remark[] {
  const remarks: Remark[] = [];
  const { tunnel } = diagnosis;
  if (diagnosis.verdict === 'healthy' && !tunnel.flows.some((flow) => flow.delta !== null)) {
    remarks.push({
      text: 'one-sample-only: traffic both ways since the counters began; a second sample would show it is still moving',
      source: null,
    });
  }
  const deleted = tunnel.phase1.rows.filter((row) => row.deleted);
  if (diagnosis.verdict === 'healthy' && deleted.length > 0) {
    remarks.push({
      text: 'a deleted ISAKMP SA is still listed beside the living one: history, not a fault',
      source: deleted[0]?.source ?? null,
    });
  }
  return remarks;
}

function clockRemarks({ clock }: RouterFacts): readonly Remark[] {
  const remarks: Remark[] = [];
  if (clock.from === 'log') {
    remarks.push({
      text: 'no `show clock` in the recording: the newest log stamp stands for the router clock',
      source: null,
    });
  }
  if (!clock.authoritative)
    remarks.push({
      text: 'the router clock is not authoritative (no time source in step)',
      source: clock.source,
    });
  return remarks;
}

function logRemarks({ log }: RouterFacts): readonly Remark[] {
  if (log.oldest === null || log.now === null || log.lineCount === 0) return [];
  const reach = log.now.to - log.oldest.from;
  if (reach >= REACH_MS || log.buffer?.lines == null) return [];
  return [
    {
      text: `the log buffer reaches back only ${Math.max(1, Math.round(reach / 60_000))} min; older messages are gone`,
      source: null,
    },
  ];
}

function unreadRemarks({ parsed }: RouterFacts): readonly Remark[] {
  return parsed.outputs.flatMap((output) => {
    const [first] = output.parsed?.unread ?? [];
    if (first === undefined || output.parsed === null) return [];
    const source = sourceOf(output, { first: first.line, last: first.line });
    return [
      {
        text: `${output.parsed.unread.length} line(s) of \`${output.collected.command}\` were not understood, the first of them`,
        source,
      },
    ];
  });
}

/** A flow whose peer was cut away belongs to no tunnel; it is named so that it is not lost. */
function peerlessFlows({ parsed }: RouterFacts): readonly Remark[] {
  return outputsOf(parsed, showCryptoIpsecSa).flatMap((output) =>
    output.parsed.facts.flows
      .filter((flow) => flowPeer(flow) === null)
      .map((flow) => ({
        text: 'a flow without a peer address was not joined to any tunnel',
        source: sourceOf(output, flow.lines),
      })),
  );
}

const WEAK = { encryption: /^(des|3des)/i, hash: /^md5/i, groups: [1, 2, 5] };

function weakPolicies({ parsed }: RouterFacts): readonly Remark[] {
  return outputsOf(parsed, showCryptoIsakmpPolicy).flatMap((output) =>
    output.parsed.facts.policies
      .filter((policy) => !policy.isDefault)
      .filter(
        (policy) =>
          WEAK.encryption.test(policy.encryption ?? '') ||
          WEAK.hash.test(policy.hash ?? '') ||
          WEAK.groups.includes(policy.dhGroup ?? 0),
      )
      .map((policy) => ({
        text: `ISAKMP policy ${policy.priority} uses weak algorithms (refused by default from IOS XE 17.11)`,
        source: sourceOf(output, policy.lines),
      })),
  );
}
