import type { LineRule } from '../line-rules.ts';
import { type Line, numberOf } from '../lines.ts';
import { classAt, indentOf, type PolicyScan, setClass } from './draft.ts';
import type { PolicyMatch } from './facts.ts';

/** Lines of what a class counts and how its queue fares. */
export const CLASS_RULES: readonly LineRule<PolicyScan>[] = [
  {
    // 366 packets, 87840 bytes   |   2482448 packets
    word: '*',
    pattern: /^(\d{1,20}) packets(?:, (\d{1,20}) bytes)?$/i,
    take: takePackets,
  },
  {
    // 5 minute offered rate 15000 bps, drop rate 300 bps
    word: '*',
    pattern: /^\d{1,5} (?:second|minute)s? offered rate (\d{1,15}) bps(?:, drop rate (\d{1,15}) bps)?$/i,
    take: (state, match, line) =>
      setClass(state, line, { offeredBps: numberOf(match[1]), dropBps: numberOf(match[2]) }),
  },
  {
    // Match: access-group name VOICE   |   Match: ip dscp ef (46)
    word: 'match',
    pattern: /^Match ?: ?(\S.{0,300})$/i,
    take(state, match, line) {
      const found = classAt(state, line);
      if (found === null) return false;
      found.matches = [...found.matches, { text: match[1] ?? '', packets: null, bytes: null }];
      state.matchIndent = indentOf(line);
      return true;
    },
  },
  {
    // (46)   (the last word of a match, wrapped)
    word: '*',
    pattern: /^\(\d{1,3}\)$/,
    take: (state, match, line) =>
      changeLastMatch(state, line, (last) => ({ ...last, text: `${last.text} ${match[0]}` })),
  },
  {
    // queue limit 64 packets   |   queue limit 3932 us/ 49152 bytes
    word: 'queue',
    pattern: /^queue limit (\d{1,12} (?:packets|bytes|us ?\/ ?\d{1,12} bytes|ms ?\/ ?\d{1,12} bytes))$/i,
    take: (state, match, line) => setClass(state, line, { queueLimit: match[1] ?? null }),
  },
  {
    // (queue depth/total drops/no-buffer drops) 147/38/0   |   (queue depth/total drops/no-buffer drops/flowdrops) 0/0/0/0
    word: '*',
    pattern:
      /^\(?(?:queue )?depth\/total drops\/no-buffer drops(?:\/flow ?drops)?\) (\d{1,15})\/(\d{1,15})\/(\d{1,15})(?:\/\d{1,15})?$/i,
    take: (state, match, line) =>
      setClass(state, line, {
        queueDepth: numberOf(match[1]),
        queueDrops: numberOf(match[2]),
        noBufferDrops: numberOf(match[3]),
      }),
  },
  {
    // (total drops/bytes drops) 4/320   |   (total drops) 10554
    word: '*',
    pattern: /^\(total drops(?:\/bytes drops)?\) (\d{1,15})(?:\/\d{1,18})?$/i,
    take: (state, match, line) => setClass(state, line, { queueDrops: numberOf(match[1]) }),
  },
  {
    // (pkts output/bytes output) 2348138/1202246656
    word: '*',
    pattern: /^\(pkts output\/bytes output\) (\d{1,18})\/(\d{1,18})$/i,
    take: (state, match, line) =>
      setClass(state, line, { packetsOutput: numberOf(match[1]), bytesOutput: numberOf(match[2]) }),
  },
  {
    // (pkts matched/bytes matched) 363/87120   |   (pkts queued/bytes queued) 0/0
    word: '*',
    pattern: /^\(pkts (?:matched\/bytes matched|queued\/bytes queued)\) (\d{1,18})\/(\d{1,18})$/i,
    take: (state, match, line) =>
      setClass(state, line, { packetsQueued: numberOf(match[1]), bytesQueued: numberOf(match[2]) }),
  },
  {
    // (pkts output) 4910606   |   (bytes output) 2443152000
    word: '*',
    pattern: /^\((pkts|bytes) output\) (\d{1,18})$/i,
    take: (state, match, line) =>
      setClass(state, line, {
        [match[1]?.toLowerCase() === 'pkts' ? 'packetsOutput' : 'bytesOutput']: numberOf(match[2]),
      }),
  },
  {
    // bandwidth 5% (4993 kbps)   |   bandwidth remaining ratio 4   |   Bandwidth 2000 (kbps)Max Threshold 64 (packets)
    word: 'bandwidth',
    pattern:
      /^bandwidth (remaining (?:ratio )?\d{1,9} ?%?|\d{1,12} ?%?(?: \([\w ]{1,20}\)| \(%\)| kbps)?)(?: ?(?:Max Threshold|Burst) \d{1,12} \(\w{1,12}\))?$/i,
    take(state, match, line) {
      // The old layout prints it twice: as a share and in kbps.
      const { record } = state.open;
      const before = record === null || record.bandwidth === null ? '' : `${record.bandwidth}, `;
      if (before.split(', ').length > 2) return false;
      const found = classAt(state, line);
      if (found !== null) found.bandwidth = `${before}${match[1] ?? ''}`;
      return found !== null;
    },
  },
  {
    // Priority: 10% (100000 kbps), burst bytes 2500000, b/w exceed drops: 44577300
    word: 'priority',
    pattern: /^Priority: ?([^,]{1,60})(?:, burst bytes \d{1,12})?, b\/w exceed drops: ?(\d{1,15})$/i,
    take: (state, match, line) =>
      setClass(state, line, { priority: match[1] ?? null, priorityDrops: numberOf(match[2]) }),
  },
  {
    // Priority Level: 1   |   priority level 1
    word: 'priority',
    pattern: /^priority level ?:? ?(\d)$/i,
    take: (state, match, line) => setClass(state, line, { priorityLevel: numberOf(match[1]) }),
  },
  {
    // Strict Priority
    word: 'strict',
    pattern: /^Strict Priority$/i,
    take: (state, match, line) => setClass(state, line, { priority: match[0] }),
  },
  {
    // target shape rate 99872000
    word: 'target',
    pattern: /^target shape rate (\d{1,15})$/i,
    take: (state, match, line) => setClass(state, line, { shapeBps: numberOf(match[1]) }),
  },
  {
    // cs3 0/0 0/0 0/0 24 40 1/10
    word: '*',
    pattern:
      /^([a-z0-9-]{1,12}) (\d{1,18})\/\d{1,18} (\d{1,18})\/\d{1,18} (\d{1,18})\/\d{1,18} \d{1,12} \d{1,12} \d{1,4}\/\d{1,4}$/i,
    take(state, match, line) {
      const found = classAt(state, line);
      if (found === null) return false;
      const [, name = '', packets, random, tail] = match;
      const row = { name, packets: Number(packets), randomDrops: Number(random), tailDrops: Number(tail) };
      found.randomDrops = [...found.randomDrops, row];
      return true;
    },
  },
];

/** Packets of the class; further to the right below a match, of that match alone. */
function takePackets(state: PolicyScan, match: RegExpExecArray, line: Line): boolean {
  const [packets, bytes] = [numberOf(match[1]), numberOf(match[2])];
  const last = state.open.record?.matches.at(-1);
  if (last === undefined) return setClass(state, line, { packets, bytes });
  if (last.packets !== null || indentOf(line) <= state.matchIndent) return false;
  return changeLastMatch(state, line, (old) => ({ ...old, packets, bytes }));
}

function changeLastMatch(state: PolicyScan, line: Line, change: (last: PolicyMatch) => PolicyMatch): boolean {
  const last = state.open.record?.matches.at(-1);
  const found = last === undefined ? null : classAt(state, line);
  if (last === undefined || found === null) return false;
  found.matches = [...found.matches.slice(0, -1), change(last)];
  return true;
}
