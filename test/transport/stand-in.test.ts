import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LEGACY_ALGORITHMS } from '../../src/core/ssh-algorithms.ts';
import { record, StandIn, whyNoStandIn } from './stand-in.ts';

const why = whyNoStandIn();
const describeHere = why === null ? describe : describe.skip;

const OUTPUTS = {
  'show version': 'Cisco IOS Software, written for this test\n\nR1 uptime is 2 hours\n',
  'show crypto isakmp sa':
    '\nIPv4 Crypto ISAKMP SA\ndst             src             state          conn-id status\n\nIPv6 Crypto ISAKMP SA\n\n',
  'show crypto ipsec sa': '',
  'show logging': log(1500),
};
const COMMANDS = Object.keys(OUTPUTS);

/** A log with refusals, pagers, prompts, control bytes and 8-bit text in it. */
function log(lines: number): string {
  const salt = [
    "% Invalid input detected at '^' marker.",
    ' --More-- ',
    'R1#',
    'R1#show version',
    'ERROR: \x1b[2J\x08\x08\x00 \x07',
    '\xe9t\xe9',
    '',
  ];
  const text = ['Syslog logging: enabled', ''];
  for (let i = 0; i < lines; i++) {
    text.push(`*Nov 23 09:30:12.345: %SYS-5-CONFIG_I: Configured from console, line ${i}`);
    if (i % 11 === 0) text.push(salt[(i / 11) % salt.length] ?? '');
  }
  return `${text.join('\n')}\n`;
}

describeHere(
  `against real OpenSSH servers with an IOS shell${why === null ? '' : ` (skipped: ${why})`}`,
  () => {
    let standIn: StandIn;
    let common: string;
    const ports: { [name: string]: number; ios12?: number; gexonly?: number } = {};

    beforeAll(() => {
      standIn = new StandIn(24_100);
      common = standIn.outputs('common', OUTPUTS);
      for (const algorithms of ['modern', 'xe17', 'xe16', 'ios15', 'legacy']) {
        ports[algorithms] = standIn.start(algorithms, common, { algorithms });
      }
      ports.ios12 = standIn.start('ios12', common, { algorithms: 'ios12', ident: 'Cisco-1.25' });
      ports.gexonly = standIn.start('gexonly', common, { algorithms: 'gexonly', ident: 'Cisco-1.25' });
    }, 60_000);
    afterAll(() => standIn?.stop());

    const port = (name: string): number => ports[name] ?? 0;

    describe('algorithm ages', () => {
      for (const [profile, legacyAlgorithms] of [
        ['modern', false],
        ['modern', true],
        ['xe17', false],
        ['xe16', true],
        ['ios15', true],
        ['legacy', true],
        ['ios12', true],
        ['gexonly', true],
      ] as const) {
        test(`${profile}${legacyAlgorithms ? ' with the legacy opt-in' : ''}: the recording is exact`, async () => {
          const { error, ends, facts } = await record(
            standIn.target(port(profile), { legacyAlgorithms }),
            COMMANDS,
          );
          expect(error).toBeNull();
          expect(ends.map((end) => [end.command, end.kind, end.text])).toEqual(
            Object.entries(OUTPUTS).map(([c, t]) => [c, 'answered', t]),
          );
          expect(facts).toMatchObject({ hostname: 'R1', privilege: 15, pagingOff: true });
        }, 60_000);
      }

      for (const profile of ['xe16', 'ios15', 'legacy', 'ios12']) {
        test(`${profile} without the opt-in: both lists and the lines to add`, async () => {
          const { error } = await record(standIn.target(port(profile)), []);
          expect(error).toMatchObject({ name: 'no-common-algorithm', phase: 'key-exchange', retry: 'never' });
          expect(error?.message).toMatch(/the router offers: .*diffie-hellman-group1/);
          expect(error?.message).toMatch(/allowed here: .*curve25519-sha256/);
          expect(error?.message).toContain('legacyAlgorithms: true');
          expect(error?.message).toContain('--legacy-algorithms');
          const [, allowed = ''] = /allowed here: (.*)/.exec(error?.message ?? '') ?? [];
          for (const name of LEGACY_ALGORITHMS.kex) expect(allowed.split(', ')).not.toContain(name);
        });
      }

      test('small host keys and legacy algorithms are remarked, an opt-in that is not needed too', async () => {
        const old = await record(standIn.target(port('ios12'), { legacyAlgorithms: true }), []);
        expect(old.facts?.remarks.join('\n')).toMatch(/1024 bits only/);
        expect(old.facts?.remarks.join('\n')).toMatch(/legacy algorithms: diffie-hellman-group1-sha1/);
        const modern = await record(standIn.target(port('modern'), { legacyAlgorithms: true }), []);
        expect(modern.facts?.remarks.join('\n')).toMatch(/opt-in is not needed/);
      });
    });

    describe('host keys', () => {
      const rules = (name: string, policy: 'strict' | 'accept-new') => ({
        policy,
        knownHostsFile: join(standIn.folder, 'kh', name, 'known_hosts'),
        readOnlyFiles: [],
      });

      test('unknown under strict: refused with fingerprint and the line to add, nothing sent', async () => {
        const hostKeys = rules('strict', 'strict');
        const { error } = await record(standIn.target(port('modern'), { hostKeys }), []);
        expect(error).toMatchObject({ name: 'host-key-unknown', phase: 'host-key' });
        expect(error?.message).toMatch(/SHA256:[A-Za-z0-9+/]{43}/);
        expect(error?.message).toContain(`[127.0.0.1]:${port('modern')} ecdsa-sha2-nistp256 `);
      });

      test('accept-new records once, privately; then strict knows it', async () => {
        const hostKeys = rules('new', 'accept-new');
        const first = await record(standIn.target(port('modern'), { hostKeys }), []);
        expect(first.facts?.remarks.join()).toContain('accepted and recorded');
        expect((await record(standIn.target(port('modern'), { hostKeys }), [])).facts?.remarks).toEqual([]);
        expect(readFileSync(hostKeys.knownHostsFile, 'utf8').trim().split('\n')).toHaveLength(1);
        expect(statSync(hostKeys.knownHostsFile).mode & 0o777).toBe(0o600);
        const strict = { ...hostKeys, policy: 'strict' as const };
        expect((await record(standIn.target(port('modern'), { hostKeys: strict }), [])).error).toBeNull();
      });

      for (const [what, marker, name] of [
        ['changed', '', 'host-key-changed'],
        ['revoked', '@revoked ', 'host-key-revoked'],
      ] as const) {
        test(`${what}: stopped before any credential, also under accept-new`, async () => {
          const server = `${what}-key`;
          const here = standIn.start(server, common, { algorithms: 'modern' });
          const hostKeys = rules(what, 'accept-new');
          const known = await record(standIn.target(here, { hostKeys }), []);
          const [, type = '', key = ''] = readFileSync(hostKeys.knownHostsFile, 'utf8').trim().split(' ');
          const other =
            marker === '' ? `${key.slice(0, 60)}${key[60] === 'A' ? 'B' : 'A'}${key.slice(61)}` : key;
          writeFileSync(hostKeys.knownHostsFile, `${marker}[127.0.0.1]:${here} ${type} ${other}\n`);
          const logins = standIn.log(server).match(/Accepted password/g)?.length;
          const { error } = await record(standIn.target(here, { hostKeys, password: 'wrong' }), []);
          expect(error).toMatchObject({ name, phase: 'host-key', retry: 'never' });
          expect(error?.message).toContain(known.facts?.handshake.hostKey.fingerprint);
          if (marker === '') expect(error?.message.match(/SHA256:/g)).toHaveLength(2);
          expect(standIn.log(server)).not.toMatch(/Failed|authenticating user/);
          expect(standIn.log(server).match(/Accepted password/g)?.length).toBe(logins);
        });
      }
    });

    describe('authentication', () => {
      test('a wrong password is sent exactly once', async () => {
        const here = standIn.start('badpw', common, { algorithms: 'modern' });
        const { error } = await record(standIn.target(here, { password: 'wrong' }), []);
        expect(error).toMatchObject({
          name: 'authentication-rejected',
          phase: 'authentication',
          retry: 'never',
        });
        expect(error?.message).toContain('user cisco');
        expect(standIn.log('badpw').match(/Failed \S+ for|PAM: Authentication failure for/g)).toHaveLength(1);
      });

      test('keyboard-interactive only', async () => {
        const here = standIn.start('kbdint', common, { algorithms: 'modern', env: { AUTH: 'kbdint' } });
        expect((await record(standIn.target(here), ['show version'])).ends[0]).toMatchObject({
          kind: 'answered',
          text: OUTPUTS['show version'],
        });
        const wrong = await record(standIn.target(here, { password: 'wrong' }), []);
        expect(wrong.error?.name).toBe('authentication-rejected');
        expect(standIn.log('kbdint').match(/PAM: Authentication failure for/g)).toHaveLength(1);
      });

      test('a private key alone, and a key that cannot be read', async () => {
        const privateKey = (text: string) => ({
          password: null,
          privateKeys: [{ name: 'id_rsa', text, passphrase: null }],
        });
        const key = privateKey(standIn.key().text);
        expect((await record(standIn.target(port('modern'), key), [])).error).toBeNull();
        const broken = await record(standIn.target(port('modern'), privateKey('no key')), []);
        expect(broken.error?.name).toBe('unusable-private-key');
        expect((await record(standIn.target(port('modern'), { password: null }), [])).error?.name).toBe(
          'no-credential',
        );
      });

      test('a slow AAA server is no error, a dead one is named after the login timeout', async () => {
        const here = standIn.start('slow', common, { algorithms: 'modern', env: { AUTHDELAY: '2' } });
        expect((await record(standIn.target(here), [], { connectMs: 1000 })).error).toBeNull();
        const { error } = await record(standIn.target(here), [], { authenticationMs: 700 });
        expect(error).toMatchObject({
          name: 'authentication-timeout',
          phase: 'authentication',
          retry: 'later',
        });
      });
    });

    describe('behaviours and faults', () => {
      let here = 0;
      beforeAll(() => {
        here = standIn.start('faulty', standIn.outputs('faulty', OUTPUTS), { algorithms: 'modern' });
      });
      const withProfile = (profile: object, changes = {}, commands = COMMANDS, limits = {}) => {
        standIn.outputs('faulty', OUTPUTS, profile);
        return record(standIn.target(here, changes), commands, limits);
      };
      const texts = (ends: readonly { text: string }[]): string[] => ends.map((end) => end.text);

      for (const more of ['classic', 'esck', 'inverse']) {
        test(`paging that cannot be switched off, ${more}`, async () => {
          const { ends, facts } = await withProfile({ terminal_cmds: false, length: 200, more });
          expect(facts?.pagingOff).toBe(false);
          expect(texts(ends)).toEqual(Object.values(OUTPUTS));
        });
      }

      for (const [what, profile] of [
        ['CR CR LF', { double_cr: true }],
        ['prompt with BEL', { prompt_suffix: '\u0007' }],
        ['prompt that counts', { prompt_format: '%h-%n%p' }],
        ['banner with prompts, not ended', { banner_motd: 'WARNING # R9#\nR1#\nx#' }],
        ['narrow terminal that scrolls the echo', { width: 24, terminal_cmds: false, length: 0 }],
        ['log lines on the terminal', { monitor: true, syslog_every: 0.3 }],
      ] as const) {
        test(`${what}: the recording is exact`, async () => {
          const { error, ends } = await withProfile(profile);
          expect(error).toBeNull();
          expect(texts(ends)).toEqual(Object.values(OUTPUTS));
        });
      }

      test('one byte a packet, and a session that rekeys', async () => {
        const rekey = standIn.start(
          'rekey',
          standIn.outputs('rekey', { ...OUTPUTS, 'show logging': log(40) }, { chunk: 1 }),
          { algorithms: 'modern', env: { REKEY: '16K none' } },
        );
        const { ends } = await record(standIn.target(rekey), COMMANDS);
        expect(texts(ends)).toEqual([...Object.values(OUTPUTS).slice(0, 3), log(40)]);
      });

      test('privilege 1, and enable', async () => {
        const profile = { privilege: { oper: 1 }, enable_secret: 'en4ble' };
        const user = { user: 'oper', password: 'oper' };
        const plain = await withProfile(profile, user, ['show version']);
        expect(plain.facts).toMatchObject({ privilege: 1, privileged: false, enable: 'no-secret' });
        expect(plain.ends[0]?.kind).toBe('answered');
        const enabled = await withProfile(profile, { ...user, enableSecret: 'en4ble' }, ['show version']);
        expect(enabled.facts).toMatchObject({ privilege: 15, privileged: true, enable: 'entered' });
        const refused = await withProfile(profile, { ...user, enableSecret: 'wrong' }, ['show version']);
        expect(refused.facts).toMatchObject({ privilege: 1, enable: 'refused' });
        expect(refused.facts?.remarks.join()).toContain('% Bad secrets');
        expect(refused.ends[0]).toMatchObject({ kind: 'answered', text: OUTPUTS['show version'] });
      });

      test('a command that AAA denies is refused, the others are answered', async () => {
        const { ends } = await withProfile({ authz_deny: ['^show crypto'] });
        expect(ends.map((end) => end.kind)).toEqual(['answered', 'refused', 'refused', 'answered']);
        expect(ends[1]).toMatchObject({ refusal: 'not-authorized', reason: 'Command authorization failed.' });
      });

      test('an unknown command is refused', async () => {
        const { ends } = await withProfile({}, {}, ['show dmvpn', 'show version']);
        expect(ends.map((end) => end.kind)).toEqual(['refused', 'answered']);
        expect(ends[0]).toMatchObject({ refusal: 'invalid-input' });
      });

      test('an output that stalls is cut short with what came; the rest is not run, at once', async () => {
        const { ends } = await withProfile({ stall_cmd: 'isakmp', stall_after: 50 }, {}, COMMANDS, {
          commandIdleMs: 800,
        });
        expect(ends.map((end) => end.kind)).toEqual(['answered', 'cut-short', 'cut-short', 'cut-short']);
        expect(ends[1]).toMatchObject({
          reason: expect.stringMatching(/^\d+ bytes, then nothing for 0.8 s$/),
        });
        expect(OUTPUTS['show crypto isakmp sa'].startsWith(ends[1]?.text ?? 'x')).toBe(true);
        expect(ends[1]?.text.length).toBeGreaterThan(40);
        expect(ends[2]).toMatchObject({ text: '', reason: expect.stringContaining('not run') });
      });

      test('a cut line keeps what came', async () => {
        const { ends } = await withProfile({ drop_cmd: 'logging', drop_after: 5000 }, {}, [
          'show version',
          'show logging',
          'show crypto isakmp sa',
        ]);
        expect(ends.map((end) => end.kind)).toEqual(['answered', 'cut-short', 'cut-short']);
        expect(ends[1]).toMatchObject({ reason: expect.stringContaining('connection lost after') });
        expect(OUTPUTS['show logging'].startsWith(ends[1]?.text ?? 'x')).toBe(true);
        expect(ends[1]?.text.length).toBeGreaterThan(4000);
        expect(ends[2]).toMatchObject({ reason: 'not run: connection lost' });
      });

      test('no right to an EXEC session, and no free line, are named', async () => {
        const noRight = await withProfile({ authz_exec_fail: true });
        expect(noRight.error).toMatchObject({ name: 'exec-not-authorized', phase: 'prompt' });
        const full = await withProfile({ max_sessions: -1 });
        expect(full.error).toMatchObject({ name: 'closed-without-prompt', retry: 'later' });
      });
    });
  },
);
