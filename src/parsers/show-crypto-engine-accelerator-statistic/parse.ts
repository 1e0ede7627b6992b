import { readerOf, startsOf } from '../line-rules.ts';
import { parsedFrom, scanLines } from '../lines.ts';
import { isLoose } from '../loose.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { COUNTER_RULES } from './counter-lines.ts';
import { DEVICE_RULES } from './device-lines.ts';
import type { AcceleratorScan } from './draft.ts';
import type { AcceleratorFacts } from './facts.ts';

/** `show crypto engine accelerator statistic`: packets, bytes and errors of crypto hardware. */
export const showCryptoEngineAcceleratorStatistic: Parser<AcceleratorFacts> = {
  command: 'show crypto engine accelerator statistic',
  parse(text: string): Parsed<AcceleratorFacts> {
    const state: AcceleratorScan = { accelerators: [], section: null, closed: false };
    const scan = scanLines(text, (line) => !isLoose(line) && readLine(state, line), starts);
    const last = state.accelerators.at(-1);
    return parsedFrom(
      { accelerators: state.accelerators },
      scan,
      last !== undefined && last.counters.length === 0,
    );
  },
};

const RULES = [...DEVICE_RULES, ...COUNTER_RULES];
const readLine = readerOf(RULES);
const starts = startsOf(RULES);
