import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { tunneldoc } from '../support/command-line.ts';
import { sweepPlan } from '../support/lab-inventory.ts';
import { reportOf } from '../support/report-schema.ts';
import { scratchFolder, writeTree } from '../support/scratch.ts';

const scratch = scratchFolder();

const VERSIONS = {
  asa: 'Cisco Adaptive Security Appliance Software Version 9.16(3)19\nSSP Operating System Version 2.10(1.217)\n\nfw up 41 days 3 hours\n\nHardware:   ASA5516, 8192 MB RAM, CPU Atom C2000 series 2416 MHz\n',
  nxos: 'Cisco Nexus Operating System (NX-OS) Software\nTAC support: http://www.cisco.com/tac\n\nSoftware\n  BIOS: version 07.69\n  NXOS: version 9.3(10)\n\nHardware\n  cisco Nexus9000 C93180YC-EX chassis\n  Device name: leaf1\n\nKernel uptime is 12 day(s), 3 hour(s), 4 minute(s), 5 second(s)\n',
  iosxr:
    'Cisco IOS XR Software, Version 7.3.2\nCopyright (c) 2013-2021 by Cisco Systems, Inc.\n\ncisco ASR9K Series (Intel 686 F6M14S4) processor with 12582912K bytes of memory.\npe1 uptime is 20 weeks, 1 day, 3 hours, 2 minutes\n',
} as const;

/** Looks like a broken IOS tunnel to anyone who does not read `show version`. */
const TABLE =
  'IPv4 Crypto ISAKMP SA\ndst             src             state          conn-id status\n203.0.113.1     198.51.100.9    MM_NO_STATE          0 ACTIVE\n';

describe.each(Object.entries(VERSIONS))('%s', (platform, version) => {
  test('analyze: unsupported-platform, exit 3, no tunnel, no cause', async () => {
    const folder = writeTree(join(scratch, platform), {
      'fw/show-version.txt': version,
      'fw/show-crypto-isakmp-sa.txt': TABLE,
    });
    const ran = await tunneldoc(['analyze', folder, '--format', 'json']);
    const report = reportOf(ran.out);
    expect(ran.code).toBe(3);
    expect(report.routers.map((router) => router.outcome)).toEqual(['unsupported-platform']);
    expect(report.routers[0]?.why).toMatch(/not of IOS/);
    expect(report.routers[0]?.findings).toEqual([]);
    expect(report.tunnels).toEqual([]);
    const text = await tunneldoc(['analyze', folder]);
    expect(text.code).toBe(3);
    expect(text.out).toContain('fw');
    expect(text.out).toMatch(/unsupported|not of IOS/);
    expect(text.out).not.toMatch(/MM_NO_STATE|phase1-/);
  });

  test('live over SSH: the same', async () => {
    const outputs = { 'show version': version, 'show crypto isakmp sa': TABLE };
    const router = await startRouter({ recording: recordingOf('fw', outputs) });
    try {
      const plan = sweepPlan(join(scratch, `${platform}-live`), [{ name: 'fw', port: router.port }]);
      const ran = await tunneldoc(['sweep', ...plan.argv, '--format', 'json'], { env: plan.env });
      expect(ran.code).toBe(3);
      expect(reportOf(ran.out).routers[0]?.outcome).toBe('unsupported-platform');
      expect(reportOf(ran.out).tunnels).toEqual([]);
    } finally {
      await router.close();
    }
  });
});
