import { join } from 'node:path';
import type { ConnectionFlags } from '../inventory/connection-flags.ts';
import { type ConnectionPlan, type PlanContext, planConnection } from '../inventory/connection-plan.ts';
import type { EndpointPlan } from '../inventory/endpoint-plan.ts';
import { expandHome, homeFolder } from '../inventory/home-folder.ts';
import type { CredentialRef, InventoryRouter, Timeouts } from '../inventory/inventory.ts';
import { isEncrypted } from '../inventory/private-key.ts';
import type { RouterTarget, SshEndpoint } from '../transport/router-target.ts';
import type { Limits } from '../transport/timeouts.ts';
import {
  agentSocket,
  type Found,
  privateKeysOf,
  type SecretSources,
  secretOf,
} from './resolve-credentials.ts';

export interface Surroundings extends SecretSources {
  readonly context: PlanContext;
}

/** A router to ask, with the limits that flags, inventory and ssh_config set for it. */
export interface PlannedTarget {
  readonly target: RouterTarget;
  readonly limits: Partial<Limits>;
  readonly deadlineMs: number | null;
  /** What was decided against the letter of an ssh_config, for the report. */
  readonly remarks?: readonly string[];
}

export type ResolvedTarget =
  | ({ readonly ok: true; readonly secrets: readonly string[] } & PlannedTarget)
  | { readonly ok: false; readonly message: string };

/** A router of the inventory with flags, ssh_config and secrets filled in, ready to log in to; or what is missing and how to give it. */
export async function resolveTarget(
  router: InventoryRouter,
  flags: ConnectionFlags,
  around: Surroundings,
): Promise<ResolvedTarget> {
  const planned = planConnection(router, flags, around.context);
  if (!planned.ok) return planned;
  const plan = planned.value;
  if (plan.router.user === null)
    return {
      ok: false,
      message: `${router.name}: no user; give --user, user@host, or \`user:\` in the inventory`,
    };
  const target = await endpointOf(plan.router, flags, around, 'router');
  if ('message' in target) return { ok: false, message: target.message };
  const via: SshEndpoint[] = [];
  for (const hop of plan.via) {
    const endpoint = await endpointOf(hop, flags, around, 'jump host');
    if ('message' in endpoint) return { ok: false, message: `${router.name}: jump host ${endpoint.message}` };
    via.push(endpoint.value);
  }
  const enable = await enableSecretOf(plan, around);
  if (enable !== null && 'message' in enable) return { ok: false, message: enable.message };
  const secrets = [target.value, ...via].flatMap(secretsOf);
  return {
    ok: true,
    secrets: [...new Set([...secrets, ...(enable === null ? [] : [enable.value])])],
    remarks: planned.remarks,
    limits: limitsOf(secondsOf(plan)),
    deadlineMs: milliseconds(plan.timeouts.total?.value),
    target: {
      ...target.value,
      enableSecret: enable?.value ?? null,
      via,
      typeAhead: plan.typeAhead.value,
    },
  };
}

async function endpointOf(
  plan: EndpointPlan,
  flags: ConnectionFlags,
  around: Surroundings,
  kind: 'router' | 'jump host',
): Promise<Found<SshEndpoint>> {
  const hostKeys = hostKeyRules(plan, flags, around);
  if (hostKeys === null)
    return {
      message: `${plan.name}: there is no home folder to keep known hosts in; give --known-hosts FILE or --state-dir DIR`,
    };
  const agent = agentSocket(plan, around.env);
  if ('message' in agent) return agent;
  const found = await privateKeysOf(plan, lockedKeysAgent(plan, agent.value, around.env), around);
  if ('message' in found) return found;
  const socket = agentFor(plan, agent.value, found.value, around.env);
  const password = await passwordOf(plan, around, kind);
  // A key or the agent may be enough, and a password that is not to be had is then no fault.
  if (password !== null && 'message' in password && found.value.length === 0 && socket === null)
    return password;
  return {
    value: {
      name: plan.name,
      host: plan.host.value,
      port: plan.port.value,
      user: plan.user?.value ?? '',
      password: password !== null && 'value' in password ? password.value : null,
      privateKeys: found.value,
      agent: socket,
      methods: plan.methods?.value ?? null,
      legacyAlgorithms: plan.legacyAlgorithms.value,
      algorithms: Object.fromEntries(
        Object.entries(plan.algorithms).map(([name, said]) => [name, said.value]),
      ),
      hostKeys,
    },
  };
}

/** An agent that nobody switched off may hold what a locked key file names, as it does for ssh. */
function lockedKeysAgent(
  plan: EndpointPlan,
  socket: string | null,
  env: SecretSources['env'],
): string | null {
  const isOff = plan.agent.value === false && plan.agent.from !== 'default';
  return socket ?? (isOff ? null : (plan.agentPath ?? ((env['SSH_AUTH_SOCK'] ?? '') || null)));
}

/** The agent is used where it is wanted, and for key files that only name one of its keys. */
function agentFor(
  plan: EndpointPlan,
  socket: string | null,
  keys: NonNullable<SshEndpoint['privateKeys']>,
  env: SecretSources['env'],
): string | null {
  const naming = keys.some((key) => key.passphrase === null && !isPlainKey(key.text));
  if (naming) return lockedKeysAgent(plan, socket, env);
  return plan.identitiesOnly && keys.length > 0 ? null : socket;
}

function isPlainKey(text: string): boolean {
  return /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----|^PuTTY-User-Key-File-/m.test(text) && !isEncrypted(text);
}

/**
 * The router's password: as said, else TUNNELDOC_PASSWORD, else asked. A jump host's: only as said for it; the router's
 * password is never sent to a bastion.
 */
async function passwordOf(
  plan: EndpointPlan,
  around: Surroundings,
  kind: 'router' | 'jump host',
): Promise<Found<string> | null> {
  if (plan.methods !== null && !plan.methods.value.some((method) => method !== 'publickey')) return null;
  const usual = kind === 'router' ? defaultRef('TUNNELDOC_PASSWORD', around) : null;
  const ref = plan.password?.value ?? usual;
  if (ref === null) return null;
  const whose = kind === 'router' ? plan.name : `jump host ${plan.name}`;
  return secretOf(ref, plan.name, `Password for ${whose}: `, around);
}

async function enableSecretOf(plan: ConnectionPlan, around: Surroundings): Promise<Found<string> | null> {
  const ref = plan.enableSecret?.value ?? envRef('TUNNELDOC_ENABLE', around);
  const { name } = plan.router;
  return ref === null ? null : secretOf(ref, name, `Enable secret for ${name}: `, around);
}

function secretsOf({ password, privateKeys = [] }: SshEndpoint): string[] {
  return [password, ...privateKeys.map((key) => key.passphrase)].filter((secret) => secret !== null);
}

function secondsOf({ timeouts }: ConnectionPlan): Timeouts {
  return Object.fromEntries(Object.entries(timeouts).map(([phase, said]) => [phase, said.value]));
}

function milliseconds(seconds: number | undefined): number | null {
  return seconds === undefined ? null : seconds * 1000;
}

/** Which clocks a word of the inventory or the command line sets. */
const CLOCKS = {
  name: ['nameMs'],
  // A port that accepts and says nothing is as dead as one that does not answer.
  connect: ['connectMs', 'identificationMs'],
  keyExchange: ['keyExchangeMs'],
  login: ['authenticationMs'],
  prompt: ['shellMs', 'promptMs'],
  enable: ['enableMs'],
  command: ['commandIdleMs'],
} as const satisfies Record<string, readonly (keyof Limits)[]>;

/** Timeouts in seconds as the clocks of transport. */
export function limitsOf(timeouts: Timeouts): Partial<Limits> {
  return Object.fromEntries(
    (Object.keys(CLOCKS) as (keyof typeof CLOCKS)[]).flatMap((word) => {
      const ms = milliseconds(timeouts[word]);
      return ms === null ? [] : CLOCKS[word].map((clock) => [clock, ms]);
    }),
  );
}

/** Folder for what the program keeps: `--state-dir`, XDG_STATE_HOME, or ~/.local/state; null without a home. */
function stateFolder(
  flags: Pick<ConnectionFlags, 'stateDir'>,
  env: SecretSources['env'],
  home: string | null,
): string | null {
  if (flags.stateDir !== null) return flags.stateDir;
  const xdg = env['XDG_STATE_HOME'];
  if (xdg !== undefined && xdg !== '') return join(xdg, 'tunneldoc');
  return home === null ? null : join(home, '.local', 'state', 'tunneldoc');
}

function hostKeyRules(
  plan: EndpointPlan,
  flags: ConnectionFlags,
  around: Surroundings,
): SshEndpoint['hostKeys'] | null {
  const home = homeFolder();
  const state = stateFolder(flags, around.env, home);
  const named = plan.knownHosts?.value ?? null;
  if (named === null && state === null) return null;
  const usual = home === null ? [] : [join(home, '.ssh', 'known_hosts')];
  return {
    policy: plan.hostKeys.value,
    // A pinned key stays pinned, whatever else is said.
    ...(plan.fingerprint === null ? {} : { fingerprint: plan.fingerprint.value }),
    ...(plan.hostKeyAlias === null ? {} : { hostKeyAlias: plan.hostKeyAlias.value }),
    knownHostsFile: named === null ? join(state ?? '', 'known_hosts') : expandHome(named),
    readOnlyFiles: plan.otherKnownHosts?.value.map((file) => expandHome(file)) ?? usual,
  };
}

function envRef(name: string, around: SecretSources): CredentialRef | null {
  return (around.env[name] ?? '') === '' ? null : { kind: 'env', name };
}

function defaultRef(name: string, around: SecretSources): CredentialRef | null {
  return envRef(name, around) ?? (around.ask === null ? { kind: 'env', name } : { kind: 'ask' });
}
