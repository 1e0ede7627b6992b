import { z } from 'zod';

/**
 * The report, `tunneldoc.report/1`: plain versioned JSON, a public contract (docs/schema holds the JSON Schema made from this).
 * Fields are only ever added; renderers read nothing else.
 */
const source = z.strictObject({
  router: z.string(),
  command: z.string(),
  sample: z.int().optional().describe('2 for the second sample of the command; left out for the first'),
  firstLine: z.int(),
  lastLine: z.int(),
  quote: z.string().describe('the cited line as the device printed it (secrets redacted)'),
});
const because = z.strictObject({
  text: z.string(),
  source: source
    .nullable()
    .describe(
      'null only when the clue is the absence of something in a complete output; then `command` says which',
    ),
  command: z.string().nullable(),
});
const missing = z.strictObject({ text: z.string(), ask: z.string().nullable() });
const severity = z.enum(['critical', 'high', 'medium', 'low', 'info']);
const standing = z.enum(['confirmed', 'likely', 'possible', 'ruled-out', 'undetermined']);

const cause = z.strictObject({
  id: z.string(),
  title: z.string(),
  class: z.enum(['cause', 'symptom']),
  standing,
  rank: z.int().describe('1 is best; ties share a rank'),
  severity,
  because: z.array(because),
  against: z.array(because),
  missing: z.array(missing),
  remedy: z.array(z.string()),
  verify: z.array(z.string()),
  references: z.array(z.string()),
});
const ERROR_NAME = z
  .string()
  .optional()
  .describe('name of what went wrong, for `tunneldoc explain <name>`; left out where nothing did');
const remark = z.strictObject({ text: z.string(), source: source.nullable() });
const collected = z.strictObject({
  command: z.string(),
  fate: z.enum(['answered', 'refused', 'cut-short', 'not-asked']),
  reason: z.string().nullable(),
  error: ERROR_NAME,
  lines: z.int(),
  unread: z.int().describe('lines the parser did not understand'),
});
const router = z.strictObject({
  router: z.string(),
  address: z.string().nullable(),
  hostname: z.string().nullable(),
  version: z.string().nullable(),
  outcome: z.enum(['diagnosed', 'not-reached', 'not-tried', 'unsupported-platform', 'agent-fault']),
  why: z.string().nullable(),
  error: ERROR_NAME,
  collected: z.array(collected),
  notUsed: z.array(z.string()),
  findings: z.array(cause),
  remarks: z.array(remark),
});
const flow = z.strictObject({
  localIdent: z.string().nullable(),
  remoteIdent: z.string().nullable(),
  protocol: z.int().nullable(),
  localPort: z.int().nullable(),
  remotePort: z.int().nullable(),
  phase2: z.enum(['absent', 'inbound-only', 'outbound-only', 'up', 'rekeying', 'unknown']),
  traffic: z.enum(['both-ways', 'encaps-only', 'decaps-only', 'none', 'unknown']),
  encaps: z.int().nullable(),
  decaps: z.int().nullable(),
  sendErrors: z.int().nullable(),
  recvErrors: z.int().nullable(),
  delta: z
    .strictObject({ seconds: z.number().nullable(), encaps: z.int().nullable(), decaps: z.int().nullable() })
    .nullable(),
  spis: z.strictObject({ inbound: z.array(z.string()), outbound: z.array(z.string()) }),
});
const tunnel = z.strictObject({
  id: z.string(),
  router: z.string(),
  local: z.string().nullable(),
  peer: z.string().nullable(),
  peerIdentity: z.string().nullable(),
  peerPort: z.int().nullable(),
  fvrf: z.string().nullable(),
  ivrf: z.string().nullable(),
  attachment: z.strictObject({
    kind: z.enum(['crypto-map', 'tunnel-protection', 'dynamic', 'gdoi', 'unknown']),
    interface: z.string().nullable(),
    name: z.string().nullable(),
  }),
  role: z.enum(['initiator', 'responder', 'unknown']),
  natt: z.boolean(),
  description: z.string().nullable(),
  site: z.string().nullable(),
  expect: z.enum(['always-up', 'on-demand', 'backup', 'dynamic', 'off', 'unknown']),
  verdict: z.enum(['healthy', 'idle', 'degraded', 'down', 'missing', 'undetermined']),
  reason: z
    .string()
    .nullable()
    .describe(
      'id of the reason when there is no cause: healthy, healthy-recovered, no-interesting-traffic …',
    ),
  severity,
  phase1: z.strictObject({
    kind: z.enum(['absent', 'negotiating', 'deleted-only', 'established', 'no-ike', 'unknown']),
    state: z.string().nullable(),
    version: z.int().nullable(),
  }),
  flows: z.array(flow),
  causes: z.array(cause),
  ruledOut: z.array(cause),
  remarks: z.array(remark),
  ask: z.array(z.string()),
});
const securityNote = z.strictObject({ text: z.string(), from: z.string().nullable(), source });

export const reportSchema = z.strictObject({
  format: z.literal('tunneldoc.report/1'),
  tool: z.string().describe('name and version of the program that wrote it'),
  run: z.string(),
  at: z
    .string()
    .nullable()
    .describe('when the evidence was collected, ISO 8601 UTC; null when the recording does not tell'),
  routers: z.array(router),
  tunnels: z.array(tunnel).describe('worst first'),
  security: z.array(securityNote),
  sweep: z.strictObject({
    pairs: z.array(z.strictObject({ ends: z.array(z.string()), text: z.string() })),
    missing: z.array(z.string()),
    sharedCauses: z.array(z.strictObject({ id: z.string(), tunnels: z.array(z.string()), text: z.string() })),
  }),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportTunnel = z.infer<typeof tunnel>;
export type ReportRouter = z.infer<typeof router>;
export type ReportCause = z.infer<typeof cause>;
export type ReportFlow = z.infer<typeof flow>;
export type Because = z.infer<typeof because>;
export type Verdict = ReportTunnel['verdict'];
export type Standing = z.infer<typeof standing>;

/** Worst first: the order of tunnels in every report. */
export const VERDICT_ORDER: readonly Verdict[] = [
  'down',
  'missing',
  'degraded',
  'undetermined',
  'idle',
  'healthy',
];
