import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { renderText } from '../../src/report/render-text.ts';
import type { Report } from '../../src/report/report.ts';
import { tunneldoc } from '../support/command-line.ts';
import { sweepPlan } from '../support/lab-inventory.ts';
import { reportOf } from '../support/report-schema.ts';
import { scratchFolder, writeTree } from '../support/scratch.ts';

const scratch = scratchFolder();
const PROMPT = 'hub1#';
const PEER = '198.51.100.9';

/** Ten thousand lines; what a careless reader takes for an end, an error, a page or a colour stands among them. */
function saltedLog(): string {
  const salt = [
    'ERROR: no such tunnel',
    "% Invalid input detected at '^' marker.",
    ' --More-- ',
    PROMPT,
    `${PROMPT}show crypto ipsec sa`,
    '\x1b[2J\x1b[1;1H\x1b[31mred\x1b[0m',
    '\x1b]0;title\x07bell\x07',
    'x\b\b\by \x7f \x00',
    'Command authorization failed.',
    ' --More-- \b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\b',
  ];
  const lines = [
    'Syslog logging: enabled (0 messages dropped, 0 messages rate-limited, 0 flushes, 0 overruns, xml disabled, filtering disabled)',
    '    Buffer logging:  level informational, 10000 messages logged, xml disabled,',
    '                    filtering disabled',
    '',
    'Log Buffer (1000000 bytes):',
    '',
  ];
  for (let i = 0; lines.length < 10_000; i += 1) {
    lines.push(
      i % 4 === 3 ? (salt[(i >> 2) % salt.length] ?? '') : `Nov 20 14:0${i % 10}:00.001: %SYS-6-A: ${i}`,
    );
    if (i === 9_000) {
      lines.push(
        `Nov 20 14:29:40.000: %CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed with peer at ${PEER}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

const OUTPUTS = {
  'show clock': '14:30:00.000 UTC Fri Nov 20 2026\n',
  'show crypto isakmp sa': `IPv4 Crypto ISAKMP SA\ndst             src             state          conn-id status\n203.0.113.1     ${PEER}    MM_NO_STATE          0 ACTIVE\n\nIPv6 Crypto ISAKMP SA\n\n`,
  'show crypto ipsec sa': '\nNo SAs found\n',
  'show logging': saltedLog(),
};

// Everything below blank but LF, DEL and C1: nothing of it may reach a terminal.
const CONTROL = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;

function expectClean(report: Report): void {
  for (const text of [renderText(report, { width: 100, quiet: false }), renderMarkdown(report)]) {
    expect(CONTROL.exec(text)).toBeNull();
  }
}

describe('a salted log of ten thousand lines over SSH', () => {
  const ways: readonly (readonly [string, Partial<Behaviour>])[] = [
    ['in 64-KiB pieces', { chunk: 65_536 }],
    ['one byte at a time', { chunk: 1 }],
    ['page by page', { terminalCmds: false, length: 200 }],
  ];
  test.each(ways)(
    '%s: kept byte by byte, nothing refused, the one real line found',
    async (name, behaviour) => {
      const router = await startRouter({
        recording: recordingOf('hub1', OUTPUTS),
        behaviour: { hostname: 'hub1', ...behaviour },
      });
      const folder = join(scratch, name.replaceAll(' ', '-'));
      try {
        const plan = sweepPlan(folder, [{ name: 'hub1', port: router.port }]);
        const argv = ['sweep', '--minimal', ...plan.argv, '--record', join(folder, 'kept')];
        const ran = await tunneldoc([...argv, '--format', 'json'], { env: plan.env });
        const report = reportOf(ran.out);
        const kept = readFileSync(join(folder, 'kept', 'hub1', 'show-logging.txt'), 'utf8');
        expect(kept === OUTPUTS['show logging']).toBe(true);
        const fates = report.routers[0]?.collected.filter(({ command }) => command in OUTPUTS);
        expect(fates?.map(({ fate }) => fate)).toEqual(['answered', 'answered', 'answered']);
        const tunnel = report.tunnels.find(({ peer }) => peer === PEER);
        expect(tunnel?.causes[0]?.id).toBe('phase1-failed-unknown');
        expect(CONTROL.exec(ran.out)).toBeNull();
        expect(CONTROL.exec(ran.err)).toBeNull();
        expectClean(report);
      } finally {
        await router.close();
      }
    },
    120_000,
  );

  test('analyze of the file and of the same log pasted', async () => {
    const folder = writeTree(join(scratch, 'files'), {
      'hub1/show-logging.txt': OUTPUTS['show logging'],
      'hub1/show-crypto-isakmp-sa.txt': OUTPUTS['show crypto isakmp sa'],
      'hub1/show-crypto-ipsec-sa.txt': OUTPUTS['show crypto ipsec sa'],
    });
    const ran = await tunneldoc(['analyze', folder, '--format', 'json']);
    expect(reportOf(ran.out).tunnels.map((tunnel) => tunnel.peer)).toEqual([PEER]);
    for (const format of ['text', 'markdown']) {
      expect(CONTROL.exec((await tunneldoc(['analyze', folder, '--format', format])).out)).toBeNull();
    }
  });
});

test('hostile names, descriptions and identities steer no terminal and break no table', async () => {
  const evil = '\x1b[2J|`<script>\x07\u202eevil\x9b31m';
  const folder = writeTree(join(scratch, 'evil'), {
    [`rou${'\u202e'}ter/show-version.txt`]: `Cisco IOS Software, C2900 Software, Version 15.2(4)M6, RELEASE\n\nhub${evil} uptime is 2 hours\n`,
    [`rou${'\u202e'}ter/show-crypto-session-detail.txt`]: `Crypto session current status\n\nInterface: Tunnel${evil}\nSession status: UP-ACTIVE\nPeer: ${PEER} port 500 fvrf: (none) ivrf: (none)\n      Desc: ${evil}\n      Phase1_id: ${evil}\n  IKEv1 SA: local 203.0.113.1/500 remote ${PEER}/500 Active\n  IPSEC FLOW: permit ip 10.1.0.0/255.255.0.0 10.9.0.0/255.255.0.0\n        Active SAs: 2, origin: crypto map\n        Inbound:  #pkts dec'ed 10 drop 0 life (KB/Sec) 4608000/3000\n        Outbound: #pkts enc'ed 10 drop 0 life (KB/Sec) 4608000/3000\n`,
    [`rou${'\u202e'}ter/note\x1b[31m.md`]: 'not used',
  });
  for (const format of ['text', 'markdown', 'json']) {
    const ran = await tunneldoc(['analyze', folder, '--format', format]);
    expect([format, CONTROL.exec(ran.out)]).toEqual([format, null]);
    expect(ran.out).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    if (format === 'json') expect(reportOf(ran.out).tunnels).toHaveLength(1);
    // In a code span it is text; anywhere else a page that shows the ticket would run it.
    if (format === 'markdown') expect(ran.out.replace(/`[^`\n]*`/g, '')).not.toContain('<script>');
  }
  const coloured = await tunneldoc(['analyze', folder], { onTerminal: true });
  const shown = coloured.out.replace(/\x1b\[\d{1,3}(?:;\d{1,3}){0,3}m/g, '');
  expect(CONTROL.exec(shown)).toBeNull();
  expect(coloured.out).not.toContain('\x1b[2J');
});
