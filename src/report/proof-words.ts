import type { Because } from './report.ts';
import { sentence } from './wording.ts';

type Source = NonNullable<Because['source']>;

/** One sentence of a proof with the lines that carry it. */
export interface Reason {
  readonly text: string;
  readonly quotes: readonly Quote[];
  /** Where no line of its own is left to quote: the lines that carry it and stand under an earlier sentence. */
  readonly above: readonly Source[];
  /** The command whose complete output held nothing of the kind; null when lines are cited. */
  readonly silence: string | null;
}

export interface Quote {
  readonly source: Source;
  /** Line numbers of log messages that differ from this one only in figures; it is the newest of them. */
  readonly alike: readonly number[];
}

/**
 * The clues of a cause, one entry a sentence however many lines it cites. Of log messages that only repeat themselves the
 * newest is quoted, and no line is quoted twice: `seen` holds the places quoted so far and grows.
 */
export function reasonsOf(all: readonly Because[], seen: Set<string>): Reason[] {
  const groups: Because[][] = [];
  for (const one of all) {
    const last = groups.at(-1);
    if (last?.[0]?.text === one.text) last.push(one);
    else groups.push([one]);
  }
  return groups.map((group) => reasonOf(group, seen));
}

/** `2 more like it: lines 39, 40` */
export function alikeWords({ alike }: Quote): string {
  const word = alike.length === 1 ? 'line' : 'lines';
  return `${alike.length} more like it: ${word} ${alike.join(', ')}`;
}

/** `The peer is silent (above: show logging:39, 40).`; the router is named where it is not `home`. */
export function reasonSentence({ text, above }: Reason, home: string): string {
  if (above.length === 0) return sentence(text);
  const lines = new Map<string, number[]>();
  for (const { router, command, firstLine } of above) {
    const place = router === home ? command : `${router} ${command}`;
    lines.set(place, [...(lines.get(place) ?? []), firstLine]);
  }
  const places = [...lines].map(([place, numbers]) => `${place}:${[...new Set(numbers)].join(', ')}`);
  return sentence(`${sentence(text).replace(/\.$/, '')} (above: ${places.join('; ')})`);
}

function reasonOf(group: readonly Because[], seen: Set<string>): Reason {
  const sources = group.flatMap(({ source }) => source ?? []);
  const fresh = sources.filter((source) => !seen.has(placeOf(source)));
  for (const source of sources) seen.add(placeOf(source));
  return {
    text: group[0]?.text ?? '',
    quotes: quotesOf(fresh),
    above: fresh.length > 0 ? [] : sources,
    silence: sources.length > 0 ? null : (group[0]?.command ?? null),
  };
}

function quotesOf(sources: readonly Source[]): Quote[] {
  const alike = new Map<string, Source[]>();
  for (const source of sources) {
    const key = likenessOf(source);
    alike.set(key, [...(alike.get(key) ?? []), source]);
  }
  return [...alike.values()].flatMap((group) => {
    const newest = group.at(-1);
    return newest === undefined
      ? []
      : [{ source: newest, alike: group.slice(0, -1).map((source) => source.firstLine) }];
  });
}

/** Equal for log messages with the same words; every other line is like no other. */
function likenessOf(source: Source): string {
  if (!source.command.startsWith('show logging')) return placeOf(source);
  return `${source.router} ${source.quote.replace(/\d+/g, '0')}`;
}

function placeOf({ router, command, sample, firstLine, quote }: Source): string {
  return [router, command, sample, firstLine, quote].join('\n');
}
