import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** An SSH server of somebody else's that runs for a test. */
export interface SshServer {
  readonly port: number;
  /** What it has said on its standard streams. */
  log(): string;
  /** Ends it, by its process id; safe to call twice. */
  stop(): Promise<void>;
}

/** Starts a server that stays in the foreground; resolves when its port answers, throws with its words when it ends first. */
export async function startServer(
  port: number,
  command: readonly [string, ...string[]],
  env: Readonly<Record<string, string>> = {},
): Promise<SshServer> {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    cwd: '/',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => {
      said += piece.toString('latin1');
    });
  }
  const server: SshServer = { port, log: () => said, stop: () => stopped(child) };
  for (let tries = 0; !(await answers(port)); tries++) {
    if (child.exitCode !== null || tries > TRIES) {
      await server.stop();
      throw new Error(`${command.join(' ')}: no server on port ${port}: ${said}`);
    }
    await sleep(TRY_EVERY_MS);
  }
  return server;
}

// A minute: several servers in Python that start side by side are slow on a small machine.
const TRIES = 1200;
const TRY_EVERY_MS = 50;

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'exit');
  child.kill('SIGKILL');
  await over;
}
