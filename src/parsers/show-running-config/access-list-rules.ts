import { type Line, numberOf } from '../lines.ts';
import { anywhere, type BlockRule, placeOf } from './config-block.ts';
import type { AccessListBlock, AccessListLine } from './interface-facts.ts';

// 10 permit ip 10.1.0.0 0.0.255.255 any   |   permit esp any any sequence 20   |   remark to HQ   (only a remark may say nothing)
const ENTRY =
  /^(?:(?:sequence )?(\d{1,10}) )?(?!(?:permit|deny|evaluate)$)(permit|deny|remark|evaluate)(?: (.{0,300}))?$/i;

/** Lines below `ip access-list …`; they may begin with a number or a word. */
export const ACCESS_LIST_RULES: readonly BlockRule<AccessListBlock>[] = [
  anywhere('*', ENTRY, (list, match, line) => {
    list.entries.push(entryOf(match[1], match[2], match[3], line));
  }),
];

/** The entry a line says. */
export function entryOf(
  sequence: string | undefined,
  action: string | undefined,
  text: string | undefined,
  line: Line,
): AccessListLine {
  // permit esp any any sequence 20      (IPv6)
  const behind = / sequence (\d{1,10})$/.exec(text ?? '');
  const said = behind === null ? (text ?? '') : (text ?? '').slice(0, behind.index);
  return {
    ...placeOf(line),
    sequence: numberOf(sequence ?? behind?.[1]),
    action: (action ?? 'permit').toLowerCase() as AccessListLine['action'],
    text: said,
  };
}

/** Standard or extended, by the range the number lies in. */
export function typeOfNumber(number: number): AccessListBlock['type'] {
  if (number <= 99 || (number >= 1300 && number <= 1999)) return 'standard';
  return number <= 199 || (number >= 2000 && number <= 2699) ? 'extended' : null;
}
