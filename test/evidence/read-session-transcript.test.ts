import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readSessionTranscript, TRANSCRIPT_LIMITS } from '../../src/evidence/read-session-transcript.ts';
import {
  type SessionTranscript,
  TRANSCRIPT_ENDS,
  writeTranscript,
} from '../../src/evidence/session-transcript.ts';
import { loadTranscript } from '../../src/evidence/transcript-folder.ts';

function transcript(changes: object = {}): SessionTranscript {
  const header = {
    router: 'R1',
    identification: 'SSH-2.0-Cisco-1.25',
    algorithms: ['aes256-ctr'],
    started: '2026-11-23T10:00:00.000Z',
    tool: '0',
    redactions: 0,
    ...changes,
  };
  return { header, events: [], end: { t: 0, end: 'closed-by-us', reason: '', error: null } };
}

const HEADER = writeTranscript(transcript()).split('\n')[0] ?? '';
const END = '{"t":5,"end":"closed-by-us","reason":"","error":null}';

function problem(...lines: readonly (string | Uint8Array)[]): string | null {
  const bytes = Buffer.concat(lines.flatMap((line) => [Buffer.from(line as string), Buffer.from('\n')]));
  const read = readSessionTranscript(bytes, 'f');
  return read.ok ? null : read.problem;
}

describe('reading a transcript', () => {
  test('what was written, whatever the bytes', () => {
    const bytes = fc
      .array(fc.nat(255), { minLength: 1, maxLength: 30 })
      .map((codes) => String.fromCharCode(...codes));
    const event = fc.record(
      { t: fc.nat(5), from: fc.constantFrom('router', 'us'), bytes },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.array(event), fc.constantFrom(...TRANSCRIPT_ENDS), fc.string(), (list, end, reason) => {
        const events = list.map((one, i) => ({ ...one, t: i * 5 + one.t }));
        const whole = { ...transcript(), events, end: { t: 1_000, end, reason, error: 'no-prompt' } };
        const text = writeTranscript(whole as SessionTranscript);
        expect(text).toMatch(/^[\n -~]*$/);
        expect(readSessionTranscript(Buffer.from(text), 'f')).toEqual({ ok: true, transcript: whole });
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  test.each<readonly [string, readonly (string | Uint8Array)[], string]>([
    ['an empty file', [], 'f:1: the file is empty'],
    ['another file', ['# Recordings'], 'f:1: not a JSON object'],
    [
      'another format',
      ['{"format":"x"}'],
      'f:1: not a session transcript: format must be tunneldoc.session/1',
    ],
    [
      'a file that is not whole',
      [HEADER, '{"t":1,"from":"us","bytes":"\\r"}'],
      'f:3: the file ends without the end',
    ],
    ['a line that is not whole', [HEADER, '{"t":1,"from":"us","byt'], 'f:2: not a JSON object'],
    ['a list', [HEADER, '[1]', END], 'f:2: not a JSON object'],
    ['deep nesting', [HEADER, '['.repeat(500_000), END], 'f:2: not a JSON object'],
    ['a line behind the end', [HEADER, END, END], 'f:3: a line behind the end'],
    ['a negative time', [HEADER, '{"t":-1,"from":"us","bytes":"x"}', END], 'f:2: t must be'],
    ['a time without end', [HEADER, '{"t":1e999,"from":"us","bytes":"x"}', END], 'f:2: t must be'],
    ['a time that is a text', [HEADER, '{"t":"1","from":"us","bytes":"x"}', END], 'f:2: t must be'],
    [
      'a time that runs backwards',
      [HEADER, '{"t":7,"from":"us","bytes":"x"}', END],
      'f:3: t runs backwards: 5 after 7',
    ],
    ['a stranger', [HEADER, '{"t":1,"from":"me","bytes":"x"}', END], 'f:2: from must be'],
    ['bytes that are a number', [HEADER, '{"t":1,"from":"us","bytes":1}', END], 'f:2: bytes must be'],
    ['no bytes', [HEADER, '{"t":1,"from":"us","bytes":""}', END], 'f:2: bytes must be'],
    [
      'a character that is no byte',
      [HEADER, '{"t":1,"from":"us","bytes":"\\u0100"}', END],
      'f:2: bytes must be',
    ],
    ['bytes that are no text', [HEADER, Buffer.from([0x22, 0xff, 0x22]), END], 'f:2: not a JSON object'],
    ['an unknown key', [HEADER, '{"t":1,"from":"us","bytes":"x","run":"y"}', END], 'f:2: unknown key "run"'],
    [
      'a prototype',
      [HEADER, '{"t":1,"from":"us","bytes":"x","__proto__":{}}', END],
      'f:2: unknown key "__proto__"',
    ],
    [
      'a secret in words',
      [HEADER, '{"t":1,"from":"us","secret":"hunter2"}', END],
      'f:2: secret must be enable',
    ],
    [
      'an end of another name',
      [HEADER, '{"t":1,"end":"x","reason":"","error":null}'],
      'f:2: end must be one of',
    ],
    [
      'control bytes in the name',
      [writeTranscript(transcript({ router: 'R1\x1b[2J' })).split('\n')[0] ?? '', END],
      'f:1: router must be a name',
    ],
    [
      'no name',
      [writeTranscript(transcript({ router: '' })).split('\n')[0] ?? '', END],
      'f:1: router must be',
    ],
    ['a start that is none', [HEADER.replace('2026-11-23T', 'x'), END], 'f:1: started must be'],
    ['algorithms that are a text', [HEADER.replace('["aes256-ctr"]', '"x"'), END], 'f:1: algorithms must be'],
    [
      'a line too long',
      [HEADER, ' '.repeat(TRANSCRIPT_LIMITS.lineBytes + 1)],
      'f:2: the line is longer than',
    ],
    ['a line of 100 MB', [HEADER, Buffer.alloc(100 * 1024 * 1024, 0x5b)], 'f:2: the line is longer than'],
  ])('%s is refused with its line', (_what, lines, expected) => {
    expect(problem(...lines)).toContain(expected);
  });

  test('a file too large is not read; one that is not there throws as files do', async () => {
    const huge = { length: TRANSCRIPT_LIMITS.fileBytes + 1 } as Uint8Array;
    expect(readSessionTranscript(huge, 'f')).toEqual({
      ok: false,
      problem: expect.stringContaining('f:1: larger'),
    });
    await expect(loadTranscript(join(tmpdir(), 'no-such-folder', 'none'))).rejects.toThrow('ENOENT');
  });

  test('damage anywhere never throws', () => {
    const good = [
      HEADER,
      '{"t":1,"from":"router","bytes":"R1#"}',
      '{"t":2,"from":"us","secret":"enable"}',
      END,
    ];
    const text = `${good.join('\n')}\n`;
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.nat(255), fc.nat(3), (at, byte, length) => {
        const bytes = Buffer.concat([
          Buffer.from(text.slice(0, at)),
          Buffer.alloc(length, byte),
          Buffer.from(text.slice(at + 1)),
        ]);
        const read = readSessionTranscript(bytes, 'f');
        if (!read.ok) expect(read.problem).toMatch(/^f:\d: /);
      }),
      { numRuns: 500, seed: 4 },
    );
  });
});
