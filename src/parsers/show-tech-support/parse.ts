import { type PasteLine, pasteLines } from '../../evidence/paste-lines.ts';
import { routersOf } from '../../evidence/paste-routers.ts';
import { cutPaste, type PasteSection } from '../../evidence/paste-sections.ts';
import { TECH_SUPPORT } from '../../evidence/show-command.ts';
import type { Coverage, Parsed, Parser, UnreadLine } from '../parsed.ts';
import type { TechSection, TechSupportFacts } from './facts.ts';

/**
 * `show tech-support`: its sections, where they stand and who reads them. `readerOf` names the parser of a command. The outputs
 * themselves are read by `analyze`, which cuts the text in the same places.
 */
export function showTechSupport(readerOf: (command: string) => string | null): Parser<TechSupportFacts> {
  return {
    command: TECH_SUPPORT,
    parse(text: string): Parsed<TechSupportFacts> {
      const parts = cutPaste(pasteLines(text.replace(/^\uFEFF/, '')).lines);
      const routers = routersOf(parts, '');
      const sections: TechSection[] = [];
      const unread: UnreadLine[] = [];
      for (const [at, part] of parts.entries()) {
        if (part.at === null) unread.push(...unexplained(part.lines));
        else if (part.typed !== null)
          sections.push(sectionOf(part, part.at, part.typed, routers[at] ?? '', readerOf));
        else unread.push(...unexplained(part.lines));
      }
      return { facts: { sections }, coverage: coverageOf(sections, unread), unread };
    },
  };
}

function sectionOf(
  part: PasteSection,
  at: number,
  heading: string,
  router: string,
  readerOf: (command: string) => string | null,
): TechSection {
  const said = part.lines.filter(({ text }) => text.trim() !== '');
  const [first, last] = [said[0], said.at(-1)];
  return {
    lines: { first: at, last: last?.number ?? at },
    router: router === '' ? null : router,
    heading,
    command: part.command?.command ?? null,
    filtered: part.command?.filtered ?? false,
    parser: part.command === null ? null : readerOf(part.command.name),
    outputLines:
      first === undefined || last === undefined ? null : { first: first.number, last: last.number },
  };
}

/** Lines in front of the first heading that say something. */
function unexplained(lines: readonly PasteLine[]): UnreadLine[] {
  return lines
    .filter(({ text }) => text.trim() !== '' && !AROUND.test(text.trim()))
    .map(({ number, text }) => ({ line: number, text }));
}

// Load for five secs: 1%/0%; one minute: 2%; five minutes: 2%   |   Time source is NTP, 14:07:41.202 UTC Tue Mar 4 2025
const AROUND = /^(?:Load for five secs: |No time source|Time source is )/;

function coverageOf(sections: readonly TechSection[], unread: readonly UnreadLine[]): Coverage {
  if (sections.length === 0) return unread.length === 0 ? 'empty' : 'unrecognised';
  return unread.length === 0 ? 'complete' : 'partial';
}
