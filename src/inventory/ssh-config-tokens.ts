import { expandHome } from './home-folder.ts';

/** The machine and account the program runs on; null where it cannot be known. */
export interface LocalFacts {
  readonly user: string | null;
  readonly home: string | null;
  readonly hostName: string;
  readonly uid: number | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface TokenFacts {
  readonly host: string;
  readonly originalHost: string;
  readonly port: number;
  readonly user: string;
  readonly hostKeyAlias: string | null;
  readonly local: LocalFacts;
}

/** A path of an ssh_config with `~`, `${NAME}` and the `%` tokens filled in; or what cannot be filled in. */
export function expandPath(path: string, facts: TokenFacts): string | { readonly expected: string } {
  let unknown: string | null = null;
  // %d    %%    ${HOME}
  const whole = expandHome(path, facts.local.home).replace(
    /%.?|\$\{([^}]{0,200})\}/g,
    (token, name: string | undefined) => {
      const value = name === undefined ? tokenValue(token, facts) : envValue(name, facts.local);
      if (value === null) unknown ??= token;
      return value ?? '';
    },
  );
  return unknown === null
    ? whole
    : { expected: `${path}: ${unknown as string} cannot be filled in here; write the path out` };
}

function envValue(name: string, { env }: LocalFacts): string | null {
  return Object.hasOwn(env, name) ? (env[name] ?? null) : null;
}

function tokenValue(token: string, facts: TokenFacts): string | null {
  const { local } = facts;
  switch (token) {
    case '%%':
      return '%';
    case '%d':
      return local.home;
    case '%h':
      return facts.host;
    case '%i':
      return local.uid === null ? null : String(local.uid);
    case '%k':
      return facts.hostKeyAlias ?? facts.originalHost;
    case '%L':
      return local.hostName.split('.')[0] ?? null;
    case '%l':
      return local.hostName;
    case '%n':
      return facts.originalHost;
    case '%p':
      return String(facts.port);
    case '%r':
      return facts.user;
    case '%u':
      return local.user;
    default:
      return null;
  }
}
