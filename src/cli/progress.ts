import type { SweepEvent } from '../app/sweep-inventory.ts';
import { printable } from '../core/printable.ts';
import type { Terminal } from './terminal.ts';

/** Progress on stderr: one redrawn line on a terminal, one plain line a finished router elsewhere. */
export interface Progress {
  readonly show: (event: SweepEvent) => void;
  readonly end: () => void;
}

export function progressLines(terminal: Terminal, quiet: boolean): Progress {
  if (quiet) return { show: () => undefined, end: () => undefined };
  return terminal.hasProgress ? redrawn(terminal) : plain(terminal);
}

function plain(terminal: Terminal): Progress {
  return {
    show: (event) => {
      if (event.kind === 'ended') terminal.err(`${endedLine(event)}\n`);
      else if (event.kind === 'waiting') terminal.err(`${waitingLine(event)}\n`);
    },
    end: () => undefined,
  };
}

function redrawn(terminal: Terminal): Progress {
  const running = new Map<string, string>();
  let ended = 0;
  let total = 0;
  let drawn = false;
  const clear = (): void => {
    if (drawn) terminal.err('\r\x1b[K');
    drawn = false;
  };
  const draw = (): void => {
    const now = [...running]
      .slice(0, 2)
      .map(([router, command]) => `${router}: ${command}`)
      .join(' | ');
    const count = total === 0 ? '' : `${ended}/${total} `;
    clear();
    terminal.err(
      printable(`${count}${running.size} running | ${now}`).slice(0, Math.max(20, terminal.columns - 1)),
    );
    drawn = true;
  };
  return {
    show: (event) => {
      if (event.kind === 'ended') {
        running.delete(event.router);
        ended = event.done;
        total = event.total;
        clear();
        terminal.err(`${endedLine(event)}\n`);
      } else if (event.kind === 'waiting') {
        running.delete(event.router);
        clear();
        terminal.err(`${waitingLine(event)}\n`);
      } else {
        running.set(event.router, event.kind === 'command' ? event.command : 'logging in');
      }
      draw();
    },
    end: clear,
  };
}

function endedLine(event: Extract<SweepEvent, { kind: 'ended' }>): string {
  const { run, done, total, router } = event;
  const count = `[${String(done).padStart(String(total).length)}/${total}]`;
  return printable(
    `${count} ${router}: ${run.kind === 'collected' ? collectedWords(run.recording.outputs) : `${run.outcome}: ${run.why.split('\n')[0] ?? ''}`}`,
  );
}

function waitingLine({ router, why, ms }: Extract<SweepEvent, { kind: 'waiting' }>): string {
  return printable(`${router}: ${why}; once more in ${Math.round(ms / 1000)} s`);
}

function collectedWords(outputs: readonly { readonly kind: string }[]): string {
  const count = (kind: string): number => outputs.filter((output) => output.kind === kind).length;
  const parts = [`${count('answered')} answers`];
  if (count('refused') > 0) parts.push(`${count('refused')} refused`);
  if (count('cut-short') > 0) parts.push(`${count('cut-short')} cut short`);
  return parts.join(', ');
}
