import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  clockText,
  newestStamp,
  readClock,
  shiftClocks,
  shiftLog,
  shiftOutput,
  shiftTo,
} from '../../mocks/ios-router/shift-stamps.ts';

const LOG = `Syslog logging: enabled (0 messages dropped, 3 messages rate-limited, 0 flushes, 0 overruns)

No Active Message Discriminator.

    Buffer logging:  level debugging, 44 messages logged, xml disabled

Log Buffer (8192 bytes):

000041: *Mar  1 18:46:11.123 UTC: %SYS-5-RESTART: System restarted --
.Dec 31 23:59:58.900: %CRYPTO-5-SESSION_STATUS: Crypto tunnel is DOWN.
Jan  1 00:00:02.100: ISAKMP:(1001):purging node 12
Feb 28 2024 23:59:59 EST: %LINK-3-UPDOWN: Interface Tunnel0, changed state to down
*Jan 10 09:08:07.1: %FOO-1-BAR: at Jan 10 09:08:07 it was
Jan 9 09:08:07: %HAND-6-EDITED: one blank before the day
00:02:58: %SYS-5-CONFIG_I: uptime stamp
3d04h: %SYS-5-CONFIG_I: uptime stamp
 Jan 10 09:08:07.1: indented text, no stamp
Foo  1 09:08:07: no month
Feb 31 09:08:07: no such day
Mar  1 25:61:61: no such time
`;
const REFERENCE = Date.UTC(2025, 0, 10, 9, 10, 0);
const DAY = 86_400;

describe('shiftLog', () => {
  test('by nothing changes no byte', () => {
    expect(shiftLog(LOG, { seconds: 0, reference: REFERENCE })).toBe(LOG);
  });

  test('keeps form, width, marks, zones, years, sequence numbers and fractions', () => {
    const moved = shiftLog(LOG, { seconds: DAY, reference: REFERENCE }).split('\n');
    expect(moved.slice(8, 15)).toEqual([
      '000041: *Mar  2 18:46:11.123 UTC: %SYS-5-RESTART: System restarted --',
      '.Jan  1 23:59:58.900: %CRYPTO-5-SESSION_STATUS: Crypto tunnel is DOWN.',
      'Jan  2 00:00:02.100: ISAKMP:(1001):purging node 12',
      'Feb 29 2024 23:59:59 EST: %LINK-3-UPDOWN: Interface Tunnel0, changed state to down',
      '*Jan 11 09:08:07.1: %FOO-1-BAR: at Jan 10 09:08:07 it was',
      'Jan 10 09:08:07: %HAND-6-EDITED: one blank before the day',
      '00:02:58: %SYS-5-CONFIG_I: uptime stamp',
    ]);
  });

  test('uptime stamps, texts and impossible dates stay', () => {
    const moved = shiftLog(LOG, { seconds: 12_345_678, reference: REFERENCE }).split('\n');
    expect(moved.slice(14)).toEqual(LOG.split('\n').slice(14));
    expect(moved.slice(0, 8)).toEqual(LOG.split('\n').slice(0, 8));
  });

  test('a year that ends and a month that ends', () => {
    const at = (line: string, seconds: number, reference: number): string =>
      shiftLog(line, { seconds, reference });
    const newYear = Date.UTC(2025, 0, 1, 0, 5);
    expect(at('Dec 31 23:59:59: x', 2, newYear)).toBe('Jan  1 00:00:01: x');
    expect(at('Dec 31 2024 23:59:59: x', 2, newYear)).toBe('Jan  1 2025 00:00:01: x');
    expect(at('Jan  1 00:00:00: x', -1, newYear)).toBe('Dec 31 23:59:59: x');
    expect(at('Feb 28 23:59:59: x', 1, Date.UTC(2024, 2, 5))).toBe('Feb 29 00:00:00: x');
    expect(at('Feb 28 23:59:59: x', 1, Date.UTC(2025, 2, 5))).toBe('Mar  1 00:00:00: x');
    expect(at('Feb 29 12:00:00: x', 366 * DAY, Date.UTC(2025, 2, 5))).toBe('Mar  1 12:00:00: x');
    expect(at('Oct  9 12:00:00: x', DAY, Date.UTC(2025, 9, 9, 13))).toBe('Oct 10 12:00:00: x');
    expect(at('Oct 10 12:00:00: x', -DAY, Date.UTC(2025, 9, 10, 13))).toBe('Oct  9 12:00:00: x');
  });

  test('distances between lines stay, whatever the shift, over midnights, months and years', () => {
    const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
    const stamp = (at: number): string => {
      const d = new Date(at);
      return `${MONTHS[d.getUTCMonth()]} ${String(d.getUTCDate()).padStart(2)} ${d.toISOString().slice(11, 23)}: line`;
    };
    const reference = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2037, 0, 1) });
    const ages = fc.array(fc.integer({ min: 0, max: 300 * DAY * 1000 }), { minLength: 1, maxLength: 6 });
    const seconds = fc.integer({ min: -20 * 365 * DAY, max: 20 * 365 * DAY });
    fc.assert(
      fc.property(reference, ages, seconds, (now, back, by) => {
        const text = back.map((age) => stamp(now - age)).join('\n');
        const moved = back.map((age) => stamp(now - age + by * 1000)).join('\n');
        expect(shiftLog(text, { seconds: by, reference: now })).toBe(moved);
      }),
    );
  });

  test('any text is left whole by no shift', () => {
    fc.assert(
      fc.property(fc.string(), (text) => shiftLog(text, { seconds: 0, reference: REFERENCE }) === text),
    );
  });
});

describe('clocks', () => {
  test('reading and writing', () => {
    const line = '*18:00:49.603 UTC Thu Jul 17 2025';
    const wall = readClock(line);
    expect(wall).toEqual({ at: Date.UTC(2025, 6, 17, 18, 0, 49, 603), zone: 'UTC' });
    expect(wall && clockText(wall, '*')).toBe(line);
    expect(readClock('no clock')).toBeNull();
    expect(readClock('18:00:49.603 UTC Thu Feb 31 2025')).toBeNull();
  });

  test('shiftTo brings the recorded clock to now, in its zone', () => {
    const now = Date.UTC(2026, 10, 23, 12, 0, 0);
    const recorded = { at: Date.UTC(2026, 10, 23, 12, 0, 0, 400), zone: 'CET' };
    expect(shiftTo(now, recorded)).toEqual({ seconds: 3600, reference: recorded.at });
    expect(shiftTo(now, { ...recorded, zone: 'XYZ' }).seconds).toBe(0);
  });

  test('clocks inside outputs move; certificate dates do not', () => {
    const text = [
      'Time source is NTP, 17:32:07.999 EST Wed Feb 3 2016',
      '',
      'System restarted at 23:59:59 UTC Mon Feb 29 2016',
      '  Validity Date: ',
      '    start date: 10:00:00 UTC Nov 1 2015',
      'Last update at 17:32:07.999 EST Wed Feb 3 2016',
      '',
    ].join('\n');
    expect(shiftClocks(text, { seconds: 0, reference: 0 })).toBe(text);
    expect(shiftOutput('show version', text, { seconds: 1, reference: 0 }).split('\n')).toEqual([
      'Time source is NTP, 17:32:08.999 EST Wed Feb 3 2016',
      '',
      'System restarted at 00:00:00 UTC Tue Mar 1 2016',
      '  Validity Date: ',
      '    start date: 10:00:00 UTC Nov 1 2015',
      'Last update at 17:32:07.999 EST Wed Feb 3 2016',
      '',
    ]);
  });

  test('only the log has its line heads moved', () => {
    const text = 'Jan  1 00:00:00: x\n';
    const shift = { seconds: DAY, reference: REFERENCE };
    expect(shiftOutput('show version', text, shift)).toBe(text);
    expect(shiftOutput('show logging', text, shift)).toBe('Jan  2 00:00:00: x\n');
  });

  test('the newest stamp of a log', () => {
    expect(newestStamp('Jan  9 00:00:00: x\nJan 10 09:00:00.5: y\nDec 31 00:00:00: z\n', REFERENCE)).toBe(
      Date.UTC(2025, 0, 10, 9, 0, 0),
    );
    expect(newestStamp('nothing', REFERENCE)).toBeNull();
  });
});
