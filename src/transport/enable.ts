import { printable } from '../core/printable.ts';
import type { CommandLine, Reply } from './command-line.ts';
import { ENABLE_REFUSED } from './ios-prompts.ts';
import type { CredentialOutcome, LoginGate } from './login-gate.ts';
import { type Stopped, seconds, type WaitLimits } from './router-line.ts';
import { isTypeable } from './send.ts';
import { whyDead } from './session-ending.ts';
import { outputText } from './terminal.ts';

/** Ways of `enable` to fail that do not end the session; each has a page in the docs and stands in its remark. */
export const ENABLE_ERRORS = ['enable-refused', 'enable-timeout'] as const;
type EnableError = (typeof ENABLE_ERRORS)[number];

export type EnableOutcome = 'not-needed' | 'no-secret' | 'entered' | 'refused' | 'not-tried';

/** How the session stands after `enable`; the remark says why it is not privileged. */
export interface Enabled {
  readonly enable: EnableOutcome;
  readonly remark: string | null;
}

/**
 * Enters privileged mode when the session is not there and a secret was given. The secret is typed once, at a password prompt and
 * nowhere else, and only when the gate lets it. A router that does not answer in time is given as much time again to come back
 * to its prompt; if it does not, the line is dead.
 */
export async function enterEnable(
  line: CommandLine,
  secret: string | null,
  gate: LoginGate | null,
): Promise<Enabled> {
  if (line.privileged) return { enable: 'not-needed', remark: null };
  if (secret === null) return { enable: 'no-secret', remark: null };
  if (!isTypeable(secret))
    return notTried('enable was not tried: the enable secret is empty or holds control characters');
  const held = await admission(line, gate);
  if (held !== null) return notTried(`enable was ${held}`);
  const { enabled, outcome } = await tryOnce(line, secret);
  gate?.settle('enable', outcome);
  return enabled;
}

async function tryOnce(line: CommandLine, secret: string): Promise<Tried> {
  const asked = await line.send([{ kind: 'command', command: 'enable' }], {
    command: 'enable',
    ...enabling(line),
  });
  const isTyped = asked.end.kind === 'password';
  const reply = isTyped
    ? await line.send([{ kind: 'enable-secret', secret }], { command: null, ...enabling(line) })
    : asked;
  const { text, wasLate } = await comeBack(line, reply, isTyped ? null : 'enable');
  if (line.privileged) return { enabled: ENTERED, outcome: isTyped ? 'accepted' : 'unknown' };
  const said = printable(ENABLE_REFUSED.exec(text)?.[0] ?? '').trim();
  const isUnanswered = wasLate && said === '';
  const error: EnableError = isUnanswered ? 'enable-timeout' : 'enable-refused';
  const remark = `${isUnanswered ? unanswered(line) : refusalRemark(said)} [${error}]`;
  const typed = isUnanswered ? 'unanswered' : 'rejected';
  return { enabled: { enable: 'refused', remark }, outcome: isTyped ? typed : 'unknown' };
}

interface Tried {
  readonly enabled: Enabled;
  readonly outcome: CredentialOutcome;
}

/**
 * Back to the prompt: a further question means that the secret was wrong, and bare CRs answer it; after a clock ran out one CR
 * may wake the router. All that was said on the way.
 */
async function comeBack(
  line: CommandLine,
  first: Reply,
  command: string | null,
): Promise<{ text: string; wasLate: boolean }> {
  let reply = first;
  let text = textOf(reply, command);
  let wasLate = false;
  for (let tries = 0; reply.end.kind !== 'prompt' && tries < QUESTIONS_AT_MOST; tries++) {
    if (reply.end.kind === 'stopped') {
      if (wasLate || !CLOCKS.has(reply.end.why)) break;
      wasLate = true;
    }
    reply = await line.send([{ kind: 'key', key: 'return' }], { command: null, ...enabling(line) });
    text += textOf(reply, null);
  }
  if (reply.end.kind === 'stopped') line.abandon(whyDead(reply.end));
  if (reply.end.kind === 'password') line.abandon('the router went on asking for a password');
  return { text, wasLate };
}

const CLOCKS: ReadonlySet<Stopped['why']> = new Set<Stopped['why']>(['silent', 'too-long']);

function unanswered(line: CommandLine): string {
  const waited = seconds(line.options.limits.enableMs);
  return `enable got no answer in ${waited} (an AAA server that does not answer?)`;
}

function refusalRemark(said: string): string {
  if (said === '') return 'enable was refused: the router gave no reason';
  const why = REASONS.find(({ form }) => form.test(said))?.why;
  return `enable was refused: ${why === undefined ? said : `${said} (${why})`}`;
}

const REASONS: readonly { readonly form: RegExp; readonly why: string }[] = [
  // % Bad secrets
  { form: /Bad (?:secrets|passwords)/, why: 'the enable secret is wrong' },
  // % No password set
  { form: /No password set/, why: 'the router has no enable secret' },
  // % Error in authentication.
  { form: /Error in authentication/, why: 'the AAA server rejected the secret or did not answer' },
  // % Access denied      % Authorization failed.
  { form: /Access denied|Authorization failed/, why: 'AAA does not let this user enable' },
  // % Password:  timeout expired!
  { form: /timeout expired/, why: 'the router did not wait for the secret' },
];

/** Null when the secret may be typed; else why not. A gate that stays shut is not waited for longer than `gateMs`. */
function admission(line: CommandLine, gate: LoginGate | null): Promise<string | null> {
  if (gate === null) return Promise.resolve(null);
  const { limits, signal } = line.options;
  return new Promise((resolve, reject) => {
    let isOver = false;
    const end = (held: string | null): void => {
      isOver = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      resolve(held);
    };
    const giveUp = (): void =>
      end('not tried: it was not known in time whether another router accepts the same enable secret');
    const timer = setTimeout(giveUp, limits.gateMs);
    signal?.addEventListener('abort', giveUp, { once: true });
    gate.admit('enable').then((held) => {
      if (!isOver) end(held);
      else if (held === null) gate.settle('enable', 'unknown');
    }, reject);
    if (signal?.aborted) giveUp();
  });
}

function enabling(line: CommandLine): { limits: WaitLimits; passwordMayBeAsked: true } {
  const { enableMs } = line.options.limits;
  return { limits: { idleMs: enableMs, totalMs: enableMs, bytes: ENABLE_BYTES }, passwordMayBeAsked: true };
}

function textOf(reply: Reply, command: string | null): string {
  return outputText({ ...(reply.end.kind === 'prompt' ? reply.end : reply.soFar()), command });
}

function notTried(remark: string): Enabled {
  return { enable: 'not-tried', remark };
}

const ENTERED: Enabled = { enable: 'entered', remark: null };
const QUESTIONS_AT_MOST = 4;
const ENABLE_BYTES = 1024 * 1024;
