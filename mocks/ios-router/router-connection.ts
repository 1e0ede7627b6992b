import type { Socket } from 'node:net';
import type { Connection, ServerChannel, Session } from 'ssh2';
import type { Recording } from '../../src/evidence/recording.ts';
import type { Behaviour } from './behaviour.ts';
import { ExecMode } from './exec-mode.ts';
import { type AuthAttempt, Login } from './login.ts';
import { serveRecording } from './served-outputs.ts';
import { type Replay, SessionReplay } from './session-replay.ts';
import { SessionEnded, TerminalPort } from './terminal-port.ts';

/** `ip ssh time-out`: who has not logged in by then gives the line back. */
const LOGIN_SECONDS = 120;

/** What a router's connections share. */
export interface RouterState {
  readonly recording: Recording;
  readonly behaviour: Behaviour;
  /** Its shells repeat this session; null: they answer from the recording. */
  readonly replay: Replay | null;
  readonly now: () => number;
  readonly received: string[];
  readonly authAttempts: AuthAttempt[];
}

/** Takes one SSH connection: login, then one session channel with a shell or one exec request, as IOS allows no more. */
export function acceptConnection(connection: Connection, socket: Socket, router: RouterState): void {
  const over = new AbortController();
  const giveUp = (): void => void connection.end();
  const login = new Login(router.behaviour, router.authAttempts, giveUp, over.signal);
  let sessions = 0;
  const grace = setTimeout(() => socket.destroy(), LOGIN_SECONDS * 1000);
  connection.once('ready', () => clearTimeout(grace));
  const { rekeyEvery, start } = router.behaviour;
  const rekeying = rekeyEvery > 0 ? setInterval(() => connection.rekey(), rekeyEvery * 1000) : undefined;
  if (start === 'gone') connection.once('ready', () => hangUp(connection, socket, router.behaviour));
  socket.once('close', () => {
    clearTimeout(grace);
    clearInterval(rekeying);
    over.abort();
  });
  connection.on('error', () => socket.destroy());
  connection.on('authentication', (context) => {
    login.answer(context).catch(() => socket.destroy());
  });
  connection.on('session', (accept, reject) => {
    sessions++;
    if (sessions > 1 || start === 'no-session') reject();
    else serveSession(accept(), { connection, socket, router, login, signal: over.signal });
  });
}

interface Served {
  readonly connection: Connection;
  readonly socket: Socket;
  readonly router: RouterState;
  readonly login: Login;
  readonly signal: AbortSignal;
}

interface Screen {
  rows: number;
  columns: number;
}

/** A later window-change is not heard, as on IOS. */
function serveSession(session: Session, served: Served): void {
  const { start } = served.router.behaviour;
  const screen: Screen = { rows: 24, columns: 80 };
  let taken = false;
  session.on('pty', (accept, _reject, request) => {
    screen.rows = request.rows;
    screen.columns = request.cols || 80;
    accept?.();
  });
  session.on('shell', (accept, reject) => {
    if (taken || start === 'no-shell') return reject();
    taken = true;
    run(accept(), served, screen, null).catch(() => served.socket.destroy());
  });
  session.on('exec', (accept, reject, request) => {
    if (taken) return reject();
    taken = true;
    run(accept(), served, screen, request.command).catch(() => served.socket.destroy());
  });
}

async function run(
  channel: ServerChannel,
  served: Served,
  screen: Screen,
  command: string | null,
): Promise<void> {
  const { behaviour, recording, now, received } = served.router;
  const cut = (): void => hangUp(served.connection, served.socket, behaviour);
  const port = new TerminalPort(channel, behaviour, served.signal, cut);
  const exec = new ExecMode({
    behaviour,
    port,
    outputs: serveRecording(recording, now, behaviour.shiftStamps),
    privilege: served.login.privilege,
    ...screen,
    interactive: command === null,
    received: (line) => received.push(line),
  });
  const limit = behaviour.absoluteTimeout > 0 ? limitTime(port, behaviour, cut) : [];
  try {
    if (behaviour.start === 'closed') return cut();
    await (command === null ? shellOf(served.router, port, exec) : exec.once(command));
    if (command !== null && behaviour.execClose === 'abrupt') return cut();
    if (command !== null) channel.exit(0);
    await endPolitely(channel, served);
  } catch (error) {
    if (!(error instanceof SessionEnded)) throw error;
  } finally {
    for (const timer of limit) clearTimeout(timer);
  }
}

function shellOf({ replay, received }: RouterState, port: TerminalPort, exec: ExecMode): Promise<void> {
  if (replay === null) return exec.shell();
  return new SessionReplay(port, replay, exec, (line) => received.push(line)).shell();
}

/** The channel ends, then the connection; a client that does not close its side is not waited for. */
function endPolitely(channel: ServerChannel, served: Served): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      served.socket.end();
      resolve();
    };
    const timer = setTimeout(finish, 1_000);
    channel.once('close', finish);
    served.signal.addEventListener('abort', finish, { once: true });
    channel.end();
  });
}

/**
 * The connection is gone: no end of the channel, no exit status. What was written still goes out, but for a `reset`,
 * which takes along what the client has not read yet.
 */
function hangUp(connection: Connection, socket: Socket, behaviour: Behaviour): void {
  if (behaviour.hangUp === 'reset') socket.resetAndDestroy();
  else if (behaviour.hangUp === 'disconnect') connection.end();
  else socket.end(() => socket.destroy());
}

function limitTime(port: TerminalPort, behaviour: Behaviour, cut: () => void): NodeJS.Timeout[] {
  const { absoluteTimeout, logoutWarning } = behaviour;
  const warn = (): void => {
    port.write('\r\n*\r\n*\r\n* Line timeout expired\r\n*\r\n*\r\n').catch(() => cut());
  };
  return [
    setTimeout(warn, Math.max(0, absoluteTimeout - logoutWarning) * 1000),
    setTimeout(cut, absoluteTimeout * 1000),
  ];
}
