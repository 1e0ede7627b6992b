import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, type LabRouter, startLab } from '../../mocks/ios-router/lab.ts';
import { deviations, loadScenarios, scenariosFolder } from '../app/scenario.ts';
import { printable } from '../core/printable.ts';
import type { InventoryRouter } from '../inventory/inventory.ts';
import { UNSET } from '../inventory/unset.ts';
import { askRouters } from './ask-routers.ts';
import type { ExitCode } from './exit-code.ts';
import { Fault } from './fault.ts';
import type { LogArguments } from './open-log.ts';
import type { Terminal } from './terminal.ts';
import { type ReportArguments, writeReport } from './write-report.ts';

/** Starts the lab, sweeps it over real SSH on loopback, shows the report, and says whether every verdict is as its scenario expects. */
export async function runDemo(
  args: ReportArguments &
    LogArguments & {
      readonly scenarios: readonly string[];
      readonly concurrency: number;
      readonly folder?: string | undefined;
    },
  terminal: Terminal,
): Promise<ExitCode> {
  const all = await loadScenarios(args.folder);
  const wanted = all.filter((scenario) =>
    args.scenarios.length > 0 ? args.scenarios.includes(scenario.name) : scenario.demo,
  );
  if (wanted.length === 0)
    throw new Fault(`no such scenario; there are ${all.map((scenario) => scenario.name).join(', ')}`);
  const folder = await mkdtemp(join(tmpdir(), 'tunneldoc-demo-'));
  const lab = await startLab(args.folder ?? scenariosFolder(), {
    scenarios: wanted.map((scenario) => scenario.name),
    onDifference: (router, text) => terminal.err(`replay ${printable(router)}: ${printable(text)}\n`),
    now: terminal.now,
  });
  try {
    terminal.err(`demo: ${lab.routers.length} lab routers on 127.0.0.1, asked over SSH\n`);
    const { report } = await askRouters(
      lab.routers.map(asInventory),
      { ...args, ...demoConnection(folder), minimal: false, usualRetryAfter: 0 },
      withLabPasswords(terminal, lab),
      null,
    );
    await writeReport(report, args, terminal);
    const odd = wanted.flatMap((scenario) => deviations(report, scenario, true));
    for (const text of odd) terminal.err(`demo: not as expected: ${text}\n`);
    terminal.err(
      odd.length === 0
        ? `demo: all ${wanted.length} scenarios came out as expected\n`
        : `demo: ${odd.length} deviation(s)\n`,
    );
    return odd.length === 0 ? 0 : 1;
  } finally {
    await lab.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** First contact with the lab's fresh host keys is accepted, into a file that goes when the demo ends. */
function demoConnection(folder: string) {
  return {
    hostKeys: 'accept-new' as const,
    knownHosts: join(folder, 'known_hosts'),
    sshConfig: 'none',
    samples: 1,
    interval: 1,
    timeoutRouter: 120,
  };
}

function asInventory(router: LabRouter): InventoryRouter {
  return {
    ...UNSET,
    name: router.router,
    host: router.host,
    port: router.port,
    user: router.user,
    password: { kind: 'env', name: passwordName(router) },
    enableSecret:
      router.enableSecret === null ? null : { kind: 'env', name: `${passwordName(router)}_ENABLE` },
    line: 0,
  };
}

/** The lab's passwords are public; they reach the run as any other would, by reference. */
function withLabPasswords(terminal: Terminal, lab: Lab): Terminal {
  const env: Record<string, string | undefined> = { ...terminal.env };
  for (const router of lab.routers) {
    env[passwordName(router)] = router.password;
    if (router.enableSecret !== null) env[`${passwordName(router)}_ENABLE`] = router.enableSecret;
  }
  return { ...terminal, env };
}

function passwordName(router: LabRouter): string {
  return `LAB_${router.router.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}
