import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { scenariosFolder } from '../../src/app/scenario.ts';
import { parseRecording } from '../../src/parsers/parse-recording.ts';
import type { Report } from '../../src/report/report.ts';
import { buildTunnels } from '../../src/tunnels/build-tunnels.ts';
import { routerFacts } from '../../src/tunnels/router-facts.ts';
import { tunneldoc } from '../support/command-line.ts';
import { fiftyPeers, type InterleavedLog } from '../support/interleaved-log.ts';
import { reportOf } from '../support/report-schema.ts';

describe('the same mnemonic four times', () => {
  let report: Report;
  beforeAll(async () => {
    const path = join(scenariosFolder(), 'correlation-mode-failure');
    report = reportOf((await tunneldoc(['analyze', path, '--format', 'json'])).out);
  });
  const at = (router: string, peer = '203.0.113.23') =>
    report.tunnels.find((tunnel) => tunnel.router === router && tunnel.peer === peer);
  const cites = (router: string, peer?: string) =>
    at(router, peer)?.causes.some((cause) =>
      cause.because.some((clue) => clue.source?.quote.includes('IKMP_MODE_FAILURE')),
    );

  test('live: the peer answered and main mode failed', () => {
    expect(at('live23')?.causes[0]).toMatchObject({ id: 'phase1-failed-unknown', standing: 'possible' });
    expect(cites('live23')).toBe(true);
    expect(at('live23')?.ask.join()).toContain('show crypto isakmp policy');
  });

  test('older than the session: history', () => {
    expect(at('older23')).toMatchObject({ verdict: 'healthy', reason: 'healthy-recovered', causes: [] });
  });

  test('of another peer: held against that one only', () => {
    expect(at('other23')?.causes[0]?.id).toBe('phase1-no-response-unknown');
    expect(cites('other23')).toBe(false);
    expect(at('other23', '203.0.113.200')?.causes[0]?.id).toBe('phase1-failed-unknown');
    expect(cites('other23', '203.0.113.200')).toBe(true);
  });

  test('log cleared: the silence of the log is no evidence, and that is said', () => {
    expect(at('cleared23')?.verdict).toBe('down');
    expect(at('cleared23')?.causes[0]?.id).toBe('phase1-no-response-unknown');
    const shown = JSON.stringify([at('cleared23'), report.routers.find((r) => r.router === 'cleared23')]);
    expect(shown).toMatch(/log.{0,80}(?:reach|begin|start|since|clear)/i);
  });
});

/** What the product says of each line: the peer it gave the line to, or none. */
function attributed(log: InterleavedLog): ReadonlyMap<number, string> {
  const facts = routerFacts(parseRecording(recordingOf('hub', log.outputs)));
  const { tunnels } = buildTunnels(facts);
  const byLine = new Map<number, string>();
  for (const tunnel of tunnels) {
    for (const message of tunnel.messages) byLine.set(message.source.firstLine, tunnel.peer ?? '?');
  }
  return byLine;
}

describe('interleaved logs of fifty peers', () => {
  for (const { name, ...shape } of [
    { name: 'a few milliseconds between lines', sameStamp: false, tables: true },
    { name: 'a tenth of a second between lines', sameStamp: false, gapMs: 200, tables: true },
    { name: 'a second between lines', sameStamp: false, gapMs: 2000, tables: true },
    { name: 'all in the same millisecond', sameStamp: true, tables: true },
    { name: 'no SA table at all', sameStamp: false, tables: false },
    { name: 'no SA table, one stamp', sameStamp: true, tables: false },
    { name: 'connection ids used again', sameStamp: false, tables: true, idsUsedAgain: true },
    {
      name: 'connection ids used again, no table',
      sameStamp: false,
      gapMs: 90,
      tables: false,
      idsUsedAgain: true,
    },
  ]) {
    test.each([1, 2, 3])(`${name}, seed %i: none wrong, nine of ten of the marked lines right`, (seed) => {
      const log = fiftyPeers({ seed, ...shape });
      const found = attributed(log);
      const wrong = log.lines.filter(({ line, peer }) => found.has(line) && found.get(line) !== peer);
      expect(wrong.slice(0, 5)).toEqual([]);
      const marked = log.lines.filter((line) => line.marked);
      const right = marked.filter(({ line, peer }) => found.get(line) === peer);
      const missed = marked.filter(({ line }) => !found.has(line));
      const kinds = missed.map(({ text }) => text.replace(/[\d.]+|0x[0-9A-F]+/g, 'n').slice(-60));
      expect({ share: right.length / marked.length >= 0.9, kinds: [...new Set(kinds)].slice(0, 8) }).toEqual({
        share: true,
        kinds: expect.any(Array),
      });
    });
  }

  test('the generator makes what it promises', () => {
    const log = fiftyPeers({ seed: 1, sameStamp: false, tables: true });
    expect(new Set(log.lines.map((line) => line.peer)).size).toBe(50);
    expect(log.lines.filter((line) => !line.marked).length).toBeGreaterThan(50);
    const neighbours = log.lines.filter((line, i) => line.peer === log.lines[i + 1]?.peer);
    expect(neighbours.length).toBeLessThan(log.lines.length / 5);
  });
});
