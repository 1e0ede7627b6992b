import { diagnoseRouter, diagnoseTunnel, type TunnelDiagnosis } from '../diagnosis/diagnose-tunnel.ts';
import { routerRemarks } from '../diagnosis/remarks.ts';
import { securityNotes } from '../diagnosis/security-notes.ts';
import type { Recording } from '../evidence/recording.ts';
import { mustShowCommand, type ShowCommand } from '../evidence/show-command.ts';
import { type Declared, withDeclared } from '../fleet/expected-tunnels.ts';
import { farEndOf, type TunnelEnd } from '../fleet/pair-ends.ts';
import { parseRecording } from '../parsers/parse-recording.ts';
import { commandsNeeded } from '../playbooks/commands-needed.ts';
import type { Playbook } from '../playbooks/playbook.ts';
import type { RouterResult } from '../report/build-report.ts';
import { type BuiltTunnels, buildTunnels } from '../tunnels/build-tunnels.ts';
import { looseLines } from '../tunnels/loose-lines.ts';
import { type RouterFacts, routerFacts } from '../tunnels/router-facts.ts';

/** What every diagnosis starts with; a refusal by an old IOS is an answer too. */
const FIRST_ROUND: readonly ShowCommand[] = [
  'show clock',
  'show version',
  'show crypto isakmp sa',
  'show crypto ikev2 sa detailed',
  'show crypto session detail',
  'show crypto ipsec sa',
  'show logging',
].map(mustShowCommand);

/** The three commands without which nothing can be said. */
export const MAIN_COMMANDS: readonly ShowCommand[] = [
  'show crypto isakmp sa',
  'show crypto ipsec sa',
  'show logging',
].map(mustShowCommand);

const SUPPORTED: readonly (string | null)[] = ['ios', 'ios-xe', null];

interface Assessed {
  readonly facts: RouterFacts;
  readonly built: BuiltTunnels;
}

/** First-round commands with those that the playbooks read. */
export function wantedCommands(playbooks: readonly Playbook[]): readonly ShowCommand[] {
  return [...new Set([...FIRST_ROUND, ...commandsNeeded(playbooks)])];
}

/**
 * The pure spine: recordings of a run → one result per router. Same input, same output; times come from the recordings. Routers are
 * read together so that what both ends of a tunnel prove is seen from each of them.
 */
export function assess(
  recordings: readonly Recording[],
  playbooks: readonly Playbook[],
  declared: ReadonlyMap<string, Declared> = new Map(),
): readonly RouterResult[] {
  const assessed = recordings.map((recording) => {
    const facts = routerFacts(parseRecording(recording));
    if (!isSupported(facts)) return { facts, built: { tunnels: [], attributions: [] } };
    const built = buildTunnels(facts);
    const said = declared.get(recording.router);
    return {
      facts,
      built: said === undefined ? built : { ...built, tunnels: withDeclared(built.tunnels, said, facts) },
    };
  });
  const ends = assessed.flatMap(({ facts, built }) => built.tunnels.map((tunnel) => ({ tunnel, facts })));
  return assessed.map((router) => resultOf(router, ends, playbooks));
}

function resultOf(
  { facts, built }: Assessed,
  ends: readonly TunnelEnd[],
  playbooks: readonly Playbook[],
): RouterResult {
  const { recording } = facts.parsed;
  const supported = isSupported(facts);
  const tunnels = built.tunnels.map((tunnel): TunnelDiagnosis => {
    const farEnd = farEndOf({ tunnel, facts }, ends) ?? null;
    return diagnoseTunnel({ tunnel, facts, tunnels: built.tunnels, farEnd }, playbooks);
  });
  return {
    router: recording.router,
    address: recording.address,
    hostname: facts.hostname,
    version: facts.version,
    outcome: supported ? 'diagnosed' : 'unsupported-platform',
    why: supported
      ? null
      : `\`show version\` is that of ${facts.platform ?? 'another system'}, not of IOS or IOS-XE`,
    parsed: facts.parsed,
    wanted: supported ? [...MAIN_COMMANDS] : [],
    ...(supported
      ? diagnoseRouter(
          { tunnel: looseLines(facts, built), facts, tunnels: built.tunnels, farEnd: null },
          playbooks,
        )
      : { findings: [], questions: [] }),
    remarks: supported ? routerRemarks(facts) : [],
    tunnels,
    security: supported ? securityNotes(facts, built.tunnels) : [],
  };
}

function isSupported(facts: RouterFacts): boolean {
  return SUPPORTED.includes(facts.platform);
}
