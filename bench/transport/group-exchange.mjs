/**
 * How long a router with group exchange only blocks the event loop, and with it every other router of a sweep:
 * `npm run build && node bench/transport/group-exchange.mjs [START.SH]`. Needs root and the stand-in (an OpenSSH server that
 * offers group exchange only); START.SH is its start script. The figure that matters is the ratio of the two longest delays.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const BUILD = new URL(`../../${process.env.TUNNELDOC_BUILD ?? 'dist'}/src/`, import.meta.url);
const { openUnblocked, sessionWorkers } = await import(new URL('transport/unblocked-collector.js', BUILD));
const { mustShowCommand } = await import(new URL('evidence/show-command.js', BUILD));
const { silentLog } = await import(new URL('core/log.js', BUILD));

const start =
  process.argv[2] ?? fileURLToPath(new URL('../../../shared/ssh/standin/start.sh', import.meta.url));
const PORT = 24_215;

if (!existsSync(start)) process.stdout.write(`no stand-in at ${start}: nothing to measure\n`);
else await measure();

async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'tunneldoc-gex-'));
  // The server's users are nobody special.
  chmodSync(folder, 0o755);
  let pid = 0;
  try {
    pid = startServer(folder);
    const here = await longestDelay(folder, null);
    const apart = await longestDelay(folder, sessionWorkers());
    process.stdout.write(
      `longest time without an event: ${here.toFixed(0)} ms in the same thread, ${apart.toFixed(0)} ms with a thread ` +
        `for the session: ${(here / apart).toFixed(1)} times less\n`,
    );
  } finally {
    if (pid > 0) process.kill(pid);
    rmSync(folder, { recursive: true, force: true });
  }
}

function startServer(folder) {
  const outputs = join(folder, 'outputs');
  mkdirSync(outputs);
  writeFileSync(join(outputs, 'show_version.txt'), 'Cisco IOS Software\n');
  writeFileSync(join(outputs, 'profile.json'), JSON.stringify({ vty_dir: join(outputs, 'vty') }));
  const args = [start, 'gex', String(PORT), 'gexonly', outputs, 'Cisco-1.25'];
  const env = { ...process.env, IOS_RUN: join(folder, 'run') };
  const { status, stdout, stderr } = spawnSync('bash', args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the stand-in did not start: ${stdout}${stderr}`);
  return Number(readFileSync(join(folder, 'run', 'gex', 'pid'), 'utf8'));
}

/** Milliseconds; one session, from connecting to the end. */
async function longestDelay(folder, workers) {
  const hostKeys = { policy: 'accept-new', knownHostsFile: join(folder, 'known_hosts'), readOnlyFiles: [] };
  const login = { name: 'R1', host: '127.0.0.1', port: PORT, user: 'cisco', password: 'cisco' };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const opened = await openUnblocked(
    { ...login, legacyAlgorithms: true, hostKeys },
    { log: silentLog },
    workers,
  );
  if (!opened.ok) throw new Error(opened.error.message);
  await opened.collector.collect(mustShowCommand('show version'));
  await opened.collector.close();
  delay.disable();
  return delay.max / 1e6;
}
