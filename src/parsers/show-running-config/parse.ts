import { redact } from '../../evidence/redact.ts';
import { readerOf } from '../line-rules.ts';
import { isJoined, type Line, type Outcome, parsedFrom, scanLines } from '../lines.ts';
import { isLoose } from '../loose.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { keptLine, placeOf } from './config-block.ts';
import { type ConfigScan, emptyScan, extendOpen, isIndented, openPart } from './config-scan.ts';
import { CRYPTO_HEADINGS } from './crypto-headings.ts';
import type { OtherPart, RunningConfigFacts } from './facts.ts';
import { OTHER_HEADINGS } from './headings.ts';

/**
 * `show running-config`, whole or a section of it, as somebody recorded or pasted it; the command is never sent. Keys are taken out
 * before a line is read, so that neither facts nor unread lines hold one.
 */
export const showRunningConfig: Parser<RunningConfigFacts> = {
  command: 'show running-config',
  parse(text: string): Parsed<RunningConfigFacts> {
    const state = emptyScan();
    const scan = scanLines(redact(text).text, (line) => !isLoose(line) && readLine(state, line), isHeading);
    return parsedFrom(state.facts, scan);
  },
};

const readHeading = readerOf([...CRYPTO_HEADINGS, ...OTHER_HEADINGS]);

// Building configuration...   |   Current configuration : 4711 bytes   |   ! Last configuration change at 10:00:00 UTC Mon Nov 23 2026
const FRAME =
  /^(?:!.*|Building configuration\.{0,3}|Current configuration ?: ?\d{1,9} bytes|Using \d{1,9} out of \d{1,9} bytes.{0,60}|end)$/i;

// router bgp 65000   |   ip route 0.0.0.0 0.0.0.0 192.0.2.254   |   no ip http server   |   line vty 0 4
const OTHER =
  /^(?:no )?(?:aaa|access-list|alias|app|archive|arp|banner|bfd|boot|boot-start-marker|boot-end-marker|bridge|call|call-home|card|ccm-manager|cdp|cef|class-map|clock|control-plane|controller|cts|cwmp|default|device-tracking|diagnostic|dialer-list|dial-peer|dot11|dot1x|enable|errdisable|ethernet|event|exception|file|flow|frame-relay|gatekeeper|hw-module|ip|ipc|ipv6|isdn|kerberos|key|kron|l2tp-class|l2vpn|license|line|lldp|logging|login|mac|mac-address-table|memory|memory-size|mgcp|monitor|mpls|multilink|nbar|netconf|netconf-yang|ntp|object-group|parameter-map|parser|password|platform|policy-map|power|prefix-list|privilege|process|pseudowire-class|radius|radius-server|redundancy|resource|restconf|rmon|route-map|route-tag|router|sampler|scheduler|security|service|service-template|sip-ua|snmp|snmp-server|spanning-tree|standby|subscriber|switch|system|tacacs|tacacs-server|telemetry|template|tftp-server|time-range|track|transceiver|translation-rule|transport|tunnel-group|udld|upgrade|username|version|virtual-service|vlan|voice|voice-card|voice-port|vpdn|vpdn-group|vrf|vtp|warm-reboot|webvpn|xsd-format|zone|zone-pair)(?: .{0,400})?$/i;

// ip address 192.0.2.1 255.255.255.0   |   vrf forwarding RED   |   ip nat outside   (the heading of their interface is missing)
const OF_AN_INTERFACE =
  /^(?:no )?(?:ip(?:v6)? (?:address|unnumbered|nhrp|vrf forwarding|access-group|mtu|tcp adjust-mss|nat (?:inside|outside)$)|vrf forwarding)\b/i;

function readLine(scan: ConfigScan, line: Line): Outcome {
  if (FRAME.test(line.body)) {
    if (!isIndented(line)) scan.open = null;
    return true;
  }
  const { open } = scan;
  const below = open?.unread != null && isIndented(line);
  if (below && open.read(line)) return extended(scan, line);
  if (readHeading(scan, line)) return true;
  if (open === null) return readOther(scan, line);
  if (!below && open.read(line)) return extended(scan, line);
  if (open.isClosed()) {
    scan.open = null;
    return false;
  }
  if (!below) return readOther(scan, line);
  if (isJoined(line)) return false;
  open.unread?.push(keptLine(line));
  extendOpen(scan, line);
  return 'part';
}

function extended(scan: ConfigScan, line: Line): true {
  extendOpen(scan, line);
  return true;
}

/** A part no tunnel is made of: where it stands is kept, and its lines are passed over. */
function readOther(scan: ConfigScan, line: Line): boolean {
  if (isJoined(line) || OF_AN_INTERFACE.test(line.body) || !OTHER.test(line.body)) return false;
  const part: { -readonly [K in keyof OtherPart]: OtherPart[K] } = { ...placeOf(line), heading: line.body };
  scan.facts.others.push(part);
  scan.open = openPart(part, () => {});
  return true;
}

/** A line that stands for itself is never the second half of a wrapped one. */
function isHeading(body: string): boolean {
  return (
    /^(?:crypto|int(?:erface)?|access-list|hostname) /i.test(body) || FRAME.test(body) || OTHER.test(body)
  );
}
