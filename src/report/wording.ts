import { assertNever } from '../core/never.ts';
import { lacksMainCommand } from './exit-code.ts';
import { compareNatural, isGrave } from './order.ts';
import type { Report, ReportCause, ReportFlow, ReportRouter, ReportTunnel, Verdict } from './report.ts';
import { VERDICT_ORDER } from './report.ts';

/*
 * The words both text-like renderers share. Strings here may hold device text as it came:
 * whoever prints them makes them safe for the place they are printed in.
 */

export const MARKS: Readonly<Record<Verdict, string>> = {
  down: '✗',
  missing: '✗',
  degraded: '!',
  undetermined: '?',
  idle: '-',
  healthy: '✓',
};

/** `5 tunnels on 3 routers: 2 down, 1 idle, 2 healthy`, and what else a reader must not miss. */
export function headline(report: Report): string {
  const counts = VERDICT_ORDER.map((verdict) => ({
    verdict,
    count: report.tunnels.filter((tunnel) => tunnel.verdict === verdict).length,
  })).filter(({ count }) => count > 0);
  const scope = `${plural(report.tunnels.length, 'tunnel')} on ${plural(report.routers.length, 'router')}`;
  const findings = report.routers.flatMap((router) => router.findings).length;
  const lacking = report.routers.filter(lacksMainCommand).length;
  const extras = [
    findings > 0 ? plural(findings, 'router finding') : '',
    lacking > 0 ? `SA tables incomplete on ${plural(lacking, 'router')}` : '',
    undiagnosed(report).length > 0 ? `${plural(undiagnosed(report).length, 'router')} not diagnosed` : '',
  ].filter((extra) => extra !== '');
  const verdicts = counts.map(({ verdict, count }) => `${count} ${verdict}`).join(', ');
  return [verdicts === '' ? scope : `${scope}: ${verdicts}`, ...extras].join('; ');
}

/** `Evidence of 2026-11-23 18:57:22 UTC, run 4f1c, tunneldoc 0.1.0` */
export function provenance(report: Report): string {
  return `Evidence of ${momentOf(report.at)}, run ${report.run}, ${report.tool}`;
}

/** Why a report without tunnels must not be read as good news. */
export function emptyWords(report: Report): string {
  const seen =
    report.routers.length === 0
      ? 'No router and no recording was read, so no tunnel was seen.'
      : 'No tunnel was found in what the routers answered.';
  return `${seen} This is no sign of health: it only means that no SA table, session, configuration or log line named a peer.`;
}

/** Routers that were diagnosed but named no peer, as a sentence; empty when there is none or no tunnel at all. */
export function silentRouters(report: Report): string {
  const seen = new Set(report.tunnels.map((tunnel) => tunnel.router));
  const silent = sortedRouters(report).filter(
    ({ router, outcome }) => outcome === 'diagnosed' && !seen.has(router),
  );
  if (silent.length === 0 || seen.size === 0) return '';
  return `No tunnel was seen on ${silent.map(({ router }) => router).join(', ')}; this is no sign of health.`;
}

/** Healthy and idle tunnels need no block of their own. */
export function isFine(tunnel: ReportTunnel): boolean {
  return tunnel.verdict === 'healthy' || tunnel.verdict === 'idle';
}

/** Routers that gave no diagnosis, in natural order. */
export function undiagnosed(report: Report): ReportRouter[] {
  return sortedRouters(report).filter((router) => router.outcome !== 'diagnosed');
}

export function sortedRouters(report: Report): ReportRouter[] {
  return [...report.routers].sort((a, b) => compareNatural(a.router, b.router));
}

/** Findings of routers in two lots: those to read before the tunnels, and the rest to read after them. */
export function routerFindings(report: Report): Record<'grave' | 'lesser', RouterFinding[]> {
  const all = sortedRouters(report).flatMap(({ router, findings }) =>
    findings.map((finding) => ({ router, finding })),
  );
  return {
    grave: all.filter(({ finding }) => isGrave(finding.severity)),
    lesser: all.filter(({ finding }) => !isGrave(finding.severity)),
  };
}

export interface RouterFinding {
  readonly router: string;
  readonly finding: ReportCause;
}

export function outcomeWords(router: ReportRouter): string {
  switch (router.outcome) {
    case 'diagnosed':
      return 'diagnosed';
    case 'not-reached':
      return 'not reached';
    case 'not-tried':
      return 'not tried';
    case 'unsupported-platform':
      return 'unsupported platform';
    case 'agent-fault':
      return 'fault in tunneldoc';
    default:
      return assertNever(router.outcome);
  }
}

/** The far end as one word: its address (with an unusual port), else its identity. */
export function peerWord(tunnel: ReportTunnel): string {
  if (tunnel.peer === null) return tunnel.peerIdentity ?? 'unknown peer';
  const { peerPort } = tunnel;
  const usual = peerPort === null || peerPort === 500 || peerPort === 4500;
  const host = tunnel.peer.includes(':') && !usual ? `[${tunnel.peer}]` : tunnel.peer;
  return usual ? host : `${host}:${peerPort}`;
}

/** `GigabitEthernet0/1, crypto map VPN`, plus VRFs and site: what stands in brackets behind a tunnel's name. */
export function placeWords(tunnel: ReportTunnel): string {
  const { kind, name } = tunnel.attachment;
  const kinds = {
    'crypto-map': 'crypto map',
    'tunnel-protection': 'tunnel protection',
    dynamic: 'dynamic',
    gdoi: 'GDOI',
    unknown: '',
  };
  const named = [kinds[kind], name ?? ''].filter((part) => part !== '').join(' ');
  return [
    tunnel.attachment.interface,
    named,
    tunnel.peer !== null && tunnel.peerIdentity !== null && tunnel.peerIdentity !== tunnel.peer
      ? `identity ${tunnel.peerIdentity}`
      : null,
    tunnel.fvrf === null ? null : `front-door VRF ${tunnel.fvrf}`,
    tunnel.ivrf === null ? null : `inside VRF ${tunnel.ivrf}`,
    tunnel.site === null ? null : `site ${tunnel.site}`,
  ]
    .filter((part) => part !== null && part !== '')
    .join(', ');
}

/** The place short enough for a table: `Gi0/1`, `Tu10`, without an interface the map's name. */
export function placeShort(tunnel: ReportTunnel): string {
  const { interface: port, name } = tunnel.attachment;
  return port === null ? (name ?? '-') : shortInterface(port);
}

/** The id of the leading cause, else the reason; never empty. */
export function causeWord(tunnel: ReportTunnel): string {
  return tunnel.causes[0]?.id ?? tunnel.reason ?? '-';
}

/** What is said in place of a cause when none stands. */
export function noCauseWords(tunnel: ReportTunnel): string {
  if (tunnel.verdict === 'missing')
    return `expected (${tunnel.expect}), but seen in no table, session or log line`;
  return tunnel.verdict === 'undetermined'
    ? 'not determined, the evidence ends first'
    : 'no known cause fits what was seen';
}

/** `phase 1 MM_NO_STATE (IKEv1), phase 2 none, encaps 0, decaps 0`; with several flows they are counted by state. */
export function stateWords(tunnel: ReportTunnel): string {
  const [only, ...more] = tunnel.flows;
  if (only === undefined) return `${phase1Words(tunnel)}, no flow seen`;
  if (more.length === 0) return `${phase1Words(tunnel)}, ${flowState(only)}`;
  const up = tunnel.flows.filter(({ phase2 }) => phase2 === 'up' || phase2 === 'rekeying').length;
  return `${phase1Words(tunnel)}, phase 2 up in ${up} of ${tunnel.flows.length} flows`;
}

/** `10.1.0.0/16 → 10.2.0.0/16 protocol 17 port 500` */
export function flowName(flow: ReportFlow): string {
  const protocol = flow.protocol ? ` protocol ${flow.protocol}` : '';
  const end = (ident: string | null, port: number | null) =>
    `${ident ?? 'unknown'}${port ? ` port ${port}` : ''}`;
  return `${end(flow.localIdent, flow.localPort)} → ${end(flow.remoteIdent, flow.remotePort)}${protocol}`;
}

export function flowState(flow: ReportFlow): string {
  const phase2 = {
    absent: 'none',
    'inbound-only': 'inbound SA only',
    'outbound-only': 'outbound SA only',
    up: 'up',
    rekeying: 'rekeying',
    unknown: 'not known',
  };
  return [`phase 2 ${phase2[flow.phase2]}`, counterWords(flow), errorWords(flow)]
    .filter((part) => part !== '')
    .join(', ');
}

/** Commands that ended early or were refused, and lines nobody understood: `show x: refused (reason)`. */
export function incompleteEvidence(router: ReportRouter): string[] {
  const fates = router.collected.flatMap(({ command, fate, reason, lines, unread }) => {
    const why = reason === null ? '' : ` (${reason})`;
    if (fate === 'refused') return [`${command}: refused${why}`];
    if (fate === 'cut-short') return [`${command}: cut short after ${plural(lines, 'line')}${why}`];
    return unread > 0 ? [`${command}: ${unread} of ${plural(lines, 'line')} not understood`] : [];
  });
  return router.notUsed.length === 0 ? fates : [...fates, `not used: ${router.notUsed.join(', ')}`];
}

/** The strongest reason against a ruled-out cause. */
export function ruledOutReason(cause: ReportCause): string {
  return cause.against[0]?.text ?? cause.because[0]?.text ?? cause.title;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function momentOf(at: string | null): string {
  if (at === null) return 'an unknown time';
  const parts = MOMENT.exec(at);
  return parts === null ? at : `${parts[1]} ${parts[2]} UTC`;
}

// 2026-11-23T18:57:22.120Z
const MOMENT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z$/;

function phase1Words(tunnel: ReportTunnel): string {
  const { kind, state, version } = tunnel.phase1;
  const ike = version === null ? '' : ` (IKEv${version})`;
  switch (kind) {
    case 'absent':
      return 'phase 1 none';
    case 'no-ike':
      return 'phase 1 without an IKE SA beside the IPsec SAs';
    case 'unknown':
      return 'phase 1 not known';
    case 'deleted-only':
      return `phase 1 only deleted SAs${ike}`;
    case 'negotiating':
    case 'established':
      return `phase 1 ${state ?? kind}${ike}`;
    default:
      return assertNever(kind);
  }
}

function counterWords({ encaps, decaps, delta }: ReportFlow): string {
  if (encaps === null && decaps === null) return '';
  const span = delta?.seconds == null ? '' : ` in ${Math.round(delta.seconds)} s`;
  const rise = (count: number | null | undefined) => (count == null ? '' : ` (+${count}${span})`);
  return `encaps ${encaps ?? 'not known'}${rise(delta?.encaps)}, decaps ${decaps ?? 'not known'}${rise(delta?.decaps)}`;
}

function errorWords(flow: ReportFlow): string {
  const errors = [
    flow.sendErrors ? `send errors ${flow.sendErrors}` : '',
    flow.recvErrors ? `receive errors ${flow.recvErrors}` : '',
  ];
  return errors.filter((part) => part !== '').join(', ');
}

const SHORT_NAMES: readonly (readonly [string, string])[] = [
  ['TwentyFiveGigE', 'Twe'],
  ['TenGigabitEthernet', 'Te'],
  ['GigabitEthernet', 'Gi'],
  ['FastEthernet', 'Fa'],
  ['Ethernet', 'Et'],
  ['Port-channel', 'Po'],
  ['Virtual-Access', 'Vi'],
  ['Virtual-Template', 'Vt'],
  ['Loopback', 'Lo'],
  ['Tunnel', 'Tu'],
  ['Dialer', 'Di'],
  ['Serial', 'Se'],
  ['Vlan', 'Vl'],
];

function shortInterface(port: string): string {
  const known = SHORT_NAMES.find(([long]) => port.startsWith(long));
  return known === undefined ? port : known[1] + port.slice(known[0].length);
}
