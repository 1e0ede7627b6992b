import type { ConnectionFlags } from './connection-flags.ts';
import { type EndpointPlan, endpointPlan, type KeyFile, type Outcome } from './endpoint-plan.ts';
import type { CredentialRef, InventoryRouter, JumpHost, Timeouts } from './inventory.ts';
import { chainFault, chainOf, type JumpHosts, jumpHostOf } from './jump-hosts.ts';
import { problemLine } from './problem.ts';
import type { SshConfig } from './ssh-config-file.ts';
import { type Said, type SshHostSettings, sshHostSettings } from './ssh-config-settings.ts';
import type { LocalFacts } from './ssh-config-tokens.ts';
import { NO_LOGIN_SETTINGS } from './unset.ts';

/** How a router is reached, every value with who says it. Nothing was read or asked for yet. */
export interface ConnectionPlan {
  readonly router: EndpointPlan;
  /** Jump hosts, the first one to connect to first. */
  readonly via: readonly EndpointPlan[];
  readonly enableSecret: Said<CredentialRef> | null;
  readonly typeAhead: Said<boolean>;
  readonly timeouts: { readonly [K in keyof Timeouts]?: Said<number> };
}

export interface PlanContext {
  readonly sshConfig: SshConfig | null;
  readonly jumpHosts: JumpHosts;
  readonly local: LocalFacts;
  /** Key files that ssh tries by itself, as far as they are there: for jump hosts that nothing is said of. */
  readonly usualKeys: readonly string[];
}

/** Puts flags, inventory and ssh_config together for one router; a message says what stands in the way and where. */
export function planConnection(
  router: InventoryRouter,
  flags: ConnectionFlags,
  context: PlanContext,
): Outcome<ConnectionPlan> {
  const config = settingsOf(
    { host: router.host, user: flags.user ?? router.user, port: flags.port ?? router.port },
    context,
  );
  if (config !== null && 'message' in config) return fault(router, config.message);
  const planned = endpointPlan({
    said: router,
    from: router.line === 0 ? 'command line' : 'inventory',
    flags: { ...flags, password: flags.password && { value: flags.password, from: '--password' } },
    config,
    configIsNamed: context.sshConfig?.named === true,
    fallback: { user: null, keys: { value: [], from: 'default' }, passphrase: null, agent: false },
  });
  if (!planned.ok) return planned;
  const jump = jumpOf(router, flags, config, context);
  if ('message' in jump) return fault(router, jump.message);
  const way = wayOf(jump, router, planned.value, { flags, context });
  if ('message' in way) return fault(router, way.message);
  return {
    ok: true,
    remarks: [...planned.remarks, ...way.remarks],
    value: {
      router: planned.value,
      via: way.via,
      enableSecret: said(flags.enableSecret, '--enable-secret') ?? said(router.enableSecret, 'inventory'),
      typeAhead: said(flags.typeAhead, '--type-ahead') ??
        said(router.typeAhead, 'inventory') ?? { value: false, from: 'default' },
      timeouts: timeoutsOf(router, flags, config),
    },
  };
}

function fault(router: InventoryRouter, message: string): Outcome<never> {
  return { ok: false, message: `${router.name}: ${message}` };
}

function said<T>(value: T | null, from: string): Said<T> | null {
  return value === null ? null : { value, from };
}

/** What the config says of a host; null without a config. */
function settingsOf(
  query: { readonly host: string; readonly user: string | null; readonly port: number | null },
  { sshConfig, local }: PlanContext,
): SshHostSettings | { readonly message: string } | null {
  if (sshConfig === null) return null;
  const settings = sshHostSettings(sshConfig, query, local);
  return 'message' in settings ? { message: problemLine(settings) } : settings;
}

/** The hops as one of the three words for it names them; none is an answer too. */
function jumpOf(
  router: InventoryRouter,
  flags: ConnectionFlags,
  config: SshHostSettings | null,
  { jumpHosts }: PlanContext,
): Said<readonly JumpHost[]> | { readonly message: string } {
  if (flags.jump !== null) {
    const hops =
      flags.jump === 'none' ? [] : flags.jump.split(',').map((text) => jumpHostOf(text.trim(), jumpHosts));
    const bad = hops.findIndex((hop) => 'expected' in hop);
    const wrong = hops[bad];
    if (wrong !== undefined && 'expected' in wrong)
      return { message: `--jump ${flags.jump.split(',')[bad]?.trim()}: ${wrong.expected}` };
    return { value: hops.filter((hop) => 'host' in hop), from: '--jump' };
  }
  if (router.jump !== null) return { value: router.jump, from: 'inventory' };
  return config?.jump ? configHops(config.jump) : { value: [], from: 'default' };
}

function configHops({ value, from }: NonNullable<SshHostSettings['jump']>): Said<readonly JumpHost[]> {
  const hops = value.map(({ user, host, port }) => ({
    ...NO_LOGIN_SETTINGS,
    name: `${user === null ? '' : `${user}@`}${host}${port === null ? '' : `:${port}`}`,
    host,
    user,
    port,
  }));
  return { value: hops, from };
}

interface Hop {
  readonly hop: JumpHost;
  readonly from: string;
  readonly config: SshHostSettings | null;
}

interface Way {
  readonly via: readonly EndpointPlan[];
  readonly remarks: readonly string[];
}

interface Around {
  readonly flags: ConnectionFlags;
  readonly context: PlanContext;
}

function wayOf(
  jump: Said<readonly JumpHost[]>,
  router: InventoryRouter,
  target: EndpointPlan,
  around: Around,
): Way | { readonly message: string } {
  const hops = allHops(
    jump,
    [{ name: router.name, host: router.host, port: target.port.value }],
    around.context,
  );
  if ('message' in hops) return hops;
  const via: EndpointPlan[] = [];
  const remarks: string[] = [];
  for (const hop of hops) {
    const planned = endpointPlan(hopWords(hop, target, around));
    if (!planned.ok) return planned;
    if (planned.value.user === null)
      return {
        message: `no user for the jump host ${hop.hop.name}; write user@host, or give it a user: under jumpHosts`,
      };
    via.push(planned.value);
    remarks.push(...planned.remarks);
  }
  return { via, remarks };
}

/** The first hop may have a way of its own: from the inventory, or as ssh does it from its own part of the config. */
function allHops(
  jump: Said<readonly JumpHost[]>,
  behind: readonly { readonly name: string; readonly host: string; readonly port: number | null }[],
  context: PlanContext,
): readonly Hop[] | { readonly message: string } {
  const chain = chainOf(jump.value);
  const wrong = chainFaultWithTarget(chain, behind) ?? chainFault([...chain, ...behind.slice(0, -1)]);
  if (wrong !== null) return { message: `${jump.from}: ${wrong}` };
  const hops: Hop[] = [];
  for (const hop of chain) {
    const config = settingsOf(hop, context);
    if (config !== null && 'message' in config) return { message: config.message };
    hops.push({ hop, from: jump.from, config });
  }
  const first = hops[0];
  if (first === undefined || first.hop.jump !== null || !first.config?.jump?.value.length) return hops;
  const before = allHops(configHops(first.config.jump), [...chain, ...behind], context);
  return 'message' in before ? before : [...before, ...hops];
}

/** A way that comes back to where it goes, e.g. `Host *` with a ProxyJump that holds for the jump host itself. */
function chainFaultWithTarget(
  chain: readonly JumpHost[],
  behind: Parameters<typeof chainFault>[0],
): string | null {
  const same = (a: { readonly host: string; readonly port: number | null }, b: typeof a): boolean =>
    a.host.toLowerCase() === b.host.toLowerCase() && (a.port ?? 22) === (b.port ?? 22);
  const again = chain.find((hop) => behind.some((one) => same(hop, one)));
  return again === undefined
    ? null
    : `the way leads back to ${again.name}; keep its own jump out, with \`jump: none\` or \`Host * !${again.host}\``;
}

function hopWords({ hop, from, config }: Hop, target: EndpointPlan, { flags, context }: Around) {
  const { local, usualKeys } = context;
  const usual: Said<readonly KeyFile[]> = {
    value: usualKeys.map((path) => ({ path, mustExist: false })),
    from: 'default',
  };
  const own = hop.identity !== null || config?.identities != null;
  return {
    said: hop,
    from,
    flags: {
      password: flags.jumpPassword && { value: flags.jumpPassword, from: '--jump-password' },
      agent: flags.agent,
      hostKeys: flags.hostKeys,
      knownHosts: flags.knownHosts,
    },
    config,
    configIsNamed: context.sshConfig?.named === true,
    fallback: {
      user: said(local.user, 'local user'),
      // Offering a key tells nobody a secret; a password would.
      keys: target.keys.value.length > 0 ? target.keys : usual,
      passphrase: own ? null : target.passphrase,
      agent: true,
    },
  };
}

/** A config has one word for it, which holds for the connection as our `connect` does. */
function timeoutsOf(
  router: InventoryRouter,
  flags: ConnectionFlags,
  config: SshHostSettings | null,
): ConnectionPlan['timeouts'] {
  const spoken = (timeouts: Timeouts, from: string) =>
    Object.fromEntries(
      Object.entries(timeouts).map(([key, value]) => [key, { value: value as number, from }]),
    );
  return {
    ...(config?.connectTimeout ? { connect: config.connectTimeout } : {}),
    ...spoken(router.timeouts, 'inventory'),
    ...spoken(flags.timeouts, 'command line'),
  };
}
