/** Replaces what is a secret wherever it stands in a line: hashes, addresses with a password, sentences that tell one. */
export function replaceAnywhere(
  line: string,
  mark: string,
): { readonly text: string; readonly count: number } {
  let count = 0;
  let text = line;
  for (const phrase of PHRASES) {
    if (phrase.only !== undefined && !phrase.only.test(text)) continue;
    text = text.replace(phrase.pattern, (whole: string, before: string, secret: string, after?: unknown) => {
      if (isNoSecret(secret, mark)) return whole;
      count++;
      return `${before}${mark}${typeof after === 'string' ? after : ''}`;
    });
  }
  return { text, count };
}

interface Phrase {
  /** A line of this form; the test reads every one of them. */
  readonly sample: string;
  /** Three groups: before the secret, the secret, behind it. */
  readonly pattern: RegExp;
  /** Looked for first, when the pattern alone would say too much. */
  readonly only?: RegExp;
}

export const PHRASES: readonly Phrase[] = [
  {
    sample: 'the note said crypto isakmp key Canary address 192.0.2.7',
    pattern: /(\bcrypto isakmp key {1,4}(?:[06] {1,4})?)(\S{1,256})( {1,4}(?:address|hostname)\b)/gi,
  },
  {
    sample: 'snmp-server user ops OPS v3 encrypted auth sha Canary1 priv aes 256 Canary2 access 10',
    only: /^.{0,400}snmp-s[a-z]* user /i,
    pattern: /(\b(?:auth (?:md5|sha(?:-2 \d{3})?)|priv (?:3?des|aes(?: \d{3})?)) )(\S{1,256})()/gi,
  },
  {
    sample: 'copy scp://backup:Canary@192.0.2.3/cfg running-config',
    pattern: /(\b[a-z][a-z0-9+.-]{0,15}:\/\/[^\s:@/]{0,64}:)([^\s@]{1,256})(@)/gi,
  },
  {
    sample: 'it is $9$2MJBozw/9R3UsU$Canary0123456789 there',
    pattern: /()(\$(?:1|5|6|8|9|14)\$[./A-Za-z0-9]{1,64}\$[./A-Za-z0-9]{4,128})()/g,
  },
  {
    sample: 'banner says password 7 0822455D0A16Canary at its end',
    pattern: /(\b(?:password|secret|passphrase) [05-9] )(\S{1,256})()/gi,
  },
  {
    sample: 'the old key 7 0822455D0A16 stays',
    pattern: /(\b(?:key|key-string) [67] )([0-9A-F]{4,256}|[A-Za-z\]^_`[]{20,256})()(?!\S)/g,
  },
  {
    sample: 'Password is Canary-1, do not tell',
    pattern:
      /(\b(?:password|passwd|passphrase|passcode|pass(?==)|pwd|pw|psk|pre-?shared[ -]key|shared[ -]secret|secret|enable-secret) {0,4}(?:=|:| is (?!not|no|in|too|a|an|the|being|now|required|missing|set|wrong|expired|empty|needed|invalid|incorrect|correct|found|already|disabled|enabled|the\b)\b) {0,4}"?)([^\s",;]{1,256})()/gi,
  },
  {
    sample: 'description to HQ, psk Canary1',
    only: /^[\s>+-]{0,12}(?:(?:description|desc:?|remark|access-list \S{1,64} remark|banner|name|location|snmp-server (?:contact|location)) |! ?)/i,
    pattern:
      /(\b(?:password|passwd|passphrase|pwd|pw|psk|pre-?shared[ -]key|secret|community|key) {1,4})((?=[^\s\d]{0,64}\d)[^\s",;]{4,128})()/gi,
  },
  {
    sample: 'Cisco AVpair [1] 30 "ipsec:ikev2-password-remote=Canary"',
    pattern: /(\b(?:ikev2-password-(?:local|remote)|tunnel-password|wpa-psk)=)([^\s"]{1,256})()/gi,
  },
  {
    sample: '  Authentication Extension(7): type:Cleartext(1), data:Canary',
    pattern: /(type:Cleartext\(1\), {0,2}data:)(\S{1,256})()/gi,
  },
  {
    sample: '  Authentication MD5, key-string "Canary"',
    pattern: /(\b(?:key-string|Authentication text, string|authentication) ")([^"]{1,256})(")/gi,
  },
  { sample: '    key 1 -- text "Canary"', pattern: /(\bkey \d{1,10} -- text ")([^"]{0,256})(")/gi },
  {
    sample: 'Community name: Canary',
    pattern: /(\bCommunity (?:name|Index|SecurityName): {1,8})(\S{1,256})()/gi,
  },
];

// words that stand in the place of a secret and tell none: Save Password: Disallowed
const NO_SECRET =
  /^(?:allowed|disallowed|enabled|disabled|none|yes|no|null|required|true|false|set|unset|configured|missing|n\/a|-+|\*+|<[a-z ]{1,20}>|\(.*)[).]?$/i;

function isNoSecret(value: string, mark: string): boolean {
  return value === '' || value.includes(mark) || NO_SECRET.test(value);
}
