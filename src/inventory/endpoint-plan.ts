import {
  type AlgorithmLists,
  isLegacy,
  LEGACY_ALGORITHMS,
  MODERN_ALGORITHMS,
} from '../core/ssh-algorithms.ts';
import { applyAlgorithmLine } from './algorithm-lines.ts';
import type { AgentChoice, CredentialRef, LegacyChoice, LoginSettings } from './inventory.ts';
import {
  ALGORITHM_KEYWORDS,
  type AlgorithmKind,
  type Said,
  type SshHostSettings,
  type SshLoginMethod,
} from './ssh-config-settings.ts';

/** A private key file to read. */
export interface KeyFile {
  readonly path: string;
  /** One that a flag or the inventory names must be there; of an ssh_config absent ones are passed over, as ssh does. */
  readonly mustExist: boolean;
}

/** How a server is reached and logged in to: every value with who says it; secrets are references still. */
export interface EndpointPlan {
  /** For messages: the router's name, or the jump host as it is written. */
  readonly name: string;
  readonly host: Said<string>;
  readonly port: Said<number>;
  readonly user: Said<string> | null;
  readonly password: Said<CredentialRef> | null;
  readonly keys: Said<readonly KeyFile[]>;
  readonly passphrase: Said<CredentialRef> | null;
  readonly agent: Said<AgentChoice>;
  /** `IdentityAgent`: the socket for key files that name a key of the agent; null: the one of SSH_AUTH_SOCK. */
  readonly agentPath: string | null;
  /** `IdentitiesOnly`: of the agent's keys only those that a key file names. */
  readonly identitiesOnly: boolean;
  /** Null: our order. */
  readonly methods: Said<readonly SshLoginMethod[]> | null;
  readonly legacyAlgorithms: Said<LegacyChoice>;
  /** Whole lists, for the kinds an ssh_config speaks of. */
  readonly algorithms: { readonly [K in AlgorithmKind]?: Said<readonly string[]> };
  readonly hostKeys: Said<'strict' | 'accept-new'>;
  readonly fingerprint: Said<string> | null;
  readonly hostKeyAlias: Said<string> | null;
  /** Our own file; null: the one of the state folder. */
  readonly knownHosts: Said<string> | null;
  /** Files that are only read; null: the user's own. */
  readonly otherKnownHosts: Said<readonly string[]> | null;
}

/** What is known of one server before it is decided which word counts. */
export interface EndpointWords {
  readonly said: LoginSettings & { readonly name: string; readonly host: string };
  /** Who says `said`: `inventory`, `--jump`, `~/.ssh/config:3`. */
  readonly from: string;
  /** Words of the command line about this server. */
  readonly flags: {
    readonly user?: string | null;
    readonly port?: number | null;
    readonly password?: Said<CredentialRef> | null;
    readonly identity?: readonly string[] | null;
    readonly passphrase?: CredentialRef | null;
    readonly agent: boolean | null;
    readonly legacyAlgorithms?: boolean | null;
    readonly hostKeys: 'strict' | 'accept-new' | null;
    readonly knownHosts: string | null;
  };
  readonly config: SshHostSettings | null;
  /** A file the user named may relax the host-key check to accept-new; one that is read by itself may not. */
  readonly configIsNamed: boolean;
  /** What holds where nobody says anything. */
  readonly fallback: {
    readonly user: Said<string> | null;
    readonly keys: Said<readonly KeyFile[]>;
    readonly passphrase: Said<CredentialRef> | null;
    readonly agent: boolean;
  };
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly remarks: readonly string[] }
  | { readonly ok: false; readonly message: string };

const DEFAULT = 'default';

/** Flags over the inventory, the inventory over the ssh_config, the ssh_config over what holds by default. */
export function endpointPlan(words: EndpointWords): Outcome<EndpointPlan> {
  const { said, from, flags, config, fallback } = words;
  const remarks: string[] = [];
  const legacy =
    say(flags.legacyAlgorithms ?? null, '--legacy-algorithms') ?? say(said.legacyAlgorithms, from);
  const algorithms = algorithmsOf(config, legacy?.value ?? null, said.name, remarks);
  if ('message' in algorithms) return { ok: false, message: algorithms.message };
  const fingerprint =
    said.hostKeys !== null && typeof said.hostKeys !== 'string' ? said.hostKeys.fingerprint : null;
  const value: EndpointPlan = {
    name: said.name,
    host: config?.hostName ?? { value: said.host, from },
    port: say(flags.port ?? null, '--port') ??
      say(said.port, from) ??
      config?.port ?? { value: 22, from: DEFAULT },
    user: say(flags.user ?? null, '--user') ?? say(said.user, from) ?? config?.user ?? fallback.user,
    password: flags.password ?? say(said.password, from),
    ...keysOf(words),
    ...agentOf(words),
    identitiesOnly: config?.identitiesOnly?.value === true,
    methods: config?.methods ?? null,
    legacyAlgorithms: legacy ?? { value: false, from: DEFAULT },
    algorithms,
    hostKeys: hostKeysOf(words, remarks),
    fingerprint: say(fingerprint, from),
    hostKeyAlias: config?.hostKeyAlias ?? null,
    knownHosts: say(flags.knownHosts, '--known-hosts') ?? say(said.knownHosts, from),
    otherKnownHosts: otherKnownHostsOf(config),
  };
  return { ok: true, value, remarks };
}

function say<T>(value: T | null, from: string): Said<T> | null {
  return value === null ? null : { value, from };
}

/**
 * A config says which agent, or that there is none; whether a router is offered its keys is for a flag or the inventory to
 * say, since each key that a router refuses is a failed login.
 */
function agentOf({
  said,
  from,
  flags,
  config,
  fallback,
}: EndpointWords): Pick<EndpointPlan, 'agent' | 'agentPath'> {
  const named = config?.identityAgent ?? null;
  const agentPath = typeof named?.value === 'string' ? named.value : null;
  const wanted = say(flags.agent, flags.agent === false ? '--no-agent' : '--agent') ?? say(said.agent, from);
  if (wanted !== null)
    return {
      agent: wanted.value === true && agentPath !== null ? { ...wanted, value: agentPath } : wanted,
      agentPath,
    };
  const usual = { value: fallback.agent, from: DEFAULT };
  return { agent: named !== null && (fallback.agent || named.value === false) ? named : usual, agentPath };
}

/** The passphrase goes with the keys: it is of those who name them, or of any below them. */
function keysOf({
  said,
  from,
  flags,
  config,
  fallback,
}: EndpointWords): Pick<EndpointPlan, 'keys' | 'passphrase'> {
  const named = (paths: readonly string[] | null, by: string): Said<readonly KeyFile[]> | null =>
    paths === null ? null : { value: paths.map((path) => ({ path, mustExist: true })), from: by };
  const identities = config?.identities ?? null;
  const configured: Said<readonly KeyFile[]> | null = identities && {
    value: identities.map(({ value: path }) => ({ path, mustExist: false })),
    from: identities[0]?.from ?? 'ssh_config',
  };
  const own = named(flags.identity ?? null, '--identity') ?? named(said.identity, from) ?? configured;
  const passphrase = say(flags.passphrase ?? null, '--passphrase') ?? say(said.passphrase, from);
  return { keys: own ?? fallback.keys, passphrase: passphrase ?? fallback.passphrase };
}

function hostKeysOf(
  { said, from, flags, config, configIsNamed }: EndpointWords,
  remarks: string[],
): EndpointPlan['hostKeys'] {
  const rule = typeof said.hostKeys === 'string' ? said.hostKeys : null;
  const decided = say(flags.hostKeys, '--host-keys') ?? say(rule, from);
  if (decided !== null) return decided;
  const strict = { value: 'strict' as const, from: DEFAULT };
  const asked = config?.hostKeys ?? null;
  if (asked === null || asked.value === 'ask') return strict;
  if (asked.value === 'yes') return { value: 'strict', from: asked.from };
  if (asked.value === 'accept-new' && configIsNamed) return { value: 'accept-new', from: asked.from };
  remarks.push(
    `${said.name}: StrictHostKeyChecking ${asked.value} (${asked.from}) is not followed: host keys are checked; to take a key at first contact give --host-keys accept-new`,
  );
  return strict;
}

function otherKnownHostsOf(config: SshHostSettings | null): Said<readonly string[]> | null {
  const { userKnownHosts = null, globalKnownHosts = null } = config ?? {};
  if (userKnownHosts === null && globalKnownHosts === null) return null;
  const first = userKnownHosts ?? globalKnownHosts;
  const own = userKnownHosts?.value ?? ['~/.ssh/known_hosts'];
  return { value: [...own, ...(globalKnownHosts?.value ?? [])], from: first?.from ?? DEFAULT };
}

/**
 * Legacy names: those that a flag or the inventory speaks of, when they speak at all; else those that the config's lines name,
 * which is the user's word for this host, with a remark.
 */
function algorithmsOf(
  config: SshHostSettings | null,
  legacy: LegacyChoice | null,
  name: string,
  remarks: string[],
): EndpointPlan['algorithms'] | { readonly message: string } {
  const found: { [K in AlgorithmKind]?: Said<readonly string[]> } = {};
  const optedIn: string[] = [];
  for (const kind of Object.keys(ALGORITHM_KEYWORDS) as (keyof AlgorithmLists)[]) {
    const said = config?.algorithms[kind];
    if (said === undefined) continue;
    const known = [...MODERN_ALGORITHMS[kind], ...LEGACY_ALGORITHMS[kind]];
    const applied = applyAlgorithmLine(said.value, MODERN_ALGORITHMS[kind], known);
    const problem = (expected: string): { readonly message: string } => ({
      message: `${name}: ${said.from}: ${ALGORITHM_KEYWORDS[kind]}: ${expected}`,
    });
    if ('expected' in applied) return problem(applied.expected);
    const names = legacy === null ? applied : withChosen(applied, legacy, LEGACY_ALGORITHMS[kind]);
    if (names.length === 0)
      return problem('only legacy names are left, which legacyAlgorithms: false switches off');
    if (legacy === null && names.some(isLegacy))
      optedIn.push(`${names.filter(isLegacy).join(', ')} (${said.from})`);
    found[kind] = { value: names, from: said.from };
  }
  if (optedIn.length > 0)
    remarks.push(`${name}: the ssh_config opts in to legacy algorithms: ${optedIn.join('; ')}`);
  return found;
}

function withChosen(
  names: readonly string[],
  legacy: LegacyChoice,
  ofKind: readonly string[],
): readonly string[] {
  const chosen = ofKind.filter((name) => (typeof legacy === 'boolean' ? legacy : legacy.includes(name)));
  return [...new Set([...names.filter((name) => !isLegacy(name) || chosen.includes(name)), ...chosen])];
}
