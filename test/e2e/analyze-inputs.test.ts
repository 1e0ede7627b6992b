import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { scenariosFolder } from '../../src/app/scenario.ts';
import type { Report } from '../../src/report/report.ts';
import { tunneldoc } from '../support/command-line.ts';
import { reportOf } from '../support/report-schema.ts';
import { scratchFolder, writeTree } from '../support/scratch.ts';

const scratch = scratchFolder();
const ROUTER = join(scenariosFolder(), 'psk-mismatch', 'hq10');
const PEER = '198.51.100.10';

/** Outputs of the scenario's hub by file name without `.txt`. */
const OUTPUTS = Object.fromEntries(
  readdirSync(ROUTER)
    .filter((name) => name.endsWith('.txt') && !name.includes('@'))
    .map((name) => [name.replace(/\.txt$/, ''), readFileSync(join(ROUTER, name), 'utf8')]),
);

const FIRST = reportOf((await tunneldoc(['analyze', ROUTER, '--format', 'json'])).out).tunnels[0];

async function analyze(path: string, stdin = ''): Promise<{ code: number; report: Report }> {
  const ran = await tunneldoc(['analyze', path, '--format', 'json'], { stdin });
  return { code: ran.code, report: reportOf(ran.out) };
}

/** The verdict and first cause are those of the folder itself. */
function expectTheSame({ code, report }: { code: number; report: Report }): void {
  const tunnel = report.tunnels.find(({ peer }) => peer === PEER);
  expect(tunnel).toMatchObject({
    verdict: FIRST?.verdict,
    causes: [{ id: FIRST?.causes[0]?.id }, ...(FIRST?.causes.slice(1).map(({ id }) => ({ id })) ?? [])],
  });
  expect(code).toBe(1);
}

test('the sample is worth comparing with', () => {
  expect(FIRST).toMatchObject({
    peer: PEER,
    verdict: 'down',
    causes: [{ id: 'psk-mismatch' }, ...(FIRST?.causes.slice(1) ?? [])],
  });
});

describe('folders', () => {
  test.each([
    ['blanks as -', (name: string) => `${name}.txt`],
    ['blanks as _', (name: string) => `${name.replaceAll('-', '_')}.txt`],
    ['upper case', (name: string) => `${name.toUpperCase()}.TXT`],
  ])('names with %s', async (form, naming) => {
    const files = Object.fromEntries(
      Object.entries(OUTPUTS).map(([name, text]) => [`hq10/${naming(name)}`, text]),
    );
    expectTheSame(await analyze(writeTree(join(scratch, form.replaceAll(' ', '')), files)));
  });

  test('CR LF, latin-1 and a byte order mark change nothing', async () => {
    const files = Object.fromEntries(
      Object.entries(OUTPUTS).map(([name, text], i) => {
        const crlf = text.replaceAll('\n', '\r\n');
        const bytes =
          i % 2 === 0 ? Buffer.from(`${crlf}! caf\xe9\r\n`, 'latin1') : Buffer.from(`\ufeff${crlf}`, 'utf8');
        return [`${name}.txt`, new Uint8Array(name.endsWith('logging') ? bytes : Buffer.from(crlf))];
      }),
    );
    expectTheSame(await analyze(writeTree(join(scratch, 'crlf'), files)));
  });

  test('a folder of router folders: every router by its name, and both ends seen together', async () => {
    const { report } = await analyze(join(scenariosFolder(), 'psk-mismatch'));
    expect(report.routers.map(({ router }) => router)).toEqual(['branch10', 'hq10']);
  });

  test('suffixes are that command, filtered; label.yaml and notes are listed as not used', async () => {
    const folder = writeTree(join(scratch, 'suffix'), {
      'R1/show-crypto-isakmp-sa.txt': OUTPUTS['show-crypto-isakmp-sa'] ?? '',
      [`R1/show-crypto-ipsec-sa-peer-${PEER}.txt`]: OUTPUTS['show-crypto-ipsec-sa'] ?? '',
      'R1/show-logging.filtered.txt': OUTPUTS['show-logging'] ?? '',
      'R1/label.yaml': 'root_cause: psk-mismatch\n',
      'R1/notes.md': 'my notes',
    });
    const { report } = await analyze(folder);
    const [router] = report.routers;
    expect(router?.notUsed).toEqual(expect.arrayContaining(['label.yaml', 'notes.md']));
    const commands = router?.collected
      .filter(({ fate }) => fate === 'answered')
      .map(({ command }) => command);
    expect(commands).toEqual(expect.arrayContaining([`show crypto ipsec sa peer ${PEER}`, 'show logging']));
    expect(report.tunnels.map(({ peer, verdict }) => [peer, verdict])).toContainEqual([PEER, 'down']);
    const text = await tunneldoc(['analyze', folder]);
    expect(text.out).toContain('label.yaml');
  });

  test('the answer in label.yaml changes nothing', async () => {
    const files = {
      ...Object.fromEntries(Object.entries(OUTPUTS).map(([name, text]) => [`${name}.txt`, text])),
    };
    const told = writeTree(join(scratch, 'told'), {
      ...files,
      'label.yaml': 'root_cause: peer-unreachable\n',
    });
    expectTheSame(await analyze(told));
  });
});

describe('one file', () => {
  test('named as a command', async () => {
    const { report } = await analyze(join(ROUTER, 'show-crypto-isakmp-sa.txt'));
    expect(report.tunnels.map(({ peer }) => peer)).toContain(PEER);
    expect(report.routers[0]?.collected.map(({ command, fate }) => [command, fate])).toContainEqual([
      'show crypto ipsec sa',
      'not-asked',
    ]);
  });

  test('a log alone names the peers it speaks of', async () => {
    const { report } = await analyze(join(ROUTER, 'show-logging.txt'));
    expect(report.tunnels.map(({ peer }) => peer)).toEqual([PEER]);
  });
});

/** The outputs as a terminal shows them. */
function pasted(prompt: string, abbreviate = (command: string) => command): string {
  const parts = Object.entries(OUTPUTS).map(
    ([name, text]) => `${prompt}${abbreviate(name.replaceAll('-', ' '))}\n${text}`,
  );
  return `${parts.join('')}${prompt}\n`;
}

describe('pasted text', () => {
  test.each([
    ['with prompts', pasted('hq10#')],
    ['with user prompts', pasted('hq10>')],
    [
      'abbreviated',
      pasted('hq10#', (command) => command.replace('show crypto', 'sh cry').replace(/^show/, 'sh')),
    ],
    [
      'with pages',
      pasted('hq10#').replace(
        /\n(?=[^\n]*QM_IDLE|[^\n]*IKMP)/,
        '\n --More-- \b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\b',
      ),
    ],
  ])('%s, on standard input', async (_form, text) => {
    const { code, report } = await analyze('-', text);
    expect(report.routers.map(({ router }) => router)).toEqual(['hq10']);
    expectTheSame({ code, report });
  });

  test('of two routers in one text', async () => {
    const spoke = pasted('branch10#').replaceAll(PEER, '198.51.100.77').replaceAll('hq10', 'branch10');
    const { report } = await analyze('-', `${pasted('hq10#')}${spoke}`);
    expect(report.routers.map(({ router }) => router)).toEqual(['hq10', 'branch10']);
  });

  test('show tech-support in a file', async () => {
    const parts = Object.entries(OUTPUTS).map(
      ([name, text]) => `------------------ ${name.replaceAll('-', ' ')} ------------------\n\n${text}\n`,
    );
    const folder = writeTree(scratch, {
      'tech.txt': `${parts.join('\n')}\n------------------ show memory statistics ------------------\n\nHead Total\n`,
    });
    expectTheSame(await analyze(join(folder, 'tech.txt')));
  });

  test("the user's own example, bare: the row and the line, whichever end began", async () => {
    for (const [dst, src] of [
      ['198.51.100.9', '203.0.113.1'],
      ['203.0.113.1', '198.51.100.9'],
    ] as const) {
      const text = `R1#show crypto isakmp sa\ndst             src             state          conn-id slot status\n${dst.padEnd(15)} ${src.padEnd(15)} MM_NO_STATE          0    0 ACTIVE\n\nR1#show logging | include IKMP\n*Mar  1 10:00:00.123: %CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed with peer at 198.51.100.9\nR1#\n`;
      const { code, report } = await analyze('-', text);
      expect(code).toBe(1);
      expect(
        report.tunnels.map(({ peer, verdict, causes }) => [
          peer,
          verdict,
          causes[0]?.id,
          causes[0]?.standing,
        ]),
      ).toEqual([['198.51.100.9', 'down', 'phase1-failed-unknown', 'possible']]);
      expect(report.tunnels[0]?.ask.join()).toContain('show crypto isakmp policy');
    }
  });
});

describe('nothing to read', () => {
  test.each([
    ['a missing path', () => join(scratch, 'nowhere'), /nowhere.*(?:ENOENT|no such)/],
    [
      'an empty folder',
      () => writeTree(scratch, { 'empty/.keep': '' }) && join(scratch, 'empty'),
      /no output/,
    ],
    [
      'a folder of other things',
      () =>
        writeTree(scratch, { 'other/readme.md': 'hello', 'other/x.bin': '\x00\x01' }) &&
        join(scratch, 'other'),
      /no output/,
    ],
    [
      'an empty file',
      () => writeTree(scratch, { 'empty.txt': '' }) && join(scratch, 'empty.txt'),
      /no output/,
    ],
    [
      'a poem',
      () =>
        writeTree(scratch, { 'poem.txt': 'Tyger tyger, burning bright\nin the forests of the night\n' }) &&
        join(scratch, 'poem.txt'),
      /no output/,
    ],
  ])('%s: exit 2, said clearly, one JSON document where asked', async (_what, make, words) => {
    const path = make();
    const text = await tunneldoc(['analyze', path]);
    expect([text.code, text.out]).toEqual([2, '']);
    expect(text.err).toMatch(words);
    const json = await tunneldoc(['analyze', path, '--format', 'json']);
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out)).toMatchObject({
      format: 'tunneldoc.error/1',
      error: expect.stringMatching(words),
    });
  });

  test('empty standard input', async () => {
    const ran = await tunneldoc(['analyze', '-', '--format', 'json'], { stdin: '' });
    expect(ran.code).toBe(2);
    expect(JSON.parse(ran.out).error).toMatch(/no output/);
  });
});

test('--output writes the file for its owner only and nothing to stdout; a bad place costs no report', async () => {
  const file = join(scratch, 'report.json');
  const ran = await tunneldoc(['analyze', ROUTER, '--format', 'json', '--output', file]);
  expect([ran.code, ran.out]).toEqual([1, '']);
  expect(reportOf(readFileSync(file, 'utf8')).tunnels.map(({ peer }) => peer)).toContain(PEER);
  const lost = await tunneldoc([
    'analyze',
    ROUTER,
    '--format',
    'json',
    '--output',
    join(scratch, 'no', 'such', 'place'),
  ]);
  expect(lost.code).toBe(2);
  expect(reportOf(lost.out).tunnels.map(({ peer }) => peer)).toContain(PEER);
});
