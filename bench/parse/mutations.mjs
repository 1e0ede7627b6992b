/**
 * Seeded damage to router outputs: what a terminal, a person or a capture does to text, and what nobody would.
 * Used by `fuzz.mjs` and, for a small share, by the tests.
 */

/** A generator of numbers from 0 to 1 (mulberry32): the same seed gives the same numbers on every machine. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Seed of the n-th input of a run: each can be made again without those before it. */
export function seedOf(seed, n) {
  return (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(n + 1, 0xc2b2ae35)) >>> 0;
}

export function pick(random, list) {
  return list[Math.floor(random() * list.length)];
}

/** Most lines of one input: small texts find the same faults sooner. */
const MOST_LINES = 32;
const MOST_CHARACTERS = 4_000;

/** A stretch of `text`, most often from its start, so that headings are there. */
export function stretchOf(text, random) {
  const lines = text.split('\n');
  const from = random() < 0.6 ? 0 : Math.floor(random() * lines.length);
  const count = random() < 0.3 ? lines.length : 1 + Math.floor(random() * MOST_LINES);
  return lines
    .slice(from, from + Math.min(count, MOST_LINES))
    .join('\n')
    .slice(0, MOST_CHARACTERS);
}

/** Texts that stand where another was expected. */
const STRANGE_WORDS = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  'valueOf',
  '0x',
  '0x0',
  '-1',
  '0',
  '-',
  '--',
  '1e999',
  'NaN',
  'Infinity',
  '4294967296',
  '18446744073709551616',
  '9'.repeat(40),
  '255.255.255.256',
  '::',
  ':::',
  '2001:db8::1',
  'fe80::1%eth0',
  '203.0.113.7',
  '/',
  '()',
  '[',
  '"',
  "'",
  '#',
  '%',
  '|',
  '>',
  ',',
  '=',
  ':',
  'none',
  '(none)',
  'never',
  '00:00:00',
  '99:99:99',
  '1w2d',
  '\u00a0',
  '\u2028',
  '\ud800',
  '\u0000',
  '\u001b[K',
  'é',
  '',
];
const STRANGE_LINES = [
  'hub1#',
  'hub1#show crypto isakmp sa',
  ' --More-- ',
  '--More--',
  '                ^',
  "% Invalid input detected at '^' marker.",
  '% Incomplete command.',
  'Load for five secs: 1%/0%; one minute: 2%; five minutes: 2%',
  'Time source is NTP, 14:07:41.202 UTC Tue Mar 4 2025',
  '*Mar  4 14:07:41.202: %CRYPTO-6-ISAKMP_ON_OFF: ISAKMP is ON',
  '*Mar  4 14:07:41.202: ',
  '------------------ show version ------------------',
  'interface: Tunnel0',
  '   ',
  '\t',
  '-----',
  '=====',
  'last message repeated 4294967296 times',
  'Log Buffer (4096 bytes):',
  'Syslog logging: enabled',
];

/** How a text is damaged, by name. Each takes the text, a random source and another text to take pieces from. */
export const MUTATIONS = {
  'drop a line': byLines((lines, random) => lines.splice(at(lines, random), 1)),
  'drop some lines': byLines((lines, random) =>
    lines.splice(at(lines, random), 1 + Math.floor(random() * 6)),
  ),
  'double a line': byLines((lines, random) => {
    const from = at(lines, random);
    lines.splice(random() < 0.5 ? from : at(lines, random), 0, lines[from]);
  }),
  'double a block': byLines((lines, random) => {
    const from = at(lines, random);
    lines.splice(at(lines, random), 0, ...lines.slice(from, from + 12));
  }),
  shuffle: byLines((lines, random) => {
    for (let i = lines.length - 1; i > 0; i -= 1) swap(lines, i, Math.floor(random() * (i + 1)));
  }),
  'swap two lines': byLines((lines, random) => swap(lines, at(lines, random), at(lines, random))),
  'a strange line between': byLines((lines, random) =>
    lines.splice(at(lines, random), 0, pick(random, STRANGE_LINES)),
  ),
  'join two lines': byLines((lines, random) => {
    const from = at(lines, random);
    lines.splice(from, 2, `${lines[from]}${random() < 0.5 ? ' ' : ''}${lines[from + 1] ?? ''}`);
  }),
  'break a line': byLines((lines, random) => {
    const from = at(lines, random);
    const cut = Math.floor(random() * (lines[from].length + 1));
    lines.splice(from, 1, lines[from].slice(0, cut), lines[from].slice(cut));
  }),
  'a long line': byLines((lines, random) => {
    const from = at(lines, random);
    const cut = Math.floor(random() * (lines[from].length + 1));
    const unit = pick(random, [
      ' ',
      '0',
      'a',
      '.',
      ':',
      ', ',
      '/',
      '(',
      '1.',
      lines[from].slice(cut, cut + 12) || '-',
    ]);
    const pump = unit.repeat(20 + Math.floor((random() * 1_500) / unit.length));
    lines[from] = lines[from].slice(0, cut) + pump + lines[from].slice(cut);
  }),
  truncate: (text, random) => text.slice(0, Math.floor(random() * (text.length + 1))),
  'lose the beginning': (text, random) => text.slice(Math.floor(random() * (text.length + 1))),
  'wrap at 80': (text) => text.replace(/.{80}(?=.)/g, '$&\n'),
  'wrap at 80, padded': (text) => text.replace(/(.{80})(?=.)/g, `$1${' '.repeat(24)}`),
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'CR CR LF': (text) => text.replaceAll('\n', '\r\r\n'),
  'CR only': (text) => text.replaceAll('\n', '\r'),
  'double the blanks': (text) => text.replaceAll(' ', '  '),
  'lose the indent': (text) => text.replace(/^[ \t]+/gm, ''),
  'tabs for blanks': (text) => text.replaceAll('  ', '\t'),
  'upper case': (text) => text.toUpperCase(),
  'random characters': (text, random) => {
    let now = text;
    for (let left = 1 + Math.floor(random() * 6); left > 0; left -= 1) {
      const place = Math.floor(random() * (now.length + 1));
      const put = String.fromCharCode(Math.floor(random() * (random() < 0.8 ? 128 : 65_536)));
      now = now.slice(0, place) + put + now.slice(place + (random() < 0.5 ? 1 : 0));
    }
    return now;
  },
  'a strange word': (text, random) => replaceOne(text, /[^\s,]+/g, random, () => pick(random, STRANGE_WORDS)),
  'a huge number': (text, random) =>
    replaceOne(text, /\d+/g, random, (digits) =>
      pick(random, [
        digits + '0'.repeat(25),
        '9'.repeat(17),
        '-1',
        '0',
        '00000000',
        `${digits}.5`,
        '',
        '4294967295',
      ]),
    ),
  'every number huge': (text) => text.replace(/\d+/g, (digits) => digits + '9'.repeat(20)),
  splice: (text, random, other) => head(text, random) + tail(other, random),
  'splice between lines': (text, random, other) => {
    const [a, b] = [text.split('\n'), other.split('\n')];
    return [...a.slice(0, at(a, random)), ...b.slice(at(b, random))].join('\n');
  },
  'one behind the other': (text, random, other) =>
    random() < 0.5 ? `${text}\n${other}` : `${other}\n${text}`,
  interleave: (text, random, other) => {
    const [a, b] = [text.split('\n'), other.split('\n')];
    const mixed = [];
    while (a.length + b.length > 0)
      mixed.push((b.length === 0 || (a.length > 0 && random() < 0.5) ? a : b).shift());
    return mixed.join('\n');
  },
};

const NAMES = Object.keys(MUTATIONS);

/** One to four kinds of damage, one after the other. */
export function damaged(text, other, random) {
  let now = text;
  const names = [];
  for (let left = 1 + Math.floor(random() * random() * 4.5); left > 0; left -= 1) {
    const name = pick(random, NAMES);
    names.push(name);
    now = MUTATIONS[name](now, random, other).slice(0, 2 * MOST_CHARACTERS);
  }
  return { text: now, names };
}

function byLines(change) {
  return (text, random) => {
    const lines = text.split('\n');
    change(lines, random);
    return lines.join('\n');
  };
}

function at(list, random) {
  return Math.floor(random() * list.length);
}

function swap(list, a, b) {
  [list[a], list[b]] = [list[b], list[a]];
}

function head(text, random) {
  return text.slice(0, Math.floor(random() * (text.length + 1)));
}

function tail(text, random) {
  return text.slice(Math.floor(random() * (text.length + 1)));
}

/** Replaces one match of `pattern`, chosen by chance. */
function replaceOne(text, pattern, random, by) {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const { 0: old, index } = pick(random, found);
  return text.slice(0, index) + by(old) + text.slice(index + old.length);
}
