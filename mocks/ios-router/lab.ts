import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recording } from '../../src/evidence/recording.ts';
import { loadRecordings } from '../../src/evidence/recording-folder.ts';
import type { Behaviour, LabUser } from './behaviour.ts';
import { parseBehaviour } from './behaviour-file.ts';
import { type RunningRouter, startRouter } from './ios-router.ts';
import { plannedReplay, planReplay, type ReplayOptions } from './replay-plan.ts';
import type { Replay } from './session-replay.ts';

/** How a lab is started. */
export interface LabOptions extends ReplayOptions {
  /** `ports`: every router on 127.0.0.1 with a port of its own (default); `addresses`: one port, 127.1.x.y each (Linux). */
  readonly addressing?: 'ports' | 'addresses';
  /** The one port of `addresses`; default 0: a free one. */
  readonly port?: number;
  /** Only these scenarios (folder names); default all. */
  readonly scenarios?: readonly string[];
  /** Milliseconds UTC; default the system's clock. */
  readonly now?: () => number;
}

/** One router of a running lab and how to log in. */
export interface LabRouter {
  readonly scenario: string;
  readonly router: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly enableSecret: string | null;
  readonly running: RunningRouter;
}

export interface Lab {
  readonly routers: readonly LabRouter[];
  close(): Promise<void>;
}

/**
 * Starts a mock router for every `<scenario>/<router>/` below the folder; other files (`scenario.yaml`) are left alone.
 * A router folder with a `session.jsonl` repeats that session.
 * Throws YamlFault on a bad behaviour.yaml or recording.yaml, and an Error on a bad transcript, before any router runs.
 */
export async function startLab(scenariosFolder: string, options: LabOptions = {}): Promise<Lab> {
  const plans = await planLab(scenariosFolder, options);
  const first = options.addressing === 'addresses' ? plans.slice(0, 1) : [];
  const routers = await startAll(first, options, options.port ?? 0);
  const port = options.addressing === 'addresses' ? (routers[0]?.port ?? 0) : 0;
  const close = async (): Promise<void> => {
    await Promise.all(routers.map((router) => router.running.close()));
  };
  try {
    routers.push(...(await startAll(plans.slice(first.length), options, port)));
  } catch (error) {
    await close();
    throw error;
  }
  return { routers, close };
}

/** Starts a router for each transcript; throws as `startLab`. */
export async function startReplays(files: readonly string[], options: LabOptions = {}): Promise<Lab> {
  const plans: RouterPlan[] = [];
  for (const file of files) {
    plans.push({ scenario: 'replay', host: '127.0.0.1', ...(await planReplay(file, options)) });
  }
  const routers = await startAll(plans, options, 0);
  const close = async (): Promise<void> => {
    await Promise.all(routers.map((router) => router.running.close()));
  };
  return { routers, close };
}

interface RouterPlan {
  readonly scenario: string;
  readonly router: string;
  readonly host: string;
  readonly recording: Recording;
  readonly behaviour: Partial<Behaviour>;
  readonly replay?: Replay;
}

async function planLab(folder: string, options: LabOptions): Promise<RouterPlan[]> {
  const scenarios = (await foldersIn(folder)).filter((name) => options.scenarios?.includes(name) ?? true);
  const plans: RouterPlan[] = [];
  for (const [s, scenario] of scenarios.entries()) {
    for (const [r, router] of (await foldersIn(join(folder, scenario))).entries()) {
      const host =
        options.addressing === 'addresses' ? `127.1.${(s % 250) + 1}.${(r % 250) + 1}` : '127.0.0.1';
      plans.push({
        scenario,
        router,
        host,
        ...(await readRouter(join(folder, scenario, router), router, options)),
      });
    }
  }
  return plans;
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

async function readRouter(
  path: string,
  router: string,
  options: ReplayOptions,
): Promise<Pick<RouterPlan, 'recording' | 'behaviour' | 'replay'>> {
  const [recording = emptyRecording(router)] = (await loadRecordings(path)) ?? [];
  const file = join(path, 'behaviour.yaml');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const said = parseBehaviour(text, file);
  const replay = await plannedReplay(path, options);
  if (replay !== null)
    return {
      recording: recording.outputs.length > 0 ? recording : replay.recording,
      behaviour: { ...replay.behaviour, ...said },
      replay: replay.replay,
    };
  return { recording, behaviour: { hostname: router, shiftStamps: true, ...said } };
}

function emptyRecording(router: string): Recording {
  return { router, address: null, collectedAt: null, outputs: [], notUsed: [], remarks: [] };
}

/** Starts all or, when one fails, none. */
async function startAll(
  plans: readonly RouterPlan[],
  options: LabOptions,
  port: number,
): Promise<LabRouter[]> {
  const tries = await Promise.allSettled(plans.map((plan) => startOne(plan, options, port)));
  const started = tries.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  const failed = tries.find((attempt) => attempt.status === 'rejected');
  if (failed === undefined) return started;
  await Promise.all(started.map((router) => router.running.close()));
  throw failed.reason;
}

async function startOne(plan: RouterPlan, options: LabOptions, port: number): Promise<LabRouter> {
  const running = await startRouter({
    recording: plan.recording,
    behaviour: plan.behaviour,
    ...(plan.replay === undefined ? {} : { replay: plan.replay }),
    host: plan.host,
    port,
    ...(options.now === undefined ? {} : { now: options.now }),
  });
  const [user, login] = firstUser(running.behaviour.users);
  return {
    scenario: plan.scenario,
    router: plan.router,
    host: running.host,
    port: running.port,
    user,
    password: login.password,
    enableSecret: running.behaviour.enableSecret,
    running,
  };
}

/** Whom a lab is entered as: `lab` where it exists, else the first user of behaviour.yaml. */
function firstUser(users: Behaviour['users']): readonly [string, LabUser] {
  const all = Object.entries(users);
  return (
    all.find(([name]) => name === 'lab') ??
    all[0] ?? ['lab', { password: '', privilege: null, publicKey: null }]
  );
}
