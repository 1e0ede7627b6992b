import { afterEach, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { openShell, type Shell } from './shell-client.ts';

const running: RunningRouter[] = [];
const shells: Shell[] = [];
afterEach(async () => {
  for (const shell of shells.splice(0)) shell.client.destroy();
  await Promise.all(running.splice(0).map((router) => router.close()));
});

const TEXTS = {
  'show version': 'Cisco IOS Software, Version 15.2(4)M6\nR1 uptime is 3 days\n',
  'show crypto isakmp sa': '\nIPv4 Crypto ISAKMP SA\n\n',
  'show crypto ipsec sa': ['first\n', 'second\n'],
  'show crypto session': '',
  'show ip route': Array.from({ length: 30 }, (_, i) => `route ${i + 1}\n`).join(''),
  'show ip interface brief': 'Interface\n Gi0/0 up\nTunnel0\n Gi0/1 down\n',
};

async function shellOn(
  behaviour: Partial<Behaviour> = {},
  size = { rows: 500, cols: 511 },
): Promise<[Shell, RunningRouter]> {
  const router = await startRouter({
    recording: recordingOf('R1', TEXTS),
    behaviour: { hostname: 'R1', ...behaviour },
  });
  running.push(router);
  const shell = await openShell(router, size);
  shells.push(shell);
  return [shell, router];
}

describe('prompt, echo and answers', () => {
  test('CR LF then the prompt; the echo, the output and the prompt again, byte for byte', async () => {
    const [shell, router] = await shellOn();
    expect(await shell.until('R1#')).toBe('\r\nR1#');
    expect(await shell.ask('show version', 'R1#')).toBe(
      'show version\r\nCisco IOS Software, Version 15.2(4)M6\r\nR1 uptime is 3 days\r\nR1#',
    );
    expect(await shell.ask('', 'R1#')).toBe('\r\nR1#');
    expect(router.received).toEqual(['show version', '']);
  });

  test('banners, suffix and CR CR LF', async () => {
    const [shell] = await shellOn({
      bannerMotd: '#####\n# keep out #>\n',
      bannerExec: 'hi',
      promptSuffix: '\x07',
      doubleCr: true,
    });
    expect(await shell.until('\x07')).toBe('#####\r\r\n# keep out #>\r\r\nhi\r\r\nR1#\x07');
    expect(await shell.ask('show crypto session', '\x07')).toBe('show crypto session\r\r\nR1#\x07');
  });

  test('a prompt with a counter changes with every line', async () => {
    const [shell] = await shellOn({ promptFormat: '%h_%n%s%p' });
    expect(await shell.until('R1_1 #')).toBe('\r\nR1_1 #');
    expect(await shell.ask('', 'R1_2 #')).toBe('\r\nR1_2 #');
  });

  test('samples come in order, the last one stays, and a new session begins again', async () => {
    const [shell, router] = await shellOn();
    await shell.until('R1#');
    const asked = [];
    for (let i = 0; i < 3; i++) asked.push(await shell.ask('show crypto ipsec sa', 'R1#'));
    expect(asked.map((text) => /first|second/.exec(text)?.[0])).toEqual(['first', 'second', 'second']);
    const other = await openShell(router);
    shells.push(other);
    await other.until('R1#');
    expect(await other.ask('show crypto ipsec sa', 'R1#')).toContain('first');
  });

  test('a typed line is erased by BS, DEL and ^U', async () => {
    const [shell, router] = await shellOn();
    await shell.until('R1#');
    shell.channel.write('show junk\x15sho\x08\x7fhow versionx\x7f\r');
    expect(await shell.until('R1#')).toContain('Cisco IOS');
    expect(router.received).toEqual(['show version']);
  });

  test('? lists what may follow and the line stays', async () => {
    const [shell] = await shellOn();
    await shell.until('R1#');
    shell.channel.write('show crypto ?');
    expect(await shell.until('R1#show crypto ')).toBe(
      'show crypto ?\r\n  ipsec\r\n  isakmp\r\n  session\r\n\r\nR1#show crypto ',
    );
  });

  test('exit ends the connection', async () => {
    for (const word of ['exit', 'quit', 'logout']) {
      const [shell] = await shellOn();
      await shell.until('R1#');
      shell.channel.write(`${word}\r`);
      await shell.closed;
    }
  });

  test('long lines scroll by ten columns behind a $', async () => {
    const [shell] = await shellOn({ hostname: 'edge-rtr-1' }, { rows: 24, cols: 80 });
    await shell.until('edge-rtr-1#');
    const line = `${'x'.repeat(60)}0123456789`;
    shell.channel.write(line.slice(0, 66));
    expect(await shell.until(line.slice(0, 66))).toBe(line.slice(0, 66));
    shell.channel.write(line.charAt(66));
    const shown = `$${line.slice(11, 67)}`;
    const expected = '\b'.repeat(66) + shown + ' '.repeat(9) + '\b'.repeat(9);
    expect(await shell.until(expected)).toBe(expected);
  });

  test('terminal width 0 never scrolls', async () => {
    const [shell] = await shellOn({}, { rows: 24, cols: 80 });
    await shell.until('R1#');
    await shell.ask('terminal width 0', 'R1#');
    const line = `show version ${'y'.repeat(150)}`;
    expect(await shell.ask(line, 'R1#')).toContain(`${line}\r\n`);
  });
});

describe('abbreviations and errors', () => {
  const asking = async (line: string, behaviour: Partial<Behaviour> = {}, sign = '#'): Promise<string> => {
    const [shell] = await shellOn(behaviour);
    await shell.until(`R1${sign}`);
    const got = await shell.ask(line, `R1${sign}`);
    return got.slice(line.length + 2, -3);
  };

  test.each([
    ['sh ver', 'Cisco IOS Software'],
    ['sho cry isa sa', 'IPv4 Crypto ISAKMP SA'],
    ['SHOW CRYPTO ISAKMP SA', 'IPv4 Crypto ISAKMP SA'],
    ['sh  ip   int br', 'Interface'],
    ['sh cl', 'UTC'],
    ['sh priv', 'Current privilege level is 15'],
  ])('%s', async (line, found) => {
    expect(await asking(line)).toContain(found);
  });

  test('ambiguous, incomplete and unknown', async () => {
    expect(await asking('show cr is sa')).toBe('\r\nIPv4 Crypto ISAKMP SA\r\n\r\n');
    expect(await asking('show crypto i sa')).toBe('% Ambiguous command:  "show crypto i sa"\r\n');
    expect(await asking('show crypto isakmp')).toBe('% Incomplete command.\r\n\r\n');
    expect(await asking('frobnicate')).toBe(
      '% Bad IP address or host name\r\n% Unknown command or computer name, or unable to find computer address\r\n',
    );
  });

  test.each([
    ['show crypto wrong sa', 'show crypto wrong sa'.indexOf('wrong')],
    ['show version now', 'show version now'.indexOf('now')],
    ['show crypto isakmp saX', 'show crypto isakmp saX'.indexOf('X')],
    ['terminal length 600', 'terminal length 600'.indexOf('600')],
    ['  show wrong thing', '  show wrong thing'.indexOf('wrong')],
    ['show version | frob x', 'show version | frob x'.indexOf('frob')],
  ])('the caret of %j stands below its wrong character', async (line, column) => {
    const [caret, text, blank] = (await asking(line)).split('\r\n');
    expect(caret).toBe(`${' '.repeat('R1#'.length + column)}^`);
    expect(text).toBe("% Invalid input detected at '^' marker.");
    expect(blank).toBe('');
  });

  test('pipes', async () => {
    expect(await asking('sh ip route | i 1$')).toBe('route 1\r\nroute 11\r\nroute 21\r\n');
    expect(await asking('sh ip route | exclude route [12]')).toBe(
      [3, 4, 5, 6, 7, 8, 9, 30].map((n) => `route ${n}\r\n`).join(''),
    );
    expect(await asking('sh ip route | b route 29')).toBe('route 29\r\nroute 30\r\n');
    expect(await asking('sh ip route | count route 2')).toBe(
      '\r\nNumber of lines which match regexp = 11\r\n',
    );
    expect(await asking('sh ip int br | sec Tunnel')).toBe('Tunnel0\r\n Gi0/1 down\r\n');
    expect(await asking('sh ip int br | include (')).toBe('');
    expect(await asking('sh ip int br |')).toBe('% Incomplete command.\r\n\r\n');
  });

  test('AAA refuses the unabbreviated command; domain lookup waits and then does not know', async () => {
    expect(await asking('sh ver', { authzDeny: [/^show version$/] })).toBe(
      'Command authorization failed.\r\n\r\n',
    );
    expect(await asking('frob', { domainLookup: true })).toMatch(
      /^Translating "frob"\.\.\.domain server \(255\.255\.255\.255\)\r\n% Unknown command/,
    );
  });

  test('no terminal commands for some users, screen-length for SD-WAN', async () => {
    expect(await asking('terminal length 0', { terminalCmds: false })).toContain('% Invalid input');
    expect(await asking('terminal length 0', { sdwan: true })).toContain('% Invalid input');
    expect(await asking('screen-length 0', { sdwan: true })).toBe('');
    expect(
      await asking(
        'show version',
        { users: { lab: { password: 'lab', privilege: 0, publicKey: null } } },
        '>',
      ),
    ).toContain('^');
  });
});

describe('show crypto ipsec sa peer', () => {
  const flow = (peer: string): string =>
    `   protected vrf: (none)\n   local  ident (x)\n   current_peer ${peer} port 500\n     spi: 1\n\n`;
  const head = '\ninterface: Gi0/0\n    Crypto map tag: VPN, local addr 192.0.2.1\n\n';
  const other = '\ninterface: Tunnel7\n    Crypto map tag: T7-head-0, local addr 192.0.2.1\n\n';
  const all = `${head}${flow('198.51.100.7')}${flow('198.51.100.77')}${flow('198.51.100.7')}${other}${flow('203.0.113.9')}`;
  const texts = {
    'show crypto ipsec sa': [all, all.replaceAll('spi: 1', 'spi: 2')],
    'show crypto ipsec sa peer 203.0.113.9': 'recorded\n',
    'show ip route 198.51.100.77': 'route\n',
  };

  test('an answer is made of the whole table when it was not recorded itself', async () => {
    const router = await startRouter({ recording: recordingOf('R1', texts), behaviour: { hostname: 'R1' } });
    running.push(router);
    const shell = await openShell(router);
    shells.push(shell);
    await shell.until('R1#');
    const ask = async (line: string): Promise<string> =>
      (await shell.ask(line, 'R1#')).slice(line.length + 2, -3).replaceAll('\r\n', '\n');
    expect(await ask('sh cry ips sa peer 198.51.100.7')).toBe(
      `${head.slice(1)}${flow('198.51.100.7')}${flow('198.51.100.7')}\n`,
    );
    expect(await ask('show crypto ipsec sa peer 198.51.100.7')).toContain('spi: 2');
    expect(await ask('show crypto ipsec sa peer 203.0.113.9')).toBe('recorded\n');
    expect(await ask('show crypto ipsec sa peer 192.0.2.99')).toBe('');
    expect(await ask('show crypto ipsec sa peer')).toBe('% Incomplete command.\n\n');
    expect(await ask('show crypto ipsec sa peer who')).toContain('^\n% Invalid');
    expect(await ask('show crypto ipsec sa peer 192.0.2.1 detour')).toContain('^\n% Invalid');
  });

  test('addresses are never abbreviated', async () => {
    const router = await startRouter({ recording: recordingOf('R1', texts), behaviour: { hostname: 'R1' } });
    running.push(router);
    const shell = await openShell(router);
    shells.push(shell);
    await shell.until('R1#');
    expect(await shell.ask('show ip route 198.51.100.7', 'R1#')).toContain('% Invalid input');
    expect(await shell.ask('show ip route 198.51.100.77', 'R1#')).toContain('\r\nroute\r\n');
  });
});

describe('privilege', () => {
  const OPER = { lab: { password: 'lab', privilege: 1, publicKey: null } };

  test('enable asks without echo, three wrong secrets end it, a right one raises', async () => {
    const [shell, router] = await shellOn({ users: OPER, enableSecret: 'top' });
    await shell.until('R1>');
    expect(await shell.ask('enable', 'Password: ')).toBe('enable\r\nPassword: ');
    expect(await shell.ask('bad1', 'Password: ')).toBe('\r\nPassword: ');
    await shell.ask('bad2', 'Password: ');
    expect(await shell.ask('bad3', 'R1>')).toBe('\r\n% Bad secrets\r\n\r\nR1>');
    await shell.ask('en', 'Password: ');
    expect(await shell.ask('top', 'R1#')).toBe('\r\nR1#');
    expect(await shell.ask('show privilege', 'R1#')).toContain('level is 15');
    expect(await shell.ask('disable', 'R1>')).toBe('disable\r\nR1>');
    expect(router.received).toEqual(['enable', 'en', 'show privilege', 'disable']);
  });

  test('AAA lets nobody in: the reason, then the end', async () => {
    const [shell] = await shellOn({ authzExecFail: true });
    await shell.closed;
    expect(shell.all()).toBe('% Authorization failed.\r\n');
  });

  test('no secret set', async () => {
    const [shell] = await shellOn({ users: OPER, enableSecret: null });
    await shell.until('R1>');
    expect(await shell.ask('enable', 'R1>')).toBe('enable\r\n% No password set\r\nR1>');
  });
});

describe('paging', () => {
  const WIPES = {
    classic: [' --More-- ', '\b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\b'],
    esck: ['\x1b[K --More-- ', `${'\b \b'.repeat(10)}\x1b[K`],
    inverse: ['\x1b[7m--More--\x1b[27m', '\r        \r'],
  } as const;

  test.each(['classic', 'esck', 'inverse'] as const)(
    '%s: SPACE a page, RETURN a line, q the end',
    async (style) => {
      const [ask, wipe] = WIPES[style];
      const [shell] = await shellOn({ more: style }, { rows: 11, cols: 80 });
      await shell.until('R1#');
      const lines = (from: number, to: number): string =>
        Array.from({ length: to - from + 1 }, (_, i) => `route ${from + i}\r\n`).join('');
      expect(await shell.ask('show ip route', ask)).toBe(`show ip route\r\n${lines(1, 10)}${ask}`);
      shell.channel.write(' ');
      expect(await shell.until(ask)).toBe(`${wipe}${lines(11, 20)}${ask}`);
      shell.channel.write('\r');
      expect(await shell.until(ask)).toBe(`${wipe}${lines(21, 21)}${ask}`);
      shell.channel.write('q');
      expect(await shell.until('R1#')).toBe(`${wipe}R1#`);
      expect(await shell.ask('terminal length 0', 'R1#')).toBe('terminal length 0\r\nR1#');
      expect(await shell.ask('show ip route', 'R1#')).toBe(`show ip route\r\n${lines(1, 30)}R1#`);
    },
  );
});

describe('abuse', () => {
  test('a line without an end rings at 254 characters and runs no command of its own', async () => {
    const [shell, router] = await shellOn({ width: 0 });
    await shell.until('R1#');
    shell.channel.write('z'.repeat(260));
    expect(await shell.until('\x07'.repeat(6))).toBe('z'.repeat(254) + '\x07'.repeat(6));
    shell.channel.write('\x15');
    await shell.until('\b \b'.repeat(254));
    expect(await shell.ask('show version', 'R1#')).toContain('Cisco IOS');
    expect(router.received).toEqual(['show version']);
  });

  test('a hundred kilobytes at once and any bytes leave the router whole', async () => {
    const [shell, router] = await shellOn({ echoDelay: 0 });
    await shell.until('R1#');
    shell.channel.write('q'.repeat(100_000));
    const noise = Buffer.from(Array.from({ length: 3_000 }, (_, i) => (i * 7_919 + (i >> 3)) % 256));
    const other = await openShell(router);
    shells.push(other);
    await other.until('R1#');
    other.channel.write(Buffer.concat([noise, Buffer.from('\x15\r')]));
    const third = await openShell(router);
    shells.push(third);
    await third.until('R1#');
    expect(await third.ask('show version', 'R1#')).toContain('Cisco IOS');
  });
});

describe('faults inside an output', () => {
  test('stall: so many bytes, then nothing; the connection lives', async () => {
    const [shell, router] = await shellOn({ stallCmd: /ip route/, stallAfter: 20 });
    await shell.until('R1#');
    expect(await shell.ask('show ip route', 'route 1\r\nroute 2\r\nro')).toContain('route 2');
    expect(router.connectionsOpen()).toBe(1);
  });

  test('drop: so many bytes, then the connection is gone', async () => {
    const [shell] = await shellOn({ dropCmd: /ip route/, dropAfter: 20 });
    await shell.until('R1#');
    shell.channel.write('show ip route\r');
    await shell.closed;
    expect(shell.all().endsWith('show ip route\r\nroute 1\r\nroute 2\r\nro')).toBe(true);
  });

  test('an output that is empty stalls and drops too', async () => {
    const [shell] = await shellOn({ dropCmd: /crypto session/ });
    await shell.until('R1#');
    shell.channel.write('show crypto session\r');
    await shell.closed;
    expect(shell.all().endsWith('show crypto session\r\n')).toBe(true);
  });

  test('a cut-short recording is served as far as it goes, then the connection dies', async () => {
    const whole = recordingOf('R1', TEXTS);
    const outputs = whole.outputs.map((o) =>
      o.command === 'show version' ? { ...o, kind: 'cut-short' as const, reason: 'connection lost' } : o,
    );
    const router = await startRouter({ recording: { ...whole, outputs }, behaviour: { hostname: 'R1' } });
    running.push(router);
    const shell = await openShell(router);
    shells.push(shell);
    await shell.until('R1#');
    shell.channel.write('show version\r');
    await shell.closed;
    expect(shell.all().endsWith('R1 uptime is 3 days\r\n')).toBe(true);
  });

  test('tiny writes and a slow line change no byte', async () => {
    const [shell] = await shellOn({ chunk: 3, rate: 20_000, latency: 0.01 });
    await shell.until('R1#');
    expect(await shell.ask('show version', 'R1#')).toBe(
      'show version\r\nCisco IOS Software, Version 15.2(4)M6\r\nR1 uptime is 3 days\r\nR1#',
    );
  });

  test('a log message is one piece, however much is typed while it comes', async () => {
    const message = `%SYS-5-TEST: ${'y'.repeat(60)}`;
    const [shell] = await shellOn({ monitor: true, syslogEvery: 0.02, syslogLine: message, chunk: 1 });
    await shell.until('R1#');
    for (let typed = 0; typed < 100; typed++) {
      shell.channel.write('x');
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    const said = (): string => shell.all().replaceAll(`\r\n${message}\r\n`, '');
    while (said().split('x').length <= 100 || !/x$/.test(said()))
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(said()).toBe(`\r\nR1#${'x'.repeat(100)}`);
    expect(shell.all()).toContain(message);
  });

  test('log lines reach the prompt until terminal no monitor', async () => {
    const [shell] = await shellOn({ monitor: true, syslogEvery: 0.05, syslogLine: '%SYS-5-TEST: x' });
    await shell.until('\r\n%SYS-5-TEST: x\r\n');
    shell.channel.write('terminal no monitor\r');
    await shell.until('R1#');
    expect(await shell.ask('show version', 'R1#')).not.toContain('TEST');
  });

  test('exec prompt timestamp goes in front of shows', async () => {
    const [shell] = await shellOn({ execTimestamp: true });
    await shell.until('R1#');
    expect(await shell.ask('show version', 'R1#')).toMatch(
      /^show version\r\nLoad for five secs: .*\r\nTime source is NTP, \d\d:\d\d:\d\d\.\d{3} UTC \w{3} \w{3} \d+ \d{4}\r\n\r\nCisco/,
    );
    await shell.ask('terminal no exec prompt timestamp', 'R1#');
    expect(await shell.ask('show version', 'R1#')).not.toContain('Load');
  });

  test('an idle session and an absolute limit end without a word and with a warning', async () => {
    const [idle] = await shellOn({ execTimeout: 0.2 });
    await idle.closed;
    const [limited] = await shellOn({ absoluteTimeout: 0.4, logoutWarning: 0.3 });
    await limited.closed;
    expect(limited.all()).toContain('* Line timeout expired');
  });
});
