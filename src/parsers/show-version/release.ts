import type { IosRelease } from './facts.ts';

// 12.0(6.5)T5   15.7(3)M4b   12.4(25f)   15.2(4.0.55)E   12.2(18)SXF7
const CLASSIC =
  /^(\d{1,2})\.(\d{1,2})\((\d{1,3})([a-z]?)(?:\.(\d{1,4}))?(?:\.\d{1,4})?([a-z]?)\)([A-Z]{0,5})(\d{0,3})([a-z]?)$/;

// 17.3.4a   16.09.03   03.16.04b.S   17.12.1
const XE = /^(\d{1,2})\.(\d{1,2})\.(\d{1,2})([a-z]{0,2})(?:\.([A-Z]{1,4}))?$/;

/** Trains of one line of descent: 12.0T became 12.1 … 12.4T became 15.0M; M and T took turns in 15.x. */
const MAIN_LINE = ['', 'T', 'M'];

/** Reads a release as printed (`12.0(6.5)T05`, `15.2(4)M6`, `17.3.4a`, `03.16.04b.S`), or null when it is none. */
export function parseRelease(text: string): IosRelease | null {
  const trimmed = text.trim();
  return parseClassic(trimmed) ?? parseXe(trimmed);
}

/**
 * Orders two releases: negative when `a` is older, positive when newer, 0 when equal in all parts,
 * null when the trains have no common order (12.2(33)SXI against 12.4(24)T).
 */
export function compareReleases(a: IosRelease, b: IosRelease): number | null {
  if (a.isXe !== b.isXe) return compareAcross(a, b);
  if (a.train === b.train) return compareParts(a, b);
  if (a.major !== b.major) return a.major - b.major;
  if (a.isXe || !MAIN_LINE.includes(a.train) || !MAIN_LINE.includes(b.train)) return null;
  if (a.minor !== b.minor) return a.minor - b.minor;
  // 15.2(3)T was followed by 15.2(4)M; in 12.x the T train runs beside the mainline of the same number.
  return a.major >= 15 ? compareParts(a, b) : null;
}

/** Every IOS-XE from 3 on was branched from 15.x, so it is newer than any 12.x; beyond that the numbers do not compare. */
function compareAcross(a: IosRelease, b: IosRelease): number | null {
  const [xe, classic] = a.isXe ? [a, b] : [b, a];
  if (classic.major > 12 || xe.major < 3) return null;
  return a.isXe ? 1 : -1;
}

function compareParts(a: IosRelease, b: IosRelease): number {
  const left = numbersOf(a);
  const right = numbersOf(b);
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.letter === b.letter ? 0 : a.letter < b.letter ? -1 : 1;
}

function numbersOf(release: IosRelease): number[] {
  return [release.major, release.minor, release.maintenance, release.interim ?? 0, release.rebuild ?? 0];
}

function parseClassic(text: string): IosRelease | null {
  const found = CLASSIC.exec(text);
  if (found === null) return null;
  const [
    ,
    major,
    minor,
    maintenance,
    letter = '',
    interim,
    lateLetter = '',
    train = '',
    rebuild = '',
    tail = '',
  ] = found;
  return {
    major: Number(major),
    minor: Number(minor),
    maintenance: Number(maintenance),
    interim: interim === undefined ? null : Number(interim),
    train,
    rebuild: rebuild === '' ? null : Number(rebuild),
    letter: tail || lateLetter || letter,
    isXe: false,
  };
}

function parseXe(text: string): IosRelease | null {
  const found = XE.exec(text);
  if (found === null) return null;
  const [, major, minor, maintenance, letter = '', train = ''] = found;
  return {
    major: Number(major),
    minor: Number(minor),
    maintenance: Number(maintenance),
    interim: null,
    train,
    rebuild: null,
    letter,
    isXe: true,
  };
}
