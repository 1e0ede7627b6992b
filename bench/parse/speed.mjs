/**
 * How fast the parsers read big outputs, whether time grows with the text, and how much memory they take:
 *
 *   npm run build && node bench/parse/speed.mjs INPUTS [OTHER-BUILD]
 *
 * INPUTS is a folder of large outputs (bench/README.md says how it is made). With OTHER-BUILD (a `dist` of another commit) both are measured
 * turn by turn in one run. What counts is the processor's time, garbage collection in its threads included: the clock would count
 * what else the machine does. Every row is a process of its own.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const RUNS = 7;
const OWN = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Files of the folder, with the command that printed them. */
const OUTPUTS = {
  'ipsec_sa_vti_5000.txt': 'show crypto ipsec sa',
  'ipsec_sa_hub_5000.txt': 'show crypto ipsec sa',
  'ipsec_sa_detail_vti_5000.txt': 'show crypto ipsec sa detail',
  'logging_seqstar_100000.txt': 'show logging',
  'logging_star_100000.txt': 'show logging',
  'isakmp_sa_detail_5000.txt': 'show crypto isakmp sa detail',
  'session_detail_5000.txt': 'show crypto session detail',
  'ikev2_sa_detail_5000.txt': 'show crypto ikev2 sa detailed',
};

/** What a `show tech-support` of some 25 MB is put together from. */
const TECH = [
  'ipsec_sa_vti_5000.txt',
  'logging_star_100000.txt',
  'session_detail_5000.txt',
  'isakmp_sa_5000.txt',
];

const [task, ...given] = process.argv.slice(2);
if (task === '--rate') await printRates(...given);
else if (task === '--memory') await printMemory(...given);
else runAll(task, given[0]);

function runAll(folder, other) {
  if (folder === undefined || !existsSync(folder))
    throw new Error('usage: node bench/parse/speed.mjs INPUTS [OTHER-BUILD]');
  const builds = other === undefined ? [OWN] : [OWN, resolve(other)];
  for (const what of [...Object.keys(OUTPUTS), 'show tech']) {
    child('--rate', folder, what, ...builds);
    child('--memory', folder, what, OWN);
  }
}

function child(...args) {
  execFileSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), ...args], {
    stdio: 'inherit',
  });
}

/** MB/s of the first run (nothing compiled yet) and of the best one; time of a quarter, half and the whole of the text. */
async function printRates(folder, what, ...builds) {
  const text = textOf(folder, what);
  const readers = await Promise.all(builds.map((build) => readerOf(build, what)));
  const cold = readers.map((read) => seconds(read, text));
  const [whole, ...others] = bestOf(readers, text);
  const [quarter, half] = [4, 2].map((share) => bestOf(readers.slice(0, 1), head(text, share))[0]);
  const rate = (time) => `${(text.length / 1e6 / time).toFixed(0)} MB/s`;
  const beside = others
    .map((time) => `, ${(time / whole).toFixed(1)} times the other build (${rate(time)})`)
    .join('');
  print(
    `${what.padEnd(30)}${(text.length / 1e6).toFixed(1).padStart(5)} MB: first run ${rate(cold[0])}, best of ${RUNS} ${rate(whole)}${beside}; ` +
      `a half takes ${(half / quarter).toFixed(2)} times a quarter, the whole ${(whole / half).toFixed(2)} times a half`,
  );
}

/** The peak of resident memory above that of the started program, with the text and all facts held, as a multiple of the text. */
async function printMemory(folder, what, build) {
  const read = await readerOf(build, what);
  read('\n');
  globalThis.gc();
  const before = process.memoryUsage().rss;
  const text = textOf(folder, what);
  const facts = read(text);
  const peak = process.resourceUsage().maxRSS * 1024 - before;
  globalThis.gc();
  const kept = process.memoryUsage().rss - before;
  const times = (bytes) => (bytes / text.length).toFixed(1);
  print(
    `${''.padEnd(39)}resident: peak ${times(peak)} times the text, ${times(kept)} times with the facts kept`,
  );
  return facts;
}

async function readerOf(build, what) {
  const load = (file) => import(pathToFileURL(join(build, 'src', file)).href);
  if (what === 'show tech') {
    const { readTranscript } = await load('evidence/transcript.js');
    const { parseRecording } = await load('parsers/parse-recording.js');
    return (text) => readTranscript(text, 'hub').map(parseRecording);
  }
  const parser = (await load('parsers/registry.js')).parserFor(OUTPUTS[what]);
  return (text) => parser.parse(text);
}

/** Processor seconds of the fastest run of each reader, taken in turns. */
function bestOf(readers, text) {
  const best = readers.map(() => Number.POSITIVE_INFINITY);
  for (let run = 0; run < RUNS; run += 1)
    for (const [at, read] of readers.entries()) best[at] = Math.min(best[at], seconds(read, text));
  return best;
}

function seconds(read, text) {
  globalThis.gc();
  const before = process.cpuUsage();
  read(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function textOf(folder, what) {
  const fileText = (file) => readFileSync(join(folder, file), 'utf8');
  if (what !== 'show tech') return fileText(what);
  const sections = TECH.map((file) => {
    const command = OUTPUTS[file] ?? 'show crypto isakmp sa';
    return `------------------ ${command} ------------------\n\n${fileText(file)}\n`;
  });
  return Buffer.from(`\n${sections.join('\n')}`).toString('utf8');
}

/** The first half, third … of a text, to the end of a line. */
function head(text, share) {
  return text.slice(0, text.indexOf('\n', text.length / share) + 1);
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
