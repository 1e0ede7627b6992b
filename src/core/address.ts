import ipaddr from 'ipaddr.js';

/** Canonical text of an IPv4 or IPv6 address, or null. `010.1.0.0` and other octal forms are refused. */
export function parseAddress(text: string): string | null {
  const trimmed = text.trim();
  if (ipaddr.IPv4.isValidFourPartDecimal(trimmed)) return ipaddr.IPv4.parse(trimmed).toString();
  if (trimmed.includes(':') && ipaddr.IPv6.isValid(trimmed)) return ipaddr.IPv6.parse(trimmed).toString();
  return null;
}

/** Prefix length of a dotted mask (`255.255.255.0` → 24), or null when it is no contiguous mask. */
export function maskToPrefix(mask: string): number | null {
  if (!ipaddr.IPv4.isValidFourPartDecimal(mask)) return null;
  return ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask();
}
