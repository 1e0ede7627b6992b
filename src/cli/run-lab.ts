import { startLab } from '../../mocks/ios-router/lab.ts';
import { scenariosFolder } from '../app/scenario.ts';
import type { ExitCode } from './exit-code.ts';
import { Fault } from './fault.ts';
import type { Terminal } from './terminal.ts';

/** Keeps a lab running until SIGINT or SIGTERM, and says how to reach each router. */
export async function runLab(
  args: {
    readonly scenarios: readonly string[];
    readonly addresses: boolean;
    readonly port: number;
    readonly folder?: string | undefined;
  },
  terminal: Terminal,
): Promise<ExitCode> {
  const lab = await startLab(args.folder ?? scenariosFolder(), {
    addressing: args.addresses ? 'addresses' : 'ports',
    ...(args.addresses ? { port: args.port } : {}),
    ...(args.scenarios.length > 0 ? { scenarios: args.scenarios } : {}),
    now: terminal.now,
  });
  if (lab.routers.length === 0) {
    await lab.close();
    throw new Fault(`no such scenario: ${args.scenarios.join(', ')}`);
  }
  for (const router of lab.routers) {
    const enable = router.enableSecret === null ? '' : `  enable ${router.enableSecret}`;
    terminal.out(
      `${router.scenario.padEnd(30)} ${router.router.padEnd(14)} ${router.user}@${router.host}:${router.port}  password ${router.password}${enable}\n`,
    );
  }
  const [first] = lab.routers;
  if (first !== undefined) {
    terminal.out(
      `\nTry: TUNNELDOC_PASSWORD=${first.password} tunneldoc diagnose --host-keys accept-new ${first.user}@${first.host}:${first.port}\n`,
    );
  }
  terminal.err('the lab runs until you press Ctrl-C\n');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  await lab.close();
  return 0;
}
