/**
 * What a session costs beside a bare client, at several round trip times: `npm run build && node
 * bench/transport/session.mjs`. One mock router behind a proxy that delays; all clients in one run, so that the ratios mean something
 * on a noisy machine. TUNNELDOC_DIST names another build.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bareSsh2, openSsh, product, removeFolder, whyNoOpenSsh } from './clients.mjs';
import { delayingProxy } from './delaying-proxy.mjs';

const dist = resolve(process.env.TUNNELDOC_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url)));
const load = (path) => import(pathToFileURL(join(dist, path)).href);
const { startRouter } = await load('mocks/ios-router/ios-router.js');
const { recordingOf } = await load('mocks/ios-router/recording-of.js');
const transport = {
  ...(await load('src/transport/ssh-collector.js')),
  ...(await load('src/evidence/show-command.js')),
};

const commands = [
  'show version',
  'show crypto isakmp sa',
  'show crypto isakmp peers',
  'show crypto isakmp policy',
  'show crypto ipsec sa',
  'show crypto session detail',
  'show crypto map',
  'show crypto ikev2 sa detailed',
  'show ip access-lists',
  'show ntp status',
];
const OUTPUT = Array.from({ length: 100 }, (_, i) => `line ${i} of an output of four kilobytes\n`).join('');
const RUNS = 5;
const RTTS = [0, 40, 100];

const BASE = 'bare ssh2, tuned';
const clients = {
  tunneldoc: product(transport, {}),
  'tunneldoc, typeAhead': product(transport, { typeAhead: true }),
  [BASE]: bareSsh2({ authHandler: ['password'], noDelay: true }),
  'bare ssh2, its defaults': bareSsh2({}),
  ...(whyNoOpenSsh() === null ? { 'OpenSSH ssh': openSsh } : {}),
};

const folder = mkdtempSync(join(tmpdir(), 'tunneldoc-bench-'));
const router = await startRouter({
  recording: recordingOf('R1', Object.fromEntries(commands.map((command) => [command, OUTPUT]))),
  behaviour: { hostname: 'R1', ident: 'Cisco-1.25' },
});
for (const rttMs of RTTS) {
  const rows = [];
  for (const [name, run] of Object.entries(clients)) rows.push({ name, ...(await best(run, rttMs)) });
  report(rttMs, rows);
}
await router.close();
removeFolder(folder);

/** The fastest of several sessions. */
async function best(run, rttMs) {
  const sessions = [];
  for (let i = 0; i < RUNS; i++) sessions.push(await measure(run, rttMs));
  return sessions.reduce((a, b) => (b.total < a.total ? b : a));
}

async function measure(run, rttMs) {
  const proxy = await delayingProxy(router, rttMs);
  const { seen } = proxy;
  const trips = { login: 0, ready: 0 };
  const { authAttempts } = router;
  authAttempts.push = (...attempts) => {
    trips.login = seen.trips;
    return Array.prototype.push.apply(authAttempts, attempts);
  };
  const start = performance.now();
  let readyAt = start;
  const ready = () => {
    readyAt = performance.now();
    trips.ready = seen.trips;
  };
  await run({ at: { host: proxy.host, port: proxy.port }, commands, folder, ready });
  const end = performance.now();
  proxy.close();
  return {
    total: end - start,
    ready: readyAt - start,
    command: (end - readyAt) / commands.length,
    trips: { ...trips, all: seen.trips },
  };
}

function report(rttMs, rows) {
  const base = rows.find((row) => row.name === BASE);
  const ms = (value) => `${value.toFixed(0)} ms`.padStart(8);
  process.stdout.write(`\nround trip ${rttMs} ms, ${commands.length} commands, best of ${RUNS}\n`);
  for (const { name, total, ready, command, trips } of rows) {
    process.stdout.write(
      `${name.padEnd(24)} session ${ms(total)} (${(total / base.total).toFixed(2)} x tuned)  ` +
        `ready after ${ms(ready)}  a command ${ms(command)}  ` +
        `round trips: ${trips.login} to the password's answer, ${trips.ready} to the first command, ${trips.all} in all\n`,
    );
  }
}
