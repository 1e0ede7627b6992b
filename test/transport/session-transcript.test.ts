import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { SessionTranscripts, type TranscriptSize } from '../../src/app/session-transcripts.ts';
import { silentLog } from '../../src/core/log.ts';
import type { SessionEvent, SessionTranscript } from '../../src/evidence/session-transcript.ts';
import { mustShowCommand } from '../../src/evidence/show-command.ts';
import { loadTranscript, saveTranscript, transcriptsAt } from '../../src/evidence/transcript-folder.ts';
import { openCollector } from '../../src/transport/ssh-collector.ts';
import { CANARY_LINES } from '../evidence/secret-canaries.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-transcript-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fresh = (): string => join(mkdtempSync(join(folder, 'x-')), 'transcripts');

const VERSION = { 'show version': 'Cisco IOS Software\nR1 uptime is 2 hours\n' };

interface Visit {
  readonly outputs?: Readonly<Record<string, string>>;
  readonly password?: string;
  readonly enableSecret?: string;
  readonly size?: TranscriptSize;
  readonly watched?: boolean;
}

/** One session with a lab router; its transcript, the folder it is in, and what the router was typed. */
async function session(behaviour: Partial<Behaviour>, options: Visit = {}) {
  const { outputs = VERSION, password = 'lab', enableSecret = null, size, watched = true } = options;
  const dir = fresh();
  const router = await startRouter({
    recording: recordingOf('R1', outputs),
    behaviour: { hostname: 'R1', ...behaviour },
  });
  const kept = new SessionTranscripts(dir, [password, enableSecret ?? ''], size);
  const events: SessionEvent[] = [];
  const told = (event: SessionEvent): void => {
    events.push(event);
    kept.add('R1', event);
  };
  const opened = await openCollector(
    {
      name: 'R1',
      host: router.host,
      port: router.port,
      user: 'lab',
      password,
      enableSecret,
      legacyAlgorithms: false,
      hostKeys: { policy: 'accept-new', knownHostsFile: join(dir, '..', 'known'), readOnlyFiles: [] },
    },
    {
      log: silentLog,
      limits: { promptMs: 400, commandIdleMs: 400, closeMs: 1_000 },
      ...(watched ? { onSessionEvent: told } : {}),
    },
  );
  if (opened.ok) {
    for (const command of Object.keys(outputs)) await opened.collector.collect(mustShowCommand(command));
    await opened.collector.close();
    await opened.collector.close();
  }
  const faults = await kept.finish();
  await router.close();
  return { dir, faults, events, received: [...router.received], opened: opened.ok };
}

async function transcriptIn(dir: string): Promise<SessionTranscript> {
  const read = await loadTranscript(join(dir, 'R1.session.jsonl'));
  if (!read.ok) throw new Error(read.problem);
  return read.transcript;
}

function sides({ events }: SessionTranscript) {
  const of = (side: string): string =>
    events.flatMap((event) => ('bytes' in event && event.from === side ? [event.bytes] : [])).join('');
  return { router: of('router'), us: of('us') };
}

describe('the transcript of a live session', () => {
  test('both directions, who and when, for its owner only, plain ASCII lines', async () => {
    const { dir, faults, received } = await session({ promptSuffix: '\x07' });
    expect(faults).toEqual([]);
    expect(readdirSync(dir)).toEqual(['R1.session.jsonl']);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, 'R1.session.jsonl')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dir, 'R1.session.jsonl'), 'latin1')).toMatch(/^[\n -~]*$/);
    const transcript = await transcriptIn(dir);
    expect(transcript.header).toMatchObject({
      router: 'R1',
      identification: 'SSH-2.0-Cisco-1.25',
      redactions: 0,
    });
    expect(transcript.header.algorithms.length).toBeGreaterThan(2);
    expect(Math.abs(Date.parse(transcript.header.started) - Date.now())).toBeLessThan(60_000);
    expect(transcript.end).toMatchObject({ end: 'closed-by-router', error: null });
    const { router, us } = sides(transcript);
    expect(us.split('\r').filter((line) => line !== '')).toEqual(received.filter((line) => line !== ''));
    expect(router).toContain('show version\r\nCisco IOS Software\r\nR1 uptime is 2 hours\r\nR1#\x07');
  });

  test('the enable secret is a mark; the password the router prints back is taken out', async () => {
    const users = { lab: { password: 'pass-word-1', privilege: 1, publicKey: null } };
    const { dir } = await session(
      {
        users,
        enableSecret: 'enable-word-1',
        bannerExec: 'Hello pass-word-1 and enable-word-1 there\n',
        chunk: 3,
      },
      { password: 'pass-word-1', enableSecret: 'enable-word-1' },
    );
    const text = readFileSync(join(dir, 'R1.session.jsonl'), 'utf8');
    expect(text).not.toContain('word-1');
    expect(text).toContain('"from":"us","secret":"enable"}');
    const transcript = await transcriptIn(dir);
    expect(transcript.header.redactions).toBe(1);
    expect(sides(transcript).router).toContain('Hello <redacted> and <redacted> there');
  });

  test('no canary reaches the file, one byte a piece', async () => {
    const log = CANARY_LINES.map((line) => `${line}\n`).join('');
    const { dir } = await session(
      { chunk: 1 },
      {
        outputs: { 'show logging': log },
      },
    );
    const said = sides(await transcriptIn(dir)).router;
    expect(said).not.toContain('anary');
    expect(said.split('\n').length).toBeGreaterThan(CANARY_LINES.length);
    expect(readFileSync(join(dir, 'R1.session.jsonl'), 'utf8')).not.toContain('anary');
  });

  test('a login that failed leaves the name of its error and nothing of a session', async () => {
    const { dir, opened } = await session({}, { password: 'wrong-password' });
    expect(opened).toBe(false);
    const transcript = await transcriptIn(dir);
    expect(transcript.events).toEqual([]);
    expect(transcript.end).toMatchObject({ end: 'not-opened', error: 'authentication-rejected' });
    expect(readFileSync(join(dir, 'R1.session.jsonl'), 'utf8')).not.toContain('wrong-password');
  });

  test('a session without a prompt is kept as far as it went, with its error', async () => {
    const { dir } = await session({ authzExecFail: true });
    const transcript = await transcriptIn(dir);
    expect(sides(transcript).router).toContain('% Authorization failed.');
    expect(transcript.end).toMatchObject({ end: 'closed-by-router', error: 'exec-not-authorized' });
  });

  test('an output that stalls, and one that is cut: what came, and whose end it was', async () => {
    const stalled = await transcriptIn((await session({ stallCmd: /version/, stallAfter: 5 })).dir);
    expect(stalled.end).toMatchObject({ end: 'closed-by-us', error: null });
    expect(sides(stalled).router.endsWith('show version\r\nCisco')).toBe(true);
    const cut = await transcriptIn((await session({ dropCmd: /version/, dropAfter: 5 })).dir);
    expect(cut.end.end).toBe('closed-by-router');
  });

  test('nobody watches: nothing is told, nothing is written', async () => {
    const { dir, events, opened } = await session({}, { watched: false });
    expect([events, opened]).toEqual([[], true]);
    expect(() => readdirSync(dir)).toThrow('ENOENT');
  });

  test('events are plain values that pass to another thread', async () => {
    const { events } = await session({});
    expect(structuredClone(events)).toEqual(events);
    expect(events[0]?.kind).toBe('opened');
    expect(events.filter(({ kind }) => kind === 'ended')).toHaveLength(1);
    expect(events.at(-1)?.kind).toBe('ended');
  });
});

const OPENED: SessionEvent = {
  kind: 'opened',
  started: '2026-11-23T10:00:00.000Z',
  identification: 'SSH-2.0-Cisco-1.25',
  algorithms: ['aes256-ctr'],
};
const ENDED: SessionEvent = {
  kind: 'ended',
  started: OPENED.started,
  end: { t: 9, end: 'closed-by-us', reason: '', error: null },
};
const said = (bytes: string, t = 1): SessionEvent => ({
  kind: 'passed',
  event: { t, from: 'router', bytes },
});

describe('keeping transcripts', () => {
  test('a session too large is cut off and says so', async () => {
    const { dir } = await session({}, { size: { bytes: 60, events: 1_000 } });
    const transcript = await transcriptIn(dir);
    expect(transcript.end).toMatchObject({ end: 'cut-off', error: null });
    expect(transcript.end.reason).toContain('at most 60 bytes');
    const { router, us } = sides(transcript);
    expect(router.length + us.length).toBeLessThanOrEqual(60);
  });

  test('a session that never ended is written by finish; a further one of the same router gets a number', async () => {
    const dir = fresh();
    const kept = new SessionTranscripts(dir, []);
    for (const event of [OPENED, said('one'), ENDED, OPENED, said('two'), OPENED, said('three')])
      kept.add('R1', event);
    expect(await kept.finish()).toEqual([]);
    expect(readdirSync(dir).sort()).toEqual(['R1.2.session.jsonl', 'R1.3.session.jsonl', 'R1.session.jsonl']);
    const [second] = await Promise.all([loadTranscript(join(dir, 'R1.2.session.jsonl'))]);
    expect(second).toMatchObject({ ok: true, transcript: { end: { end: 'cut-off' } } });
    expect(await transcriptsAt(dir)).toHaveLength(3);
  });

  test('a folder that cannot be written is a sentence for each router, never a throw', async () => {
    const file = join(mkdtempSync(join(folder, 'x-')), 'in-the-way');
    writeFileSync(file, '');
    const kept = new SessionTranscripts(join(file, 'below'), []);
    for (const router of ['R1', 'R2']) for (const event of [OPENED, ENDED]) kept.add(router, event);
    const faults = await kept.finish();
    expect(faults).toEqual([
      expect.stringContaining('the session transcript of R1 could not be saved: '),
      expect.stringContaining('the session transcript of R2 could not be saved: '),
    ]);
  });

  test('a name that is a path stays inside the folder, and an older file is replaced whole', async () => {
    const dir = fresh();
    const kept = new SessionTranscripts(dir, []);
    for (const event of [OPENED, ENDED]) kept.add('../../R1/..\\x', event);
    await kept.finish();
    expect(readdirSync(dir)).toHaveLength(1);
    expect(readdirSync(join(dir, '..')).sort()).toEqual(['transcripts']);
    const [path] = await transcriptsAt(dir);
    const again = await saveTranscript(dir, transcript({ router: '../../R1/..\\x' }));
    expect(again).toBe(path);
    expect(readFileSync(again, 'utf8')).toContain('"tool":"0"');
  });
});

function transcript(changes: object = {}): SessionTranscript {
  const header = {
    router: 'R1',
    identification: 'SSH-2.0-Cisco-1.25',
    algorithms: ['aes256-ctr'],
    started: '2026-11-23T10:00:00.000Z',
    tool: '0',
    redactions: 0,
    ...changes,
  };
  return { header, events: [], end: { t: 0, end: 'closed-by-us', reason: '', error: null } };
}
