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
  const found: Opened[] = [];
  for (let at = 0; at < lines.length; at++) {
    const text = lines[at]?.text ?? '';
    const command = commandAt(lines, at);
    const open = found.at(-1);
    if (command === null || (open !== undefined && !begins(command, text, open))) continue;
    if (open !== undefined && isLogLine(text) && interrupts(lines, at, open)) continue;
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

interface Opened {
  readonly command: IdentifiedCommand;
  from: number;
  /** The line it was recognised by. */
  readonly head: string;
}

/** A bare log line or debug line of a crypto facility. */
function isLogLine(text: string): boolean {
  const head = text.slice(0, 300);
  return MNEMONIC.test(head) || DEBUG_LINE.test(head) || BARE_DEBUG.test(head);
}

// %CRYPTO-6-IKMP_MODE_FAILURE: Processing …
const MNEMONIC = /%[A-Z][A-Z0-9_]{1,40}-(?:[A-Z0-9_]{1,30}-)?[0-7]-[A-Z0-9_]{2,60}: /;
// *Nov 23 10:00:00.123: ISAKMP:(1001): …     000012: Nov 23 2026 10:00:00: IPSEC(…): …
// ISAKMP:(0): beginning Main Mode exchange     IKEv2-ERROR:(SESSION ID = 71,SA ID = 1):: …     IPSEC(ipsec_process_proposal): …
const BARE_DEBUG =
  /^(?:ISAKMP|IKEv2|IKEv2-[A-Z]{2,12}|IPSEC|CRYPTO(?:_[A-Z]{2,10})?|NHRP)(?:-[A-Z]{2,10})?:? {0,2}[(:]/;
const DEBUG_LINE =
  /^(?:\d{1,10}: )?[*.]?[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d[^\n]{0,40}?: {0,2}(?:ISAKMP|IPSEC|IKEv2|CRYPTO|Crypto|NHRP|ISAKMP-)/;

interface Signature {
  readonly command: string;
  readonly line: RegExp;
  /** Must be found within the lines that follow. */
  readonly soon?: RegExp;
  /** True when the line may be one out of the middle: then what is not there is not absent. */
  readonly fragment?: boolean;
  /** The command when this is found soon instead. */
  readonly detail?: { readonly command: string; readonly soon: RegExp };
}

const SIGNATURES: readonly Signature[] = [
  {
    // IPv4 Crypto ISAKMP SA
    command: 'show crypto isakmp sa',
    line: /^\s{0,4}IPv[46] Crypto ISAKMP SA\b/,
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
  {
    command: 'show crypto ipsec sa',
    line: /^\s{0,4}interface: \S/,
    soon: /Crypto map tag: /,
    detail: { command: 'show crypto ipsec sa detail', soon: /#pkts no sa \(send\)/ },
  },
  //    current_peer 198.51.100.7 port 500        #pkts encaps: 5, #pkts encrypt: 5, #pkts digest: 5
  {
    command: 'show crypto ipsec sa',
    line: /^\s{0,12}(?:local\s+ident \(addr|current_peer:? \S+ port \d|#pkts encaps: \d)/,
    fragment: true,
  },
  // 192.0.2.1       198.51.100.7    QM_IDLE           1001 ACTIVE      (the row without its heading)
  {
    command: 'show crypto isakmp sa',
    line: /^[\da-fA-F.:]{3,45}\s{1,20}[\da-fA-F.:]{3,45}\s{1,20}(?:MM|QM|AG|CONF|OAK)_[A-Z_]{3,20}\s{1,20}\d/,
    fragment: true,
  },
  {
    // Crypto session current status
    command: 'show crypto session',
    line: /^Crypto session current status/,
    detail: {
      command: 'show crypto session detail',
      soon: /^\s*Code: C - IKE|fvrf: |Phase1_id:|#pkts dec'ed/,
    },
  },
  {
    // Code: C - IKE Configuration mode, D - Dead Peer Detection
    command: 'show crypto session detail',
    line: /^Code: C - IKE Configuration mode/,
    soon: /^\s*Session status: /,
  },
  {
    // Interface: Tunnel0  and below it  Session status: UP-ACTIVE
    command: 'show crypto session',
    line: /^Interface: \S+\s*$/,
    soon: /^\s*Session status: /,
    detail: { command: 'show crypto session detail', soon: /fvrf: |Phase1_id:|#pkts dec'ed/ },
  },
  // Peer: 192.0.2.2 Port: 500 Local: 192.0.2.1
  { command: 'show crypto isakmp peers', line: /^Peer: \S+ Port: \d+ Local: / },
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
    line: /^Legend:\s+Attrb -->/,
    detail: {
      command: 'show dmvpn detail',
      soon: /Interface State Control|# Ent +Peer NBMA Addr.{0,80}Target Network/,
    },
  },
  // Legend: E=Expecting replies, R=Responding, W=Waiting
  { command: 'show ip nhrp nhs detail', line: /^Legend:\s+E=Expecting replies/ },
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
  const command = identifyCommand(isDetail ? detail.command : signature.command);
  return command !== null && signature.fragment === true ? { ...command, filtered: true } : command;
}

function isSoon(lines: readonly PasteLine[], at: number, wanted: RegExp): boolean {
  return lines.slice(at, at + SOON).some((line) => wanted.test(line.text));
}

/** Whether a signature inside an output begins another one: headings repeat, and a restart message quotes `show version`. */
function begins(command: IdentifiedCommand, text: string, open: Opened): boolean {
  const inLog = open.command.name === 'show logging';
  if (inLog && CONTINUES_A_LOG.includes(command.name)) return false;
  if (family(command.name) !== family(open.command.name)) return true;
  // the same table pasted twice: its very first heading comes again
  return (
    text.trim() === open.head && /^(?:IPv4 Crypto|Crypto session current|Syslog logging)/.test(open.head)
  );
}

/** A few log lines with the table going on behind them were printed into the table; they stay where they are. */
function interrupts(lines: readonly PasteLine[], at: number, open: Opened): boolean {
  let run = 0;
  for (let next = at; next < lines.length && run <= FEW; next++) {
    const text = lines[next]?.text ?? '';
    if (text.trim() === '') continue;
    if (!isLogLine(text)) {
      const command = commandAt(lines, next);
      return command === null || !begins(command, text, open);
    }
    run++;
  }
  return false;
}

const FEW = 3;

function family(name: string): string {
  return name.replace(/ detail(?:ed)?$/, '');
}
