import { gapsOf } from '../parsers/parse-recording.ts';
import { showCryptoIpsecSa } from '../parsers/show-crypto-ipsec-sa/parse.ts';
import { showCryptoIsakmpSa } from '../parsers/show-crypto-isakmp-sa/parse.ts';
import { isVpnLine } from './correlate-messages.ts';
import type { LoggedLine, RouterFacts } from './router-facts.ts';
import type { Sighting } from './sightings.ts';

/** Anyone on the Internet can provoke these; with whole SA tables an address that is in none of them is a stranger, not a tunnel. */
export const STRANGER_MESSAGES = new Set([
  'CRYPTO-4-RECVD_PKT_INV_SPI',
  'CRYPTO-4-RECVD_PKT_INV_IDENTITY',
  'CRYPTO-4-RECVD_PKT_NOT_IPSEC',
  'CRYPTO-4-RECVD_PKT_INV_PROT',
  'CRYPTO-4-RECVD_PKT_MAC_ERR',
  'CRYPTO-4-PKT_REPLAY_ERR',
]);

/** Peers that only a VPN log line names: each is a tunnel too, so that none is lost when no table holds it. */
export function loggedSightings(facts: RouterFacts, tables: readonly Sighting[]): readonly Sighting[] {
  const known = new Set(tables.map((sighting) => sighting.peer));
  const own = new Set(tables.map((sighting) => sighting.local));
  const whole = isWhole(facts);
  const found = new Map<string, Sighting>();
  for (const line of facts.lines) {
    const peer = line.message.fields['peer'];
    if (peer === undefined || !isVpnLine(line) || known.has(peer) || own.has(peer) || found.has(peer))
      continue;
    if (whole && line.message.catalogueId !== null && STRANGER_MESSAGES.has(line.message.catalogueId))
      continue;
    found.set(peer, sightingOf(peer, line));
  }
  return [...found.values()];
}

/** True when both SA tables answered in full, so that an address in neither is no peer. */
export function isWhole(facts: RouterFacts): boolean {
  return (
    gapsOf(facts.parsed, showCryptoIsakmpSa, 'show crypto isakmp sa').length === 0 &&
    gapsOf(facts.parsed, showCryptoIpsecSa, 'show crypto ipsec sa').length === 0
  );
}

function sightingOf(peer: string, line: LoggedLine): Sighting {
  return {
    peer,
    local: line.message.fields['local'] ?? null,
    port: null,
    fvrf: null,
    of: { kind: 'logged' },
    source: line.source,
    at: () => null,
  };
}
