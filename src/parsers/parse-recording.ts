import type { Collected } from '../evidence/collected.ts';
import type { Gap } from '../evidence/gap.ts';
import type { Recording } from '../evidence/recording.ts';
import { identifyCommand } from '../evidence/show-command.ts';
import type { LineRange, Source } from '../evidence/source.ts';
import type { Parsed, Parser } from './parsed.ts';
import { parserFor } from './registry.ts';

/** One command's output with its facts. `parsed` is null when the router refused the command or no parser reads it. */
export interface Output<F = unknown> {
  readonly router: string;
  readonly collected: Collected;
  readonly parsed: Parsed<F> | null;
  /** The output's lines, so that a fact can quote its own. */
  readonly textLines: readonly string[];
}

export interface ParsedRecording {
  readonly recording: Recording;
  readonly outputs: readonly (Output & { readonly parser: Parser<unknown> | null })[];
}

/** Reads every output of a recording. Never throws on what a router printed. */
export function parseRecording(recording: Recording): ParsedRecording {
  const outputs = recording.outputs.map((collected) => {
    const name = identifyCommand(collected.command)?.name ?? null;
    const parser = name === null ? null : parserFor(name);
    const parsed = parser === null || collected.kind === 'refused' ? null : parser.parse(collected.text);
    return { router: recording.router, collected, parser, parsed, textLines: collected.text.split('\n') };
  });
  return { recording, outputs };
}

/** All outputs that `parser` read, in the order of the recording. */
export function outputsOf<F>(
  from: ParsedRecording,
  parser: Parser<F>,
): readonly (Output<F> & { readonly parsed: Parsed<F> })[] {
  const found: (Output<F> & { readonly parsed: Parsed<F> })[] = [];
  for (const output of from.outputs) {
    if (output.parser === (parser as unknown) && output.parsed !== null) {
      found.push(output as Output<F> & { readonly parsed: Parsed<F> });
    }
  }
  return found;
}

/** Where a fact stands, with the line it quotes. */
export function sourceOf(output: Output, lines: LineRange): Source {
  const quote = output.textLines
    .slice(lines.first - 1, Math.min(lines.last, lines.first + 2))
    .map((line) => line.trim())
    .join(' ');
  return {
    router: output.router,
    command: output.collected.command,
    ...(output.collected.sample > 1 ? { sample: output.collected.sample } : {}),
    firstLine: lines.first,
    lastLine: lines.last,
    quote,
  };
}

/**
 * Why what `parser` reads is not fully known: empty when some output answers the whole question, so that what is not
 * in it is *absent*. `ask` is the command that would close the gap.
 */
export function gapsOf(from: ParsedRecording, parser: Parser<unknown>, ask: string): readonly Gap[] {
  const outputs = from.outputs.filter((output) => output.parser === parser);
  if (outputs.some((output) => isWholeAnswer(output))) return [];
  if (outputs.length === 0) return [{ kind: 'not-asked', ask, text: `\`${ask}\` is not in the recording` }];
  return outputs.map((output) => gapOf(output, ask));
}

function isWholeAnswer({ collected, parsed }: Output): boolean {
  return (
    collected.kind === 'answered' &&
    !collected.filtered &&
    parsed !== null &&
    parsed.coverage !== 'unrecognised'
  );
}

function gapOf({ collected, parsed }: Output, ask: string): Gap {
  switch (collected.kind) {
    case 'refused':
      return {
        kind: 'refused',
        ask,
        text: `the router refused \`${collected.command}\`: ${collected.reason}`,
      };
    case 'cut-short':
      return {
        kind: 'cut-short',
        ask,
        text: `the output of \`${collected.command}\` is cut short: ${collected.reason}`,
      };
    case 'answered':
      return parsed?.coverage === 'unrecognised'
        ? { kind: 'unread', ask, text: `the output of \`${collected.command}\` is in no layout we know` }
        : { kind: 'filtered', ask, text: `only a part of \`${collected.command}\` is in the recording` };
  }
}
