import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expandHome, homeFolder } from '../inventory/home-folder.ts';
import type { CredentialRef, InventoryRouter } from '../inventory/inventory.ts';
import { readSecretFile } from '../inventory/read-secret-file.ts';
import { resolveCredential } from '../inventory/resolve-credential.ts';
import type { RouterTarget } from '../transport/router-target.ts';
import type { Limits } from '../transport/timeouts.ts';

/** What the command line says about connecting; set values win over the inventory. */
export interface ConnectionFlags {
  readonly user: string | null;
  readonly port: number | null;
  readonly password: CredentialRef | null;
  readonly enableSecret: CredentialRef | null;
  readonly identity: string | null;
  readonly legacyAlgorithms: boolean | null;
  readonly hostKeys: 'strict' | 'accept-new' | null;
  readonly knownHosts: string | null;
  readonly stateDir: string | null;
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ask: ((question: string) => Promise<string>) | null;
}

/** A router to ask, with the limits its inventory entry sets. */
export interface PlannedTarget {
  readonly target: RouterTarget;
  readonly limits: Partial<Limits>;
  readonly deadlineMs: number | null;
}

export type ResolvedTarget =
  | ({ readonly ok: true; readonly secrets: readonly string[] } & PlannedTarget)
  | { readonly ok: false; readonly message: string };

/** A router of the inventory with flags and secrets filled in, ready to log in to; or what is missing and how to give it. */
export async function resolveTarget(
  router: InventoryRouter,
  flags: ConnectionFlags,
  around: Surroundings,
): Promise<ResolvedTarget> {
  const user = flags.user ?? router.user;
  if (user === null)
    return {
      ok: false,
      message: `${router.name}: no user; give --user, user@host, or \`user:\` in the inventory`,
    };
  const hostKeys = hostKeyRules(router, flags, around);
  if (hostKeys === null)
    return {
      ok: false,
      message: `${router.name}: there is no home folder to keep known hosts in; give --known-hosts FILE or --state-dir DIR`,
    };
  if (router.jump !== null) {
    return {
      ok: false,
      message: `${router.name}: the inventory names the jump host ${router.jump}, which this version cannot use yet; nothing was sent`,
    };
  }
  const password = await secretOf(
    flags.password ?? router.password ?? defaultRef('TUNNELDOC_PASSWORD', around),
    router,
    around,
  );
  const identity = flags.identity ?? router.identity;
  const key = identity === null ? null : await keyOf(identity, router);
  if (key !== null && 'message' in key) return { ok: false, message: key.message };
  if (password !== null && 'message' in password && key === null)
    return { ok: false, message: password.message };
  const enable = await secretOf(
    flags.enableSecret ?? router.enableSecret ?? envRef('TUNNELDOC_ENABLE', around),
    router,
    around,
  );
  if (enable !== null && 'message' in enable) return { ok: false, message: enable.message };
  const secret = password !== null && 'value' in password ? password.value : null;
  const secrets = [secret, enable?.value ?? null].filter((value): value is string => value !== null);
  return {
    ok: true,
    secrets,
    limits: limitsOf(router),
    deadlineMs: router.timeouts.total === undefined ? null : router.timeouts.total * 1000,
    target: {
      name: router.name,
      host: router.host,
      port: flags.port ?? router.port,
      user,
      password: secret,
      enableSecret: enable?.value ?? null,
      privateKeys: key === null ? [] : [{ name: identity ?? '', text: key.value, passphrase: null }],
      legacyAlgorithms: flags.legacyAlgorithms ?? router.legacyAlgorithms,
      hostKeys,
    },
  };
}

function limitsOf({ timeouts }: InventoryRouter): Partial<Limits> {
  return {
    ...(timeouts.connect === undefined ? {} : { connectMs: timeouts.connect * 1000 }),
    ...(timeouts.login === undefined ? {} : { authenticationMs: timeouts.login * 1000 }),
    ...(timeouts.command === undefined ? {} : { commandIdleMs: timeouts.command * 1000 }),
  };
}

/** Folder for what the program keeps: `--state-dir`, XDG_STATE_HOME, or ~/.local/state; null without a home. */
function stateFolder(
  flags: Pick<ConnectionFlags, 'stateDir'>,
  env: Surroundings['env'],
  home: string | null,
): string | null {
  if (flags.stateDir !== null) return flags.stateDir;
  const xdg = env['XDG_STATE_HOME'];
  if (xdg !== undefined && xdg !== '') return join(xdg, 'tunneldoc');
  return home === null ? null : join(home, '.local', 'state', 'tunneldoc');
}

function hostKeyRules(
  router: InventoryRouter,
  flags: ConnectionFlags,
  around: Surroundings,
): RouterTarget['hostKeys'] | null {
  const home = homeFolder();
  const state = stateFolder(flags, around.env, home);
  const rule = flags.hostKeys ?? router.hostKeys ?? 'strict';
  const named = flags.knownHosts ?? router.knownHosts;
  if (named === null && state === null) return null;
  const shared = {
    knownHostsFile: named === null ? join(state ?? '', 'known_hosts') : expandHome(named),
    readOnlyFiles: home === null ? [] : [join(home, '.ssh', 'known_hosts')],
  };
  return typeof rule === 'string'
    ? { ...shared, policy: rule }
    : { ...shared, policy: 'strict', fingerprint: rule.fingerprint };
}

function envRef(name: string, around: Surroundings): CredentialRef | null {
  return (around.env[name] ?? '') === '' ? null : { kind: 'env', name };
}

function defaultRef(name: string, around: Surroundings): CredentialRef | null {
  return envRef(name, around) ?? (around.ask === null ? { kind: 'env', name } : { kind: 'ask' });
}

async function secretOf(
  ref: CredentialRef | null,
  router: InventoryRouter,
  around: Surroundings,
): Promise<{ readonly value: string } | { readonly message: string } | null> {
  if (ref === null) return null;
  const resolved = await resolveCredential(ref, {
    env: around.env,
    readFile: readSecretFile,
    ask: around.ask,
    routerName: router.name,
  });
  return resolved.ok ? { value: resolved.value } : { message: resolved.message };
}

async function keyOf(
  path: string,
  router: InventoryRouter,
): Promise<{ readonly value: string } | { readonly message: string }> {
  const file = expandHome(path);
  try {
    return { value: await readFile(file, 'utf8') };
  } catch (error) {
    return {
      message: `${router.name}: cannot read the private key ${path}: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
