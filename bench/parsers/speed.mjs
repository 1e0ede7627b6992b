/**
 * How fast the parsers of the main commands read: `npm run build && node bench/parsers/speed.mjs [repeats]`.
 * Inputs are lab outputs repeated; the figure that matters is the ratio of the last two columns (linear time: about 2).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parserFor } from '../../dist/src/parsers/registry.js';

const scenarios = fileURLToPath(new URL('../../mocks/scenarios/', import.meta.url));
const repeats = Number(process.argv[2] ?? 200);
const commands = [
  'show crypto isakmp sa',
  'show crypto ipsec sa',
  'show crypto session detail',
  'show logging',
];

for (const command of commands) {
  const parser = parserFor(command);
  const text = samples(`${command.replaceAll(' ', '-')}.txt`);
  const [once, twice] = [repeats, 2 * repeats].map((times) => best(parser, text.repeat(times)));
  const megabytes = (text.length * repeats) / 1e6;
  process.stdout.write(
    `${command.padEnd(28)} ${megabytes.toFixed(1).padStart(6)} MB  ${(megabytes / once).toFixed(1).padStart(6)} MB/s  ` +
      `twice the text takes ${(twice / once).toFixed(2)} times as long\n`,
  );
}

/** Seconds of the fastest of three runs. */
function best(parser, text) {
  const runs = [1, 2, 3].map(() => {
    const start = performance.now();
    parser.parse(text);
    return (performance.now() - start) / 1000;
  });
  return Math.min(...runs);
}

/** That command's output of every lab router, one after the other. */
function samples(file) {
  const routers = readdirSync(scenarios, { recursive: true, withFileTypes: true });
  const files = routers.filter((entry) => entry.isFile() && entry.name === file);
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
}
