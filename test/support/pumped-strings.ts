/** A piece of a regular expression: what it matches at least once, and what it can match many times. */
interface Piece {
  /** Short texts that this piece matches, most telling first. */
  readonly samples: readonly string[];
  /** True when the piece may match more text than its shortest sample has: `x*`, `\d{1,300}`, a group that holds one. */
  readonly pumps: readonly Pump[];
}

interface Pump {
  /** Text that leads up to the repeated part, from the start of its piece. */
  readonly before: string;
  readonly units: readonly string[];
}

/** A repetition that runs at least this far can be pumped. */
const FAR = 12;

/** What makes the end of a text fit nothing, neither a class nor the end of a line. */
const SPOILERS = ['\u0000', '\u0000)]}"', '\n!'];

/** What is tried of a class or of `.`: the plainest characters of the lines that routers print. */
const CANDIDATES = [
  ' ',
  'a',
  'Z',
  '0',
  '-',
  '.',
  ':',
  ',',
  '/',
  '_',
  '(',
  '[',
  '=',
  '"',
  '{',
  '\t',
  '\\',
  '*',
  '#',
  '%',
  '@',
];

/**
 * Texts that would be slow for `pattern` if anything is: each of its repetitions is fed as long as `length` allows with every
 * character it takes, with what follows it, and with everything before it, and then the match is spoilt.
 */
export function pumpedStrings(pattern: string, flags: string, length: number): string[] {
  const { pumps } = readPattern(pattern, flags);
  const texts = new Set<string>();
  for (const { before, units } of pumps) {
    for (const unit of units) {
      if (unit === '') continue;
      texts.add(before + unit.repeat(Math.ceil(length / unit.length)));
      texts.add((before + unit).repeat(Math.ceil(length / (before.length + unit.length))));
    }
  }
  const starts = pattern.includes('|') ? ['', '\u0000'] : [''];
  return [...texts].flatMap((text) =>
    starts.flatMap((start) => SPOILERS.map((end) => start + text.slice(0, length) + end)),
  );
}

function readPattern(pattern: string, flags: string): Piece {
  let at = 0;

  function alternatives(): Piece {
    const branches = [sequence()];
    while (pattern[at] === '|') {
      at += 1;
      branches.push(sequence());
    }
    return {
      samples: branches.flatMap((branch) => branch.samples.slice(0, 2)).slice(0, 8),
      pumps: branches.flatMap((branch) => branch.pumps),
    };
  }

  function sequence(): Piece {
    const pieces: Piece[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') pieces.push(repeated());
    return inOrder(pieces);
  }

  function repeated(): Piece {
    const start = at;
    const piece = atom();
    const source = pattern.slice(start, at);
    const [all, low = '', high] = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??/.exec(pattern.slice(at)) ?? [];
    if (all === undefined) return piece;
    at += all.length;
    const most = repeatsOf(all, low, high);
    const least = /^[*?]/.test(all) ? 0 : Number(low || 1);
    const whole = (piece.samples[0] ?? '').repeat(Math.min(least, 3));
    const units = [...piece.samples, ...CANDIDATES.filter((character) => fits(source, flags, character))];
    const own: Pump[] = most < FAR ? [] : [{ before: '', units: [...new Set(units)] }];
    return {
      samples: least === 0 ? ['', ...piece.samples] : [whole, ...piece.samples],
      pumps: [...own, ...piece.pumps],
    };
  }

  function atom(): Piece {
    const rest = pattern.slice(at);
    const group = /^\((?:\?(?::|<?[=!]|<\w+>))?/.exec(rest)?.[0];
    if (group !== undefined) {
      at += group.length;
      const inner = alternatives();
      at += 1;
      return /[=!]$/.test(group) ? { samples: [''], pumps: inner.pumps } : inner;
    }
    const single =
      /^(?:\[(?:\\.|[^\]\\])*\]|\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|p\{\w+\}|k<\w+>|.)|[\s\S])/i.exec(rest)?.[0] ??
      '';
    at += single.length;
    if (/^(?:[\^$]|\\[bB])$/.test(single)) return { samples: [''], pumps: [] };
    if (/^[^\\[.]$/.test(single)) return { samples: [single], pumps: [] };
    const fitting = CANDIDATES.filter((character) => fits(single, flags, character));
    return { samples: fitting.length > 0 ? fitting.slice(0, 3) : [literalOf(single)], pumps: [] };
  }

  return alternatives();
}

/** Pieces one behind the other: each pump has the text of the pieces before it in front, and what follows it among its units. */
function inOrder(pieces: readonly Piece[]): Piece {
  const pumps: Pump[] = [];
  let before = '';
  pieces.forEach((piece, index) => {
    const next = textOf(pieces[index + 1]) + textOf(pieces[index + 2]);
    for (const pump of piece.pumps)
      pumps.push({
        before: before + pump.before,
        units: [...pump.units, next, `${pump.units[0] ?? ''}${next}`],
      });
    before += textOf(piece);
  });
  return { samples: [before, pieces.map((piece) => piece.samples[0] ?? '').join('')], pumps };
}

/** The shortest sample that is not empty: an optional piece is there. */
function textOf(piece: Piece | undefined): string {
  return piece?.samples.find((sample) => sample !== '') ?? '';
}

function repeatsOf(all: string, low: string, high: string | undefined): number {
  if (/^[*+]/.test(all) || high === '') return Number.POSITIVE_INFINITY;
  if (all.startsWith('?')) return 1;
  return Number(high ?? low);
}

function fits(source: string, flags: string, character: string): boolean {
  try {
    return new RegExp(`^(?:${source})$`, flags.replace(/[gy]/g, '')).test(character);
  } catch {
    return false;
  }
}

/** A character that `CANDIDATES` does not hold, as in `\r`, `\x1b` or `[›]`. */
function literalOf(source: string): string {
  for (let code = 0; code < 256; code += 1) {
    const character = String.fromCharCode(code);
    if (fits(source, '', character)) return character;
  }
  return source.replace(/[[\]\\^]/g, '').slice(0, 1);
}
