import type { TunnelDiagnosis } from '../diagnosis/diagnose-tunnel.ts';
import type { Asked } from '../diagnosis/next-questions.ts';
import type { RankedCause } from '../diagnosis/rank.ts';
import type { Remark } from '../diagnosis/remarks.ts';
import { tunnelRemarks } from '../diagnosis/remarks.ts';
import type { SecurityNote } from '../diagnosis/security-notes.ts';
import type { Collected } from '../evidence/collected.ts';
import type { ParsedRecording } from '../parsers/parse-recording.ts';
import type { Flow } from '../tunnels/tunnel.ts';
import { sortTunnels } from './order.ts';
import type { Report, ReportFlow, ReportRouter, ReportTunnel } from './report.ts';
import { plain, reportCause } from './report-cause.ts';

/** One router's part of a run: diagnosed, or the reason why not. */
export interface RouterResult {
  readonly router: string;
  readonly address: string | null;
  readonly hostname: string | null;
  readonly version: string | null;
  readonly outcome: ReportRouter['outcome'];
  readonly why: string | null;
  /** The name of the error behind `why`, when it has one. */
  readonly error?: string;
  readonly parsed: ParsedRecording | null;
  /** Commands that were wanted; those without an output are listed as not asked. */
  readonly wanted: readonly string[];
  readonly findings: readonly RankedCause[];
  /** What would decide the findings. */
  readonly questions: readonly Asked[];
  readonly remarks: readonly Remark[];
  readonly tunnels: readonly TunnelDiagnosis[];
  readonly security: readonly SecurityNote[];
}

export interface RunFacts {
  readonly tool: string;
  readonly run: string;
}

/** The report of a run: plain values only, tunnels worst first. */
export function buildReport(results: readonly RouterResult[], run: RunFacts): Report {
  const times = results.flatMap((result) => result.parsed?.recording.collectedAt ?? []).sort();
  return {
    format: 'tunneldoc.report/1',
    tool: run.tool,
    run: run.run,
    at: times.at(-1) ?? null,
    routers: results.map(reportRouter),
    tunnels: [...sortTunnels(results.flatMap((result) => result.tunnels.map(reportTunnel)))],
    security: results.flatMap((result) =>
      result.security.map((note) => ({ ...note, source: plain(note.source) })),
    ),
    sweep: {
      pairs: pairsOf(results),
      missing: results.flatMap(({ tunnels }) =>
        tunnels.filter((t) => t.verdict === 'missing').map((t) => t.tunnel.id),
      ),
      sharedCauses: [],
    },
  };
}

/** Both ends of a tunnel, each pair once. */
function pairsOf(results: readonly RouterResult[]): Report['sweep']['pairs'] {
  const pairs = new Map<string, Report['sweep']['pairs'][number]>();
  for (const { tunnel, farEnd } of results.flatMap((result) => result.tunnels)) {
    if (farEnd === null) continue;
    const ends = [tunnel.id, farEnd.tunnel.id].sort();
    pairs.set(ends.join(' '), {
      ends,
      text: `${tunnel.router} and ${farEnd.tunnel.router} show both ends of this tunnel`,
    });
  }
  return [...pairs.values()];
}

function reportRouter(result: RouterResult): ReportRouter {
  const { router, address, hostname, version, outcome, why, parsed } = result;
  return {
    router,
    address,
    hostname,
    version,
    outcome,
    why,
    ...(result.error === undefined ? {} : { error: result.error }),
    collected: collectedOf(result),
    notUsed: [...(parsed?.recording.notUsed ?? [])],
    findings: result.findings.map((cause) => reportCause(cause.weighed, cause.rank)),
    remarks: result.remarks.map(reportRemark),
  };
}

function collectedOf({ parsed, wanted }: RouterResult): ReportRouter['collected'] {
  const outputs = parsed?.outputs ?? [];
  const answers = outputs.map(({ collected, parsed: facts }) => ({
    command: collected.command,
    fate: collected.kind,
    reason: collected.kind === 'answered' ? null : collected.reason,
    ...errorOf(collected),
    lines: collected.text === '' ? 0 : collected.text.replace(/\n$/, '').split('\n').length,
    unread: facts?.unread.length ?? 0,
  }));
  const seen = new Set(answers.map((answer) => answer.command));
  const notAsked = wanted
    .filter((command) => !seen.has(command))
    .map((command) => ({
      command,
      fate: 'not-asked' as const,
      reason: 'not in the recording',
      lines: 0,
      unread: 0,
    }));
  return [...answers, ...notAsked];
}

function errorOf(collected: Collected): { readonly error?: string } {
  if (collected.kind === 'refused') return { error: collected.refusal };
  return collected.kind === 'answered' || collected.error === undefined ? {} : { error: collected.error };
}

function reportTunnel(diagnosis: TunnelDiagnosis): ReportTunnel {
  const { tunnel, verdict, reason } = diagnosis;
  const causes = diagnosis.causes.map((cause) => reportCause(cause.weighed, cause.rank));
  return {
    id: tunnel.id,
    router: tunnel.router,
    local: tunnel.local,
    peer: tunnel.peer,
    peerIdentity: tunnel.peerIdentity,
    peerPort: tunnel.peerPort,
    fvrf: tunnel.fvrf,
    ivrf: tunnel.ivrf,
    attachment: { ...tunnel.attachment },
    role: tunnel.role,
    natt: tunnel.natt,
    description: tunnel.description,
    site: tunnel.site,
    expect: tunnel.expect,
    verdict,
    reason,
    severity: causes[0]?.severity ?? SEVERITY_OF_VERDICT[verdict],
    phase1: { kind: tunnel.phase1.kind, state: tunnel.phase1.state, version: tunnel.phase1.version },
    flows: tunnel.flows.map(reportFlow),
    causes,
    ruledOut: diagnosis.ruledOut.map((weighed) => reportCause(weighed, 0)),
    remarks: tunnelRemarks(diagnosis).map(reportRemark),
    ask:
      causes.length > 0 || verdict === 'undetermined'
        ? diagnosis.questions.map((question) => question.text)
        : [],
  };
}

const SEVERITY_OF_VERDICT: Readonly<Record<ReportTunnel['verdict'], ReportTunnel['severity']>> = {
  down: 'high',
  missing: 'high',
  degraded: 'medium',
  undetermined: 'low',
  idle: 'info',
  healthy: 'info',
};

function reportFlow({ facts, phase2, traffic, delta }: Flow): ReportFlow {
  const ident = (side: typeof facts.localIdent): string | null =>
    side === null ? null : `${side.address}/${side.prefix ?? side.mask}`;
  const spis = (direction: typeof facts.inbound): string[] =>
    [...direction.esp, ...direction.ah].map((sa) => sa.spi);
  return {
    localIdent: ident(facts.localIdent),
    remoteIdent: ident(facts.remoteIdent),
    protocol: facts.localIdent?.protocol ?? null,
    localPort: facts.localIdent?.port ?? null,
    remotePort: facts.remoteIdent?.port ?? null,
    phase2,
    traffic,
    encaps: facts.counters.encaps,
    decaps: facts.counters.decaps,
    sendErrors: facts.counters.sendErrors,
    recvErrors: facts.counters.recvErrors,
    delta: delta === null ? null : { ...delta },
    spis: { inbound: spis(facts.inbound), outbound: spis(facts.outbound) },
  };
}

function reportRemark({ text, source }: Remark) {
  return { text, source: source === null ? null : plain(source) };
}
