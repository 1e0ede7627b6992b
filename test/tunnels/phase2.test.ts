import { describe, expect, test } from '@jest/globals';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { parseRecording } from '../../src/parsers/parse-recording.ts';
import { buildTunnels } from '../../src/tunnels/build-tunnels.ts';
import { routerFacts } from '../../src/tunnels/router-facts.ts';
import { cutShort, tunnelsOf } from '../support/assess-texts.ts';
import { type FlowText, ipsecSa, isakmpSa } from '../support/router-text.ts';

function flowsOf(...samples: readonly (readonly FlowText[])[]) {
  const tunnels = tunnelsOf({
    'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }),
    'show crypto ipsec sa': samples.map((flows) => ipsecSa(...flows)),
  });
  return tunnels.flatMap((tunnel) => tunnel.flows);
}

const ONE: readonly (readonly [string, FlowText, string, string])[] = [
  ['no SA', { sas: 'none', encaps: 0, decaps: 0 }, 'absent', 'none'],
  ['only inbound', { sas: 'inbound' }, 'inbound-only', 'both-ways'],
  ['only outbound', { sas: 'outbound' }, 'outbound-only', 'both-ways'],
  ['both', {}, 'up', 'both-ways'],
  ['two of each', { sas: 'two' }, 'rekeying', 'both-ways'],
  ['four out, none in', { encaps: 4, decaps: 0 }, 'up', 'encaps-only'],
  ['three out, none in', { encaps: 3, decaps: 0 }, 'up', 'none'],
  ['four in, none out', { encaps: 0, decaps: 4 }, 'up', 'decaps-only'],
  ['three in, none out', { encaps: 0, decaps: 3 }, 'up', 'none'],
];

describe('one sample', () => {
  test.each(ONE)('%s', (_what, flow, phase2, traffic) => {
    expect(flowsOf([flow]).map((f) => [f.phase2, f.traffic])).toEqual([[phase2, traffic]]);
  });

  test('of SAs cut away before they were printed nothing is said', () => {
    const text = ipsecSa({});
    const lines = text.split('\n');
    for (let end = 1; end < lines.length; end += 1) {
      const cut = cutShort(recordingOf('r1', { 'show crypto ipsec sa': text }), 'show crypto ipsec sa', end);
      for (const tunnel of buildTunnels(routerFacts(parseRecording(cut))).tunnels) {
        expect(['up', 'unknown']).toContain(tunnel.flows[0]?.phase2);
      }
    }
  });

  test('nor of those a filter left out', () => {
    const text = ipsecSa({})
      .split('\n')
      .filter((line) => /current_peer|pkts|outbound|spi:/.test(line) && !/current outbound/.test(line))
      .join('\n');
    const recording = recordingOf('r1', { 'show crypto ipsec sa': text });
    const outputs = recording.outputs.map((output) => ({ ...output, filtered: true }));
    const { tunnels } = buildTunnels(routerFacts(parseRecording({ ...recording, outputs })));
    expect(tunnels.flatMap((t) => t.flows.map((f) => f.phase2))).not.toContain('outbound-only');
    expect(tunnels.flatMap((t) => t.flows.map((f) => f.phase2))).not.toContain('inbound-only');
  });

  test('flows whose identities are not printed stay several', () => {
    const text = ipsecSa({ net: 1 }, { net: 2, decaps: 0 }).replaceAll(/ *(local|remote) +ident.*\n/g, '');
    const tunnels = tunnelsOf({ 'show crypto ipsec sa': text });
    expect(tunnels.flatMap((t) => t.flows.map((f) => f.traffic)).sort()).toEqual([
      'both-ways',
      'encaps-only',
    ]);
  });
});

describe('two samples', () => {
  test.each([
    ['still moving both ways', { encaps: 100, decaps: 90 }, { encaps: 150, decaps: 130 }, 'both-ways', 50],
    ['answers stopped', { encaps: 100, decaps: 90 }, { encaps: 150, decaps: 90 }, 'encaps-only', 50],
    ['nothing moved', { encaps: 100, decaps: 90 }, { encaps: 100, decaps: 90 }, 'none', 0],
    [
      'never an answer, and quiet just now',
      { encaps: 5000, decaps: 0 },
      { encaps: 5001, decaps: 0 },
      'encaps-only',
      1,
    ],
  ] as const)('%s', (_what, first, second, traffic, encaps) => {
    expect(flowsOf([first], [second]).map((f) => [f.traffic, f.delta?.encaps])).toEqual([[traffic, encaps]]);
  });

  test('counters set back between them give no delta, never a negative one', () => {
    const [flow] = flowsOf([{ encaps: 5000, decaps: 4000 }], [{ encaps: 20, decaps: 0 }]);
    expect(flow).toMatchObject({ delta: null, traffic: 'encaps-only' });
  });

  test('a flow that is gone from the newest sample is not shown', () => {
    expect(flowsOf([{ net: 1 }, { net: 2 }], [{ net: 1 }]).map((f) => f.facts.localIdent?.address)).toEqual([
      '10.1.1.0',
    ]);
  });

  test('SAs that are gone from the newest sample are gone', () => {
    expect(flowsOf([{}], [{ sas: 'none' }]).map((f) => f.phase2)).toEqual(['absent']);
  });

  test('a second sample that was cut takes nothing away', () => {
    const recording = recordingOf('r1', { 'show crypto ipsec sa': [ipsecSa({ net: 1 }, { net: 2 }), ''] });
    const outputs = recording.outputs.map((output) =>
      output.sample === 2 ? { ...output, kind: 'cut-short' as const, reason: 'ended' } : output,
    );
    const [tunnel] = buildTunnels(routerFacts(parseRecording({ ...recording, outputs }))).tunnels;
    expect(tunnel?.flows).toHaveLength(2);
  });
});
