import ipaddr from 'ipaddr.js';

/** Canonical text of an IPv4 or IPv6 address, or null. `010.1.0.0` and other octal forms are refused. */
export function parseAddress(text: string): string | null {
  if (isPlainIpv4(text)) return text;
  const trimmed = text.trim();
  if (ipaddr.IPv4.isValidFourPartDecimal(trimmed)) return ipaddr.IPv4.parse(trimmed).toString();
  if (trimmed.includes(':') && ipaddr.IPv6.isValid(trimmed)) return ipaddr.IPv6.parse(trimmed).toString();
  return null;
}

/** True for an IPv4 address in canonical form: four numbers up to 255 without a zero in front. Most addresses are, and need no library. */
export function isPlainIpv4(text: string): boolean {
  let dots = 0;
  let digits = 0;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46) {
      if (digits === 0) return false;
      dots++;
      digits = 0;
      value = 0;
    } else {
      if (code < 48 || code > 57 || (digits > 0 && value === 0)) return false;
      value = value * 10 + code - 48;
      digits++;
      if (value > 255) return false;
    }
  }
  return dots === 3 && digits > 0;
}

/** Prefix length of a dotted mask (`255.255.255.0` → 24), or null when it is no contiguous mask. */
export function maskToPrefix(mask: string): number | null {
  const known = PREFIXES.get(mask);
  if (known !== undefined) return known;
  if (!ipaddr.IPv4.isValidFourPartDecimal(mask)) return null;
  return ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask();
}

/** The 33 contiguous masks in canonical form. */
const PREFIXES: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 33 }, (_, prefix) => [
    ipaddr.IPv4.subnetMaskFromPrefixLength(prefix).toString(),
    prefix,
  ]),
);
