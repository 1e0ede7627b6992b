import { run } from '../../src/cli/program.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

/** What one command line left behind. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Around {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  /** A terminal 120 columns wide with colours and progress. */
  readonly onTerminal?: boolean;
  /** Milliseconds UTC. */
  readonly now?: () => number;
}

/** Runs a command line inside this process, as main.ts would, and keeps what it writes. */
export async function tunneldoc(argv: readonly string[], around: Around = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    isInteractive: around.onTerminal ?? false,
    hasProgress: around.onTerminal ?? false,
    columns: around.onTerminal ? 120 : 100,
    env: around.env ?? {},
    readStdin: async () => around.stdin ?? '',
    ask: null,
    now: around.now ?? Date.now,
  };
  const code = await run(argv, terminal);
  return { code, out: out.join(''), err: err.join('') };
}
