import { matchesPattern } from './glob.ts';
import type { ConfigLine } from './ssh-config-lines.ts';

/** What `Host` and `Match` lines are held against. */
export interface MatchFacts {
  /** The name asked for; in the final pass the HostName found. */
  readonly host: string;
  /** HostName as far as it is known at this line, else `host`. */
  readonly hostName: string;
  readonly originalHost: string;
  readonly user: string;
  readonly localUser: string;
  readonly isFinalPass: boolean;
}

export type Matched =
  | { readonly ok: true; readonly applies: boolean; readonly wantsFinalPass: boolean }
  | { readonly ok: false; readonly message: string };

/** `Host a* !ab`: one pattern must fit, and none with `!` in front. */
export function hostApplies(line: ConfigLine, host: string): boolean {
  let applies = false;
  for (const arg of line.args) {
    if (arg.startsWith('!') ? matchesPattern(arg.slice(1), host) : false) return false;
    if (matchesPattern(arg, host)) applies = true;
  }
  return applies;
}

/**
 * `Match`: all criteria must hold. A criterion that needs what we never do (`exec` runs a command) is an error, but only where
 * the other criteria hold: elsewhere the section is out whatever it would say.
 */
export function matchApplies(line: ConfigLine, facts: MatchFacts): Matched {
  const words = line.args.flatMap(criterionWords);
  let applies = true;
  let wantsFinalPass = false;
  let unknown: string | null = null;
  for (let at = 0; at < words.length; at++) {
    const negated = words[at]?.startsWith('!') === true;
    const name = (negated ? words[at]?.slice(1) : words[at])?.toLowerCase() ?? '';
    if (name === 'all') {
      if (words.some((word) => !WITH_ALL.has(word.toLowerCase())))
        return { ok: false, message: 'Match all stands alone; remove the other criteria' };
      return { ok: true, applies: applies && !negated, wantsFinalPass };
    }
    if (name === 'final' || name === 'canonical') {
      if (name === 'final') wantsFinalPass = true;
      if (facts.isFinalPass === negated) applies = false;
      continue;
    }
    const wanted = words[++at];
    if (wanted === undefined) return { ok: false, message: `Match ${name} has no value; give it one` };
    const holds = criterion(name, wanted, facts);
    if (holds === null) unknown ??= name;
    else if (holds === negated) applies = false;
  }
  if (applies && unknown !== null) return { ok: false, message: cannotTell(unknown) };
  return { ok: true, applies, wantsFinalPass };
}

const WITH_ALL: ReadonlySet<string> = new Set(['all', '!all', 'final', '!final', 'canonical', '!canonical']);

/** `host=hub*` is two words as well. */
function criterionWords(word: string): string[] {
  // host=hub1
  const [, name, value] = /^(!?[A-Za-z]{1,20})=(.*)$/.exec(word) ?? [];
  return name === undefined || value === undefined ? [word] : [name, value].filter((part) => part !== '');
}

/** Null when it cannot be told. */
function criterion(name: string, wanted: string, facts: MatchFacts): boolean | null {
  switch (name) {
    case 'host':
      return listFits(wanted.toLowerCase(), facts.hostName.toLowerCase());
    case 'originalhost':
      return listFits(wanted.toLowerCase(), facts.originalHost.toLowerCase());
    case 'user':
      return listFits(wanted, facts.user);
    case 'localuser':
      return listFits(wanted, facts.localUser);
    default:
      return null;
  }
}

/** A comma list of patterns; one that fits with `!` in front decides against all others. */
function listFits(patterns: string, value: string): boolean {
  const list = patterns.split(',');
  if (list.some((one) => one.startsWith('!') && matchesPattern(one.slice(1), value))) return false;
  return list.some((one) => matchesPattern(one, value));
}

function cannotTell(name: string): string {
  return name === 'exec'
    ? 'Match exec would run a command to decide, which is never done here; say it without exec, or name another file with --ssh-config FILE (none: no file)'
    : `Match ${name} is not supported here; say it with host, originalhost, user, localuser, final or all, or name another file with --ssh-config FILE (none: no file)`;
}
