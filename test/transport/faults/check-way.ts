import { expect } from '@jest/globals';
import type { Collected } from '../../../src/evidence/collected.ts';
import type { End, FaultRow, Seen, Way } from './fault-row.ts';

/** Everything a row promises, and the rule of the page that holds for all rows. */
export function checkWay(row: FaultRow, way: Way, seen: Seen): void {
  checkOutcome(row, way, seen);
  checkEnds(way, seen);
  checkWords(way, seen);
  if (way.connections !== undefined) expect(seen.connections).toBe(way.connections);
  if (way.attempts !== undefined) expect(seen.attempts).toBe(way.attempts);
  way.also?.(seen);
}

function checkOutcome(row: FaultRow, way: Way, { error }: Seen): void {
  expect(error?.message ?? null).toEqual(way.error === undefined ? null : expect.any(String));
  if (error === null) return;
  expect(error).toMatchObject({
    name: way.error,
    ...(way.phase === undefined ? {} : { phase: way.phase }),
    ...(row.retry === null ? {} : { retry: row.retry }),
  });
  expect(error.message).toMatch(/^R1 \(\S+:\d+\): \S.*\S$/s);
}

function checkEnds(way: Way, { error, outputs, served }: Seen): void {
  if (error !== null) {
    expect(outputs).toEqual([]);
    return;
  }
  const wanted = way.ends ?? outputs.map((): End => 'whole');
  expect(outputs.map(endOf)).toEqual(wanted.map((end) => kindOf(end)));
  outputs.forEach((output, i) => {
    checkEvidence(output);
    checkEnd(output, wanted[i] ?? 'whole', served[output.command] ?? '');
  });
}

/** For every output, whatever happened: its command, its start, its end, its bytes and whether it is complete. */
function checkEvidence(output: Collected): void {
  expect(output.command).toMatch(/^show /);
  expect(output.sample).toBeGreaterThan(0);
  expect(new Date(output.at ?? '').toISOString()).toBe(output.at);
  expect(output.tookMs).toBeGreaterThanOrEqual(0);
  if (output.kind !== 'cut-short') return;
  // Said in the reason: how much had come, or that nothing was asked for.
  const bytes = Buffer.byteLength(output.text);
  if (output.error === 'not-run') expect(output.reason).toMatch(/^not run: /);
  else expect(output.reason).toMatch(new RegExp(`\\b${bytes} bytes|asked for a password|cut at \\d+ bytes`));
}

function checkEnd(output: Collected, end: End, served: string): void {
  if (end === 'whole') {
    // Compared in two steps: a difference of megabytes is not worth printing.
    expect(output.text.length).toBe(served.length);
    expect(output.text === served).toBe(true);
  } else if (end === 'whole-in-pieces') {
    expect(output.text.replaceAll('\n', '')).toBe(served.replaceAll('\n', ''));
  } else if (end === 'not-run') expect(output.text).toBe('');
  else if ('cut' in end) {
    expect(served.startsWith(output.text)).toBe(true);
  } else if (output.kind === 'refused') expect(output.reason).toMatch(end.reason);
}

function checkWords(way: Way, { error, outputs, remarks }: Seen): void {
  const said = [
    ...(error === null ? [] : [error.message]),
    ...remarks,
    ...outputs.flatMap((output) => (output.kind === 'answered' ? [] : [output.reason])),
    ...outputs.flatMap((output) => output.noticed ?? []),
  ].join('\n');
  for (const words of way.says ?? []) expect(said).toMatch(words);
  for (const words of way.saysNot ?? []) expect(said).not.toMatch(words);
  // Whatever a device sent, a person's terminal gets none of its control bytes.
  expect(said).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
}

/** An output's end in the words of a row. */
function endOf(output: Collected): string {
  switch (output.kind) {
    case 'answered':
      return 'whole';
    case 'refused':
      return `refused: ${output.refusal}`;
    case 'cut-short':
      return output.error === 'not-run' ? 'not-run' : `cut: ${output.error}`;
  }
}

function kindOf(end: End): string {
  if (end === 'whole-in-pieces') return 'whole';
  if (typeof end === 'string') return end;
  return 'cut' in end ? `cut: ${end.cut}` : `refused: ${end.refused}`;
}
