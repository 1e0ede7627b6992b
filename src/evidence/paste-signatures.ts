import type { PasteLine } from './paste-lines.ts';
import { type IdentifiedCommand, identifyCommand } from './show-command.ts';

/** An output recognised by its own first lines, for text that stands under no command line. */
export interface SignedOutput {
  readonly command: IdentifiedCommand;
  /** Index of the first line within the given lines. */
  readonly from: number;
  /** Index behind the last line. */
  readonly to: number;
}

/** Finds outputs by what they begin with; lines in front of the first one belong to none. In order, not overlapping. */
export function signedOutputs(lines: readonly PasteLine[]): SignedOutput[] {
  const found: { command: IdentifiedCommand; from: number; head: string }[] = [];
  for (let at = 0; at < lines.length; at++) {
    const text = lines[at]?.text ?? '';
    const command = commandAt(lines, at);
    const open = found.at(-1);
    if (command === null || (open !== undefined && !begins(command, text, open))) continue;
    found.push({ command, from: at, head: text.trim() });
  }
  const first = found[0];
  // blank lines at the very top belong to the output, so that its line numbers are those of the file
  if (first !== undefined && lines.slice(0, first.from).every((line) => line.text.trim() === ''))
    first.from = 0;
  return found.map(({ command, from }, index) => ({
    command,
    from,
    to: found[index + 1]?.from ?? lines.length,
  }));
}

/** A bare log line or debug line of a crypto facility. */
export function isLogLine(text: string): boolean {
  return MNEMONIC.test(text.slice(0, 300)) || DEBUG_LINE.test(text.slice(0, 300));
}

// %CRYPTO-6-IKMP_MODE_FAILURE: Processing …
const MNEMONIC = /%[A-Z][A-Z0-9_]{1,40}-(?:[A-Z0-9_]{1,30}-)?[0-7]-[A-Z0-9_]{2,60}: /;
// *Nov 23 10:00:00.123: ISAKMP:(1001): …     000012: Nov 23 2026 10:00:00: IPSEC(…): …
const DEBUG_LINE =
  /^(?:\d{1,10}: )?[*.]?[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d[^\n]{0,40}?: {0,2}(?:ISAKMP|IPSEC|IKEv2|CRYPTO|Crypto|NHRP|ISAKMP-)/;

interface Signature {
  readonly command: string;
  readonly line: RegExp;
  /** Must be found within the lines that follow. */
  readonly soon?: RegExp;
  /** The command when this is found soon instead. */
  readonly detail?: { readonly command: string; readonly soon: RegExp };
}

const SIGNATURES: readonly Signature[] = [
  {
    // IPv4 Crypto ISAKMP SA
    command: 'show crypto isakmp sa',
    line: /^\s{0,4}IPv[46] Crypto ISAKMP SA\s*$/,
    detail: { command: 'show crypto isakmp sa detail', soon: /^C-id\s+Local\s+Remote/ },
  },
  {
    // Codes: C - IKE configuration mode, D - Dead Peer Detection
    command: 'show crypto isakmp sa detail',
    line: /^Codes: C - IKE configuration mode/,
    soon: /^C-id\s+Local\s+Remote/,
  },
  // C-id  Local           Remote          I-VRF  Status Encr Hash   Auth DH Lifetime Cap.
  { command: 'show crypto isakmp sa detail', line: /^C-id\s+Local\s+Remote/ },
  // dst             src             state          conn-id status
  { command: 'show crypto isakmp sa', line: /^\s{0,4}dst\s+src\s+state\s+conn-id/ },
  {
    //  IPv4 Crypto IKEv2  SA
    command: 'show crypto ikev2 sa',
    line: /^\s{0,4}IPv[46] Crypto IKEv2\s+SA\s*$/,
    detail: { command: 'show crypto ikev2 sa detailed', soon: /Session-id:|Status Description:|Local spi:/ },
  },
  {
    // Tunnel-id Local                 Remote                fvrf/ivrf            Status
    command: 'show crypto ikev2 sa',
    line: /^\s{0,4}Tunnel-id\s+Local\s+Remote\s+fvrf\/ivrf/,
    detail: { command: 'show crypto ikev2 sa detailed', soon: /Session-id:|Status Description:|Local spi:/ },
  },
  // interface: GigabitEthernet0/0  and below it  Crypto map tag: VPN, local addr 192.0.2.1
  { command: 'show crypto ipsec sa', line: /^\s{0,4}interface: \S/, soon: /Crypto map tag: / },
  {
    // Crypto session current status
    command: 'show crypto session',
    line: /^Crypto session current status/,
    detail: {
      command: 'show crypto session detail',
      soon: /^\s*Code: C - IKE|fvrf: |Phase1_id:|#pkts dec'ed/,
    },
  },
  // Crypto Map "VPN" 10 ipsec-isakmp      Crypto Map IPv4 "VPN" 10 ipsec-isakmp
  { command: 'show crypto map', line: /^\s{0,4}Crypto Map (?:IPv[46] )?"[^"]{1,128}" \d/ },
  // Global IKE policy
  {
    command: 'show crypto isakmp policy',
    line: /^(?:Global IKE policy|(?:Default p|P)rotection suite of priority)/,
  },
  // Syslog logging: enabled (0 messages dropped, …
  { command: 'show logging', line: /^Syslog logging: / },
  // Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version 15.2(4)M6
  { command: 'show version', line: /^Cisco (?:IOS|Internetwork Operating System) (?:XE )?Software/ },
  {
    // Legend: Attrb --> S - Static, D - Dynamic, I - Incomplete
    command: 'show dmvpn',
    line: /^Legend: Attrb -->/,
    detail: {
      command: 'show dmvpn detail',
      soon: /Interface State Control|# Ent +Peer NBMA Addr.{0,80}Target Network/,
    },
  },
  // Legend: E=Expecting replies, R=Responding, W=Waiting
  { command: 'show ip nhrp nhs detail', line: /^Legend: E=Expecting replies/ },
  // Interface              IP-Address      OK? Method Status                Protocol
  { command: 'show ip interface brief', line: /^Interface\s+IP-Address\s+OK\? Method/ },
  // *10:00:00.123 UTC Mon Nov 23 2026
  {
    command: 'show clock',
    line: /^[*.]?\d\d:\d\d:\d\d\.\d{3} \S{1,8} [A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d{4}\s*$/,
  },
];

const SOON = 25;
const CONTINUES_A_LOG: readonly string[] = ['show version', 'show clock', 'show ip interface brief'];

function commandAt(lines: readonly PasteLine[], at: number): IdentifiedCommand | null {
  const text = lines[at]?.text ?? '';
  if (isLogLine(text)) return { name: 'show logging', command: 'show logging', filtered: true };
  const signature = SIGNATURES.find(
    (s) => s.line.test(text) && (s.soon === undefined || isSoon(lines, at, s.soon)),
  );
  if (signature === undefined) return null;
  const { detail } = signature;
  const isDetail = detail !== undefined && isSoon(lines, at, detail.soon);
  return identifyCommand(isDetail ? detail.command : signature.command);
}

function isSoon(lines: readonly PasteLine[], at: number, wanted: RegExp): boolean {
  return lines.slice(at, at + SOON).some((line) => wanted.test(line.text));
}

/** Whether a signature inside an output begins another one: headings repeat, and a restart message quotes `show version`. */
function begins(
  command: IdentifiedCommand,
  text: string,
  open: { command: IdentifiedCommand; head: string },
): boolean {
  const inLog = open.command.name === 'show logging';
  if (inLog && CONTINUES_A_LOG.includes(command.name)) return false;
  if (family(command.name) !== family(open.command.name)) return true;
  // the same table pasted twice: its very first heading comes again
  return (
    text.trim() === open.head && /^(?:IPv4 Crypto|Crypto session current|Syslog logging)/.test(open.head)
  );
}

function family(name: string): string {
  return name.replace(/ detail(?:ed)?$/, '');
}
