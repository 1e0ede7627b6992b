import { whyUnsafe } from './advice-safety.ts';
import type { PlaybookReading } from './parse-leaf.ts';
import { entryOf, PLACEHOLDERS, sampleOf } from './placeholders.ts';
import type { Question } from './playbook.ts';
import { readMap, readText, readTexts, readWord, type YamlNode } from './yaml-reading.ts';

/** A further show command. One to run here must be an allowed command once its placeholders are filled in. */
export function parseQuestion(reading: PlaybookReading, from: YamlNode): Question | null {
  const keys = readMap(reading, from, { required: ['run', 'tells-apart', 'why'], optional: ['at'] });
  const [runNode, idsNode, whyNode] = [keys?.get('run'), keys?.get('tells-apart'), keys?.get('why')];
  if (keys == null || runNode === undefined || idsNode === undefined || whyNode === undefined) return null;
  const atNode = keys.get('at');
  const at = atNode === undefined ? 'here' : readWord(reading, atNode, ['here', 'far-end']);
  const run = at === null ? null : readRun(reading, runNode, at);
  const tellsApart = readTexts(reading, idsNode);
  const why = readText(reading, whyNode);
  if (at === null || run === null || tellsApart === null || why === null) return null;
  return { run, at, tellsApart, why };
}

function readRun(reading: PlaybookReading, from: YamlNode, at: Question['at']): string | null {
  const run = readText(reading, from);
  if (run === null) return null;
  // `show ip route <peer>`
  const filled = sampleOf(run);
  if (filled.includes('<')) {
    return reading.refuse(from, `only ${PLACEHOLDERS.join(', ')} are filled in, not all of: ${run}`);
  }
  if (at === 'here') {
    return entryOf(run) === null
      ? reading.refuse(from, `not in the list of allowed show commands: ${run}`)
      : run;
  }
  if (!/^show [^|]+$/.test(filled))
    return reading.refuse(from, 'a question is one show command without a pipe');
  const unsafe = whyUnsafe(run, 0);
  return unsafe === null ? run : reading.refuse(from, unsafe);
}
