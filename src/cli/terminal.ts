import { styleText } from 'node:util';
import type { Paint } from '../report/text-layout.ts';

/** The outside as the commands see it: the only writer to stdout and stderr. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** stdout is a terminal that may be coloured. */
  readonly isInteractive: boolean;
  /** stderr is a terminal: progress may be redrawn on it. */
  readonly hasProgress: boolean;
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readStdin: () => Promise<string>;
  /** Asks without echo; null when there is no terminal to ask on. */
  readonly ask: ((question: string) => Promise<string>) | null;
  readonly now: () => number;
}

/** Colours for a terminal; plain text for pipes, `--no-color` and NO_COLOR. */
export function paintFor(terminal: Terminal, noColor: boolean): Paint | undefined {
  const off =
    noColor ||
    !terminal.isInteractive ||
    (terminal.env['NO_COLOR'] ?? '') !== '' ||
    terminal.env['TERM'] === 'dumb';
  return off ? undefined : (style, text) => styleText(style, text, { validateStream: false });
}
