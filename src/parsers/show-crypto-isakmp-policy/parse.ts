import { type LineRule, readerOf, silentRules } from '../line-rules.ts';
import { type Draft, type Line, numberOf, parsedFrom, scanLines } from '../lines.ts';
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
    const scan = scanLines(text, (line) => readLine(state, line));
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
  fieldRule('encryption', /^encryption algorithm: ?(\S.{0,120})$/i, (policy, text) => {
    // AES - Advanced Encryption Standard (256 bit keys).
    policy.encryption = encryptionWord(text);
    policy.keyBits = numberOf(/\((\d{1,4}) ?bit/i.exec(text)?.[1]);
  }),
  fieldRule('hash', /^hash algorithm: ?(\S.{0,80})$/i, (policy, text) => {
    policy.hash = hashWord(text);
  }),
  fieldRule('authentication', /^authentication method: ?(\S.{0,80})$/i, (policy, text) => {
    policy.authentication = authenticationWord(text);
  }),
  fieldRule('diffie', /^Diffie-Hellman group: ?#?(\d{1,3}) ?(?:\([^()]{1,60}\))?$/i, (policy, text) => {
    policy.dhGroup = numberOf(text);
  }),
  fieldRule('lifetime', /^lifetime: ?(\d{1,12}) seconds?(?:, ?.{1,60})?$/i, (policy, text) => {
    policy.lifetimeSec = numberOf(text);
  }),
  ...silentRules<PolicyScan>({
    // No ISAKMP policies configured
    no: /^No (?:ISAKMP|IKE) polic(?:y|ies)\b.{0,60}$/i,
  }),
];

const readLine = readerOf(RULES);

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

function fieldRule(word: string, pattern: RegExp, set: (policy: Draft<IsakmpPolicy>, text: string) => void) {
  return {
    word,
    pattern,
    take(state: PolicyScan, match: RegExpExecArray, line: Line): boolean {
      const policy = state.policies.at(-1);
      if (policy === undefined || hasOpenBracket(match[0])) return false;
      set(policy, match[1] ?? '');
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
