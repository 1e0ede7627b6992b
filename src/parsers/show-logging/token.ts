/** What a `%FACILITY-n-MNEMONIC` token says. */
interface TokenKind {
  readonly facility: string;
  readonly severity: number;
  readonly mnemonic: string;
}

/** The tokens of one log as printed: thousands of messages share a few dozen. */
export type TokenKinds = Map<string, TokenKind>;

/** One token and where its text begins. */
export interface Token {
  readonly kind: TokenKind;
  /** Offset behind the token, its colon and the blanks that follow. */
  readonly end: number;
}

// %CRYPTO-4-IKMP_BAD_MESSAGE:     %SPA_OIR-SP-6-OFFLINECARD:     %CERM_DP-4-DP_TX_BW_LIMIT Maximum …     %VPN-SM-4-ICPUPP9
const STICKY =
  /%([A-Z][A-Z0-9_]{0,40}(?:-[A-Z0-9_]{1,40}){0,3}?)-([0-7])-([A-Z0-9_][A-Za-z0-9_]{0,80})(?: {0,2}:)?[ \t]*/y;

// HW_VPN-1-HPRXERR: Hardware VPN0/2: …     (old images leave the percent sign out)
const BARE = /^([A-Z][A-Z0-9_]{1,40})-([0-7])-([A-Z][A-Z0-9_]{2,80}): */;

/** No entry nests deeper; a line pasted onto itself a thousand times is not to become a thousand long texts. */
const MOST_TOKENS = 16;

/** True when `text` begins with a message token. */
export function startsWithToken(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first === 37) return matchesAt(text, 0);
  return first >= 65 && first <= 90 && BARE.test(text.slice(0, 140));
}

/** Offset of the first token within the first `reach` characters, or null. */
export function tokenNear(text: string, reach: number): number | null {
  for (let at = text.indexOf('%'); at >= 0 && at < reach; at = text.indexOf('%', at + 1)) {
    if (matchesAt(text, at)) return at;
  }
  return null;
}

/** Every token of an entry, outer first; a nested one (`%IOSXE-3-PLATFORM: … %IPSEC-3-…`) has its own. */
export function tokensOf(text: string, kinds: TokenKinds): readonly Token[] {
  const bare = bareToken(text);
  let tokens: Token[] = bare === null ? [] : [bare];
  for (let at = text.indexOf('%'); at >= 0 && tokens.length < MOST_TOKENS; ) {
    const token = matchesAt(text, at) ? tokenBetween(text, at, STICKY.lastIndex, kinds) : null;
    if (token !== null) tokens = tokens.length === 0 ? [token] : [...tokens, token];
    at = text.indexOf('%', token?.end ?? at + 1);
  }
  return tokens;
}

function tokenBetween(text: string, at: number, end: number, kinds: TokenKinds): Token | null {
  const printed = text.slice(at, end);
  let kind = kinds.get(printed);
  if (kind === undefined) {
    STICKY.lastIndex = 0;
    const found = STICKY.exec(printed);
    if (found === null) return null;
    kind = kindOf(found);
    kinds.set(printed, kind);
  }
  return { kind, end };
}

function bareToken(text: string): Token | null {
  const first = text.charCodeAt(0);
  const found = first >= 65 && first <= 90 ? BARE.exec(text.slice(0, 140)) : null;
  return found && { kind: kindOf(found), end: found[0].length };
}

function kindOf(found: RegExpExecArray): TokenKind {
  return { facility: found[1] ?? '', severity: Number(found[2]), mnemonic: found[3] ?? '' };
}

function matchesAt(text: string, at: number): boolean {
  STICKY.lastIndex = at;
  return STICKY.test(text);
}
