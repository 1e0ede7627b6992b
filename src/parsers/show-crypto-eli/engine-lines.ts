import type { LineRule } from '../line-rules.ts';
import { type Line, numberOf } from '../lines.ts';
import { at, type EliScan, presentEngine } from './draft.ts';

/** Headings of engines, what they can do, and their sessions. */
export const ENGINE_RULES: readonly LineRule<EliScan>[] = [
  // CryptoEngine Software Crypto Engine details: state = Active
  engineRule(/^CryptoEngine (\S.{0,80}?) details: ?state ?= ?(\w{1,20})$/i),
  // CryptoEngine-0 (slot-5) details.   (12.x)
  engineRule(/^CryptoEngine-(\d{1,4} \(slot-\d{1,4}\)) details\.?$/i),
  {
    // Capability : DES, 3DES, AES, GCM, Manual IPsec key   |   Capability-IPSec :IPPCP, 3DES, AES, RSA
    word: 'capability',
    pattern: /^Capability(?:-\w{1,12})? ?:( ?\w[\w /.-]{0,40}(?:, ?\w[\w /.-]{0,40}){0,60},?)?$/i,
    take(state, match, line) {
      if ((state.engines.at(-1)?.capabilities.length ?? 0) > 0) state.closed = true;
      const engine = presentEngine(state, line);
      if (engine === null) return false;
      engine.capabilities.push(...capabilitiesIn(match[1]));
      state.list = match[0].endsWith(',') ? 'capabilities' : null;
      return true;
    },
  },
  {
    // OSPFv3 manual keying, RSA, P-256   (the list goes on after a comma)
    word: '*',
    pattern: /^\w[\w /.-]{0,40}(?:, ?\w[\w /.-]{0,40}){0,60},?$/,
    take(state, match, line) {
      if (state.list !== 'capabilities' || state.engines.at(-1)?.lines.last !== line.number - 1) return false;
      presentEngine(state, line)?.capabilities.push(...capabilitiesIn(match[0]));
      state.list = match[0].endsWith(',') ? 'capabilities' : null;
      return true;
    },
  },
  // IPSec-Session : 6004 active, 40958 max, 0 failed, 414018 created
  sessionRule('ipsec'),
  sessionRule('ike'),
  sessionRule('ikev'),
  sessionRule('dh'),
  sessionRule('ssl'),
];

function engineRule(pattern: RegExp): LineRule<EliScan> {
  return {
    word: 'cryptoengine',
    pattern,
    take(state, match, line) {
      state.engines.push({
        lines: at(line),
        name: match[1] ?? '',
        state: match[2] ?? null,
        capabilities: [],
        sessions: [],
      });
      state.closed = false;
      state.list = null;
      return true;
    },
  };
}

// IKEv2-Session : 3002 active, 41058 max, 0 failed, 319288 created   |   DH : 3 active(3/0), 50 max, 0 failed, 3 created
function sessionRule(word: string): LineRule<EliScan> {
  return {
    word,
    pattern:
      /^([A-Z][\w-]{1,30}) ?: ?(\d{1,12}) active(?: ?\(\d{1,12}\/\d{1,12}\))?, ?(\d{1,12}) max, ?(\d{1,12}) failed(?:, ?(\d{1,15}) created)?\.?$/i,
    take(state, match, line: Line) {
      // Each kind stands once below an engine.
      const kind = match[1] ?? '';
      if (state.engines.at(-1)?.sessions.some((each) => each.kind === kind)) state.closed = true;
      const engine = presentEngine(state, line);
      if (engine === null) return false;
      state.list = null;
      engine.sessions.push({
        lines: at(line),
        kind,
        active: Number(match[2]),
        max: Number(match[3]),
        failed: Number(match[4]),
        created: numberOf(match[5]),
      });
      return true;
    },
  };
}

function capabilitiesIn(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
