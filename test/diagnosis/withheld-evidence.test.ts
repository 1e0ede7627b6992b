import { describe, expect, test } from '@jest/globals';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { assess } from '../../src/app/assess.ts';
import { cutShort } from '../support/assess-texts.ts';
import { CLOCK, ipsecSa, isakmpSa, logging, NO_IKEV2, OLD_LINE, session } from '../support/router-text.ts';

const recording = recordingOf('r1', {
  'show clock': CLOCK,
  'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }),
  'show crypto ikev2 sa detailed': NO_IKEV2,
  'show crypto ipsec sa': ipsecSa({ encaps: 9000, decaps: 8800, lifetimeSec: 1000 }),
  'show crypto session detail': session({ status: 'UP-ACTIVE', uptime: '00:45:00' }),
  'show logging': logging(OLD_LINE),
});

describe('a tunnel that looks fine while a main output was not given in full', () => {
  test('is healthy with all of them', () => {
    expect(assess([recording], []).flatMap((result) => result.tunnels.map((t) => t.verdict))).toEqual([
      'healthy',
    ]);
  });

  test.each(['show crypto ipsec sa', 'show logging'])(
    'is undetermined when %s was cut, and names it',
    (command) => {
      const [result] = assess([cutShort(recording, command, 0)], []);
      for (const tunnel of result?.tunnels ?? []) {
        expect(tunnel.verdict).toBe('undetermined');
        expect(tunnel.causes).toEqual([]);
        expect(tunnel.questions.map((question) => question.text)).toContain(command);
      }
      expect(result?.tunnels).toHaveLength(1);
    },
  );
});
