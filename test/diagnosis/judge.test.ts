import { describe, expect, test } from '@jest/globals';
import type { RankedCause } from '../../src/diagnosis/rank.ts';
import { judge } from '../../src/diagnosis/verdict.ts';
import type { Standing } from '../../src/playbooks/weigh.ts';
import type { Tunnel } from '../../src/tunnels/tunnel.ts';
import { type Texts, tunnelsOf } from '../support/assess-texts.ts';
import { cryptoMap, ipsecSa, isakmpSa, NO_IKEV2, session } from '../support/router-text.ts';

function cause(standing: Standing, implies: 'down' | 'degraded' | 'none'): RankedCause {
  const hypothesis = {
    id: 'x',
    title: 'x',
    class: 'cause' as const,
    layer: 'phase1' as const,
    severity: 'high' as const,
    scope: 'tunnel' as const,
    implies,
    trigger: { kind: 'all' as const, of: [] },
    supports: [],
    against: [],
    ask: [],
    remedy: [],
    verify: [],
    references: [],
    position: { file: 'x.yaml', line: 1, column: 1 },
  };
  return { rank: 1, weighed: { hypothesis, standing, score: 4, supports: [], against: [], missing: [] } };
}

function tunnel(texts: Texts): Tunnel {
  const [found] = tunnelsOf({ 'show crypto ikev2 sa detailed': NO_IKEV2, ...texts });
  if (found === undefined) throw new Error('no tunnel');
  return found;
}

const UP = { 'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }) };
const HEALTHY = tunnel({ ...UP, 'show crypto ipsec sa': ipsecSa({}) });
const QUIET = tunnel({ ...UP, 'show crypto ipsec sa': ipsecSa({ encaps: 0, decaps: 0 }) });
const ONE_WAY = tunnel({ ...UP, 'show crypto ipsec sa': ipsecSa({ decaps: 0 }) });
const WAITING = tunnel({
  'show crypto isakmp sa': isakmpSa(),
  'show crypto ipsec sa': ipsecSa({ sas: 'none', encaps: 0, decaps: 0 }),
  'show crypto map': cryptoMap(),
});
const UNKNOWN = tunnel({ 'show crypto map': cryptoMap() });

describe('what a cause adds to what the tables show', () => {
  test.each([
    ['a likely one, traffic both ways', HEALTHY, 'likely', 'down', false, 'degraded'],
    ['a confirmed one, traffic both ways', HEALTHY, 'confirmed', 'degraded', false, 'degraded'],
    ['a likely one, SAs without traffic', QUIET, 'likely', 'down', false, 'degraded'],
    ['a likely one, nobody asks', WAITING, 'likely', 'down', true, 'down'],
    ['a likely one, tables that do not tell', UNKNOWN, 'likely', 'down', false, 'down'],
    ['a likely one that degrades, tables that do not tell', UNKNOWN, 'likely', 'degraded', false, 'degraded'],
    ['a likely one, one-way traffic stays what it is', ONE_WAY, 'likely', 'down', false, 'degraded'],
    ['a possible one, traffic both ways', HEALTHY, 'possible', 'down', false, 'healthy'],
    ['a possible one, nobody asks', WAITING, 'possible', 'down', true, 'idle'],
    ['a possible one, tables that do not tell', UNKNOWN, 'possible', 'down', false, 'undetermined'],
    ['a likely one that says nothing of the tunnel', HEALTHY, 'likely', 'none', false, 'healthy'],
    ['the same, tables that do not tell', UNKNOWN, 'likely', 'none', false, 'undetermined'],
  ] as const)('%s', (_what, on, standing, implies, nothingAsks, verdict) => {
    expect(judge(on, [cause(standing, implies)], nothingAsks).verdict).toBe(verdict);
  });

  test('the first that says something decides', () => {
    const causes = [cause('likely', 'none'), cause('likely', 'degraded'), cause('likely', 'down')];
    expect(judge(UNKNOWN, causes, false).verdict).toBe('degraded');
  });
});

describe('phase 1 is up and phase 2 was not seen', () => {
  const bare = ipsecSa({ encaps: 0, decaps: 0 }).replace(/ +local crypto endpt[\s\S]*/, '');
  test.each([
    ['the IPsec table was not asked', UP],
    ['a flow without lines about SAs, not a packet counted', { ...UP, 'show crypto ipsec sa': bare }],
    [
      'a session with phase 1 alone',
      { 'show crypto session detail': session({ status: 'UP-IDLE', activeSas: 0 }) },
    ],
  ] as const)('%s', (_what, texts) => {
    expect(judge(tunnel(texts), [], false)).toEqual({ verdict: 'undetermined', reason: 'healthy-phase1' });
  });

  test('counted both ways it works, whatever was not printed', () => {
    const counted = ipsecSa({}).replace(/ +local crypto endpt[\s\S]*/, '');
    expect(judge(tunnel({ ...UP, 'show crypto ipsec sa': counted }), [], false).verdict).toBe('healthy');
  });
});
