/**
 * Feeds mutated outputs to every parser of the built program and says what broke:
 *   npm run build && node bench/parse/fuzz.mjs [--count N] [--seed S] [--build dist] [--only n] [--command "show …"]
 * The n-th input of a seed can be made again alone (`--only n`, same samples present). Exit code 1 when anything broke.
 */
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { damaged, pick, randomFrom, seedOf, stretchOf } from './mutations.mjs';
import { samplesOf } from './samples.mjs';
import { changesWhenRepeated, unsound } from './soundness.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    build: { type: 'string', default: 'dist' },
    only: { type: 'string' },
    command: { type: 'string' },
  },
});
const registry = await import(pathToFileURL(resolve(values.build, 'src/parsers/registry.js')).href);
const parsers = registry.PARSERS.filter(
  (parser) => values.command === undefined || parser.command === values.command,
);
const commands = registry.PARSERS.map((parser) => parser.command);
const samples = samplesOf(commands, { corpora: true });
const everyText = [...samples.values()].flat();
const seed = Number(values.seed);
const keysBefore = Object.getOwnPropertyNames(Object.prototype).length;

/** Most faults told in full; a single slip breaks thousands of inputs. */
const MOST_TOLD = 20;

const told = new Map();
let bytes = 0;
let slowest = { ms: 0, n: -1, command: '' };

if (values.only === undefined) run(Number(values.count));
else show(Number(values.only));

function run(count) {
  const start = performance.now();
  let parsing = 0;
  let broken = 0;
  for (let n = 0; n < count; n += 1) {
    const { parser, text } = inputOf(n);
    bytes += text.length;
    const before = performance.now();
    const faults = faultsOf(parser, text, n);
    const ms = performance.now() - before;
    parsing += ms;
    if (ms > slowest.ms) slowest = slower(slowest, parser, text, n);
    if (faults.length > 0) {
      broken += 1;
      tell(n, parser, faults);
    }
    if ((n + 1) % 1_000_000 === 0) say(n + 1, broken, start, parsing);
  }
  say(count, broken, start, parsing);
  const kinds = [...told.values()].reduce((sum, times) => sum + times, 0);
  process.stdout.write(`${told.size} kinds of fault in ${kinds} inputs\n`);
  process.exitCode = broken > 0 ? 1 : 0;
}

/** A long time is measured again: most often it was the machine that had other work. */
function slower(before, parser, text, n) {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && least > before.ms; tries += 1) {
    const start = performance.now();
    faultsOf(parser, text, n);
    least = Math.min(least, performance.now() - start);
  }
  return least > before.ms ? { ms: least, n, command: parser.command } : before;
}

/** The n-th input: a parser by turns, most often a text of its own command, damaged. */
function inputOf(n) {
  const random = randomFrom(seedOf(seed, n));
  const parser = parsers[n % parsers.length];
  const own = samples.get(parser.command);
  const text = own.length > 0 && random() < 0.9 ? pick(random, own) : pick(random, everyText);
  const other = random() < 0.5 && own.length > 0 ? pick(random, own) : pick(random, everyText);
  return { parser, ...damaged(stretchOf(text, random), stretchOf(other, random), random) };
}

function faultsOf(parser, text, n) {
  try {
    const parsed = parser.parse(text);
    const faults = unsound(parsed, text);
    if (n % 64 === 0) {
      JSON.stringify(parsed);
      if (changesWhenRepeated(parser, text)) faults.push('a second parse of the same text differs');
      if (Object.getOwnPropertyNames(Object.prototype).length !== keysBefore)
        faults.push('Object.prototype changed');
    }
    return faults;
  } catch (error) {
    return [`throws ${error instanceof Error ? error.message : String(error)}`];
  }
}

function tell(n, parser, faults) {
  const kind = `${parser.command}: ${faults[0]?.replace(/\d+/g, 'n')}`;
  const times = told.get(kind) ?? 0;
  told.set(kind, times + 1);
  if (times === 0 && told.size <= MOST_TOLD)
    process.stdout.write(`input ${n} (--only ${n}): ${parser.command}: ${faults[0]}\n`);
}

function say(count, broken, start, parsing) {
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(
    `${count} inputs of seed ${seed}, ${parsers.length} parsers, ${(bytes / 1e6).toFixed(0)} MB, ${seconds.toFixed(0)} s ` +
      `(${Math.round(count / seconds)} inputs/s, parsers ${(bytes / parsing / 1000).toFixed(1)} MB/s): ${broken} broken; ` +
      `slowest ${slowest.ms.toFixed(1)} ms (input ${slowest.n}, ${slowest.command}); Node ${process.version}, ${cpus()[0]?.model ?? ''}\n`,
  );
}

function show(n) {
  const { parser, text, names } = inputOf(n);
  process.stdout.write(
    `${parser.command}, ${names.join(', ')}\n${JSON.stringify(text)}\n${faultsOf(parser, text, 0).join('\n')}\n`,
  );
}
