/** One `%FACILITY-n-MNEMONIC` token and where its text begins. */
export interface Token {
  readonly facility: string;
  readonly severity: number;
  readonly mnemonic: string;
  /** Offset behind the token, its colon and the blanks that follow. */
  readonly end: number;
}

// %CRYPTO-4-IKMP_BAD_MESSAGE:     %SPA_OIR-SP-6-OFFLINECARD:     %CERM_DP-4-DP_TX_BW_LIMIT Maximum …     %VPN-SM-4-ICPUPP9
const TOKEN =
  /%([A-Z][A-Z0-9_]{0,40}(?:-[A-Z0-9_]{1,40}){0,3}?)-([0-7])-([A-Z0-9_][A-Za-z0-9_]{0,80})(?: {0,2}:)?[ \t]*/g;

// HW_VPN-1-HPRXERR: Hardware VPN0/2: …     (old images leave the percent sign out)
const BARE = /^([A-Z][A-Z0-9_]{1,40})-([0-7])-([A-Z][A-Z0-9_]{2,80}): */;

/** No entry nests deeper; a line pasted onto itself a thousand times is not to become a thousand long texts. */
const MOST_TOKENS = 16;

const STICKY = new RegExp(TOKEN.source, 'y');

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
export function tokensOf(text: string): Token[] {
  const bare = BARE.exec(text.slice(0, 140));
  const tokens: Token[] = bare ? [tokenFrom(bare, bare[0].length)] : [];
  if (!text.includes('%')) return tokens;
  for (const found of text.matchAll(TOKEN)) {
    if (tokens.length === MOST_TOKENS) break;
    tokens.push(tokenFrom(found, found.index + found[0].length));
  }
  return tokens;
}

function tokenFrom(found: RegExpExecArray, end: number): Token {
  return { facility: found[1] ?? '', severity: Number(found[2]), mnemonic: found[3] ?? '', end };
}

function matchesAt(text: string, at: number): boolean {
  STICKY.lastIndex = at;
  return STICKY.test(text);
}
