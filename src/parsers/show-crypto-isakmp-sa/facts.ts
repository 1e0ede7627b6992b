import type { Fact } from '../parsed.ts';

/** One row of `show crypto isakmp sa [detail]`. `src` is the initiator and `dst` the responder, not remote and local. */
export interface IsakmpSa extends Fact {
  readonly family: 'ipv4' | 'ipv6';
  readonly dst: string;
  readonly src: string;
  /** The router's own and the far address, where the layout says which is which (detail form: `src` is then `local`, `dst` is `remote`, and neither tells who began). */
  readonly local: string | null;
  readonly remote: string | null;
  /** MM_NO_STATE, QM_IDLE … as printed; null when the detail form leaves it out. */
  readonly state: string | null;
  readonly connId: number | null;
  readonly slot: number | null;
  /** ACTIVE, STDBY … without the `(deleted)` mark. */
  readonly status: string | null;
  readonly deleted: boolean;
  readonly fvrf: string | null;
  /** Filled by the detail form only; null otherwise. */
  readonly ivrf: string | null;
  readonly encr: string | null;
  readonly hash: string | null;
  readonly auth: string | null;
  readonly dh: number | null;
  /** Remaining lifetime as printed, e.g. `23:41:12`. */
  readonly lifetime: string | null;
  /** Capability letters (C, D, K, N, X …). */
  readonly capabilities: string | null;
}

export interface IsakmpSaFacts {
  readonly sas: readonly IsakmpSa[];
}
