import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import {
  addressAsPrinted,
  type Draft,
  type Line,
  looksLikeAddress,
  parsedFrom,
  scanLines,
} from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { beginRecord, noRecord, type OpenRecord, setFields } from '../record-fields.ts';
import { readPrintedDate } from '../show-clock/printed-date.ts';
import type { NtpStatus, NtpStatusFacts } from './facts.ts';

interface NtpScan {
  status: Draft<NtpStatus> | null;
  readonly open: OpenRecord<NtpStatus>;
}

/** `show ntp status` in the layouts of NTPv3 (12.x) and NTPv4. */
export const showNtpStatus: Parser<NtpStatusFacts> = {
  command: 'show ntp status',
  parse(text: string): Parsed<NtpStatusFacts> {
    const state: NtpScan = { status: null, open: noRecord() };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    return parsedFrom(
      { status: state.status },
      scan,
      state.status?.enabled && state.status.synchronized === null,
    );
  },
};

const RULES: readonly LineRule<NtpScan>[] = [
  {
    // Clock is synchronized, stratum 3, reference is 192.0.2.50   |   Clock is unsynchronized, stratum 16, no reference clock
    word: 'clock',
    pattern:
      /^Clock is (un)?synchroni[sz]ed(?: \([^()]{1,60}\))?, stratum (\d{1,2}), (?:reference is (\S{1,60})|no reference clock)(?: .{1,40})?$/i,
    take: (state, match, line) =>
      set(state, line, {
        synchronized: match[1] === undefined,
        stratum: Number(match[2]),
        reference: match[3] === undefined ? null : serverOf(match[3]),
      }),
  },
  {
    // nominal freq is 250.0000 Hz, actual freq is 249.9995 Hz, precision is 2**19
    word: 'nominal',
    pattern: /^nominal freq is [\d.]{1,16} Hz, actual freq is [\d.]{1,16} Hz, precision is 2\*\*-?\d{1,3}$/i,
    take: (state, _match, line) => set(state, line, {}),
  },
  {
    // ntp uptime is 1921500 (1/100 of seconds), resolution is 4000
    word: 'ntp',
    pattern: /^ntp uptime is (\d{1,15}) \(1\/100 of seconds\), resolution is \d{1,12}$/i,
    take: (state, match, line) => set(state, line, { uptimeHundredths: Number(match[1]) }),
  },
  {
    // reference time is DF9FFBA0.8B020DC8 (15:43:28.543 UTC Wed Nov 21 2018)
    word: 'reference',
    pattern: /^reference time is [0-9A-F]{1,20}\.[0-9A-F]{1,20} \(([^()]{10,60})\)$/i,
    take(state, match, line) {
      const time = readPrintedDate(match[1] ?? '');
      return time !== null && set(state, line, { referenceTime: time });
    },
  },
  {
    // clock offset is -0.5000 msec, root delay is 1.00 msec
    word: 'clock',
    pattern: /^clock offset is (-? ?[\d.]{1,20}) msec, root delay is (-? ?[\d.]{1,20}) msec\.?$/i,
    take: (state, match, line) =>
      set(state, line, { offsetMs: signed(match[1]), rootDelayMs: signed(match[2]) }),
  },
  {
    // root dispersion is 24.15 msec, peer dispersion is 2.02 msec
    word: 'root',
    pattern: /^root dispersion is ([\d.]{1,20}) msec, peer dispersion is ([\d.]{1,20}) msec\.?$/i,
    take: (state, match, line) =>
      set(state, line, { rootDispersionMs: signed(match[1]), peerDispersionMs: signed(match[2]) }),
  },
  {
    // loopfilter state is 'CTRL' (Normal Controlled Loop), drift is 0.000000058 s/s
    word: 'loopfilter',
    pattern: /^loopfilter state is '(\w{1,12})' \([^()]{1,60}\), drift is (-? ?[\d.]{1,20}) s\/s$/i,
    take: (state, match, line) =>
      set(state, line, { loopFilter: match[1] ?? null, driftSecPerSec: signed(match[2]) }),
  },
  {
    // system poll interval is 64, last update was 169 sec ago.   |   system poll interval is 64, never updated.
    word: 'system',
    pattern:
      /^system poll interval is (\d{1,8}), (?:last update was (\d{1,10}) sec ago|(never updated))\.?$/i,
    take: (state, match, line) =>
      set(state, line, {
        pollSec: Number(match[1]),
        lastUpdateSec: match[2] === undefined ? null : Number(match[2]),
        neverUpdated: match[3] !== undefined,
      }),
  },
  {
    // %NTP is not enabled.
    word: '*',
    pattern: /^% ?NTP is (?:not enabled|disabled)\.?$/i,
    take(state, _match, line) {
      if (state.status !== null) return false;
      begin(state, line).enabled = false;
      return true;
    },
  },
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

/** The first line that is read begins the status, whichever of them it is. */
function set(state: NtpScan, line: Line, values: Partial<Draft<NtpStatus>>): boolean {
  if (state.status === null) begin(state, line);
  return setFields(state.open, line, values);
}

function begin(state: NtpScan, line: Line): Draft<NtpStatus> {
  const status: Draft<NtpStatus> = {
    lines: { first: line.number, last: line.last },
    enabled: true,
    synchronized: null,
    stratum: null,
    reference: null,
    referenceTime: null,
    uptimeHundredths: null,
    offsetMs: null,
    rootDelayMs: null,
    rootDispersionMs: null,
    peerDispersionMs: null,
    loopFilter: null,
    driftSecPerSec: null,
    pollSec: null,
    lastUpdateSec: null,
    neverUpdated: null,
  };
  state.status = status;
  beginRecord(state.open, status, line);
  return status;
}

function serverOf(text: string): string {
  return looksLikeAddress(text) ? addressAsPrinted(text) : text;
}

/** `- 0.000001193`: some releases print a blank behind the sign. */
function signed(text: string | undefined): number | null {
  const value = Number((text ?? '').replaceAll(' ', ''));
  return Number.isFinite(value) ? value : null;
}
