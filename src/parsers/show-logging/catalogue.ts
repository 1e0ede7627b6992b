import { CATALOGUE } from './catalogue.generated.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';

export interface CatalogueHit {
  readonly entry: CatalogueEntry;
  /** Named groups as the text holds them. */
  readonly groups: Readonly<Record<string, string>>;
}

/** No message is longer; an expression is never given more, so that hostile lines cost no more than others. */
const LONGEST_MATCHED = 2_000;

const NO_GROUPS: Readonly<Record<string, string>> = {};

const byMnemonic = new Map(
  CATALOGUE.filter((entry) => entry.kind === 'syslog').map((entry) => [
    `${entry.facility}-${entry.mnemonic}`,
    entry,
  ]),
);
const families = new Map(
  CATALOGUE.filter((entry) => entry.kind === 'family').map((entry) => [entry.facility, entry]),
);
const debugEntries = CATALOGUE.filter((entry) => entry.kind === 'debug');
const byId = new Map(CATALOGUE.map((entry) => [entry.id, entry]));
const compiled = new Map<CatalogueEntry, RegExp>();

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
  const plain = facility.replace(/-.*$/, '');
  const entry = byMnemonic.get(`${facility}-${mnemonic}`) ?? byMnemonic.get(`${plain}-${mnemonic}`);
  if (entry !== undefined) return { entry, groups: groupsOf(entry, text) ?? NO_GROUPS };
  const family = families.get(plain);
  return family !== undefined && severity <= (family.severity ?? 7)
    ? { entry: family, groups: NO_GROUPS }
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

function groupsOf(entry: CatalogueEntry, text: string): Readonly<Record<string, string>> | null {
  if (entry.match === '') return NO_GROUPS;
  let pattern = compiled.get(entry);
  if (pattern === undefined) {
    pattern = new RegExp(entry.match, 'i');
    compiled.set(entry, pattern);
  }
  const found = pattern.exec(text.slice(0, LONGEST_MATCHED));
  return found === null ? null : (found.groups ?? NO_GROUPS);
}
