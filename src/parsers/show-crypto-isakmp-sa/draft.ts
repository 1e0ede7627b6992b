import type { Draft, Line } from '../lines.ts';
import type { IsakmpSa } from './facts.ts';

/** What has been read so far of one output. */
export interface IsakmpScan {
  family: 'ipv4' | 'ipv6';
  /** A front-door VRF column stands before `dst` (old releases). */
  vrfColumn: boolean;
  /** The engine line of the last detail row was read; another one belongs to a row that is missing. */
  engineRead: boolean;
  readonly sas: Draft<IsakmpSa>[];
}

/** An SA of which nothing but its place is known yet. */
export function blankSa(family: 'ipv4' | 'ipv6', line: Line): Draft<IsakmpSa> {
  return {
    lines: { first: line.number, last: line.last },
    family,
    dst: '',
    src: '',
    local: null,
    remote: null,
    state: null,
    connId: null,
    slot: null,
    status: null,
    deleted: false,
    fvrf: null,
    ivrf: null,
    encr: null,
    hash: null,
    auth: null,
    dh: null,
    lifetime: null,
    capabilities: null,
  };
}

/** Stretches the SA's range over a further line. */
export function extendSa(sa: Draft<IsakmpSa>, line: Line): void {
  sa.lines = { first: sa.lines.first, last: line.last };
}

/** ipv6 by the look of the address. */
export function familyOf(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}
