import { describe, expect, test } from '@jest/globals';
import { showClock } from '../../src/parsers/show-clock/parse.ts';

function clockOf(text: string) {
  return showClock.parse(text).facts.clock;
}

describe('show clock', () => {
  test.each([
    ['*18:00:49.603 UTC Thu Jul 17 2025', '*', 'UTC'],
    ['.18:00:49.603 HNEC Thu Jul 17 2025', '.', 'HNEC'],
    ['18:00:49.603 MSK Thu Jul 17 2025', null, 'MSK'],
    ['18:00:49.603 +0530 Thu Jul 17 2025', null, '+0530'],
    ['18:00:49.603 МСК Thu Jul 17 2025', null, 'МСК'],
    ['18:00:49.603 Thu Jul 17 2025', null, null],
  ])('%s', (text, mark, zone) => {
    const at = Date.UTC(2025, 6, 17, 18, 0, 49, 603);
    expect(clockOf(text)).toMatchObject({ mark, zone, year: 2025, at: { from: at, to: at } });
  });

  test('without milliseconds the reading is a second long', () => {
    const from = Date.UTC(2025, 6, 17, 18, 0, 49);
    expect(clockOf('18:00:49 UTC Thu Jul 17 2025')?.at).toEqual({ from, to: from + 999 });
  });

  test('the detail form gives the time source, also the lack of one', () => {
    expect(clockOf('18:00:49.603 UTC Thu Jul 17 2025\nTime source is NTP')?.timeSource).toBe('NTP');
    expect(clockOf('*18:00:49.603 UTC Thu Jul 17 2025\nNo time source')?.timeSource).toBe('none');
    expect(clockOf('18:00:49.603 UTC Thu Jul 17 2025')?.timeSource).toBeNull();
  });

  test('a preamble stands in for a lost clock line, never for a present one', () => {
    const preamble =
      'Load for five secs: 1%/0%; one minute: 1%; five minutes: 1%\nTime source is NTP, 17:32:07.999 EST Wed Feb 3 2016\n';
    expect(clockOf(preamble)).toMatchObject({
      text: '17:32:07.999 EST Wed Feb 3 2016',
      timeSource: 'NTP',
      lines: { first: 2, last: 2 },
    });
    expect(clockOf(`${preamble}\n17:32:08.010 EST Wed Feb 3 2016`)).toMatchObject({
      text: '17:32:08.010 EST Wed Feb 3 2016',
      lines: { first: 4, last: 4 },
    });
  });

  test.each([
    '25:00:00.000 UTC Thu Jul 17 2025',
    '18:00:49.603 UTC Thu Jul 32 2025',
    '18:00:49.603 UTC Sun Feb 30 2025',
    '18:00:49.603 UTC Thu Jly 17 2025',
  ])('a time that does not exist is no clock: %s', (text) => {
    expect(showClock.parse(text)).toMatchObject({
      facts: { clock: null },
      coverage: 'unrecognised',
      unread: [{ line: 1, text }],
    });
  });
});
