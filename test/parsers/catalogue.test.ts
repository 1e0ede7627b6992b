import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { catalogueEntries, catalogueEntry, findDebug } from '../../src/parsers/show-logging/catalogue.ts';
import type { LogMessage } from '../../src/parsers/show-logging/facts.ts';
import { showLogging } from '../../src/parsers/show-logging/parse.ts';
import { whyUnsafe } from '../../src/playbooks/advice-safety.ts';
import { MESSAGES } from '../../src/playbooks/messages.generated.ts';
import { STATES } from '../../src/playbooks/states.generated.ts';
import { cpuMs } from '../support/cpu-time.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const present = existsSync(`${shared}knowledge/samples.tsv`);

interface Sample {
  readonly id: string;
  readonly line: string;
  readonly fields: Readonly<Record<string, string>>;
}

function rows(file: string): string[][] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => row.split('\t'));
}

const own: Sample[] = rows(fileURLToPath(new URL('fixtures/message-samples.tsv', import.meta.url))).map(
  ([id = '', line = '', fields = '{}']) => ({ id, line, fields: JSON.parse(fields) }),
);

function messageOf(line: string, id: string): LogMessage | undefined {
  return showLogging.parse(line).facts.messages.find((message) => message.catalogueId === id);
}

describe('own samples', () => {
  test('there is a line for every message of the catalogue', () => {
    const sampled = new Set(own.map((sample) => sample.id));
    expect(
      catalogueEntries()
        .map((entry) => entry.id)
        .filter((id) => !sampled.has(id)),
    ).toEqual([]);
  });

  test('every field that an expression names is read from one of them', () => {
    const unread = catalogueEntries().flatMap((entry) => {
      const lines = own.filter((sample) => sample.id === entry.id);
      const named = [...entry.match.matchAll(/\(\?<(\w+)>/g)].map((group) => group[1] ?? '');
      return named
        .filter((name) => !lines.some(({ line }) => messageOf(line, entry.id)?.fields[name] !== undefined))
        .map((name) => `${entry.id}: ${name}`);
    });
    expect(unread).toEqual([]);
  });

  // [chars], [IP_address], [dec], [ip/mask] … in the catalogue's own form of a message stand for something that must come out.
  test('a message with a placeholder has fields', () => {
    const silent = MESSAGES.filter((message) => /\[[A-Za-z_. /|]+\]/.test(message.format)).filter(
      ({ id }) => !own.some((sample) => sample.id === id && Object.keys(sample.fields).length > 0),
    );
    // No text of this one is public: which packet details it prints is not known.
    expect(silent.map((message) => message.id)).toEqual(['VPN-SM-4-ICPUPP9']);
  });

  test.each(own)('$id: $line', ({ id, line, fields }) => {
    expect(messageOf(line, id)?.fields).toMatchObject(fields);
    // The stamp in front changes nothing.
    const stamped = showLogging.parse(`000042: .Mar  4 14:07:41.202 CET: ${line}`).facts.messages;
    expect(stamped.map(({ catalogueId, fields: read, text }) => ({ catalogueId, read, text }))).toEqual(
      showLogging
        .parse(line)
        .facts.messages.map(({ catalogueId, fields: read, text }) => ({ catalogueId, read, text })),
    );
  });

  test('a wrong mnemonic is not taken for a known one', () => {
    const [message] = showLogging.parse(
      '%CRYPTO-4-IKMP_BAD_MESSAGES: IKE message from 192.0.2.1 failed its sanity check',
    ).facts.messages;
    expect(message).toMatchObject({
      catalogueId: null,
      mnemonic: 'IKMP_BAD_MESSAGES',
      facility: 'CRYPTO',
      severity: 4,
    });
  });
});

/** Names of the shared list → ours. */
const RENAMED: Readonly<Record<string, string>> = {
  conn: 'connId',
  ifname: 'interface',
  certaddr: 'certAddress',
};

(present ? describe : describe.skip)('samples beside the project (skipped where ../shared is absent)', () => {
  const samples = present ? rows(`${shared}knowledge/samples.tsv`) : [];

  test('all 72 are there', () => {
    expect(samples).toHaveLength(72);
  });

  test.each(samples)('%s: %s', (id, line, expected = '') => {
    // A message is looked up by its own facility and mnemonic first: the data plane form of CERM has an entry of its own.
    const message = messageOf(line ?? '', id ?? '') ?? messageOf(line ?? '', 'CERM_DP-4-DP_TX_BW_LIMIT');
    expect(message).toBeDefined();
    for (const [, name = '', value = ''] of expected.matchAll(/(\w+)=(.*?)(?= \w+=|$)/g)) {
      const want = name === 'spi' ? `0x${value.toLowerCase()}` : value;
      expect(`${name}=${message?.fields[RENAMED[name] ?? name]}`).toBe(`${name}=${want}`);
    }
  });

  test('every entry of the shared catalogue is ours, under the same id', () => {
    const ids = [
      ...readFileSync(`${shared}knowledge/catalogue.yaml`, 'utf8').matchAll(/^ {2}- id: "(.*)"$/gm),
    ].map((found) => found[1] ?? '');
    expect(ids).toHaveLength(207);
    expect(ids.filter((id) => catalogueEntry(id) === null)).toEqual([]);
  });

  test('every cause id is one of the vocabulary', () => {
    const vocabulary = readFileSync(`${shared}cases/VOCABULARY.md`, 'utf8');
    const unknown = catalogueEntries().flatMap((entry) =>
      entry.causeIds.filter((id) => !vocabulary.includes(id)),
    );
    expect(unknown).toEqual([]);
  });
});

describe('compiled catalogue', () => {
  test('the generated modules are what the YAML compiles to (else: npm run compile:catalogue)', async () => {
    const { compileAll } = (await import('../../playbooks/compile-catalogue.mjs' as string)) as {
      compileAll: () => Record<string, string>;
    };
    for (const [path, text] of Object.entries(compileAll())) {
      expect(`${path} ${readFileSync(root + path, 'utf8') === text ? 'fresh' : 'stale'}`).toBe(
        `${path} fresh`,
      );
    }
  });

  test('every id has matching parts and text, and is unique', () => {
    const ids = catalogueEntries().map((entry) => entry.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(MESSAGES.map((message) => message.id)).toEqual(ids);
    for (const entry of catalogueEntries()) {
      if (entry.kind === 'syslog')
        expect(entry.id).toBe(`${entry.facility}-${entry.severity}-${entry.mnemonic}`);
      expect(entry.needsDebug).toBe(entry.kind === 'debug');
    }
  });

  test('the literals of a debug entry let every line through that its expression matches', () => {
    for (const { id, line } of own.filter((sample) => catalogueEntry(sample.id)?.kind === 'debug')) {
      const entry = catalogueEntry(id);
      expect(entry?.literals.some((literal) => line.toLowerCase().includes(literal))).toBe(true);
      expect(findDebug(line)?.entry.id).toBe(id);
    }
  });

  test('no expression is slow on text made to annoy it', () => {
    const traps = [
      'ID of ',
      'a '.repeat(9),
      '(local ',
      'peer 1.1.1.1 ',
      'for trustpoint "',
      'transform proposal ',
      '%',
      'Tunnel1: Next Hop Server : (Tunnel: ',
    ];
    const lines = traps.map((trap) => trap.repeat(4_000 / trap.length));
    const slow: string[] = [];
    for (const entry of catalogueEntries()) {
      if (entry.match === '') continue;
      const pattern = new RegExp(entry.match, 'i');
      const start = cpuMs();
      for (const line of [
        ...lines,
        ...lines.map(
          (each) => (MESSAGES.find((message) => message.id === entry.id)?.format ?? '').slice(0, 40) + each,
        ),
      ])
        pattern.test(line.slice(0, 2_000));
      // Sixteen lines; a quadratic expression needs seconds, all of ours need about a millisecond.
      if (cpuMs() - start > 1_000) slow.push(entry.id);
    }
    expect(slow).toEqual([]);
  });
});

describe('advice', () => {
  test('keeps the safety rules', () => {
    const unsafe = MESSAGES.flatMap((message) =>
      message.remedy.flatMap((step, index) => {
        const why = whyUnsafe(step, index);
        return why === null ? [] : [`${message.id}: ${step} (${why})`];
      }),
    );
    expect(unsafe).toEqual([]);
  });

  test('names only show commands that print no key', () => {
    const commands = [...MESSAGES.flatMap((message) => message.checks), ...STATES.map((state) => state.next)];
    expect(
      commands.filter(
        (command) =>
          !command.startsWith('show ') || /running-config|isakmp key|archive|tech-support/.test(command),
      ),
    ).toEqual([]);
  });

  test('every sentence is short and ends as a sentence', () => {
    const sentences = MESSAGES.flatMap((message) => [message.meaning, ...message.remedy]);
    expect(sentences.filter((sentence) => !/[.!]$/.test(sentence) || sentence.length > 260)).toEqual([]);
  });
});
