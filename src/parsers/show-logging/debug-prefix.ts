/** The prefix of a debug line: which component speaks, at what level, and where its text begins. */
export interface DebugPrefix {
  /** ISAKMP, IPSEC, IKEv2, NHRP … */
  readonly facility: string;
  /** ERROR, PAK, INTERNAL … of `ISAKMP-ERROR:`; null for the plain form. */
  readonly level: string | null;
  /** The number of the IKE SA in `(1003)`, `(0:2)` or `(0:2:SW:1)`: 1003 and 2; null when there is none. */
  readonly connId: string | null;
  /** `SA ID` and `SESSION ID` of an IKEv2 line. */
  readonly saId: string | null;
  readonly sessionId: string | null;
  readonly end: number;
}

// ISAKMP:(0): …   ISAKMP (0:2): …   ISAKMP-ERROR: (1003):…   ISAKMP:(0:1:SW:1): …   ISAKMP-PAK: (1001): …   ISAKMP:      default group 16
const ISAKMP =
  /^ISAKMP(?:-([A-Z]{2,12}))?(?:: ?| )?(?:\((?:\d{1,6}:)?(\d{1,10})(?::[A-Z/]{2,3}:\d{1,6})?\))?(?=[: ])[: ]{0,12}/;

// IKEv2:(SESSION ID = 1,SA ID = 1): …   IKEv2-ERROR:(SA ID = 4): …   IKEv2:% Getting preshared key …
const IKEV2 =
  /^IKEv2(?:-([A-Z]{2,12}))?: {0,4}(?:\((?:SESSION ID = (\d{1,10}),? ?)?(?:SA ID = (\d{1,10}))?\):{0,2})?:? */;

// IPSEC(validate_transform_proposal): …   IPSEC:(SESSION ID = 1) (key_engine) …   IPSec(spi_response): …   IPSEC-ERROR: …
const IPSEC =
  /^(?:IPSEC|IPSec)(?:-([A-Z]{2,12}))?(?:: ?\(SESSION ID = (\d{1,10})\) ?\(\w{1,60}\):? ?| ?\(\w{1,60}\): ?|: )/;

// Crypto mapdb : proxy_match   |   CRYPTO_PKI: …   |   NHRP: …   |   CRYPTO_ENGINE: …   |   GDOI:(…):
const OTHER =
  /^(Crypto mapdb|CRYPTO_[A-Z_0-9]{2,30}|CRYPTO|crypto_engine|Crypto engine|NHRP(?:-[A-Z]{2,12})?|GDOI|KMI|PKI|AAA\/[A-Z]{3,8}(?:\/[A-Z]{2,10})?|RADIUS|TPLUS|EZVPN(?:\([^)]{1,60}\))?|DPD|IPSEC-IFC [A-Z/]{2,20}(?:\([^)]{1,80}\))?) ?:(?: |\(|$)/;

// map_db_find_best did not find matching map   |   validate proposal 0   |   insert of map into mapdb AVL failed
const BARE = /^(map_db|validate proposal|insert of map)/;

/** Reads the prefix of a VPN debug line in any of its styles; null when the line begins with none of them. */
export function debugPrefix(text: string): DebugPrefix | null {
  const none = { level: null, connId: null, saId: null, sessionId: null };
  switch (text.charCodeAt(0)) {
    case 73: {
      const isakmp = ISAKMP.exec(text);
      if (isakmp)
        return {
          ...none,
          facility: 'ISAKMP',
          level: isakmp[1] ?? null,
          connId: isakmp[2] ?? null,
          end: isakmp[0].length,
        };
      const ikev2 = IKEV2.exec(text);
      if (ikev2) {
        const [all, level, sessionId, saId] = ikev2;
        return {
          ...none,
          facility: 'IKEv2',
          level: level ?? null,
          sessionId: sessionId ?? null,
          saId: saId ?? null,
          end: all.length,
        };
      }
      const ipsec = IPSEC.exec(text);
      // The component in brackets says which step speaks: it stays in the text.
      if (ipsec)
        return { ...none, facility: 'IPSEC', level: ipsec[1] ?? null, sessionId: ipsec[2] ?? null, end: 0 };
      return otherPrefix(text);
    }
    // %CRYPTO-4-…      (a message, not a debug line)
    case 37:
      return null;
    default:
      return otherPrefix(text);
  }
}

function otherPrefix(text: string): DebugPrefix | null {
  const none = { level: null, connId: null, saId: null, sessionId: null };
  const other = OTHER.exec(text);
  if (other) return { ...none, facility: other[1] ?? '', end: other[0].replace(/[( ]$/, '').length };
  return BARE.test(text) ? { ...none, facility: 'crypto', end: 0 } : null;
}

// Rollback:Acquired Configuration lock.   |   NAT*: s=10.1.1.1->203.0.113.1   |   TCP0: timeout
const GENERIC = /^([A-Za-z][\w/*-]{0,30}(?: ?\([^)\s]{1,30}\))?) ?:/;

/** The facility of any other stamped line without a token: the word before its first colon, or ''. */
export function genericFacility(text: string): string {
  return GENERIC.exec(text)?.[1] ?? '';
}
