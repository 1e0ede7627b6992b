import { CATALOGUE } from './catalogue.generated.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';
import { type NamedPattern, type NamedValues, NO_VALUES, namedPattern, valuesOf } from './named-groups.ts';

export interface CatalogueHit {
  readonly entry: CatalogueEntry;
  /** Named groups as the text holds them. */
  readonly groups: NamedValues;
}

/** No message is longer; an expression is never given more, so that hostile lines cost no more than others. */
const LONGEST_MATCHED = 2_000;

/** By facility, then by mnemonic. */
const syslogEntries = new Map<string, Map<string, CatalogueEntry>>();
for (const entry of CATALOGUE) {
  if (entry.kind !== 'syslog') continue;
  const facility = syslogEntries.get(entry.facility ?? '') ?? new Map<string, CatalogueEntry>();
  syslogEntries.set(entry.facility ?? '', facility.set(entry.mnemonic ?? '', entry));
}
const families = new Map(
  CATALOGUE.filter((entry) => entry.kind === 'family').map((entry) => [entry.facility, entry]),
);
const debugEntries = CATALOGUE.filter((entry) => entry.kind === 'debug');
const byId = new Map(CATALOGUE.map((entry) => [entry.id, entry]));
const compiled = new Map<CatalogueEntry, NamedPattern>();

/** The entry with this id (`CRYPTO-4-IKMP_NO_SA`, `dbg.no_psk`), or null. */
export function catalogueEntry(id: string): CatalogueEntry | null {
  return byId.get(id) ?? null;
}

/** Every entry, in the order of the catalogue's files. */
export function catalogueEntries(): readonly CatalogueEntry[] {
  return CATALOGUE;
}

/** Looks a syslog message up by facility and mnemonic (whatever severity this release gives it); the text only yields fields. */
export function findSyslog(
  facility: string,
  severity: number,
  mnemonic: string,
  text: string,
): CatalogueHit | null {
  // SPA_OIR-SP-6-OFFLINECARD is found as SPA_OIR too.
  const plain = facility.split('-', 1)[0] ?? facility;
  const entry = syslogEntries.get(facility)?.get(mnemonic) ?? syslogEntries.get(plain)?.get(mnemonic);
  if (entry !== undefined) return { entry, groups: groupsOf(entry, text) ?? NO_VALUES };
  const family = families.get(plain);
  return family !== undefined && severity <= (family.severity ?? 7)
    ? { entry: family, groups: NO_VALUES }
    : null;
}

/** Looks a debug line up: the first entry whose expression fits. */
export function findDebug(text: string): CatalogueHit | null {
  const lower = text.slice(0, LONGEST_MATCHED).toLowerCase();
  for (const entry of debugEntries) {
    if (!entry.literals.some((literal) => lower.includes(literal))) continue;
    const groups = groupsOf(entry, text);
    if (groups !== null) return { entry, groups };
  }
  return null;
}

function groupsOf(entry: CatalogueEntry, text: string): NamedValues | null {
  if (entry.match === '') return NO_VALUES;
  let named = compiled.get(entry);
  if (named === undefined) {
    named = namedPattern(new RegExp(entry.match, 'i'));
    compiled.set(entry, named);
  }
  return valuesOf(named, text.length > LONGEST_MATCHED ? text.slice(0, LONGEST_MATCHED) : text);
}
