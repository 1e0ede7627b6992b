import type { Recording } from '../evidence/recording.ts';
import type { RouterResult } from '../report/build-report.ts';
import type { ConnectErrorName } from '../transport/connect-error.ts';

/** How collecting from one router ended. */
export type RouterRun =
  | { readonly kind: 'collected'; readonly recording: Recording }
  | {
      readonly kind: 'not-collected';
      readonly router: string;
      readonly address: string;
      readonly outcome: 'not-reached' | 'not-tried' | 'agent-fault';
      readonly why: string;
      /** The error's name for `tunneldoc explain`; absent for faults without one. */
      readonly error?: ConnectErrorName;
    };

/** A router that could not be asked, as the report shows it: named, with the reason, never as healthy. */
export function notCollected(run: Extract<RouterRun, { kind: 'not-collected' }>): RouterResult {
  return {
    router: run.router,
    address: run.address,
    hostname: null,
    version: null,
    outcome: run.outcome,
    why: run.why,
    ...(run.error === null ? {} : { error: run.error }),
    parsed: null,
    wanted: [],
    findings: [],
    questions: [],
    remarks: [],
    tunnels: [],
    security: [],
  };
}
