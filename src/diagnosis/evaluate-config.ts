import { gapsOf, type Output, outputsOf, sourceOf } from '../parsers/parse-recording.ts';
import type { Fact, Parser } from '../parsers/parsed.ts';
import type { AccessListEntry } from '../parsers/show-ip-access-lists/facts.ts';
import { showIpAccessLists } from '../parsers/show-ip-access-lists/parse.ts';
import { showIpCef } from '../parsers/show-ip-cef/parse.ts';
import { showIpRoute } from '../parsers/show-ip-route/parse.ts';
import { compareReleases, parseRelease } from '../parsers/show-version/release.ts';
import type { Finding } from '../playbooks/finding.ts';
import type { RouterFacts } from '../tunnels/router-facts.ts';
import type { DiagnosisCase } from './diagnosis-case.ts';
import { decided, fails, notAsked, unknown } from './findings.ts';

/** Is the crypto map that names this peer on any interface? */
export function mapInterfaces({ tunnel }: DiagnosisCase, is: 'none' | 'some'): Finding {
  const entries = tunnel?.configured.filter((entry) => entry.interfaces !== null) ?? [];
  if (entries.length === 0)
    return notAsked('show crypto map', 'no crypto map entry for this peer in the recording');
  const applied = entries.some((entry) => (entry.interfaces?.length ?? 0) > 0);
  const sources = entries.map((entry) => entry.interfacesSource ?? entry.source);
  return decided(applied === (is === 'some'), sources);
}

/** Have the permit lines of the tunnel's crypto ACL counted packets? */
export function aclHits({ tunnel, facts }: DiagnosisCase, is: 'none' | 'some'): Finding {
  const names = new Set(
    tunnel?.configured.flatMap((entry) => (entry.entry.acl === null ? [] : [entry.entry.acl])),
  );
  if (names.size === 0) return notAsked('show crypto map', 'the crypto ACL of this tunnel is not known');
  const lists = outputsOf(facts.parsed, showIpAccessLists).flatMap((output) =>
    output.parsed.facts.lists.filter((list) => names.has(list.name)).map((list) => ({ output, list })),
  );
  if (lists.length === 0) {
    const gaps = gapsOf(
      facts.parsed,
      showIpAccessLists,
      `show ip access-lists ${[...names][0] ?? ''}`.trim(),
    );
    return gaps.length > 0
      ? unknown(...gaps)
      : notAsked('show ip access-lists', 'the crypto ACL is not in `show ip access-lists`');
  }
  const permits = lists.flatMap(({ output, list }) =>
    list.entries.filter((e) => e.action === 'permit').map((entry) => ({ output, entry })),
  );
  const hit = permits.filter(({ entry }) => entry.matches > 0);
  const isCut = lists.some(({ output }) => output.collected.kind !== 'answered');
  if (hit.length === 0 && (permits.length === 0 || isCut))
    return notAsked('show ip access-lists', 'the permit lines of the crypto ACL were not all printed');
  const shown = (hit.length > 0 ? hit : permits)
    .slice(0, 3)
    .map(({ output, entry }) => entrySource(output, entry));
  return decided(hit.length > 0 === (is === 'some'), shown);
}

function entrySource(output: Output, entry: AccessListEntry) {
  return sourceOf(output, entry.lines);
}

/**
 * `show ip cef <peer>` says what is done with a packet, default route included. `show ip route <peer>` alone says "not in table"
 * also where a default route forwards it, so its *no* counts only beside a missing default route.
 */
export function routeToPeer({ tunnel, facts }: DiagnosisCase, is: 'missing' | 'present'): Finding {
  if (tunnel === null || tunnel.peer === null) return fails();
  // The global table says nothing of a peer that is reached through a VRF.
  if (tunnel.fvrf !== null)
    return notAsked(
      `show ip cef vrf ${tunnel.fvrf} ${tunnel.peer}`,
      `what is done with packets to ${tunnel.peer} in VRF ${tunnel.fvrf} was not looked up`,
    );
  const cef = answerOf(facts, showIpCef, `show ip cef ${tunnel.peer}`);
  if (cef !== null) return decided(cef.answer.forwards === (is === 'present'), [cef.source]);
  const route = answerOf(facts, showIpRoute, `show ip route ${tunnel.peer}`);
  if (route?.answer.found) return decided(is === 'present', [route.source]);
  const fallback = answerOf(facts, showIpRoute, 'show ip route 0.0.0.0');
  if (route !== null && fallback !== null)
    return decided(fallback.answer.found === (is === 'present'), [route.source, fallback.source]);
  return notAsked(
    `show ip cef ${tunnel.peer}`,
    `what is done with packets to ${tunnel.peer} was not looked up`,
  );
}

function answerOf<A extends Fact>(
  facts: RouterFacts,
  parser: Parser<{ readonly answer: A | null }>,
  command: string,
) {
  for (const output of outputsOf(facts.parsed, parser)) {
    const { answer } = output.parsed.facts;
    if (output.collected.kind === 'answered' && output.collected.command === command && answer !== null)
      return { answer, source: sourceOf(output, answer.lines) };
  }
  return null;
}

export function versionBefore({ facts }: DiagnosisCase, release: string): Finding {
  const other = parseRelease(release);
  if (facts.release === null || other === null)
    return notAsked('show version', 'the IOS release of the router is not known');
  const order = compareReleases(facts.release, other);
  const sources = facts.versionSource === null ? [] : [facts.versionSource];
  return decided(order !== null && order < 0, sources);
}
