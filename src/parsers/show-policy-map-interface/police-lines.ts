import type { LineRule } from '../line-rules.ts';
import { isJoined, type Line, numberOf } from '../lines.ts';
import { classAt, type PolicyScan } from './draft.ts';
import type { Police } from './facts.ts';

/** Lines of a policer, and lines of a class that are known and say nothing. */
export const POLICE_RULES: readonly LineRule<PolicyScan>[] = [
  {
    // cir 8000 bps, bc 1500 bytes, be 1500 bytes   |   rate 500000000 bps, burst 10240 bytes
    word: '*',
    pattern:
      /^(?:cir|rate) (\d{1,15}) bps, (?:bc|burst) (\d{1,15} (?:bytes|packets))(?:, (?:be|peak-burst) \d{1,15} bytes)?$/i,
    take(state, match, line) {
      if (state.open.record?.police?.rateBps != null) return false;
      return setPolice(state, line, { rateBps: numberOf(match[1]), burst: match[2] ?? null });
    },
  },
  {
    // conformed 28 packets, 2240 bytes; actions:   |   exceeded 1858168500 bytes; actions:
    word: '*',
    pattern:
      /^(conformed|exceeded|violated) (?:(\d{1,18}) packets, )?(\d{1,18}) bytes; actions?: ?(\S.{0,60})?$/i,
    take(state, match, line) {
      const outcome = outcomeOf(match[1]);
      if (state.open.record?.police?.[outcome] != null) return false;
      const actions = match[4] === undefined ? [] : [match[4]];
      const value = { packets: numberOf(match[2]), bytes: Number(match[3]), bps: null, actions };
      if (!setPolice(state, line, { [outcome]: value })) return false;
      state.outcome = outcome;
      return true;
    },
  },
  {
    // transmit   |   drop   |   set-dscp-transmit ef
    word: '*',
    pattern: /^(?:transmit|drop|set-[a-z-]{2,40} ?[\w-]{0,20})$/i,
    take(state, match, line) {
      const { outcome } = state;
      const old = outcome === null ? null : state.open.record?.police?.[outcome];
      if (outcome === null || old == null || isJoined(line)) return false;
      return setPolice(state, line, { [outcome]: { ...old, actions: [...old.actions, match[0]] } });
    },
  },
  {
    // conformed 46055000 bps, exceeded 45873000 bps, violated 0 bps
    word: '*',
    pattern:
      /^conform(?:ed)? (\d{1,15}) bps, exceed(?:ed)? (\d{1,15}) bps(?:, violate(?:d)? (\d{1,15}) bps)?$/i,
    take(state, match, line) {
      state.outcome = null;
      const police = state.open.record?.police ?? null;
      if (police === null) return classAt(state, line) !== null;
      const rated = (['conformed', 'exceeded', 'violated'] as const).map((name, i) => {
        const old = police[name];
        return [name, old && { ...old, bps: old.bps ?? numberOf(match[i + 1]) }] as const;
      });
      return setPolice(state, line, Object.fromEntries(rated));
    },
  },
  ...Object.entries({
    // 5 minute rate 0 bps
    '*': /^\d{1,5} (?:second|minute)s? rate \d{1,15} bps$/i,
    // police:
    police: /^police ?:$/i,
    // Queueing
    queueing: /^Queueing$/i,
    // QoS Set
    qos: /^(?:QoS Set|qos-group \w{1,20})$/i,
    // dscp ef   |   dscp Transmitted Random drop Tail drop Minimum Maximum Mark
    dscp: /^dscp (?:[\w ]{1,40}|Transmitted[\w /]{1,120})$/i,
    // class Transmitted Random drop Tail drop Minimum Maximum Mark
    class: /^class Transmitted[\w /]{1,120}$/i,
    // pkts/bytes pkts/bytes pkts/bytes thresh thresh prob
    pkts: /^pkts\/bytes[\w /]{0,120}$/i,
    // drop Minimum Maximum Mark   (the rest of a wrapped header)
    drop: /^drop Minimum Maximum Mark$/i,
    // Minimum Maximum Mark   |   minimum
    minimum: /^Minimum Maximum Mark$/i,
    // thresh thresh prob
    thresh: /^thresh thresh prob$/i,
    // cos 5
    cos: /^cos \d$/i,
    // ip precedence 5
    ip: /^ip (?:precedence|dscp) \w{1,12}$/i,
    // precedence 5
    precedence: /^precedence (?:\w{1,12}|Transmitted[\w /]{1,120})$/i,
    // Packets marked 0
    packets: /^Packets marked \d{1,18}$/i,
    // Exp-weight-constant: 9 (1/512)
    exp: /^Exp-weight-constant ?: ?\d{1,3} \(1\/\d{1,6}\)$/i,
    // exponential weight: 9
    exponential: /^exponential weight ?: ?\d{1,3}$/i,
    // Mean queue depth: 0 packets
    mean: /^Mean queue depth ?: ?\d{1,15}(?: \w{1,12})?$/i,
    // Fair-queue: per-flow queue limit 16 packets
    fair: /^Fair-queue ?: ?per-flow queue limit \d{1,9}(?: packets)?$/i,
    // shape (average) cir 99872000, bc 399488, be 399488
    shape: /^shape \((?:average|peak)\) cir \d{1,15}, bc \d{1,15}, be \d{1,15}$/i,
    // Output Queue: Conversation 266
    output: /^Output Queue ?: ?Conversation \d{1,6}$/i,
  }).map(([word, pattern]) => ({ word, pattern, take: keep })),
];

function keep(state: PolicyScan, _match: RegExpExecArray, line: Line): boolean {
  return classAt(state, line) !== null;
}

function outcomeOf(word: string | undefined): 'conformed' | 'exceeded' | 'violated' {
  const text = word?.toLowerCase();
  return text === 'conformed' || text === 'exceeded' ? text : 'violated';
}

function setPolice(state: PolicyScan, line: Line, values: Partial<Police>): boolean {
  const found = classAt(state, line);
  if (found === null) return false;
  const blank = { rateBps: null, burst: null, conformed: null, exceeded: null, violated: null };
  found.police = { ...blank, ...found.police, ...values };
  return true;
}
