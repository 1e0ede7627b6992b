import type { LineRule } from '../line-rules.ts';
import type { Line } from '../lines.ts';
import { type ChildDraft, type Ikev2Scan, presentSa } from './draft.ts';

/** Lines of the child SAs below an IKEv2 SA. */
export const CHILD_RULES: readonly LineRule<Ikev2Scan>[] = [
  {
    // Child sa: local selector 10.1.0.0/0 - 10.1.255.255/65535
    word: 'child',
    pattern: /^Child sa: ?local selector ([0-9A-F.:/ -]{3,200})$/i,
    take(state, match, line) {
      const draft = presentSa(state, line);
      if (draft === null) return false;
      draft.inChild = true;
      draft.sa.childSas.push({
        lines: { first: line.number, last: line.last },
        localSelector: match[1] ?? null,
        remoteSelector: null,
        spis: [],
      });
      return true;
    },
  },
  {
    // remote selector 10.2.0.0/0 - 10.2.255.255/65535
    word: 'remote',
    pattern: /^remote selector ([0-9A-F.:/ -]{3,200})$/i,
    take(state, match, line) {
      const child = presentChild(state, line);
      if (child === null) return false;
      child.remoteSelector = match[1] ?? null;
      return true;
    },
  },
  spiRule('esp'),
  spiRule('ah'),
  {
    // CPI in/out: 0x0/0x0
    word: 'cpi',
    pattern: /^CPI in\/out: ?0x[0-9A-F]{1,8}\/0x[0-9A-F]{1,8}$/i,
    take: (state, _match, line) => presentChild(state, line) !== null,
  },
];

// ESP spi in/out: 0xA75421B1/0x96185188   (0x0: none)
function spiRule(word: 'esp' | 'ah'): LineRule<Ikev2Scan> {
  return {
    word,
    pattern: /^(?:ESP|AH) spi in\/out: ?(0x[0-9A-F]{1,8})\/(0x[0-9A-F]{1,8})$/i,
    take(state, match, line) {
      const child = presentChild(state, line);
      if (child === null) return false;
      const spis = [match[1] ?? '', match[2] ?? ''].map((spi) => spi.toLowerCase());
      child.spis.push(...spis.filter((spi) => Number(spi) !== 0));
      return true;
    },
  };
}

function presentChild(state: Ikev2Scan, line: Line): ChildDraft | null {
  const child = presentSa(state, line)?.sa.childSas.at(-1);
  if (child === undefined) return null;
  child.lines = { first: child.lines.first, last: line.last };
  return child;
}
