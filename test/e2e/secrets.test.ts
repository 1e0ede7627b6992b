import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { tunneldoc } from '../support/command-line.ts';
import { sweepPlan } from '../support/lab-inventory.ts';
import { reportOf } from '../support/report-schema.ts';
import { scratchFolder } from '../support/scratch.ts';

const scratch = scratchFolder();
const PASSWORD = 'canary-Pa55-login';
const ENABLE = 'canary-3nable-secret';

/** What a router may print although nobody asked for it. */
const LEAKY = `Syslog logging: enabled
    Buffer logging:  level informational, 3 messages logged, xml disabled,

Log Buffer (8192 bytes):

Nov 20 14:20:00.000: %PARSER-5-CFGLOG_LOGGEDCMD: User:ops  logged command:crypto isakmp key canary-psk-0ne address 198.51.100.9
Nov 20 14:20:01.000: %PARSER-5-CFGLOG_LOGGEDCMD: User:ops  logged command:username bob privilege 15 secret 0 canary-us3r
`;
const CANARIES = [PASSWORD, ENABLE, 'canary-psk-0ne', 'canary-us3r'];

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe.each([
  ['accepted', PASSWORD, ENABLE],
  ['rejected', `${PASSWORD}-wrong`, ENABLE],
  ['accepted, enable rejected', PASSWORD, `${ENABLE}-wrong`],
])('a login that is %s, logged at debug level', (name, password, enable) => {
  test('no secret is in the log, the report, the recording or on stderr', async () => {
    const router = await startRouter({
      recording: recordingOf('r1', {
        'show clock': '14:30:00.000 UTC Fri Nov 20 2026\n',
        'show crypto isakmp sa':
          '\nIPv4 Crypto ISAKMP SA\ndst             src             state          conn-id status\n\n',
        'show logging': LEAKY,
      }),
      behaviour: {
        hostname: 'r1',
        defaultPrivilege: 1,
        enableSecret: ENABLE,
        users: { ops: { password: PASSWORD, privilege: 1, publicKey: null } },
      },
    });
    const folder = join(scratch, name.replaceAll(/\W+/g, '-'));
    try {
      const listed = { name: 'r1', port: router.port, user: 'ops', password, enableSecret: enable };
      const plan = sweepPlan(folder, [listed]);
      const log = join(folder, 'debug.txt');
      const argv = [
        'sweep',
        ...plan.argv,
        '--record',
        join(folder, 'kept'),
        '--log-level',
        'debug',
        '--log-file',
        log,
      ];
      const ran = await tunneldoc([...argv, '--format', 'json'], { env: plan.env });
      expect(reportOf(ran.out).routers[0]?.outcome).toBe(
        name.startsWith('accepted') ? 'diagnosed' : 'not-reached',
      );
      const text = await tunneldoc(
        [...argv.map((word) => (word.endsWith('kept') ? `${word}-again` : word))],
        { env: plan.env },
      );
      const seen = new Map(filesBelow(folder).map((file) => [file, readFileSync(file, 'latin1')]));
      expect(seen.has(log)).toBe(true);
      const all = [
        ...seen,
        ['stdout', ran.out],
        ['stderr', ran.err],
        ['text', text.out],
        ['text stderr', text.err],
      ] as const;
      const leaks = all.flatMap(([where, content]) =>
        CANARIES.filter((canary) => content.includes(canary)).map((canary) => [where, canary]),
      );
      expect(leaks).toEqual([]);
      if (name.startsWith('accepted'))
        expect([...seen.keys()].some((file) => file.endsWith('show-logging.txt'))).toBe(true);
    } finally {
      await router.close();
    }
  });
});
