import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import { type Lab, type LabOptions, startLab, startReplays } from '../../mocks/ios-router/lab.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { SessionTranscripts } from '../../src/app/session-transcripts.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Collected } from '../../src/evidence/collected.ts';
import { redact } from '../../src/evidence/redact.ts';
import { writeTranscript } from '../../src/evidence/session-transcript.ts';
import { mustShowCommand } from '../../src/evidence/show-command.ts';
import { loadTranscript } from '../../src/evidence/transcript-folder.ts';
import { openCollector } from '../../src/transport/ssh-collector.ts';
import type { Limits } from '../../src/transport/timeouts.ts';
import { CANARY_LINES } from '../evidence/secret-canaries.ts';
import { saltedLog } from '../transport/salted-log.ts';
import { openShell } from './shell-client.ts';

const OUTPUTS: Readonly<Record<string, string>> = {
  'show version': 'Cisco IOS Software, written for this test\n\nR1 uptime is 2 hours\n',
  'show logging': saltedLog(150, 'R1#'),
  'show crypto isakmp sa':
    '\nIPv4 Crypto ISAKMP SA\ndst             src             state          conn-id status\n\n',
};
const COMMANDS = Object.keys(OUTPUTS);

let folder = '';
const labs: Lab[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-replay-'));
});
afterAll(async () => {
  await Promise.all(labs.map((lab) => lab.close()));
  rmSync(folder, { recursive: true, force: true });
});

interface Visit {
  readonly commands?: readonly string[];
  readonly enableSecret?: string;
  readonly limits?: Partial<Limits>;
  /** Gives all commands at once to a session that may send them so. */
  readonly typeAhead?: boolean;
  /** Writes the transcript below this folder. */
  readonly transcript?: string;
}

/** One session: how it opened and how each command ended, without the times. */
async function visit(router: { readonly host: string; readonly port: number }, options: Visit = {}) {
  const { commands = COMMANDS, enableSecret = null, limits = {}, transcript, typeAhead = false } = options;
  const kept = transcript === undefined ? null : new SessionTranscripts(transcript, ['lab-password']);
  const opened = await openCollector(
    {
      name: 'R1',
      ...router,
      user: 'lab',
      password: 'lab',
      enableSecret,
      typeAhead,
      legacyAlgorithms: false,
      hostKeys: {
        policy: 'accept-new',
        knownHostsFile: join(folder, `known-${router.port}`),
        readOnlyFiles: [],
      },
    },
    {
      log: silentLog,
      limits: { commandIdleMs: 600, promptMs: 8_000, closeMs: 1_000, ...limits },
      ...(kept === null ? {} : { onSessionEvent: (event) => kept.add('R1', event) }),
    },
  );
  const ends: Omit<Collected, 'at' | 'tookMs'>[] = [];
  if (opened.ok) {
    const { collector } = opened;
    const ask = async (command: string): Promise<void> => {
      const { at: _at, tookMs: _tookMs, ...end } = await collector.collect(mustShowCommand(command));
      ends.push(end);
    };
    if (typeAhead) await Promise.all(commands.map(ask));
    else for (const command of commands) await ask(command);
    await opened.collector.close();
  }
  const faults = (await kept?.finish()) ?? [];
  expect(faults).toEqual([]);
  if (!opened.ok) return { error: opened.error.name, facts: null, ends };
  const { handshake: _handshake, remarks: _remarks, ...facts } = opened.collector.facts;
  return { error: null, facts, ends };
}

/** A session with a lab router of this behaviour, written as a transcript; `file` is where. */
async function recordLive(behaviour: Partial<Behaviour>, options: Visit = {}, outputs = OUTPUTS) {
  const dir = mkdtempSync(join(folder, 'dir-'));
  const router = await startRouter({
    recording: recordingOf('R1', outputs),
    behaviour: { hostname: 'R1', ...behaviour },
  });
  try {
    const live = await visit(router, { ...options, transcript: dir });
    return { live, file: join(dir, 'R1.session.jsonl') };
  } finally {
    await router.close();
  }
}

async function replay(file: string, options: LabOptions = {}) {
  const differences: string[] = [];
  const lab = await startReplays([file], {
    onDifference: (_router, text) => differences.push(text),
    ...options,
  });
  labs.push(lab);
  const [router] = lab.routers;
  if (router === undefined) throw new Error('no router');
  return { router, differences };
}

const ODD: readonly (readonly [string, Partial<Behaviour>, Visit?])[] = [
  ['a quiet router', {}],
  ['pager, classic', { terminalCmds: false, length: 40, more: 'classic' }],
  ['pager, ESC K', { terminalCmds: false, length: 40, more: 'esck' }],
  ['pager, inverse', { terminalCmds: false, length: 40, more: 'inverse' }],
  ['an output that stalls', { stallCmd: /logging/, stallAfter: 3_000 }],
  ['an output that is cut', { dropCmd: /logging/, dropAfter: 3_000 }],
  ['an output that is reset', { dropCmd: /logging/, dropAfter: 3_000, hangUp: 'reset' }],
  ['a disconnect', { dropCmd: /logging/, dropAfter: 3_000, hangUp: 'disconnect' }],
  ['CR CR LF', { doubleCr: true }],
  ['a prompt with BEL', { promptSuffix: '\x07' }],
  ['a prompt that counts', { promptFormat: '%h-%n%p' }],
  ['banners', { bannerMotd: 'No # entry >\nAsk# first\n', bannerExec: 'Exec banner\n#' }],
  ['log lines', { monitor: true, syslogEvery: 0.4, latency: 0.1 }],
  ['one-byte pieces', { chunk: 1 }],
  ['seven-byte pieces, slow', { chunk: 7, rate: 60_000 }],
  ['a scrolling echo', { width: 20 }],
  ['exec prompt timestamp', { execTimestamp: true }],
  ['enable', { defaultPrivilege: 1 }, { enableSecret: 'lab' }],
  ['a wrong enable secret', { defaultPrivilege: 1 }, { enableSecret: 'wrong-secret' }],
  ['refused commands', { authzDeny: [/isakmp/] }],
];

describe('a recorded session, replayed, gives the recording that was made live', () => {
  test.concurrent.each(ODD)('%s', async (_what, behaviour, options = {}) => {
    const { live, file } = await recordLive(behaviour, options);
    const { router, differences } = await replay(file);
    const again = await visit(router, options);
    expect(again).toEqual(live);
    expect(live.error).toBeNull();
    expect(differences).toEqual([]);
  });
});

describe('a transcript without its secrets', () => {
  const outputs = {
    'show logging': CANARY_LINES.map(
      (line, i) => `${line}\n*Nov 23 10:00:0${i % 10}: %SYS-5-CONFIG_I: ${i}\n`,
    ).join(''),
  };
  test.concurrent.each<readonly [string, Partial<Behaviour>]>([
    ['whole', {}],
    ['page by page', { terminalCmds: false, length: 20 }],
    ['page by page, inverse', { terminalCmds: false, length: 20, more: 'inverse' }],
    ['one-byte pieces, CR CR LF', { chunk: 1, doubleCr: true }],
  ])('gives the redacted recording that was made live: %s', async (_what, behaviour) => {
    const { live, file } = await recordLive(behaviour, { commands: ['show logging'] }, outputs);
    expect(readFileSync(file, 'utf8')).not.toContain('anary');
    const { router, differences } = await replay(file);
    const again = await visit(router, { commands: ['show logging'] });
    const [was, is] = [live, again].map(({ ends }) => redact(ends[0]?.text ?? '').text);
    expect(is).toBe(was);
    expect(is).toContain('%SYS-5-CONFIG_I: 40\n');
    expect(differences).toEqual([]);
  });
});

describe('a client that does something else', () => {
  async function shellOn(commands: readonly string[], speed = 1) {
    const { file } = await recordLive({}, { commands });
    const { router, differences } = await replay(file, { speed });
    const shell = await openShell(router.running);
    await shell.until('R1#');
    return { shell, differences, received: router.running.received };
  }
  const SETTING_UP = ['terminal length 0', 'terminal width 511', 'terminal no monitor', 'show privilege'];

  test.concurrent('the lines of the record, without one bare CR and with more of them: no difference', async () => {
    const { shell, differences } = await shellOn(['show version']);
    for (const line of SETTING_UP) expect(await shell.ask(line, 'R1#')).toContain(line);
    for (let i = 0; i < 3; i++) expect(await shell.ask('', 'R1#')).toBe('\r\nR1#');
    expect(await shell.ask('show version', 'R1#')).toContain('R1 uptime is 2 hours\r\n');
    shell.channel.write('exit\r');
    await shell.closed;
    expect(differences).toEqual([]);
  });

  test.concurrent('lines left out, in another order, twice, abbreviated, unknown: each answered and said', async () => {
    const { shell, differences, received } = await shellOn(['show version', 'show crypto isakmp sa']);
    expect(await shell.ask('show crypto isakmp sa', 'R1#')).toContain('IPv4 Crypto ISAKMP SA');
    expect(await shell.ask('show version', 'R1#')).toContain('R1 uptime is 2 hours');
    expect(await shell.ask('show version', 'R1#')).toContain('R1 uptime is 2 hours');
    expect(await shell.ask('sh ver', 'R1#')).toContain('R1 uptime is 2 hours');
    expect(await shell.ask('show crypto map', 'R1#')).toContain("% Invalid input detected at '^' marker.");
    expect(await shell.ask('terminal width 0', 'R1#')).toBe('terminal width 0\r\nR1#');
    shell.channel.write('exit\r');
    await shell.closed;
    expect(received).toContain('terminal width 0');
    expect(differences).toEqual([
      'expected "terminal length 0", got "show crypto isakmp sa"',
      'expected "exit", got "show version"',
      'expected "exit", got "show version"',
      'expected "exit", got "sh ver"',
      'expected "exit", got "show crypto map"',
      'expected "exit", got "terminal width 0"',
    ]);
  });

  test.concurrent('a line end of CR LF is one return', async () => {
    const { shell, differences } = await shellOn(['show version']);
    shell.channel.write('terminal length 0\r\nterminal width 511\r\n');
    expect(await shell.until('terminal width 511\r\nR1#')).not.toContain('R1#\r\nR1#\r\n');
    shell.client.end();
    expect(differences).toEqual([]);
  });

  test.concurrent('a pager that gets another key goes on, and the key is said', async () => {
    const { file } = await recordLive({ terminalCmds: false, length: 40 }, { commands: ['show logging'] });
    const { router, differences } = await replay(file);
    const shell = await openShell(router.running);
    await shell.until('R1#');
    shell.channel.write('show logging\r');
    await shell.until(' --More-- ');
    shell.channel.write('x');
    await shell.until(' --More-- ');
    shell.client.end();
    expect(differences).toEqual([expect.stringContaining('got "show logging"'), 'expected " ", got "x"']);
  });

  test.concurrent('a client of today on a record that typed ahead, and one typing ahead on any record', async () => {
    const lines = [
      { t: 0, from: 'router', bytes: '\r\nR1#' },
      { t: 50, from: 'us', bytes: 'show clock\r' },
      { t: 50, from: 'us', bytes: 'show version\r' },
      { t: 60, from: 'router', bytes: 'show clock\r\n*10:00:00.000 UTC Mon Nov 23 2026\r\nR1#sh' },
      { t: 70, from: 'router', bytes: 'ow version\r\nCisco IOS\r\nR1#' },
    ] as const;
    const { router, differences } = await replay(handWritten(lines));
    const shell = await openShell(router.running);
    await shell.until('R1#');
    expect(await shell.ask('show clock', 'R1#')).toBe(
      'show clock\r\n*10:00:00.000 UTC Mon Nov 23 2026\r\nR1#',
    );
    expect(await shell.ask('show version', 'R1#')).toBe('show version\r\nCisco IOS\r\nR1#');
    shell.client.end();
    const ahead = await openShell(router.running);
    await ahead.until('R1#');
    ahead.channel.write('show clock\rshow version\r');
    expect(await ahead.until('Cisco IOS\r\nR1#')).toBe(`${lines[3].bytes}${lines[4].bytes}`);
    ahead.client.end();
    expect(differences).toEqual([]);
  });

  test.concurrent('a live session that typed ahead, replayed for one that does so and for one that does not', async () => {
    const commands = ['show version', 'show crypto isakmp sa'];
    for (const behaviour of [{}, { chunk: 5 }, { monitor: true, syslogEvery: 0.1 }]) {
      const { live, file } = await recordLive(behaviour, { commands, typeAhead: true });
      expect(readFileSync(file, 'utf8')).toMatch(
        /"show version.r"\}\n\{"t":\d+,"from":"us","bytes":"show crypto/,
      );
      for (const typeAhead of [true, false]) {
        const { router } = await replay(file);
        const again = await visit(router, { commands, typeAhead });
        expect(again.ends.map(({ kind, text }) => ({ kind, text }))).toEqual(
          live.ends.map(({ kind, text }) => ({ kind, text })),
        );
      }
    }
  });

  test.concurrent('pauses are kept, shortened by the speed and cut where they are long', async () => {
    const lines = [
      { t: 0, from: 'router', bytes: '\r\nR1#' },
      { t: 10, from: 'us', bytes: 'show clock\r' },
      { t: 86_400_000, from: 'router', bytes: 'show clock\r\nR1#' },
    ] as const;
    const { router } = await replay(handWritten(lines), { speed: 1000 });
    const shell = await openShell(router.running);
    await shell.until('R1#');
    expect(await shell.ask('show clock', 'R1#')).toBe('show clock\r\nR1#');
    shell.client.end();
  });
});

function handWritten(events: Parameters<typeof writeTranscript>[0]['events'], changes: object = {}): string {
  const header = {
    router: 'R1',
    identification: 'SSH-2.0-Cisco-1.25',
    algorithms: [],
    started: '2026-11-23T10:00:00.000Z',
    tool: '0',
    redactions: 0,
  };
  const t = events.at(-1)?.t ?? 0;
  const end = { t, end: 'closed-by-us', reason: '', error: null, ...changes } as const;
  const file = join(mkdtempSync(join(folder, 'hand-')), 'R1.session.jsonl');
  writeFileSync(file, writeTranscript({ header, events, end }));
  return file;
}

describe('a transcript in a scenario', () => {
  test.concurrent('serves the session; behaviour.yaml beside it still holds', async () => {
    const { live, file } = await recordLive({ stallCmd: /logging/, stallAfter: 500 });
    const scenarios = mkdtempSync(join(folder, 'scenarios-'));
    mkdirSync(join(scenarios, 'field', 'R1'), { recursive: true });
    writeFileSync(join(scenarios, 'field', 'R1', 'session.jsonl'), readFileSync(file));
    writeFileSync(join(scenarios, 'field', 'R1', 'behaviour.yaml'), 'ident: Cisco-2.0\n');
    const lab = await startLab(scenarios);
    labs.push(lab);
    const [router] = lab.routers;
    if (router === undefined) throw new Error('no router');
    expect(router.running.behaviour.ident).toBe('Cisco-2.0');
    expect(await visit(router)).toEqual(live);
    expect(live.ends.map((end) => end.kind)).toEqual(['answered', 'cut-short', 'cut-short']);
  });

  test.concurrent('a bad one is refused with its line before any router runs', async () => {
    const scenarios = mkdtempSync(join(folder, 'scenarios-'));
    mkdirSync(join(scenarios, 'field', 'R1'), { recursive: true });
    const file = join(scenarios, 'field', 'R1', 'session.jsonl');
    writeFileSync(file, '{"format":"tunneldoc.session/2"}\n');
    await expect(startLab(scenarios)).rejects.toThrow(
      `${file}:1: not a session transcript: format must be tunneldoc.session/1`,
    );
  });

  test.concurrent('a login that failed has no session to replay', async () => {
    const file = handWritten([], { end: 'not-opened', error: 'authentication-rejected' });
    await expect(startReplays([file])).rejects.toThrow(
      `${file}: no session was opened (authentication-rejected), so there is none to replay`,
    );
    expect((await loadTranscript(file)).ok).toBe(true);
  });
});
