import type { LineRule } from '../line-rules.ts';
import { at, type EliScan, presentEngine } from './draft.ts';

/** Lines about the router as a whole, and lines about SSL, of which nothing is kept. */
export const REST_RULES: readonly LineRule<EliScan>[] = [
  {
    // Hardware Encryption : ACTIVE   |   Hardware Encryption Layer : INACTIVE   (12.x)
    word: 'hardware',
    pattern: /^Hardware Encryption(?: Layer)? ?: ?(\w{1,20})$/i,
    take(state, match, line) {
      if (state.hardware !== null) return false;
      state.hardware = { lines: at(line), state: match[1] ?? '' };
      return true;
    },
  },
  {
    // Number of hardware crypto engines = 1   |   Number of crypto engines = 3 .
    word: 'number',
    pattern: /^Number of (?:hardware )?crypto engines ?= ?(\d{1,4}) ?\.?$/i,
    take(state, match, line) {
      if (state.engineCount !== null) return false;
      state.engineCount = { lines: at(line), count: Number(match[1]) };
      return true;
    },
  },
  {
    // DH in use/freeing/free - 1/0/16049
    word: 'dh',
    pattern: /^DH in use\/freeing\/free ?- ?(\d{1,10})\/(\d{1,10})\/(\d{1,10})$/i,
    take(state, match, line) {
      const [inUse, freeing, free] = [Number(match[1]), Number(match[2]), Number(match[3])];
      state.dhInUse.push({ lines: at(line), engine: state.software, inUse, freeing, free });
      state.software = null;
      return true;
    },
  },
  silent('number', /^Number of DH's pregenerated ?= ?\d{1,6}$/i),
  silent('dh', /^DH lifetime ?= ?\d{1,10} seconds$/i),
  // DH calculations: P1 722, SS 319288
  silent('dh', /^DH calculations: ?P1 \d{1,15}, ?SS \d{1,15}$/i),
  {
    // crypto engine 1:Software Crypto Engine
    word: 'crypto',
    pattern: /^crypto engine \d{1,4}: ?(\S.{0,60})$/i,
    take(state, match) {
      state.software = match[1] ?? null;
      state.list = null;
      return true;
    },
  },
  silent('ssl', /^SSL (?:support|namespace) ?: ?\w{1,12}$/i),
  // SSL versions : SSLv3.0, TLSv1.0, DTLSv1.0, DTLS-pre-rfc,
  silent(
    'ssl',
    /^SSL versions ?: ?D?(?:TLS|SSL)[\w.-]{1,12}(?:, ?D?(?:TLS|SSL)[\w.-]{1,12}){0,7},?$/i,
    'versions',
  ),
  // TLSv1.1, TLSv1.2   (the list goes on)
  listed('versions', /^D?(?:TLS|SSL)[\w.-]{1,12}(?:, ?D?(?:TLS|SSL)[\w.-]{1,12}){0,7},?$/i),
  silent('max', /^Max SSL connec ?: ?\d{1,10}$/i),
  // TLSv1.0 suites:   |   DTLSv1.0 suite:
  silent('tlsv', /^TLSv[\d.]{1,5} suites? ?:$/i, 'suites'),
  silent('dtlsv', /^DTLSv[\d.]{1,5} suites? ?:$/i, 'suites'),
  silent('sslv', /^SSLv[\d.]{1,5} suites? ?:$/i, 'suites'),
  // TLS_RSA_WITH_AES_128_CBC_SHA
  listed('suites', /^(?:TLS|SSL)_[A-Z0-9_]{1,60}$/),
];

function silent(word: string, pattern: RegExp, list: EliScan['list'] = null): LineRule<EliScan> {
  return {
    word,
    pattern,
    take(state) {
      state.list = list;
      return true;
    },
  };
}

function listed(list: EliScan['list'], pattern: RegExp): LineRule<EliScan> {
  return {
    word: '*',
    pattern,
    take: (state, _match, line) => state.list === list && presentEngine(state, line) !== null,
  };
}
