import { assertNever } from '../core/never.ts';
import type { ReportCause, ReportFlow, ReportTunnel, Verdict } from './report.ts';
import { counted, marked, sentence } from './wording.ts';

/*
 * What both text-like renderers say about a tunnel. Strings here may hold device text as it came:
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

/** The output a line is cited from, named as its file in a recording is: `show crypto ipsec sa@2` is the second sample. */
export function outputWords({
  command,
  sample,
}: {
  readonly command: string;
  readonly sample?: number | undefined;
}): string {
  return sample === undefined ? command : `${command}@${sample}`;
}

/** Healthy and idle tunnels need no block of their own. */
export function isFine(tunnel: ReportTunnel): boolean {
  return tunnel.verdict === 'healthy' || tunnel.verdict === 'idle';
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

/** The id of the leading cause, else what is missing for one, else the reason where it says more than the verdict. */
export function causeWord(tunnel: ReportTunnel): string {
  const [lead] = tunnel.causes;
  if (lead !== undefined) return lead.id;
  if (tunnel.verdict === 'undetermined') {
    const part = missingPart(tunnel);
    return part === null ? 'not enough evidence' : `${part} not known`;
  }
  return tunnel.reason === null || tunnel.reason === tunnel.verdict ? '' : tunnel.reason;
}

/** What is said in place of a cause when none stands. */
export function noCauseWords(tunnel: ReportTunnel): string {
  if (tunnel.verdict === 'missing')
    return `none named; the tunnel is expected (${tunnel.expect}), but in no table, session or log line`;
  if (tunnel.verdict !== 'undetermined') return 'none of the known causes fits what was seen';
  const part = missingPart(tunnel);
  return part === null
    ? 'not determined, there is not enough evidence'
    : `not determined, because nothing tells about ${part}`;
}

/** `psk-missing (possible): No pre-shared key …`, the first five of them. */
export function candidateWords(causes: readonly ReportCause[]): string[] {
  return counted(
    causes.map(({ standing, id, title }) => `${id} (${standing}): ${title}`),
    MOST_CANDIDATES,
  );
}

/** The first two references of a cause. */
export function referenceWords({ references }: ReportCause): string {
  return references.slice(0, 2).join('; ');
}

/** A remark as a sentence, without the word it is filed under (`one-sample-only: …`). */
export function remarkWords(text: string): string {
  return sentence(marked(text.replace(FILED_UNDER, '')));
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

/** The strongest reason against a ruled-out cause. */
export function ruledOutReason(cause: ReportCause): string {
  return cause.against[0]?.text ?? cause.because[0]?.text ?? cause.title;
}

/** Which half of the tunnel nothing was learned about; null when both are known. */
function missingPart({ phase1, flows }: ReportTunnel): string | null {
  const open = [
    phase1.kind === 'unknown' ? 'phase 1' : '',
    flows.length === 0 || flows.every(({ phase2 }) => phase2 === 'unknown') ? 'phase 2' : '',
  ].filter((part) => part !== '');
  return open.length === 0 ? null : open.join(' and ');
}

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
  const counters = `encaps ${encaps ?? 'not known'}, decaps ${decaps ?? 'not known'}`;
  if (delta === null) return counters;
  const span = delta.seconds === null ? 'between the samples' : `in ${Math.round(delta.seconds)} s`;
  const rise = (count: number | null) => (count === null ? 'not known' : `+${count}`);
  return `${counters} (${span}: ${rise(delta.encaps)}, ${rise(delta.decaps)})`;
}

function errorWords(flow: ReportFlow): string {
  const errors = [
    flow.sendErrors ? `send errors ${flow.sendErrors}` : '',
    flow.recvErrors ? `receive errors ${flow.recvErrors}` : '',
  ];
  return errors.filter((part) => part !== '').join(', ');
}

const MOST_CANDIDATES = 5;
// one-sample-only: traffic both ways …
const FILED_UNDER = /^[a-z]{1,20}(?:-[a-z]{1,20}){1,4}: /;
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
