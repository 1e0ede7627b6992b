import { type Lab, type LabOptions, startLab, startReplays } from '../../mocks/ios-router/lab.ts';
import { scenariosFolder } from '../app/scenario.ts';
import { printable } from '../core/printable.ts';
import type { ExitCode } from './exit-code.ts';
import { Fault } from './fault.ts';
import { findTranscripts, writeScenario } from './run-replay.ts';
import type { Terminal } from './terminal.ts';

export interface LabArguments {
  readonly scenarios: readonly string[];
  readonly addresses: boolean;
  readonly port: number;
  readonly folder?: string | undefined;
  readonly replay?: readonly string[] | undefined;
  readonly speed: number;
  readonly saveScenario?: string | undefined;
}

/**
 * Keeps a lab running until SIGINT or SIGTERM, and says how to reach each router. With `--save-scenario` it writes a
 * scenario from transcripts instead.
 */
export async function runLab(args: LabArguments, terminal: Terminal): Promise<ExitCode> {
  if (!(args.speed > 0 && args.speed <= 10_000))
    throw new Fault('--speed takes a number above 0, up to 10000');
  if (args.replay !== undefined && (args.scenarios.length > 0 || args.addresses))
    throw new Fault(
      '--replay starts its transcripts only, a port each: leave out scenario names and --addresses',
    );
  if (args.saveScenario !== undefined) {
    if (args.replay === undefined) throw new Fault('--save-scenario needs --replay with the transcripts');
    if (args.folder === undefined) throw new Fault('--save-scenario needs --folder, below which it writes');
    await writeScenario(
      args.saveScenario,
      args.folder,
      await findTranscripts(args.replay, terminal),
      terminal,
    );
    return 0;
  }
  const lab = await start(args, terminal);
  for (const router of lab.routers) {
    const enable = router.enableSecret === null ? '' : `  enable ${router.enableSecret}`;
    terminal.out(
      `${router.scenario.padEnd(30)} ${printable(router.router).padEnd(14)} ${router.user}@${router.host}:${router.port}  password ${router.password}${enable}\n`,
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

async function start(args: LabArguments, terminal: Terminal): Promise<Lab> {
  const options: LabOptions = {
    addressing: args.addresses ? 'addresses' : 'ports',
    ...(args.addresses ? { port: args.port } : {}),
    ...(args.scenarios.length > 0 ? { scenarios: args.scenarios } : {}),
    speed: args.speed,
    onDifference: (router, text) => terminal.err(`replay ${printable(router)}: ${printable(text)}\n`),
    now: terminal.now,
  };
  if (args.replay !== undefined) {
    const found = await findTranscripts(args.replay, terminal);
    return startReplays(
      found.map(({ file }) => file),
      options,
    );
  }
  const lab = await startLab(args.folder ?? scenariosFolder(), options);
  if (lab.routers.length > 0) return lab;
  await lab.close();
  throw new Fault(`no such scenario: ${args.scenarios.join(', ')}`);
}
