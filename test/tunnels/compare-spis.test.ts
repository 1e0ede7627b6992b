import { describe, expect, test } from '@jest/globals';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { parseRecording } from '../../src/parsers/parse-recording.ts';
import { buildTunnels } from '../../src/tunnels/build-tunnels.ts';
import { compareEnds } from '../../src/tunnels/compare-ends.ts';
import { routerFacts } from '../../src/tunnels/router-facts.ts';
import { HERE, ipsecSa, isakmpSa, PEER } from '../support/router-text.ts';

function end(name: string, isNear: boolean, table: string | null) {
  const texts = {
    'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }),
    ...(table === null ? {} : { 'show crypto ipsec sa': table }),
  };
  const facts = routerFacts(parseRecording(recordingOf(name, texts)));
  const peer = isNear ? PEER : HERE;
  const tunnel = buildTunnels(facts).tunnels.find((item) => item.peer === peer);
  if (tunnel === undefined) throw new Error(`no tunnel to ${peer}`);
  return { tunnel, facts };
}

const SENDS = ipsecSa({ sas: 'both', peer: HERE, local: PEER });

describe('the SPIs of two ends', () => {
  test('the far end sends and this end holds no SA: out of step, seen from here and from there', () => {
    const near = end('near', true, ipsecSa({ sas: 'none' }));
    const far = end('far', false, SENDS);
    expect(compareEnds('spis-out-of-step', near, far).is).toBe('differ');
    expect(compareEnds('spis-out-of-step', far, near).is).toBe('differ');
  });

  test('a table that was not asked for is no empty table', () => {
    const near = end('near', true, null);
    expect(compareEnds('spis-out-of-step', near, end('far', false, SENDS)).is).toBe('unknown');
  });

  test('no SA at either end says nothing', () => {
    const near = end('near', true, ipsecSa({ sas: 'none' }));
    const far = end('far', false, ipsecSa({ sas: 'none', peer: HERE, local: PEER }));
    expect(compareEnds('spis-out-of-step', near, far).is).toBe('unknown');
  });
});
