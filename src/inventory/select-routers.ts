import { didYouMean } from '../core/closest.ts';
import { printable } from '../core/printable.ts';
import { matchesGlob } from './glob.ts';
import type { Inventory, InventoryRouter } from './inventory.ts';

export type Selection =
  | { readonly ok: true; readonly routers: readonly InventoryRouter[] }
  | { readonly ok: false; readonly column: number; readonly message: string };

/**
 * The routers a `--limit` expression names, in the order of the inventory: name globs (`hub*`), `group:x`, `tag:x`,
 * `site:x`; a comma means or, `&` means and (binds closer), `!` in front means not. A word that fits no router at all is
 * an error (it is a typing error), and so is an empty selection. `column` counts from 1 within the expression.
 */
export function selectRouters(inventory: Inventory, limit: string): Selection {
  const alternatives: (readonly Term[])[] = [];
  for (const part of piecesOf({ text: limit, column: 1 }, ',')) {
    const terms: Term[] = [];
    for (const piece of piecesOf(part, '&')) {
      const term = readTerm(piece, inventory);
      if ('message' in term) return { ok: false, ...term };
      terms.push(term);
    }
    alternatives.push(terms);
  }
  const routers = inventory.routers.filter((router) =>
    alternatives.some((terms) => terms.every((term) => term.fits(router) !== term.negated)),
  );
  if (routers.length === 0)
    return { ok: false, column: 1, message: `"${printable(limit)}" selects no router of the inventory` };
  return { ok: true, routers };
}

interface Piece {
  readonly text: string;
  readonly column: number;
}

interface Term {
  readonly negated: boolean;
  fits(router: InventoryRouter): boolean;
}

interface TermFault {
  readonly column: number;
  readonly message: string;
}

function piecesOf(piece: Piece, separator: string): Piece[] {
  let column = piece.column;
  return piece.text.split(separator).map((text) => {
    const found = { text, column };
    column += text.length + separator.length;
    return found;
  });
}

const KINDS = ['group', 'tag', 'site'] as const;
type Kind = (typeof KINDS)[number] | 'name';

function readTerm(piece: Piece, inventory: Inventory): Term | TermFault {
  // `  !! group: spokes `
  const lead = /^[\s!]*/.exec(piece.text)?.[0] ?? '';
  const negated = lead.replace(/\s/g, '').length % 2 === 1;
  const column = piece.column + lead.length;
  const word = piece.text.slice(lead.length).trimEnd();
  if (word === '') return { column, message: 'a name, group:, tag: or site: is missing here' };
  const colon = word.indexOf(':');
  const prefix = colon < 0 ? 'name' : word.slice(0, colon).trim().toLowerCase();
  const kind: Kind | undefined = colon < 0 ? 'name' : KINDS.find((known) => known === prefix);
  if (kind === undefined) {
    const guess = didYouMean(prefix, KINDS);
    return {
      column,
      message: `"${printable(prefix)}:" is not known${guess}; use group:, tag:, site: or a name`,
    };
  }
  const pattern = colon < 0 ? word : word.slice(colon + 1).trim();
  const bad = /[()|!]/.exec(pattern);
  if (bad)
    return {
      column: column + word.length - pattern.length + bad.index,
      message: `"${bad[0]}" has no meaning here; use , for or, & for and, ! in front for not`,
    };
  if (pattern === '') return { column, message: `${kind}: needs a word behind the colon` };
  const known = new Set([
    ...inventory.routers.flatMap((router) => valuesOf(router, kind)),
    ...(kind === 'group' ? inventory.groups : []),
  ]);
  if (![...known].some((value) => matchesGlob(pattern, value))) {
    return {
      column,
      message: `no router has the ${kind} "${printable(pattern)}"${didYouMean(pattern, known)}`,
    };
  }
  return { negated, fits: (router) => valuesOf(router, kind).some((value) => matchesGlob(pattern, value)) };
}

function valuesOf(router: InventoryRouter, kind: Kind): readonly string[] {
  switch (kind) {
    case 'name':
      return [router.name];
    case 'group':
      return router.groups;
    case 'tag':
      return router.tags;
    case 'site':
      return router.site === null ? [] : [router.site];
  }
}
