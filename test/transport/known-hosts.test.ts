import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type HostKey, hostKey } from '../../src/transport/host-key.ts';
import { openHostKeyCheck } from '../../src/transport/host-key-check.ts';
import {
  knownHostsLine,
  knownKeyTypes,
  parseKnownHosts,
  standingOf,
} from '../../src/transport/known-hosts.ts';
import { cpuMs } from '../support/cpu-time.ts';

/** A key blob of a type with arbitrary content: enough for comparing, as known_hosts does. */
function blob(type: string, ...fields: Uint8Array[]): Buffer {
  const all = [Buffer.from(type), ...fields].map((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return Buffer.concat([length, field]);
  });
  return Buffer.concat(all);
}

const KEY = hostKey(blob('ssh-ed25519', Buffer.alloc(32, 1)));
const OTHER = hostKey(blob('ssh-ed25519', Buffer.alloc(32, 2)));
const RSA = hostKey(
  blob('ssh-rsa', Buffer.from([1, 0, 1]), Buffer.concat([Buffer.from([0]), Buffer.alloc(128, 0xc3)])),
);

const kind = (file: string, host: string, port: number, key: HostKey = KEY): string =>
  standingOf(parseKnownHosts(file), host, port, key).kind;

describe('host key blobs', () => {
  test('type, bits and the OpenSSH fingerprint', () => {
    expect(RSA).toMatchObject({ type: 'ssh-rsa', bits: 1024 });
    expect(KEY).toMatchObject({ type: 'ssh-ed25519', bits: null });
    expect(hostKey(blob('ssh-rsa', Buffer.from([3]), Buffer.from([0, 1, 0]))).bits).toBe(9);
    // As `ssh-keygen -lf` prints it for this key.
    expect(KEY.fingerprint).toBe('SHA256:RXm/ruZ0eTzRXKwi1AQEDynB0VgHQ2ac9KPSFdf/YnA');
  });

  test('any bytes are read without an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) =>
        hostKey(bytes).fingerprint.startsWith('SHA256:'),
      ),
    );
  });
});

describe('lookup', () => {
  const line = (names: string, key = KEY): string => `${names} ${key.type} ${key.base64} a comment\n`;

  test.each([
    ['plain name, port 22', line('r1.example.net'), 'R1.example.net', 22, 'known'],
    ['plain name does not stand for another port', line('192.0.2.1'), '192.0.2.1', 2222, 'unknown'],
    ['name with port', line('[192.0.2.1]:2222'), '192.0.2.1', 2222, 'known'],
    ['name with port does not stand for 22', line('[192.0.2.1]:2222'), '192.0.2.1', 22, 'unknown'],
    ['comma list', line('hub1,192.0.2.1,[hub1]:2222'), 'hub1', 2222, 'known'],
    ['IPv6', line('2001:db8::1'), '2001:db8::1', 22, 'known'],
    ['wildcards', line('r?.*.example.net'), 'r1.lon.example.net', 22, 'known'],
    ['wildcards do not match elsewhere', line('r?.*.example.net'), 'r10.lon.example.net', 22, 'unknown'],
    ['negation wins', line('*.example.net,!bad.example.net'), 'bad.example.net', 22, 'unknown'],
    ['negation spares others', line('*.example.net,!bad.example.net'), 'good.example.net', 22, 'known'],
    ['another key', line('r1', OTHER), 'r1', 22, 'changed'],
    ['another type of key', line('r1', RSA), 'r1', 22, 'changed'],
    ['one of several keys', line('r1', OTHER) + line('r1'), 'r1', 22, 'known'],
    ['revoked, also when known', `${line('r1')}@revoked ${line('*')}`, 'r1', 22, 'revoked'],
    ['another key revoked', `${line('r1')}@revoked ${line('*', OTHER)}`, 'r1', 22, 'known'],
    [
      'only a certificate authority',
      `@cert-authority ${line('*.example.net', OTHER)}`,
      'r1.example.net',
      22,
      'certificate-authority-only',
    ],
    [
      'comments, blanks, broken lines, unknown markers',
      `# r1 x y\n\nr1\nr1 ssh-rsa\n@odd ${line('r1')}`,
      'r1',
      22,
      'unknown',
    ],
    ['a line of SSH version 1', 'r1 1024 35 1234567890\n', 'r1', 22, 'unknown'],
    ['a key that is of another type than it says', `r1 ssh-rsa ${KEY.base64}\n`, 'r1', 22, 'unknown'],
    ['CR LF and tabs', `r1\tssh-ed25519\t${KEY.base64}\r\n`, 'r1', 22, 'known'],
  ])('%s', (_what, file, host, port, expected) => {
    expect(kind(file, host, port)).toBe(expected);
  });

  test('hashed names, as ssh-keygen -H writes them', () => {
    // HMAC-SHA1 with the salt 00 01 … 13 over `192.0.2.1` and `[r1.example.net]:2222`, computed with openssl.
    const salt = 'AAECAwQFBgcICQoLDA0ODxAREhM=';
    const plain = `|1|${salt}|zLj4Du1cUC+nnuuv+y58kILXidw= ssh-ed25519 ${KEY.base64}\n`;
    const port = `|1|${salt}|QR6/fUc/gPqM8J3XSn2Cj95gYyo= ssh-ed25519 ${KEY.base64}\n`;
    expect(kind(plain, '192.0.2.1', 22)).toBe('known');
    expect(kind(plain, '192.0.2.2', 22)).toBe('unknown');
    expect(kind(plain, '192.0.2.1', 2222)).toBe('unknown');
    expect(kind(port, 'r1.example.net', 2222)).toBe('known');
    expect(kind(port, 'r1.example.net', 22)).toBe('unknown');
    expect(kind(plain, '192.0.2.1', 22, OTHER)).toBe('changed');
    expect(
      kind(`|1|not base64|x ssh-ed25519 ${KEY.base64}\n|2|a|b ssh-ed25519 ${KEY.base64}\n`, '192.0.2.1', 22),
    ).toBe('unknown');
  });

  test('what is written is found again, for any host and port', () => {
    const host = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9.-]{0,30}$/);
    fc.assert(
      fc.property(
        host,
        fc.integer({ min: 1, max: 65_535 }),
        (name, port) => kind(knownHostsLine(name, port, KEY), name, port) === 'known',
      ),
    );
  });

  test('the known types come first in what is asked for', () => {
    expect(
      knownKeyTypes(parseKnownHosts(line('r1', RSA) + line('r1') + line('r2', OTHER)), 'r1', 22),
    ).toEqual(['ssh-rsa', 'ssh-ed25519']);
  });

  test('a hostile pattern takes linear time', () => {
    const pattern = `${'*a'.repeat(2000)}b`;
    const before = cpuMs();
    expect(kind(line(pattern), 'a'.repeat(4000), 22)).toBe('unknown');
    expect(cpuMs() - before).toBeLessThan(2000);
  });
});

describe('files', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tunneldoc-known-hosts-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const target = { name: 'R1', host: '192.0.2.1', port: 22 };
  function check(policy: 'strict' | 'accept-new', knownHostsFile: string, readOnlyFiles: string[] = []) {
    const opened = openHostKeyCheck(target, { policy, knownHostsFile, readOnlyFiles });
    if ('message' in opened) throw new Error(opened.message);
    return opened;
  }

  test('our file and its folder are made with private modes; a last line without end is not glued', () => {
    const file = join(folder, 'new', 'known_hosts');
    const first = check('accept-new', file);
    expect(first.decide(KEY)).toEqual({ accept: true, isNew: true });
    expect(first.record(KEY)).toContain('recorded');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
    writeFileSync(file, readFileSync(file, 'utf8').trimEnd());
    openHostKeyCheck(
      { ...target, port: 2222 },
      { policy: 'accept-new', knownHostsFile: file, readOnlyFiles: [] },
    );
    check('accept-new', file).record(RSA);
    expect(readFileSync(file, 'utf8')).toBe(
      `192.0.2.1 ssh-ed25519 ${KEY.base64}\n192.0.2.1 ssh-rsa ${RSA.base64}\n`,
    );
  });

  test('a key in a file that is only read counts, and a change against it too', () => {
    const users = join(folder, 'users_known_hosts');
    writeFileSync(users, knownHostsLine('192.0.2.1', 22, OTHER));
    expect(check('strict', join(folder, 'absent'), [users]).decide(OTHER)).toEqual({
      accept: true,
      isNew: false,
    });
    const decision = check('accept-new', join(folder, 'absent'), [users]).decide(KEY);
    expect(decision).toMatchObject({ accept: false, error: { name: 'host-key-changed', retry: 'never' } });
    if (!decision.accept)
      for (const key of [KEY, OTHER]) expect(decision.error.message).toContain(key.fingerprint);
  });

  test('a changed key is told with the lines to remove and the line to add', () => {
    const ours = join(folder, 'ours');
    const users = join(folder, 'theirs');
    writeFileSync(ours, `# comment\n\n${knownHostsLine('192.0.2.1', 22, OTHER)}`);
    writeFileSync(users, knownHostsLine('192.0.2.1', 22, RSA));
    const decision = check('accept-new', ours, [users]).decide(KEY);
    expect(decision.accept).toBe(false);
    if (decision.accept) return;
    expect(decision.error.message).toContain(`${OTHER.fingerprint} (ssh-ed25519, line 3 of ${ours})`);
    expect(decision.error.message).toContain(`remove line 3 of ${ours} and line 1 of ${users}`);
    expect(decision.error.message).toContain(`192.0.2.1 ssh-ed25519 ${KEY.base64}`);
    writeFileSync(ours, `@revoked * ${KEY.type} ${KEY.base64}\n`);
    const revoked = check('accept-new', ours).decide(KEY);
    expect(revoked.accept ? '' : revoked.error.message).toContain(`@revoked in line 1 of ${ours}`);
  });

  test('a change of the file counts at the next connection', () => {
    const file = join(folder, 'edited');
    writeFileSync(file, knownHostsLine('192.0.2.1', 22, OTHER));
    expect(check('strict', file).decide(KEY).accept).toBe(false);
    writeFileSync(file, knownHostsLine('192.0.2.1', 22, KEY));
    expect(check('strict', file).decide(KEY).accept).toBe(true);
  });

  test('an alias stands for address and port, in both directions', () => {
    const file = join(folder, 'alias');
    const rules = { policy: 'accept-new', knownHostsFile: file, readOnlyFiles: [] } as const;
    const behind = (port: number) => {
      const opened = openHostKeyCheck({ ...target, port }, { ...rules, hostKeyAlias: 'lon-hub' });
      if ('message' in opened) throw new Error(opened.message);
      return opened;
    };
    behind(2222).record(KEY);
    expect(readFileSync(file, 'utf8')).toBe(`lon-hub ssh-ed25519 ${KEY.base64}\n`);
    expect(behind(4444).decide(KEY)).toEqual({ accept: true, isNew: false });
    expect(behind(22).knownTypes).toEqual(['ssh-ed25519']);
    expect(check('strict', file).decide(KEY)).toMatchObject({ error: { name: 'host-key-unknown' } });
  });

  test('two that record at the same time lose nothing', () => {
    const file = join(folder, 'shared');
    const both = [check('accept-new', file), check('accept-new', file)];
    both[0]?.record(KEY);
    both[1]?.record(RSA);
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  });

  test('a pipe or a device instead of a file is not opened', () => {
    const pipe = join(folder, 'pipe');
    const made = spawnSync('/usr/bin/mkfifo', [pipe]).status === 0;
    for (const file of [...(made ? [pipe] : []), '/dev/zero'])
      expect(
        openHostKeyCheck(target, { policy: 'accept-new', knownHostsFile: file, readOnlyFiles: [] }),
      ).toMatchObject({
        name: 'host-key-not-checkable',
        message: expect.stringContaining('no ordinary file'),
      });
  });

  test('a file that cannot be read stops the connection: it may hold the key', () => {
    expect(
      openHostKeyCheck(target, { policy: 'accept-new', knownHostsFile: folder, readOnlyFiles: [] }),
    ).toMatchObject({ name: 'host-key-not-checkable' });
  });

  test('a file that cannot be written is said', () => {
    const file = join(folder, 'users_known_hosts', 'below-a-file');
    expect(check('accept-new', join(folder, 'absent2')).record(KEY)).toContain('recorded in');
    const blocked = openHostKeyCheck(target, {
      policy: 'accept-new',
      knownHostsFile: file,
      readOnlyFiles: [],
    });
    if (!('message' in blocked)) expect(blocked.record(KEY)).toContain('could not be recorded');
  });
});
