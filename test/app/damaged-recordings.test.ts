import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assess } from '../../src/app/assess.ts';
import { loadBuiltinPlaybooks } from '../../src/app/load-playbooks.ts';
import { reportOfRuns } from '../../src/app/report-of-runs.ts';
import type { TunnelDiagnosis } from '../../src/diagnosis/diagnose-tunnel.ts';
import type { Collected } from '../../src/evidence/collected.ts';
import type { Recording } from '../../src/evidence/recording.ts';
import type { Source } from '../../src/evidence/source.ts';
import type { Playbook } from '../../src/playbooks/playbook.ts';
import type { RouterResult } from '../../src/report/build-report.ts';
import { renderJson } from '../../src/report/render-json.ts';
import type { Report } from '../../src/report/report.ts';
import { casesAreThere, labSituations, realSituations, type Situation } from '../support/situations.ts';

let playbooks: readonly Playbook[];
let lab: readonly Situation[];
let real: readonly Situation[];
beforeAll(async () => {
  playbooks = await loadBuiltinPlaybooks();
  lab = await labSituations();
  real = await realSituations();
});

function reportOf(recordings: readonly Recording[]): Report {
  return reportOfRuns(
    recordings.map((recording) => ({ kind: 'collected' as const, recording })),
    playbooks,
  );
}

/** The situation with one output of one router replaced, or taken out. */
function withOutput(
  { recordings }: Situation,
  at: { readonly router: number; readonly output: number },
  change: (output: Collected) => readonly Collected[],
): readonly Recording[] {
  return recordings.map((recording, r) =>
    r !== at.router
      ? recording
      : {
          ...recording,
          outputs: recording.outputs.flatMap((output, o) => (o === at.output ? change(output) : [output])),
        },
  );
}

function refused(output: Collected): Collected {
  const text = '% Authorization failed.';
  return { ...output, kind: 'refused', refusal: 'not-authorized', reason: text, text };
}

function cutAt(output: Collected, share: number): Collected {
  const lines = output.text.split('\n');
  const text = lines.slice(0, Math.floor(lines.length * share)).join('\n');
  return { ...output, kind: 'cut-short', reason: 'the session ended', text };
}

const FINE = ['healthy', 'idle'];

/** Two tables contradict each other, so that neither is believed; one of them alone is. */
function isContradicted({ tunnel, verdict }: TunnelDiagnosis): boolean {
  return (
    verdict === 'undetermined' &&
    tunnel.flows.length === 0 &&
    tunnel.sessions.some((session) => session.status === 'UP-ACTIVE')
  );
}

/** Tunnels that were not fine and are now, `peer before -> after`. */
function healed(before: readonly RouterResult[], after: readonly RouterResult[]): string[] {
  return after.flatMap((router, index) =>
    router.tunnels.flatMap(({ tunnel, verdict }) => {
      if (!FINE.includes(verdict)) return [];
      const same = before[index]?.tunnels.filter((t) => t.tunnel.peer === tunnel.peer) ?? [];
      const known = same.find((t) => t.tunnel.local === tunnel.local) ?? same[0];
      if (known !== undefined && (FINE.includes(known.verdict) || isContradicted(known))) return [];
      return [`${router.router} ${tunnel.peer}: ${known?.verdict ?? 'not there'} -> ${verdict}`];
    }),
  );
}

/** True when the report tells that no log was read. */
function isLogMissed(report: Report): boolean {
  return report.routers.some(({ collected }) =>
    collected.some(({ command, fate }) => command === 'show logging' && fate !== 'answered'),
  );
}

/** Cutting one output in one way must heal no tunnel. Where only the log spoke of a fault its loss must at least be told. */
function problemsOf(situation: Situation, change: (output: Collected) => readonly Collected[]): string[] {
  const before = assess(situation.recordings, playbooks);
  return situation.recordings.flatMap((recording, router) =>
    recording.outputs.flatMap((output, index) => {
      const less = withOutput(situation, { router, output: index }, change);
      const found = healed(before, assess(less, playbooks));
      if (found.length === 0 || (output.command === 'show logging' && isLogMissed(reportOf(less)))) return [];
      return found.map((text) => `${situation.name}, ${output.command}: ${text}`);
    }),
  );
}

describe('less evidence never heals a tunnel', () => {
  test('an output taken out', () => {
    expect(lab.flatMap((situation) => problemsOf(situation, () => []))).toEqual([]);
  });

  test('an output refused', () => {
    expect(lab.flatMap((situation) => problemsOf(situation, (output) => [refused(output)]))).toEqual([]);
  });

  test.each([0.5, 0.9])('an output cut after %d of its lines', (share) => {
    expect(lab.flatMap((situation) => problemsOf(situation, (output) => [cutAt(output, share)]))).toEqual([]);
  });

  test('an output cut anywhere', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(),
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (s, r, o, share) => {
          const situation = pick(lab, s);
          const router = r % situation.recordings.length;
          const output = o % Math.max(1, pick(situation.recordings, router).outputs.length);
          const command = situation.recordings[router]?.outputs[output]?.command;
          if (command === 'show logging') return;
          const less = withOutput(situation, { router, output }, (item) => [cutAt(item, share)]);
          expect([command, healed(assess(situation.recordings, playbooks), assess(less, playbooks))]).toEqual(
            [command, []],
          );
        },
      ),
      { numRuns: 150, seed: 7 },
    );
  });

  (casesAreThere ? test : test.skip)('the real cases, an output taken out, refused or cut', () => {
    const changes = [
      () => [],
      (output: Collected) => [refused(output)],
      (output: Collected) => [cutAt(output, 0.5)],
    ];
    const found = changes.flatMap((change) => real.flatMap((situation) => problemsOf(situation, change)));
    expect(found).toEqual([]);
  });
});

function pick<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** What may happen to a text on its way: lines lost, doubled, moved, cut or changed. */
const DAMAGE: Readonly<Record<string, (lines: string[], at: number, salt: number) => void>> = {
  drop: (lines, at) => void lines.splice(at, 1),
  double: (lines, at) => void lines.splice(at, 0, lines[at] ?? ''),
  move: (lines, at, salt) => void lines.splice(salt % (lines.length + 1), 0, ...lines.splice(at, 1)),
  cut: (lines, at, salt) => void lines.splice(at, 1, (lines[at] ?? '').slice(0, salt % 30)),
  empty: (lines, at) => void lines.splice(at, 1, ''),
  digits: (lines, at, salt) => void lines.splice(at, 1, (lines[at] ?? '').replace(/\d/g, `${salt % 10}`)),
  noise: (lines, at, salt) => void lines.splice(at, 1, `${lines[at]}${String.fromCharCode(salt % 0x2100)}`),
  end: (lines, at) => void lines.splice(at),
};
const damage = fc.array(
  fc.record({
    kind: fc.constantFrom(...Object.keys(DAMAGE)),
    output: fc.nat(),
    at: fc.nat(),
    salt: fc.nat(),
  }),
  { minLength: 1, maxLength: 25 },
);

function damaged(
  recording: Recording,
  blows: readonly { kind: string; output: number; at: number; salt: number }[],
): Recording {
  const texts = recording.outputs.map((output) => output.text.split('\n'));
  for (const { kind, output, at, salt } of blows) {
    const lines = texts[output % Math.max(1, texts.length)];
    if (lines !== undefined && lines.length > 0) DAMAGE[kind]?.(lines, at % lines.length, salt);
  }
  return {
    ...recording,
    outputs: recording.outputs.map((output, index) => ({ ...output, text: texts[index]?.join('\n') ?? '' })),
  };
}

describe('damaged recordings', () => {
  test('never throw, give the same bytes twice, and quote only what is there', () => {
    fc.assert(
      fc.property(fc.nat(), damage, (s, blows) => {
        const situation = pick([...lab, ...real], s);
        const recordings = situation.recordings.map((recording) => damaged(recording, blows));
        const report = reportOf(recordings);
        expect(renderJson(reportOf(recordings))).toBe(renderJson(report));
        expect(falseQuotes(report, recordings)).toEqual([]);
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  test('the order of the outputs makes no difference to any verdict or cause', () => {
    const summary = (recordings: readonly Recording[]) =>
      assess(recordings, playbooks).map((router) =>
        router.tunnels
          .map(
            (t) =>
              `${t.tunnel.id} ${t.verdict} ${t.reason} ${t.causes.map((c) => c.weighed.hypothesis.id).join()}`,
          )
          .sort(),
      );
    for (const { recordings } of [...lab, ...real]) {
      const turned = recordings.map((r) => ({ ...r, outputs: r.outputs.toReversed() }));
      expect(summary(turned)).toEqual(summary(recordings));
    }
  });
});

/** Sources of a report whose quote does not stand at those lines of that output. */
function falseQuotes(report: Report, recordings: readonly Recording[]): Source[] {
  return sourcesIn(report).filter(({ router, command, firstLine, lastLine, quote }) => {
    const texts = recordings
      .filter((recording) => recording.router === router)
      .flatMap((recording) => recording.outputs.filter((output) => output.command === command));
    const words = (text: string): string => text.split(/\s+/).filter(Boolean).join(' ');
    return !texts.some(({ text }) => {
      const lines = text.split('\n');
      return (
        firstLine >= 1 &&
        lastLine >= firstLine &&
        lastLine <= lines.length &&
        words(lines.slice(firstLine - 1, lastLine).join(' ')).startsWith(words(quote))
      );
    });
  });
}

function sourcesIn(value: unknown): Source[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'quote' in value && 'firstLine' in value ? [value as Source] : [];
  return [...own, ...Object.values(value).flatMap(sourcesIn)];
}

describe('what a report quotes', () => {
  test('stands at those lines of the lab recordings', () => {
    const reports = lab.map(({ recordings }) => ({ recordings, report: reportOf(recordings) }));
    expect(reports.flatMap(({ report }) => sourcesIn(report)).length).toBeGreaterThan(100);
    expect(reports.flatMap(({ report, recordings }) => falseQuotes(report, recordings))).toEqual([]);
  });

  (casesAreThere ? test : test.skip)('and of the real cases', () => {
    expect(real.flatMap(({ recordings }) => falseQuotes(reportOf(recordings), recordings))).toEqual([]);
  });

  test('the checker sees a quote of another line', () => {
    const recordings = pick(lab, 0).recordings;
    const text = renderJson(reportOf(recordings)).replaceAll(/"firstLine": ?(\d+)/g, '"firstLine": 1');
    expect(falseQuotes(JSON.parse(text) as Report, recordings)).not.toEqual([]);
  });
});
