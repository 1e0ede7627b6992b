import { ALLOWED_COMMANDS } from '../../src/evidence/show-command.ts';

export interface HostileLine {
  readonly line: string;
  /** False: an entry of the list with parameters as they should be. */
  readonly isChanged: boolean;
}

/** Lines that look like allowed commands, and some that do not; the same ones in every run. */
export function* hostileLines(count: number, seed = 20_261_123): Generator<HostileLine> {
  const chance = seeded(seed);
  for (let i = 0; i < count; i++) {
    const kind = chance.below(20);
    if (kind === 0) yield { line: filled(chance, PROPER), isChanged: false };
    else if (kind <= 3) yield { line: filled(chance, IMPROPER), isChanged: true };
    else if (kind === 4) yield { line: noise(chance), isChanged: true };
    else yield { line: changed(chance), isChanged: true };
  }
}

interface Chance {
  /** 0 to n - 1 */
  below(n: number): number;
  of<T>(list: readonly T[]): T;
}

// Looked up once: a global costs much in the contexts jest runs tests in.
const { imul, floor } = Math;
const { fromCharCode } = String;

/** mulberry32 */
function seeded(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = imul(t ^ (t >>> 15), t | 1);
    t ^= t + imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => floor(next() * n);
  return { below, of: (list) => list[below(list.length)] as (typeof list)[number] };
}

type Parameters = Readonly<Record<string, (chance: Chance) => string>>;

const octet = (chance: Chance): number => chance.below(256);
const v4 = (chance: Chance): string => [octet, octet, octet, octet].map((one) => one(chance)).join('.');
const group = (chance: Chance): string => chance.below(65_536).toString(16);

const PROPER: Parameters = {
  '<address>': (chance) => (chance.below(3) > 0 ? v4(chance) : `2001:db8:${group(chance)}::${group(chance)}`),
  '<interface>': (chance) =>
    `${chance.of(['GigabitEthernet', 'Gi', 'Tunnel', 'Port-channel', 'Serial'])}${chance.below(9)}${chance.of(['', '/0', '/1/2', '/0.100', '/0:15'])}`,
  '<name>': (chance) => `${chance.of(['VPN', 'acl_1', '110', 'Crypto-ACL', 'a.b:c'])}${chance.below(99)}`,
};

const IMPROPER: Parameters = {
  '<address>': (chance) =>
    chance.of([
      (c: Chance) => v4(c),
      (c: Chance) => `${v4(c)}.${octet(c)}`,
      (c: Chance) => `${octet(c)}.${octet(c)}`,
      (c: Chance) => `0x${group(c)}`,
      (c: Chance) => `0${v4(c)}`,
      (c: Chance) => String(c.below(4_294_967_296)),
      (c: Chance) => `${v4(c)}/${c.below(33)}`,
      (c: Chance) => `${v4(c)}\rreload`,
      (c: Chance) => `${v4(c)}%eth0`,
      (c: Chance) => `fe80::${group(c)}%1`,
      (c: Chance) => `${'1:'.repeat(c.below(60))}:1`,
      (c: Chance) => `::ffff:${v4(c)}`,
      (c: Chance) => `[2001:db8::${group(c)}]`,
      (c: Chance) => v4(c).replaceAll('.', '\u3002'),
      () => '',
      () => '<address>',
      () => '１９２.０.２.１',
    ])(chance),
  '<interface>': (chance) =>
    chance.of([
      'Gi0/0',
      'Gi 0/0',
      'Gi0/0|tee',
      'Gi0/0\nreload',
      'Gi0/0;reload',
      'Gi0/0?',
      '0/0',
      'Gi',
      'Gі0/0',
      `Gi${'0'.repeat(40)}`,
      'Gi0/0 | redirect flash:x',
      '../../x',
      '-Gi0',
      'Gi0/0 switchport',
      '<interface>',
    ]),
  '<name>': (chance) =>
    chance.of([
      'ACL',
      'ACL 10',
      'ACL|redirect',
      'A"CL"',
      "A'CL'",
      'A\u0301CL',
      '-ACL',
      '%ACL',
      '$(reload)',
      '`reload`',
      'ACL\u2028reload',
      'ACL\x16\r',
      'x'.repeat(65),
      'flash:x',
      '<name>',
      '',
    ]),
};

const PARTS = ALLOWED_COMMANDS.map((entry) => entry.split(/(<[a-z]+>)/));

function filled(chance: Chance, parameters: Parameters): string {
  let line = '';
  for (const part of chance.of(PARTS)) line += parameters[part]?.(chance) ?? part;
  return line;
}

const ALIKE_TEXTS: Readonly<Record<string, string>> = {
  a: 'аαａ',
  c: 'сϲｃ',
  d: 'ԁｄ',
  e: 'еεｅ',
  h: 'һｈ',
  i: 'іιｉı',
  o: 'оοｏ',
  p: 'рρｐ',
  s: 'ѕｓſ',
  v: 'ѵνｖ',
  w: 'ԝｗ',
  x: 'хχｘ',
  y: 'уγｙ',
  k: 'кκｋ\u212a',
  ' ': '\u00a0\u2003\u3000\u1680\u202f\u205f',
  '-': '\u2010\u2011\u2013\u2212\uff0d',
  '.': '\u2024\uff0e\u3002',
  '/': '\u2044\u2215\uff0f',
  ':': '\u02d0\uff1a\u2236',
  '0': '０оΟ',
  '1': '１lІ',
};

const ALIKE: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(ALIKE_TEXTS).map(([letter, others]) => [letter, [...others]]),
);

const UNSEEN = [...'\u200b\u200c\u200d\u2060\ufeff\u00ad\u0301\u202e\u2066\u034f\u180e\u{e0020}\ud800'];
const CONTROL = [...'\r\n\0\t\b\x7f\x1b\x03\x04\x15\x16\x17\x1a\x0b\x0c\x85\u2028'];
const BEHIND = [
  '?',
  ' ?',
  ' | redirect flash:x',
  ' | tee flash:x',
  ' | append flash:x',
  '|redirect tftp://192.0.2.1/x',
  ' | include key',
  ';reload',
  '; reload',
  ' && reload',
  ' || reload',
  ' & ',
  '\rreload',
  '\r\nconfigure terminal',
  '\nwrite erase',
  '\x1a',
  ' running-config',
  ' key',
  ' >flash:x',
  '%0dreload',
  '\\rreload',
  ' ! reload',
  ' detail',
  ' sorted',
];
const IN_FRONT = [
  ' ',
  '\t',
  'do ',
  'no ',
  'configure terminal\r',
  'reload\r',
  'sudo ',
  'clear ',
  'debug ',
  'copy ',
  '!',
  '#',
  '\x15',
  '\ufeff',
];
const WORDS = [
  'configure',
  'terminal',
  'running-config',
  'key',
  'reload',
  'sa',
  'detail',
  'tech-support',
  'all',
];

type Change = (text: string, chance: Chance) => string;

const at = (text: string, chance: Chance): number => chance.below(text.length + 1);
const put = (text: string, where: number, what: string, instead = 0): string =>
  text.slice(0, where) + what + text.slice(where + instead);

const CHANGES: readonly Change[] = [
  (text, chance) => alike(text, chance),
  (text, chance) => put(text, at(text, chance), chance.of(UNSEEN)),
  (text, chance) => put(text, at(text, chance), chance.of(CONTROL)),
  (text, chance) => text + chance.of(CONTROL),
  (text, chance) => text + chance.of(BEHIND),
  (text, chance) => chance.of(IN_FRONT) + text,
  (text, chance) => (chance.below(2) === 0 ? text.toUpperCase() : cased(text, chance)),
  (text) => text.replace(' ', '  '),
  (text) => ` ${text}`,
  (text) => `${text} `,
  (text, chance) => text.slice(0, at(text, chance)),
  (text, chance) => text.slice(at(text, chance)),
  (text, chance) => put(text, at(text, chance), '', 1),
  (text, chance) => put(text, at(text, chance), fromCharCode(32 + chance.below(95))),
  (text, chance) =>
    text
      .split(' ')
      .slice(0, 1 + chance.below(6))
      .join(' '),
  (text, chance) => {
    const words = text.split(' ');
    words.splice(chance.below(words.length + 1), chance.below(2), chance.of(WORDS));
    return words.join(' ');
  },
  (text) => text.split(' ').reverse().join(' '),
  (text, chance) => `${text} ${filled(chance, PROPER)}`,
  (text, chance) => `${text}\r${filled(chance, PROPER)}`,
  (text) => `"${text}"`,
  (text) => text.normalize('NFD').replaceAll('i', 'i\u0307'),
  (text, chance) => (chance.below(50) === 0 ? text + ' x'.repeat(600) : text.repeat(2)),
];

function changed(chance: Chance): string {
  let text = filled(chance, PROPER);
  for (let left = 1 + chance.below(3); left > 0; left--) text = chance.of(CHANGES)(text, chance);
  return text;
}

function alike(text: string, chance: Chance): string {
  const start = at(text, chance);
  for (let i = 0; i < text.length; i++) {
    const where = (start + i) % text.length;
    const others = ALIKE.get(text[where] ?? '');
    if (others !== undefined) return put(text, where, chance.of(others), 1);
  }
  return text;
}

function cased(text: string, chance: Chance): string {
  const where = at(text, chance);
  return put(text, where, (text[where] ?? '').toUpperCase(), 1);
}

function noise(chance: Chance): string {
  const width = chance.of([95, 256, 0x3000]);
  let text = '';
  for (let left = chance.below(40); left > 0; left--)
    text += fromCharCode(width === 95 ? 32 + chance.below(95) : chance.below(width));
  return text;
}
