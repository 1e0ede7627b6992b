import type { Collected } from '../../src/evidence/collected.ts';
import type { Recording } from '../../src/evidence/recording.ts';
import { recogniseRefusal } from '../../src/evidence/refusal.ts';

/** A recording from plain texts by command; a list of texts is the samples of that command in order. */
export function recordingOf(
  router: string,
  texts: Readonly<Record<string, string | readonly string[]>>,
): Recording {
  const outputs = Object.entries(texts).flatMap(([command, text]) =>
    (typeof text === 'string' ? [text] : text).map((sampleText, i) => output(command, i + 1, sampleText)),
  );
  return { router, address: null, collectedAt: null, outputs, notUsed: [], remarks: [] };
}

function output(command: string, sample: number, text: string): Collected {
  const base = { command, sample, filtered: false, text, at: null, tookMs: null };
  const refusal = recogniseRefusal(text);
  return refusal === null ? { kind: 'answered', ...base } : { kind: 'refused', ...base, ...refusal };
}
