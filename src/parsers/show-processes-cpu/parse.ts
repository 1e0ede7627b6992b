import { type LineRule, readerOf, silentRules, startsOf } from '../line-rules.ts';
import { type Line, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { CpuFacts, CpuLoad, CpuProcess } from './facts.ts';

interface CpuScan {
  readonly loads: CpuLoad[];
  readonly processes: CpuProcess[];
}

/** `show processes cpu [sorted]`: how busy the router is, and with what. */
export const showProcessesCpu: Parser<CpuFacts> = {
  command: 'show processes cpu',
  parse(text: string): Parsed<CpuFacts> {
    const state: CpuScan = { loads: [], processes: [] };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    return parsedFrom({ loads: state.loads, processes: state.processes }, scan);
  },
};

const RULES: readonly LineRule<CpuScan>[] = [
  // CPU utilization for five seconds: 5%/1%; one minute: 4%; five minutes: 4%
  loadRule(
    'cpu',
    /^()CPU utilization for five seconds: ?(\d{1,3})%(?: ?\/ ?(\d{1,3})%)?; ?one minute: ?(\d{1,3})%; ?five minutes: ?(\d{1,3})%$/i,
  ),
  // Core 1: CPU utilization for five seconds: 11%; one minute: 16%;  five minutes: 15%
  loadRule(
    'core',
    /^Core (\d{1,3}): ?CPU utilization for five seconds: ?(\d{1,3})%(?: ?\/ ?(\d{1,3})%)?; ?one minute: ?(\d{1,3})%; ?five minutes: ?(\d{1,3})%$/i,
  ),
  {
    // 412     1204388    90211422         13  8.31%  7.90%  7.72%   0 Crypto IKMP   |   5782   2045595  13521147 208  4.52  6.10  5.85  0  iosd
    word: '',
    pattern:
      /^(\d{1,10}) (\d{1,12}) (\d{1,12}) (\d{1,12}) (\d{1,3}\.\d\d)%? (\d{1,3}\.\d\d)%? (\d{1,3}\.\d\d)%? (\d{1,5}) ((?!\d{1,12} \d)\S.{0,60})$/,
    take(state, match, line) {
      state.processes.push(processOf(match, line));
      return true;
    },
  },
  ...silentRules<CpuScan>({
    // PID Runtime(ms)     Invoked      uSecs   5Sec   1Min   5Min TTY Process
    pid: /^PID Runtime ?\(ms\) Invoked uSecs 5Sec 1Min 5Min TTY Process$/i,
  }),
];

const readLine = readerOf(RULES);
const knowsWord = startsOf(RULES);

/** A row begins with four numbers; the second half of a wrapped one does not. */
function starts(body: string): boolean {
  return /^\d{1,10} \d{1,12} \d{1,12} \d/.test(body) || knowsWord(body);
}

function loadRule(word: string, pattern: RegExp): LineRule<CpuScan> {
  return {
    word,
    pattern,
    take(state, [, core, five, interrupts, one, fiveMinutes], line) {
      state.loads.push({
        lines: { first: line.number, last: line.last },
        core: core === undefined || core === '' ? null : Number(core),
        fiveSeconds: Number(five),
        interrupts: interrupts === undefined ? null : Number(interrupts),
        oneMinute: Number(one),
        fiveMinutes: Number(fiveMinutes),
      });
      return true;
    },
  };
}

function processOf(match: RegExpExecArray, line: Line): CpuProcess {
  const [pid = 0, runtimeMs = 0, invoked = 0, each = 0, five = 0, one = 0, fiveMinutes = 0, tty = 0] = match
    .slice(1, 9)
    .map(Number);
  return {
    lines: { first: line.number, last: line.last },
    pid,
    runtimeMs,
    invoked,
    microsecondsEach: each,
    fiveSeconds: five,
    oneMinute: one,
    fiveMinutes,
    tty,
    name: match[9] ?? '',
  };
}
