import { type Draft, type Line, numberOf, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { AccessList, AccessListEntry, AccessListFacts } from './facts.ts';

export const showIpAccessLists: Parser<AccessListFacts> = { command: 'show ip access-lists', parse };

// Extended IP access list VPN-TO-HQ  |  Standard IP access list 10 (Compiled)
const HEADING = /^(?<type>Standard|Extended) IP access list (?<name>\S+)(?: .*)?$/;
// 10 permit ip 10.1.0.0 0.0.255.255 10.2.0.0 0.0.255.255 (1234 matches)  |  permit esp any any (12 matches) (time left 40)
const ENTRY =
  /^(?:(?<sequence>\d{1,10}) )?(?<action>permit|deny) (?<text>[^(]+?)(?: ?\((?<matches>\d{1,15}) match(?:es)?\).{0,80})?$/;

function parse(text: string): Parsed<AccessListFacts> {
  const lists: (Draft<AccessList> & { entries: AccessListEntry[] })[] = [];
  const scan = scanLines(text, (line) => {
    const heading = HEADING.exec(line.body)?.groups;
    if (heading !== undefined) {
      const type = heading['type'] === 'Standard' ? 'standard' : 'extended';
      lists.push({
        name: heading['name'] ?? '',
        type,
        entries: [],
        lines: { first: line.number, last: line.last },
      });
      return true;
    }
    const entry = readEntry(line);
    const list = lists.at(-1);
    if (entry === null || list === undefined) return false;
    list.entries.push(entry);
    list.lines = { first: list.lines.first, last: line.last };
    return true;
  });
  return parsedFrom({ lists }, scan);
}

function readEntry(line: Line): AccessListEntry | null {
  const groups = ENTRY.exec(line.body)?.groups;
  if (groups === undefined) return null;
  return {
    sequence: numberOf(groups['sequence']),
    action: groups['action'] === 'deny' ? 'deny' : 'permit',
    text: groups['text'] ?? '',
    matches: numberOf(groups['matches']) ?? 0,
    lines: { first: line.number, last: line.last },
  };
}
