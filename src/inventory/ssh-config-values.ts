import type { Problem } from './problem.ts';
import type { IncludingLine, SshConfig } from './ssh-config-file.ts';
import type { ConfigLine } from './ssh-config-lines.ts';
import { hostApplies, type MatchFacts, matchApplies } from './ssh-config-match.ts';

/** Whom the config is asked about. */
export interface HostQuery {
  /** As written on the command line or in the inventory. */
  readonly host: string;
  /** Said elsewhere already; then the config's is not looked at, and `Match user` sees this one. */
  readonly user: string | null;
  readonly localUser: string;
}

/** The first value of each keyword, with the line that says it; identity files are gathered. */
export interface HostValues {
  readonly first: ReadonlyMap<string, ConfigLine>;
  readonly identities: readonly ConfigLine[];
}

/** All that a config says about a host, the first value of a keyword winning as in ssh; or the line that stands in the way. */
export function hostValues(config: SshConfig, query: HostQuery): HostValues | Problem {
  const found: Found = { first: new Map(), identities: [], wantsFinalPass: false };
  const problem =
    onePass(config.lines, true, { found, query, host: query.host, isFinalPass: false }) ??
    (found.wantsFinalPass
      ? onePass(config.lines, true, {
          found,
          query,
          host: hostNameOf(found, query.host).toLowerCase(),
          isFinalPass: true,
        })
      : null);
  return problem ?? found;
}

/** HostName with `%h` and `%%` filled in; the host itself where none is given. */
export function hostNameOf(values: Pick<HostValues, 'first'>, host: string): string {
  const given = values.first.get('hostname')?.args[0];
  return given?.replaceAll(/%[h%]/g, (token) => (token === '%h' ? host : '%')) ?? host;
}

interface Found {
  readonly first: Map<string, ConfigLine>;
  readonly identities: ConfigLine[];
  wantsFinalPass: boolean;
}

interface Pass {
  readonly found: Found;
  readonly query: HostQuery;
  readonly host: string;
  readonly isFinalPass: boolean;
}

/** Goes down the lines; a section ends where the next one begins, and with its file. The final pass knows the HostName. */
function onePass(lines: readonly IncludingLine[], reachable: boolean, pass: Pass): Problem | null {
  let active = reachable;
  for (const line of lines) {
    if (line.keyword === 'host') active = reachable && hostApplies(line, pass.host);
    else if (line.keyword === 'match') {
      const matched = matchApplies(line, factsOf(pass));
      // What stands in a part that is out anyhow cannot be in the way.
      if (!matched.ok && reachable) return problemAt(line, matched.message);
      active = reachable && matched.ok && matched.applies;
      if (matched.ok && matched.wantsFinalPass) pass.found.wantsFinalPass = true;
    } else if (line.keyword === 'include') {
      for (const file of line.included) {
        const problem = onePass(file, active, pass);
        if (problem !== null) return problem;
      }
    } else if (active && !(pass.isFinalPass && line.keyword === 'hostname')) take(line, pass.found);
  }
  return null;
}

function take(line: ConfigLine, { first, identities }: Found): void {
  if (line.keyword === 'identityfile') {
    if (!identities.some((known) => known.args[0] === line.args[0])) identities.push(line);
    return;
  }
  // A jump and a command are two ways for one thing: the first of both holds.
  const rival =
    line.keyword === 'proxyjump' ? 'proxycommand' : line.keyword === 'proxycommand' ? 'proxyjump' : null;
  if (first.has(line.keyword) || (rival !== null && first.has(rival))) return;
  first.set(line.keyword, line);
}

function factsOf({ found, query, host, isFinalPass }: Pass): MatchFacts {
  return {
    host,
    hostName: isFinalPass ? host : hostNameOf(found, host),
    originalHost: query.host,
    user: query.user ?? found.first.get('user')?.args[0] ?? query.localUser,
    localUser: query.localUser,
    isFinalPass,
  };
}

export function problemAt(line: ConfigLine, message: string): Problem {
  return { file: line.file, line: line.line, column: 1, message };
}
