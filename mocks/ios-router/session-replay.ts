import type { ExecMode } from './exec-mode.ts';
import { type Exchange, promptAtEnd, type ScriptStep, type SessionScript } from './session-script.ts';
import type { TerminalPort } from './terminal-port.ts';

/** How a recorded session is replayed. */
export interface Replay {
  readonly script: SessionScript;
  /** Pauses of the router are shortened so many times; 1: as they were. */
  readonly speed: number;
  /** Told where a client does something else than the recorded one, one sentence each. */
  onDifference(text: string): void;
}

/** Longer pauses of the router are cut to this; a pause that never ended is the end of a transcript and stays endless. */
const LONGEST_PAUSE_MS = 10_000;
/** So much longer than the recorded client is waited for a key that the router did not need. */
const GRACE_MS = 1_500;

/**
 * Replays a session: while the client types what was typed then, it gets the recorded bytes in the recorded pieces. A
 * line it does not type is left out, one that stands elsewhere in the transcript is answered from there, and any other
 * line by an exec mode with the recorded outputs.
 */
export class SessionReplay {
  readonly #port: TerminalPort;
  readonly #replay: Replay;
  readonly #exec: ExecMode;
  readonly #received: (line: string) => void;
  #next = 0;
  #tail = '';
  #pushedBack = '';
  #afterReturn = false;
  #due = 0;

  constructor(port: TerminalPort, replay: Replay, exec: ExecMode, received: (line: string) => void) {
    this.#port = port;
    this.#replay = replay;
    this.#exec = exec;
    this.#received = received;
  }

  /** Resolves when the session ends politely; throws SessionEnded when its connection is over. */
  async shell(): Promise<void> {
    this.#due = performance.now();
    if (!(await this.#serve(0))) return;
    for (;;) {
      const line = await this.#line();
      this.#due = performance.now();
      if (!(await this.#answer(line))) return;
    }
  }

  async #answer(raw: string): Promise<boolean> {
    const { exchanges } = this.#replay.script;
    const line = raw.trim();
    if (line === '') {
      this.#received(raw);
      if (exchanges[this.#next]?.typed === '') return this.#serve(this.#next);
      await this.#say(`\r\n${promptAtEnd(this.#tail) ?? ''}`);
      return true;
    }
    const found = this.#find(line);
    if (found === null) return this.#improvise(raw);
    this.#received(raw);
    return this.#serve(found);
  }

  /** The exchange of this line: the next one, else a later one, else an earlier one; null when there is none. */
  #find(line: string): number | null {
    const { exchanges } = this.#replay.script;
    const isLine = ({ typed }: Exchange): boolean => typed === line;
    const next = exchanges.findIndex(({ typed }, i) => i >= this.#next && typed !== '');
    const expected = next < 0 ? null : (exchanges[next]?.typed ?? null);
    if (expected === line) return next;
    this.#differs(expected, line);
    const later = exchanges.findIndex((exchange, i) => i >= this.#next && isLine(exchange));
    const found = later >= 0 ? later : exchanges.findLastIndex(isLine);
    return found < 0 ? null : found;
  }

  /** Plays one exchange; false when it ended the session politely. */
  async #serve(index: number): Promise<boolean> {
    const { exchanges, end } = this.#replay.script;
    const exchange = exchanges[index];
    if (exchange === undefined) return true;
    this.#next = Math.max(this.#next, index + 1);
    for (const step of exchange.steps) await this.#step(step);
    if (index < exchanges.length - 1) return true;
    if (end.end === 'closed-by-us') return exchange.endsAtPrompt || this.#port.stall();
    if (end.end === 'closed-by-router' && /^(?:exit|quit|logout)$/.test(exchange.typed ?? '')) return false;
    // A reset takes along what the client has not read yet.
    await this.#port.sleep(0.1);
    return this.#port.drop();
  }

  async #step(step: ScriptStep): Promise<void> {
    if (step.kind === 'say') {
      this.#due += Math.min(step.after, LONGEST_PAUSE_MS) / this.#replay.speed;
      const wait = this.#due - performance.now();
      if (wait > 1) await this.#port.sleep(wait / 1000);
      return this.#say(step.bytes);
    }
    if (step.kind === 'secret') await this.#line();
    else for (const key of step.bytes) await this.#key(key, step);
    this.#due = performance.now();
  }

  async #key(wanted: string, { after, waits }: Extract<ScriptStep, { kind: 'key' }>): Promise<void> {
    const key = await this.#char(waits ? 0 : (after + GRACE_MS) / 1000);
    if (key === wanted) return;
    this.#differs(wanted, key);
    // A bare CR less: what was typed instead is the beginning of the next line.
    if (key !== null && wanted === '\r') this.#pushedBack = key;
  }

  /** A line that stands nowhere in the transcript; false when it ends the session. */
  async #improvise(raw: string): Promise<boolean> {
    const prompt = promptAtEnd(this.#tail) ?? '';
    await this.#say(`${raw}\r\n`);
    if (!(await this.#exec.line(raw))) return false;
    await this.#say(prompt);
    return true;
  }

  async #say(bytes: string): Promise<void> {
    this.#tail = (this.#tail + bytes).slice(-400);
    await this.#port.write(bytes);
  }

  async #line(): Promise<string> {
    let line = '';
    for (;;) {
      const char = await this.#char(0);
      if (char === '\r' || char === '\n') return line;
      line += char ?? '';
    }
  }

  /** The next character; CR LF counts as one return; null when none came for `seconds` (0: waits for ever). */
  async #char(seconds: number): Promise<string | null> {
    for (;;) {
      const char = this.#pushedBack === '' ? await this.#port.next(seconds) : this.#pushedBack;
      this.#pushedBack = '';
      const second = char === '\n' && this.#afterReturn;
      this.#afterReturn = char === '\r';
      if (!second) return char;
    }
  }

  #differs(expected: string | null, got: string | null): void {
    const said = (text: string | null, none: string): string =>
      text === null ? none : JSON.stringify(text.slice(0, 100));
    this.#replay.onDifference(`expected ${said(expected, 'no further line')}, got ${said(got, 'nothing')}`);
  }
}
