import { describe, expect, test } from '@jest/globals';
import { renderText } from '../../src/report/render-text.ts';
import { columnsOf } from '../../src/report/text-layout.ts';
import { expectGolden } from '../support/golden.ts';
import {
  allFine,
  cause,
  emptyReport,
  morningSweep,
  quoted,
  report,
  router,
  tunnel,
} from '../support/report-samples.ts';

describe('the text report', () => {
  test.each([80, 100, 120])('of a morning sweep reads as committed at %i columns', (width) => {
    expectGolden(`test/report/golden/morning-sweep-${width}.txt`, renderText(morningSweep, { width }));
  });

  test('in its quiet form stops after the table', () => {
    expectGolden('test/report/golden/morning-sweep-quiet.txt', renderText(morningSweep, { quiet: true }));
  });

  test('without tunnels says that this is no sign of health', () => {
    expectGolden('test/report/golden/empty.txt', renderText(emptyReport));
    expect(renderText(report({}))).toContain('no sign of health');
  });

  test('of healthy tunnels is a headline and a table', () => {
    expectGolden('test/report/golden/all-fine.txt', renderText(allFine));
  });

  test('paints the verdict and nothing that changes the words', () => {
    const painted = renderText(morningSweep, { paint: (style, text) => `<${style}>${text}</${style}>` });
    expect(painted).toContain('<red>✗ down');
    expect(painted.replace(/<\/?(?:bold|dim|red|yellow|green|cyan|magenta)>/g, '')).toBe(
      renderText(morningSweep),
    );
  });

  test('puts the worst tunnel first whatever the order of the report', () => {
    const shuffled = { ...morningSweep, tunnels: [...morningSweep.tunnels].reverse() };
    expect(renderText(shuffled)).toBe(renderText(morningSweep));
  });

  test('names a router that shows no tunnel beside others that do', () => {
    expect(renderText(morningSweep, { quiet: true })).toContain('No tunnel was seen on edge3; this is no');
  });

  test('lists an SA table that nobody asked for, but not every command the playbooks might want', () => {
    const collected = ['show crypto ipsec sa', 'show crypto map'].map((command) => ({
      command,
      fate: 'not-asked' as const,
      reason: null,
      lines: 0,
      unread: 0,
    }));
    const text = renderText(report({ routers: [router({ router: 'r', collected })] }));
    expect(text).toContain('r: show crypto ipsec sa not asked');
    expect(text).not.toContain('show crypto map');
  });

  test('counts the clues it does not show', () => {
    const because = Array.from({ length: 9 }, (_, index) =>
      quoted(`clue ${index}`, 'show logging', index + 1, 'x'),
    );
    const one = tunnel({ router: 'r', verdict: 'down', causes: [cause({ id: 'a', title: 'A', because })] });
    const text = renderText(report({ routers: [router({ router: 'r' })], tunnels: [one] }), { maxQuotes: 4 });
    expect(text).toContain('Clue 3.');
    expect(text).not.toContain('Clue 4.');
    expect(text).toContain('5 more in the JSON report');
  });
});

describe('the table', () => {
  const names = [
    'hub1',
    'a-router-with-a-very-long-name-indeed.example',
    '北京路由器一号机房東京支社',
    'e\u0301cole',
  ];
  const peers = ['198.51.100.1', '2001:db8:1111:2222:3333:4444:5555:6666', null];
  const tunnels = names.flatMap((name) =>
    peers.map((peer) =>
      tunnel({
        router: name,
        peer,
        peerIdentity: peer ?? 'cn=spoke-with-a-long-name,ou=branches,o=example',
        local: '2001:db8:1111:2222:3333:4444:5555:7777',
        verdict: 'undetermined',
        attachment: {
          kind: 'crypto-map',
          interface: 'TenGigabitEthernet0/0/0.4094',
          name: 'A-LONG-CRYPTO-MAP-NAME',
        },
        causes: [
          cause({ id: 'a-cause-whose-id-is-longer-than-any-real-one', title: 'T', standing: 'undetermined' }),
        ],
      }),
    ),
  );

  test.each([72, 80, 100, 120, 200])('stays within %i columns', (width) => {
    const lines = renderText(report({ tunnels }), { width, quiet: true }).split('\n');
    const table = lines.slice(lines.findIndex((line) => line.startsWith('VERDICT')));
    expect(table).toHaveLength(tunnels.length + 2);
    for (const line of table) expect(columnsOf(line)).toBeLessThanOrEqual(width);
  });

  test('keeps its columns under each other', () => {
    const lines = renderText(morningSweep, { quiet: true }).split('\n');
    const heading = lines.find((line) => line.startsWith('VERDICT')) ?? '';
    for (const line of lines.filter((one) => /^[✗!?✓-] /.test(one))) {
      expect(line.slice(heading.indexOf('PEER') - 2, heading.indexOf('PEER'))).toBe('  ');
    }
  });

  test('tells peers behind one address apart by port', () => {
    const behindNat = [4501, 4502].map((peerPort) => tunnel({ router: 'hub', peerPort }));
    const text = renderText(report({ tunnels: behindNat }));
    expect(text).toContain('198.51.100.1:4501');
    expect(text).toContain('198.51.100.1:4502');
  });
});
