// OpenSSH config files that are broken, hostile, or say what we never do; and what differs from OpenSSH on purpose.
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readSshConfig } from '../../src/inventory/ssh-config-file.ts';
import { sshHostSettings } from '../../src/inventory/ssh-config-settings.ts';
import type { LocalFacts } from '../../src/inventory/ssh-config-tokens.ts';
import { scratchFolder, writeTree } from '../support/scratch.ts';

const scratch = scratchFolder();
const local: LocalFacts = {
  user: 'me',
  home: '/home/me',
  hostName: 'box.example.net',
  uid: 1000,
  env: { KEYS: '/keys' },
};

let count = 0;
async function ask(text: string | Uint8Array, host = 'a') {
  count += 1;
  const file = join(writeTree(scratch, { [`${count}/config`]: text }), String(count), 'config');
  return askFile(file, host);
}

async function askFile(file: string, host = 'a') {
  const read = await readSshConfig(file, true);
  if (!read.ok)
    return { refused: read.problems.map(({ line, message }) => `${line}: ${message}`).join('\n') };
  if (read.config === null) throw new Error('no config');
  const settings = sshHostSettings(read.config, { host, user: null, port: null }, local);
  return 'message' in settings ? { refused: `${settings.line}: ${settings.message}` } : { settings };
}

describe('refused, with line and what to do', () => {
  test.each([
    [
      'Host a\n ProxyCommand nc %h %p\n',
      /^2: proxycommand: commands of a config are never run here.*ProxyJump/,
    ],
    ['ProxyCommand nc %h %p\nProxyJump b\n', /^1: proxycommand/],
    ['Match exec "true"\n Port 1\n', /^1: Match exec would run a command.*--ssh-config/],
    ['Match host a exec "true"\n', /^1: Match exec/],
    ['Match tagged x\n', /^1: Match tagged is not supported/],
    ['Host a\n Port 0\n', /^2: port: a number from 1 to 65535/],
    ['Host a\n HostName a b\n', /^2: hostname: takes one value/],
    ['Host a\n HostName "a b"\n', /^2: hostname: neither an address nor a DNS name/],
    ['Host a\n User -oX\n', /^2: user: one word/],
    ['Host a\n IdentityFile ~/%C\n', /^2: identityfile: .*%C cannot be filled in/],
    ['Host a\n IdentityFile $' + '{NOPE}/x\n', /^2: identityfile: .*NOPE.*cannot be filled in/],
    ['Host a\n ProxyJump b:99999\n', /^2: proxyjump: expected is \[user@\]host/],
    [
      'Host a\n PreferredAuthentications gssapi-with-mic\n',
      /^2: preferredauthentications: no way to log in is left/,
    ],
    [
      'PubkeyAuthentication no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n',
      /no way to log in/,
    ],
    ['Include sub/*/x\n', /^1: Include .*only \* and \? are read, and only behind the last/],
    ['Host a\n User "x\n', /^2: .*quote is not closed/],
    ['Host a\n\n   \n# c\n Port\n', /^5: Port has no value/],
    ['=\n', /^1: this line cannot be read/],
  ])('%j', async (text, refusal) => {
    const answer = await ask(text);
    expect(answer.refused ?? 'nothing refused').toMatch(refusal);
  });

  test('all broken lines of all files at once, each with its file', async () => {
    const folder = join(scratch, 'many');
    writeTree(folder, { config: 'Port\nInclude more\nUser\n', more: '\nHost\n' });
    const read = await readSshConfig(join(folder, 'config'), true);
    if (read.ok) throw new Error('read');
    expect(read.problems.map(({ file, line }) => `${file.replace(folder, '')}:${line}`)).toEqual([
      '/config:1',
      '/config:3',
      '/more:2',
    ]);
  });

  test('a named file that is absent, a folder or too large; an unnamed one that is absent is none', async () => {
    const absent = join(scratch, 'absent');
    expect(await readSshConfig(absent, false)).toEqual({ ok: true, config: null });
    expect((await askFile(absent)).refused).toMatch(/no such file.*--ssh-config none/);
    mkdirSync(join(scratch, 'folder'));
    expect((await askFile(join(scratch, 'folder'))).refused).toMatch(/it is a folder/);
    expect((await ask('#'.repeat(10_000_000))).refused).toMatch(/larger than 1 MB/);
  });

  test('a file that is read by itself must be ours alone, with what it includes; a named one need not', async () => {
    const folder = join(scratch, 'shared');
    writeTree(folder, { config: 'Include more\n', more: 'Port 7\n' });
    chmodSync(join(folder, 'more'), 0o664);
    const refused = await readSshConfig(join(folder, 'config'), false);
    expect(refused).toMatchObject({ ok: false, problems: [{ line: 1 }] });
    expect(JSON.stringify(refused)).toMatch(
      /more: cannot be read: others can write to it \(mode 0664\); run chmod 600/,
    );
    expect((await askFile(join(folder, 'config'))).settings?.port?.value).toBe(7);
    chmodSync(join(folder, 'more'), 0o644);
    expect(await readSshConfig(join(folder, 'config'), false)).toMatchObject({ ok: true });
  });

  test('an Include that includes itself ends, once or many times', async () => {
    const words = 'Include goes more than 16 files deep, or reads more than 100; does a file include itself?';
    expect((await ask('Include config\n')).refused).toBe(`1: ${words}`);
    expect((await ask('Include config\n'.repeat(9))).refused).toBe(`1: ${words}`);
    const empty = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`hundred/d/${at}`, '']));
    writeTree(scratch, { ...empty, 'hundred/config': '\nInclude d/*\n' });
    expect((await askFile(join(scratch, 'hundred/config'))).refused).toBe(`2: ${words}`);
  });

  test('a Match that would run a command runs none', async () => {
    const sign = join(scratch, 'was-run');
    await ask(
      `Match exec "touch ${sign}"\n Port 1\nCanonicalizeHostname yes\nCanonicalDomains example.net\n`,
    );
    await ask(
      `Host a\n ProxyCommand touch ${sign}\n KnownHostsCommand touch ${sign}\n LocalCommand touch ${sign}\n`,
    );
    expect(existsSync(sign)).toBe(false);
  });
});

describe('read', () => {
  test('Include is relative to the file that says it; it belongs to the section it stands in', async () => {
    const folder = join(scratch, 'relative');
    writeTree(folder, {
      config: 'Host a\n Include d/*.conf\n',
      'd/1.conf': 'Port 7\nInclude deeper\n',
      'd/deeper': 'User u\n',
    });
    const { settings } = await askFile(join(folder, 'config'));
    expect(settings?.port).toEqual({ value: 7, from: `${join(folder, 'd/1.conf')}:1` });
    expect(settings?.user?.value).toBe('u');
    expect((await askFile(join(folder, 'config'), 'b')).settings?.port).toBeNull();
  });

  test('tokens and variables of paths', async () => {
    const line = 'IdentityFile $' + '{KEYS}/%d/%h/%n/%p/%r/%u/%l/%L/%i/%k/%%';
    const { settings } = await ask(`Host a\n HostName r1\n Port 5\n User ops\n HostKeyAlias lab\n ${line}\n`);
    expect(settings?.identities?.map((one) => one.value)).toEqual([
      '/keys//home/me/r1/a/5/ops/me/box.example.net/box/1000/lab/%',
    ]);
  });

  test('methods in their order, less those switched off; unknown ones are left out', async () => {
    const both = 'PreferredAuthentications gssapi-with-mic,password,publickey,hostbased\n';
    expect((await ask(both)).settings?.methods?.value).toEqual(['password', 'publickey']);
    expect((await ask(`${both}PasswordAuthentication no\n`)).settings?.methods?.value).toEqual(['publickey']);
    expect((await ask('ChallengeResponseAuthentication no\n')).settings?.methods?.value).toEqual([
      'publickey',
      'password',
    ]);
  });

  test('names that are like our own insides mean nothing', async () => {
    const { settings } = await ask(
      '__proto__ x\nconstructor y\nHost __proto__\n Port 9\ntoString 1\n',
      '__proto__',
    );
    expect(settings?.port?.value).toBe(9);
  });

  test('patterns that are slow in other hands', async () => {
    const pattern = `${'*a'.repeat(3_000)}b`;
    const { settings } = await ask(
      `Host ${pattern}\n Port 1\nMatch host ${pattern}\n Port 2\n`,
      'a'.repeat(200),
    );
    expect(settings?.port).toBeNull();
  });
});

test('any text is read or refused; it never throws', async () => {
  const word = fc.oneof(
    fc.constantFrom(
      'Host',
      'Match',
      'Include',
      'User',
      'Port',
      '"',
      "'",
      '\\',
      '=',
      '#',
      '*',
      '!',
      'all',
      'final',
      'exec',
      '%',
      '$' + '{',
      '\r',
      '\f',
      '\u2028',
      '\0',
      '__proto__',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom(
      'Port 1',
      'ProxyJump a,b',
      'KexAlgorithms +x',
      'IdentityFile ~/%z',
      'ConnectTimeout 1m',
      'Match host a',
      'Host a',
    ),
  );
  const text = fc.array(fc.tuple(word, fc.constantFrom(' ', '\n', '\t', '')), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(text, async (parts) => {
      const answer = await ask(parts.flat().join(''));
      expect('refused' in answer || 'settings' in answer).toBe(true);
    }),
    { numRuns: 400, seed: 3 },
  );
});
