import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redact } from '../../src/evidence/redact.ts';
import { redactSession } from '../../src/evidence/redact-session.ts';
import type { TranscriptEvent } from '../../src/evidence/session-transcript.ts';
import { CANARY_LINES, NEAR_MISSES } from './secret-canaries.ts';

type Piece = Extract<TranscriptEvent, { readonly bytes: string }>;

function said(events: readonly TranscriptEvent[]): string {
  return pieces(events).join('');
}
function pieces(events: readonly TranscriptEvent[]): string[] {
  return events.flatMap((event) => ('bytes' in event && event.from === 'router' ? [event.bytes] : []));
}
function router(...parts: readonly string[]): Piece[] {
  return parts.map((bytes, t) => ({ t, from: 'router', bytes }));
}
function us(bytes: string): Piece {
  return { t: 0, from: 'us', bytes };
}

/** The text in pieces cut at these places, with a keystroke of ours behind some of them. */
function cut(text: string, places: readonly number[], keys: readonly string[]): TranscriptEvent[] {
  const sorted = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  const ends = [...sorted.filter((place) => place > 0 && place < text.length), text.length];
  let from = 0;
  return ends.flatMap((end, i) => {
    const piece: TranscriptEvent = { t: i, from: 'router', bytes: text.slice(from, end) };
    from = end;
    const key = keys[i];
    return key === undefined ? [piece] : [piece, { t: i, from: 'us', bytes: key }];
  });
}

const EOL = fc.constantFrom('\r\n', '\n', '\r\r\n');
const LINES = fc.array(
  fc.tuple(fc.constantFrom(...CANARY_LINES, ...NEAR_MISSES, 'hub1#show version', ''), EOL),
  { minLength: 1, maxLength: 12 },
);
const PAGERS = [
  ` --More-- ${'\b'.repeat(9)}${' '.repeat(8)}${'\b'.repeat(9)}`,
  `\x1b[K --More-- ${'\b \b'.repeat(10)}\x1b[K`,
  `\x1b[7m--More--\x1b[27m\r${' '.repeat(8)}\r`,
];

describe('secrets in pieces', () => {
  test('cut anywhere, keys of ours between: no canary stays, other lines byte for byte, as many lines', () => {
    fc.assert(
      fc.property(
        LINES,
        fc.array(fc.nat(5_000), { maxLength: 40 }),
        fc.array(fc.constantFrom(' ', '\r', 'show clock\r'), { maxLength: 40 }),
        (lines, places, keys) => {
          const text = lines.map(([line, eol]) => line + eol).join('');
          const done = redactSession(cut(text, places, keys), []);
          const before = text.split('\n');
          const after = said(done.events).split('\n');
          expect(after.join('\n')).not.toContain('anary');
          expect(after).toHaveLength(before.length);
          const recorded = redact(text).text.split('\n');
          for (const [i, line] of before.entries()) {
            if (recorded[i] === line && !line.includes('Canary')) expect(after[i]).toBe(line);
          }
          expect(redactSession(done.events, []).count).toBe(0);
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });

  test('every canary line behind every pager, byte by byte', () => {
    for (const pager of PAGERS) {
      for (const line of CANARY_LINES) {
        const text = `one\r\n${pager}${line}\r\ntwo\r\n`;
        const { events } = redactSession(router(...text), []);
        const after = said(events).split('\n');
        expect(after.join('\n')).not.toContain('anary');
        expect([after[0], after[2], after.length]).toEqual(['one\r', 'two\r', 4]);
        // The pager and its wipe are still there for a replay.
        expect(after[1]?.startsWith(pager)).toBe(true);
      }
    }
  });

  test('colours, NUL, BEL and cursor movements inside and before a secret hide nothing', () => {
    for (const line of [
      'username admin password 0 \x1b[1mCanary7\x1b[0m',
      'username admin pass\x00word 0 Canary7',
      'username admin password 0 Ca\x07nary7',
      `vtp password Canary7${'\b'.repeat(20)}${' '.repeat(20)}`,
      'crypto isakmp key x\bCanary7 address 192.0.2.7',
      'vtp paX\bssword Canary7',
    ]) {
      const { events, count } = redactSession(router(`${line}\r\n`), []);
      expect(said(events).replace(/[\x00-\x1f]/g, '')).not.toContain('anary7');
      expect(count).toBe(1);
    }
  });

  test('UTF-8 in a secret is read as such: no tail stays behind a byte that latin1 takes for a blank', () => {
    const bytes = Buffer.from('crypto isakmp key Canàry-tail hostname b\r\nfür alle\r\n', 'utf8').toString(
      'latin1',
    );
    const { events } = redactSession(router(...bytes), []);
    expect(said(events)).toBe('crypto isakmp key <redacted> hostname b\r\nf\xc3\xbcr alle\r\n');
  });

  test("the login's own values go wherever they stand, also as UTF-8 and with control bytes inside", () => {
    const bytes = Buffer.from('you said gehëim-wort, thanks\r\nwort\r\n', 'utf8').toString('latin1');
    expect(said(redactSession(router(...bytes), ['gehëim-wort']).events)).toBe(
      'you said <redacted>, thanks\r\nwort\r\n',
    );
    expect(said(redactSession(router('the\x00-long-value\r\n'), ['the-long-value']).events)).toBe(
      '<redacted>\r\n',
    );
  });
});

describe('pieces', () => {
  test('those without a secret stay as they are, the redacted text stands where the secret ended', () => {
    const events = [
      ...router('hub1#', 'show', ' run\r\nenable sec', 'ret 0 Cana', 'ry\r\nline ', 'vty\r\n'),
      us('\r'),
      ...router('\r\nhub1#'),
    ];
    expect(pieces(redactSession(events, []).events)).toEqual([
      'hub1#',
      'show',
      ' run\r\nenable sec',
      'ret 0 ',
      '<redacted>\r\nline ',
      'vty\r\n',
      '\r\nhub1#',
    ]);
  });

  test('nothing to redact: the same events', () => {
    const events = router(...NEAR_MISSES.map((line) => `${line}\r\n`));
    expect(redactSession(events, ['not-there-at-all']).events).toBe(events);
  });

  test('a piece that was all secret goes; the mark of an enable secret stays', () => {
    const mark: TranscriptEvent = { t: 2, from: 'us', secret: 'enable' };
    const done = redactSession([...router('vtp password Canary', 'Canary', 'Canary'), mark], []);
    expect(done.events).toEqual([
      { t: 0, from: 'router', bytes: 'vtp password ' },
      { t: 2, from: 'router', bytes: '<redacted>' },
      mark,
    ]);
  });

  test('what a line means depends on the command it belongs to, not on the one before', () => {
    const events = [
      us('show a\r'),
      ...router('show a\r\nkey chain EIGRP\r\n key 1\r\nhub1#'),
      us('show b\r'),
      ...router('show b\r\n key Canary\r\nhub1#'),
    ];
    expect(said(redactSession(events, []).events)).toContain(' key 1\r\nhub1#show b\r\n key <redacted>\r\n');
  });
});
