import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Lab } from '../../mocks/ios-router/lab.ts';

/** How to sweep some routers: the arguments behind `sweep`, and the environment with their passwords. */
export interface SweepPlan {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** One router as an inventory names it; `settings` are further keys of the inventory. */
export interface Listed {
  readonly name: string;
  readonly port: number;
  readonly host?: string;
  readonly user?: string;
  readonly password?: string;
  readonly enableSecret?: string | null;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Writes an inventory with the secrets by reference, and known hosts that take what they see first. */
export function sweepPlan(folder: string, routers: readonly Listed[]): SweepPlan {
  const env: Record<string, string> = {};
  const entries = routers.map((router, index) => {
    env[`PASS_${index}`] = router.password ?? 'lab';
    if (router.enableSecret != null) env[`ENABLE_${index}`] = router.enableSecret;
    return {
      name: router.name,
      host: router.host ?? '127.0.0.1',
      port: router.port,
      user: router.user ?? 'lab',
      password: `env:PASS_${index}`,
      ...(router.enableSecret == null ? {} : { enableSecret: `env:ENABLE_${index}` }),
      ...router.settings,
    };
  });
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'inventory.yaml');
  writeFileSync(file, stringify({ routers: entries }));
  const hosts = ['--host-keys', 'accept-new', '--known-hosts', join(folder, 'known_hosts')];
  return { argv: ['--inventory', file, ...hosts], env };
}

export function labPlan(folder: string, lab: Lab): SweepPlan {
  return sweepPlan(
    folder,
    lab.routers.map(({ router, host, port, user, password, enableSecret }) => ({
      name: router,
      host,
      port,
      user,
      password,
      enableSecret,
    })),
  );
}
