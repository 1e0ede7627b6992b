import type { Gap } from '../evidence/gap.ts';
import type { IsakmpSa } from '../parsers/show-crypto-isakmp-sa/facts.ts';
import type { Sighting } from './sightings.ts';
import type { IkeRow, Phase1, Role } from './tunnel.ts';

const ESTABLISHED = new Set(['QM_IDLE', 'READY', 'GDOI_IDLE', 'GDOI_REKEY', 'Active']);

/** Sums the IKE rows of one tunnel. `gaps`: why the IKEv1 and IKEv2 tables may not be whole. */
export function sumPhase1(
  sightings: readonly Sighting[],
  local: string | null,
  gaps: readonly Gap[],
  hasSas: boolean,
): Phase1 {
  const tableRows = withoutRepeats(sightings).flatMap((sighting) => ikeRow(sighting, local));
  // Sessions repeat what the IKE tables show, with less: they speak only where a table did not answer.
  const rows = tableRows.length > 0 || gaps.length === 0 ? tableRows : sightings.flatMap(sessionRows);
  const undeleted = rows.filter((row) => !row.deleted);
  // Copies held for the other router of a redundant pair say nothing where this router has rows of its own.
  const acting = undeleted.filter((row) => !row.standby);
  const living = acting.length > 0 ? acting : undeleted;
  const established = living.filter((row) => ESTABLISHED.has(row.state));
  const deciding = newest(established) ?? newest(living) ?? newest(rows);
  const base = { rows, version: deciding?.version ?? null, state: deciding?.state ?? null };
  if (established.length > 0) return { ...base, kind: 'established', gaps: [] };
  if (living.length > 0) return { ...base, kind: 'negotiating', gaps: [] };
  // Behind a cut may be the living row.
  const cut = gaps.filter((gap) => gap.kind === 'cut-short');
  if (rows.length > 0 && cut.length > 0) return { ...base, kind: 'unknown', gaps: cut };
  if (rows.length > 0) return { ...base, kind: 'deleted-only', gaps: [] };
  if (gaps.length > 0) return { ...base, kind: 'unknown', gaps };
  return { ...base, kind: hasSas ? 'no-ike' : 'absent', gaps: [] };
}

/** A row that the plain and the detail form both show counts once: the plain form tells the state and who began. */
function withoutRepeats(sightings: readonly Sighting[]): readonly Sighting[] {
  const plain = new Set(
    sightings.flatMap(({ of }) => (of.kind === 'ikev1' && of.sa.local === null ? [of.sa.connId] : [])),
  );
  return sightings.filter(
    ({ of }) => of.kind !== 'ikev1' || of.sa.local === null || !plain.has(of.sa.connId),
  );
}

/** The row that speaks for the tunnel: the newest established one, else the newest living one, else the newest at all. */
export function decidingRow({ rows, state }: Phase1): IkeRow | undefined {
  return newest(rows.filter((row) => row.state === state && !row.deleted)) ?? newest(rows);
}

/** Connection ids rise with time where they are numbered, so the highest one is the newest. */
function newest(rows: readonly IkeRow[]): IkeRow | undefined {
  return [...rows].sort((a, b) => (b.connId ?? -1) - (a.connId ?? -1))[0];
}

function ikeRow(sighting: Sighting, local: string | null): IkeRow[] {
  const of = sighting.of;
  if (of.kind === 'ikev1') {
    const { sa } = of;
    const state = sa.state ?? (isAgreed(sa) ? 'QM_IDLE' : 'unknown');
    return [
      {
        version: 1,
        role: sa.local === null ? roleOf(sa.src, local) : 'unknown',
        state,
        connId: sa.connId,
        deleted: sa.deleted,
        standby: sa.status === 'STDBY',
        remoteSpiZero: null,
        activeSec: null,
        source: sighting.source,
      },
    ];
  }
  if (of.kind === 'ikev2') {
    const { sa } = of;
    return [
      {
        version: 2,
        role: sa.initiator === null ? 'unknown' : sa.initiator ? 'initiator' : 'responder',
        state: sa.status,
        connId: sa.tunnelId,
        deleted: sa.status === 'DELETE',
        standby: false,
        remoteSpiZero: sa.remoteSpi === null ? null : /^0+$/.test(sa.remoteSpi.replace(/^0x/i, '')),
        activeSec: sa.activeSec,
        source: sighting.source,
      },
    ];
  }
  return [];
}

/** The detail form prints no state; a lifetime that runs beside algorithms shows that the SA is made. */
function isAgreed(sa: IsakmpSa): boolean {
  const runs = sa.lifetime !== null && /[1-9]/.test(sa.lifetime);
  return sa.status !== null && !sa.deleted && sa.encr !== null && runs;
}

/** `show crypto session` alone still tells established from negotiating; its states are the words it prints. */
function sessionRows(sighting: Sighting): IkeRow[] {
  if (sighting.of.kind !== 'session') return [];
  return sighting.of.session.ikeSas.map((sa) => ({
    version: sa.version,
    role: 'unknown' as const,
    state: sa.active ? 'Active' : 'Inactive',
    connId: sa.connId,
    deleted: false,
    standby: false,
    remoteSpiZero: null,
    activeSec: null,
    source: sighting.at(sa.lines.first) ?? sighting.source,
  }));
}

function roleOf(initiator: string, local: string | null): Role {
  if (local === null) return 'unknown';
  return initiator === local ? 'initiator' : 'responder';
}
