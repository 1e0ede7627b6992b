import { type LineRule, readerOf, silentRules, startsOf } from '../line-rules.ts';
import { type Draft, fillBlank, type Line, numberOf, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { IsakmpPolicy, IsakmpPolicyFacts } from './facts.ts';
import { authenticationWord, encryptionWord, hashWord } from './words.ts';

/** Priority IOS gives the one default suite of old releases, which prints none. */
const OLD_DEFAULT_PRIORITY = 65_535;

interface PolicyScan {
  /** True below the `Default IKE policy` heading. */
  defaults: boolean;
  readonly policies: Draft<IsakmpPolicy>[];
}

/** `show crypto isakmp policy`: the suites this router offers and accepts, default suites included. */
export const showCryptoIsakmpPolicy: Parser<IsakmpPolicyFacts> = {
  command: 'show crypto isakmp policy',
  parse(text: string): Parsed<IsakmpPolicyFacts> {
    const state: PolicyScan = { defaults: false, policies: [] };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    const last = state.policies.at(-1);
    return parsedFrom({ policies: state.policies }, scan, last !== undefined && last.lifetimeSec === null);
  },
};

const RULES: readonly LineRule<PolicyScan>[] = [
  {
    // Global IKE policy   |   Default IKE policy   |   EAP Default IKE policy
    word: '*',
    pattern: /^(?:EAP )?(Global|Default) IKE policy:?$/i,
    take(state, match) {
      state.defaults = match[1]?.toLowerCase() === 'default';
      return true;
    },
  },
  // Protection suite of priority 10
  suiteRule('protection', /^Protection suite of priority (\d{1,6})$/i),
  // Default protection suite   |   Default protection suite of priority 65507
  suiteRule('default', /^Default protection suite(?: of priority (\d{1,6}))?$/i),
  // AES - Advanced Encryption Standard (256 bit keys).
  fieldRule('encryption', /^encryption algorithm: ?(\S.{0,120})$/i, (text) => ({
    encryption: encryptionWord(text),
    keyBits: numberOf(/\((\d{1,4}) ?bit/i.exec(text)?.[1]),
  })),
  fieldRule('hash', /^hash algorithm: ?(\S.{0,80})$/i, (text) => ({ hash: hashWord(text) })),
  fieldRule('authentication', /^authentication method: ?(\S.{0,80})$/i, (text) => ({
    authentication: authenticationWord(text),
  })),
  // Diffie-Hellman group: #14 (2048 bit)
  fieldRule('diffie', /^Diffie-Hellman group: ?#?(\d{1,3}) ?(?:\([^()]{1,60}\))?$/i, (text) => ({
    dhGroup: numberOf(text),
  })),
  // lifetime: 86400 seconds, no volume limit
  fieldRule('lifetime', /^lifetime: ?(\d{1,12}) seconds?(?:, ?.{1,60})?$/i, (text) => ({
    lifetimeSec: numberOf(text),
  })),
  ...silentRules<PolicyScan>({
    // No ISAKMP policies configured
    no: /^No (?:ISAKMP|IKE) polic(?:y|ies)\b.{0,60}$/i,
  }),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

function suiteRule(word: string, pattern: RegExp): LineRule<PolicyScan> {
  return {
    word,
    pattern,
    take(state, match, line) {
      const isDefault = word === 'default' || state.defaults;
      state.policies.push(blankPolicy(numberOf(match[1]) ?? OLD_DEFAULT_PRIORITY, isDefault, line));
      return true;
    },
  };
}

function fieldRule(word: string, pattern: RegExp, fieldsOf: (text: string) => Partial<IsakmpPolicy>) {
  return {
    word,
    pattern,
    take(state: PolicyScan, match: RegExpExecArray, line: Line): boolean {
      const policy = state.policies.at(-1);
      if (policy === undefined || hasOpenBracket(match[0])) return false;
      if (!fillBlank(policy, fieldsOf(match[1] ?? ''))) return false;
      policy.lines = { first: policy.lines.first, last: line.last };
      return true;
    },
  };
}

/** `(128 bit` without its end was wrapped: the line makes sense only together with the next one. */
function hasOpenBracket(text: string): boolean {
  return text.lastIndexOf('(') > text.lastIndexOf(')');
}

function blankPolicy(priority: number, isDefault: boolean, line: Line): Draft<IsakmpPolicy> {
  return {
    lines: { first: line.number, last: line.last },
    priority,
    isDefault,
    encryption: null,
    keyBits: null,
    hash: null,
    authentication: null,
    dhGroup: null,
    lifetimeSec: null,
  };
}
