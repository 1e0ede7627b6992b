import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redact } from '../../src/evidence/redact.ts';
import { createLog, type LogOptions } from '../../src/logging/logger.ts';

const folder = mkdtempSync(join(tmpdir(), 'tunneldoc-log-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

const plain: LogOptions = {
  level: 'debug',
  stderr: false,
  secrets: () => [],
  redact: (text) => redact(text).text,
  now: () => new Date(Date.UTC(2026, 10, 23)),
};

async function logged(
  options: Partial<LogOptions>,
  write: (log: ReturnType<typeof createLog>['log']) => void,
): Promise<string> {
  const file = join(folder, `log-${++files}`);
  const open = createLog({ ...plain, file, ...options });
  write(open.log);
  await open.close();
  return readFileSync(file, 'utf8');
}

describe('secrets', () => {
  test('no canary in any level, message, field, name or nesting', async () => {
    const canary = 'Canary+pa/ss word"1';
    const circle: Record<string, unknown> = { deep: canary };
    Object.assign(circle, { self: circle });
    const text = await logged({ secrets: () => [canary, 'abc'] }, (log) => {
      for (const level of ['debug', 'info', 'warn', 'error'] as const) {
        log[level](`said ${canary} twice ${canary}`, {
          a: canary,
          [canary]: 1,
          list: [canary, { b: canary }],
        });
        log[level]('shape', {
          text: JSON.stringify({ canary }),
          url: `https://x/?p=${encodeURIComponent(canary)}`,
        });
        log[level]('shape', {
          basic: Buffer.from(canary).toString('base64'),
          bytes: Buffer.from(canary),
          circle,
        });
        log[level]('error', {
          error: Object.assign(new Error(canary, { cause: new Error(canary) }), { code: canary }),
        });
        log[level]('map', { map: new Map([[canary, canary]]), set: new Set([canary]) });
        log[level]('crypto isakmp key Canary address 192.0.2.7', { line: 'enable secret 0 Canary' });
        log[level]('by name', {
          password: 'Canary',
          enableSecret: 'Canary',
          privateKey: { a: 'Canary' },
          psk: 'Canary',
        });
        log[level]('short abc stays out, abcde stays');
      }
    });
    expect(text).not.toContain('Canary');
    expect(text).not.toContain(Buffer.from('Canary+').toString('base64').slice(0, 6));
    expect(text).not.toMatch(/\babc\b/);
    expect(text).toContain('abcde stays');
    expect(text.split('\n')).toHaveLength(33);
  });

  test('a secret that becomes known later is filtered from then on', async () => {
    const known: string[] = [];
    const text = await logged({ secrets: () => known }, (log) => {
      log.info('one Later-Canary');
      known.push('Later-Canary');
      log.info('two Later-Canary');
    });
    expect(text).toContain('one Later-Canary');
    expect(text).not.toContain('two Later-Canary');
  });

  test('a secret split by a control byte is still found', async () => {
    const text = await logged({ secrets: () => ['Canary'] }, (log) => log.info('Can\u001b[0mary'));
    expect(text).not.toContain('Canary');
  });
});

describe('one event is one line', () => {
  test('line ends, escapes and separators in messages, fields and names', async () => {
    const hostile = 'a\nb\r\nc\u2028d\u001b[2Je\u0007f\u009bg\u202eh';
    for (const fileFormat of ['json', 'plain'] as const) {
      const text = await logged({ fileFormat }, (log) =>
        log.warn(hostile, { [hostile]: hostile, list: [hostile] }),
      );
      expect(text.split('\n')).toHaveLength(2);
      expect(text.replace(/\n$/, '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e]/);
    }
  });

  test('any fields: a line that parses', async () => {
    const events: Record<string, unknown>[] = fc.sample(
      fc.dictionary(
        fc.string(),
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }),
      ),
      100,
    );
    const text = await logged({}, (log) => {
      for (const event of events) log.info('x', event);
    });
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(100);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ at: '2026-11-23T00:00:00.000Z', level: 'info', message: 'x' });
  });

  test('fields that cannot be read, are endless or take the names of ours', async () => {
    const trap = {
      get bad(): string {
        throw new Error('no');
      },
    };
    const text = await logged({}, (log) => {
      log.info('m', {
        trap,
        long: 'x'.repeat(100_000),
        message: 'other',
        at: 1,
        fn: () => 1,
        none: undefined,
      });
    });
    const line = JSON.parse(text) as Record<string, unknown>;
    expect(line).toMatchObject({
      message: 'm',
      trap: { bad: '(unreadable)' },
      'field.message': 'other',
      'field.at': 1,
    });
    expect(text.length).toBeLessThan(20_000);
  });
});

describe('files', () => {
  test('10,000 lines are all there after close, in order, mode 0600', async () => {
    const file = join(folder, 'many');
    writeFileSync(file, 'before\n', { mode: 0o644 });
    const open = createLog({ ...plain, file, fileFormat: 'plain' });
    for (let i = 0; i < 10_000; i++) open.log.info(`line ${i}`);
    await open.close();
    await open.close();
    open.log.info('too late');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(10_001);
    expect(lines[0]).toBe('before');
    expect(lines.at(-1)).toBe('2026-11-23T00:00:00.000Z info  line 9999');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('a file that cannot be opened is said at once', () => {
    expect(() => createLog({ ...plain, file: join(folder, 'no', 'such', 'log') })).toThrow(
      /cannot write the log file .*ENOENT/,
    );
  });

  test('a full disk ends nothing', async () => {
    if (!existsSync('/dev/full')) return;
    const open = createLog({ ...plain, file: '/dev/full' });
    open.log.error('x');
    await open.close();
  });
});

test('levels, standard error and silence', async () => {
  const lines: string[] = [];
  const stderrStream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const open = createLog({ ...plain, level: 'warn', stderr: true, stderrStream });
  open.log.info('no');
  open.log.debug('no');
  open.log.warn('yes', { router: 'hub1', n: 3, text: 'two words' });
  open.log.error('yes too');
  await open.close();
  expect(lines.join('')).toBe(
    '2026-11-23T00:00:00.000Z warn  yes router=hub1 n=3 text="two words"\n2026-11-23T00:00:00.000Z error yes too\n',
  );
  expect(stderrStream.writableEnded).toBe(false);
  const silent = createLog({ ...plain, level: 'silent', stderr: true, stderrStream });
  silent.log.error('no');
  await silent.close();
  const nowhere = createLog(plain);
  nowhere.log.error('no');
  await nowhere.close();
  expect(lines).toHaveLength(2);
});
