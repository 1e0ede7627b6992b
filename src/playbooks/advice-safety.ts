/**
 * Why a sentence of advice must not be printed, or null. `step` is its place in the list (0 is the first thing a reader does).
 * Old advice may be quoted as history: the item then begins with `History:` and says why it is unsafe. A sentence that
 * begins with Never or Do not forbids and is free.
 */
export function whyUnsafe(advice: string, step: number): string | null {
  if (/^History:/.test(advice)) {
    return /\bunsafe\b/.test(advice) ? null : 'quoted history must say why it is unsafe (use that word)';
  }
  const told = advice.split(/(?<=[.;!])\s+/).filter((sentence) => !/^(never|do not|don't)\b/i.test(sentence));
  for (const sentence of told) {
    const rule = RULES.find((candidate) => candidate.breaks(sentence, advice, step));
    if (rule !== undefined) return rule.why;
  }
  return null;
}

/** `Reload the router`, `Upgrade IOS.`, but not the word in passing (`reload, failover, clear`). */
const RESTARTS = /^(reload|reboot|upgrade)\b|\b(reload|reboot|upgrade) (the|this|that|both|ios|to)\b/i;

interface SafetyRule {
  readonly why: string;
  readonly breaks: (sentence: string, advice: string, step: number) => boolean;
}

const RULES: readonly SafetyRule[] = [
  {
    why: 'clear crypto without a peer would cut every tunnel: name the peer, remote address or connection',
    // `clear crypto sa peer 192.0.2.1`, `clear crypto session remote <peer>`
    breaks: (sentence) => /\bclear crypto\b(?!.*\b(peer|remote)\s+(<peer>|[0-9a-f.:]+))/i.test(sentence),
  },
  {
    why: 'a reload or an upgrade is not the first step',
    breaks: (sentence, _advice, step) => step === 0 && RESTARTS.test(sentence),
  },
  {
    why: 'a step that clears, shuts or re-applies something must be marked (service-affecting)',
    breaks: (sentence, advice) =>
      (/\b(clear crypto|(no )?shutdown)\b/i.test(sentence) || RESTARTS.test(sentence)) && !isMarked(advice),
  },
  {
    why: 'debug needs `debug crypto condition peer …` first and `undebug all` after',
    breaks: (sentence, advice) =>
      /(?<!no )\bdebug (crypto|ip|dmvpn|nhrp|tunnel|all)\b/i.test(sentence) &&
      !(/debug crypto condition peer/i.test(advice) && /undebug all/i.test(advice)),
  },
  {
    why: 'integrity must never be removed',
    breaks: (sentence) =>
      /\b(remove|drop|disable|omit|delete|leave out|take out|switch off|without)\b.*\b(\w+-\w+-hmac|hmac|integrity)\b/i.test(
        sentence,
      ) || /\b(esp-null|ah-null)\b/i.test(sentence),
  },
  {
    why: 'anti-replay is never switched off as a first step: only as a last resort, with integrity kept',
    breaks: (sentence, advice, step) =>
      /\b(disable|switch off|turn off|switching off)\b.*\breplay\b|\breplay (detection )?disable\b/i.test(
        sentence,
      ) && !(step > 0 && /last resort/i.test(advice) && /integrity/i.test(advice)),
  },
  {
    why: 'weak algorithms are not advised (DES, 3DES, MD5, DH groups 1, 2 and 5)',
    breaks: (sentence) =>
      /\b(add|configure|use|set|choose|allow|enter)\b.*\b(esp-des|esp-3des|esp-md5-hmac|encr(yption)? 3?des|hash md5|group [125])(?![\w-])/i.test(
        sentence,
      ),
  },
  {
    why: 'a wildcard pre-shared key is never advised',
    breaks: (sentence) => /\bkey\b.*\b0\.0\.0\.0\b/i.test(sentence),
  },
  {
    why: 'a crypto map is not taken off its interface: that stops or unprotects every tunnel on it',
    breaks: (sentence) =>
      /\bno crypto map\b(?!\s+\S+\s+\d)/i.test(sentence) ||
      /\b(remove|take)\b.*\bcrypto map\b.*\b(from|off)\b/i.test(sentence),
  },
  {
    why: 'this command prints keys',
    breaks: (sentence) => /\bshow crypto isakmp key\b/i.test(sentence) || printsConfiguration(sentence),
  },
  {
    why: 'switching CEF off is not advised',
    breaks: (sentence) => /\bno ip cef\b/i.test(sentence),
  },
];

function printsConfiguration(sentence: string): boolean {
  return /\bshow running-config\b/i.test(sentence) && !/\bredact/i.test(sentence);
}

function isMarked(advice: string): boolean {
  return /\(service-affecting\b[^)]*\)/.test(advice);
}
