import { writeFile } from 'node:fs/promises';
import { exitCodeFor } from '../report/exit-code.ts';
import { renderJson } from '../report/render-json.ts';
import { renderMarkdown } from '../report/render-markdown.ts';
import { renderText } from '../report/render-text.ts';
import type { Report } from '../report/report.ts';
import { paintFor, type Terminal } from './terminal.ts';

export interface ReportArguments {
  readonly format: 'text' | 'markdown' | 'json';
  readonly output?: string | undefined;
  readonly color: boolean;
  readonly quiet: boolean;
  readonly peer?: string | undefined;
}

/** Shows a report in the wanted form and returns its exit code. A file that cannot be written costs no report: it goes to stdout. */
export async function writeReport(
  report: Report,
  args: ReportArguments,
  terminal: Terminal,
): Promise<0 | 1 | 2 | 3> {
  const shown =
    args.peer === undefined
      ? report
      : { ...report, tunnels: report.tunnels.filter((tunnel) => tunnel.peer === args.peer) };
  const code = exitCodeFor(shown);
  if (args.output === undefined) {
    terminal.out(render(shown, args, terminal));
    return code;
  }
  try {
    await writeFile(args.output, render(shown, args, null), { mode: 0o600 });
    return code;
  } catch (error) {
    terminal.err(
      `tunneldoc: cannot write ${args.output} (${error instanceof Error ? error.message : String(error)}); the report follows on standard output\n`,
    );
    terminal.out(render(shown, args, null));
    return 2;
  }
}

function render(report: Report, args: ReportArguments, terminal: Terminal | null): string {
  switch (args.format) {
    case 'json':
      return renderJson(report);
    case 'markdown':
      return renderMarkdown(report);
    case 'text': {
      const paint = terminal === null ? undefined : paintFor(terminal, !args.color);
      const width = terminal === null ? 100 : Math.min(140, terminal.columns);
      return renderText(report, { width, quiet: args.quiet, ...(paint === undefined ? {} : { paint }) });
    }
  }
}
