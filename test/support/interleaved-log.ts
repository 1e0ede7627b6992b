/** One line of a made-up log, with the peer it truly belongs to. */
export interface LoggedOf {
  /** Line number in the output of `show logging`, from 1. */
  readonly line: number;
  readonly peer: string;
  /** True when the line itself names a peer, or a connection id or SPI that the other outputs or lines tie to one. */
  readonly marked: boolean;
  readonly text: string;
}

export interface InterleavedLog {
  /** Outputs by command. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly lines: readonly LoggedOf[];
}

export interface LogShape {
  readonly seed: number;
  /** All lines in one millisecond; otherwise up to `gapMs` between two lines. */
  readonly sameStamp: boolean;
  readonly gapMs?: number;
  /** False: the SA tables are empty, only the log names peers. */
  readonly tables: boolean;
  /** True: every IKE connection id was used by another peer in the older half of the log. */
  readonly idsUsedAgain?: boolean;
}

const LOCAL = '203.0.113.1';
const PEERS = 50;

/** Fifty negotiations at once, shuffled into each other as a router under debug prints them; the order within a peer is kept. */
export function fiftyPeers(shape: LogShape): InterleavedLog {
  const random = seeded(shape.seed);
  const peers = Array.from({ length: PEERS }, (_, index) => index);
  const older = peers.map((index) => talkOf(index, (index + 17) % PEERS, shape));
  const now = peers.map((index) => talkOf(index, index, shape));
  const spoken = shape.idsUsedAgain
    ? [...interleave(older, random), ...interleave(now, random)]
    : interleave(now, random);
  const { text, lines } = print(spoken, shape, random);
  return {
    lines,
    outputs: {
      'show clock': '14:30:00.000 UTC Fri Nov 20 2026\n',
      'show crypto isakmp sa': isakmpTable(shape.tables ? peers : []),
      'show crypto ikev2 sa detailed': '\n',
      'show crypto ipsec sa': ipsecTable(shape.tables ? peers : []),
      'show logging': text,
    },
  };
}

interface Spoken {
  readonly peer: string;
  readonly text: string;
  readonly marked: boolean;
}

const addressOf = (index: number): string => `198.51.100.${index + 1}`;
const saIdOf = (index: number): number => 2001 + 2 * index;
const spiOf = (index: number): number => 0xa0000000 + index * 0x10101;
const hex = (value: number): string => `0x${value.toString(16).toUpperCase()}`;

/** What one peer makes the router say. `id` numbers its IKE SA. */
function talkOf(index: number, id: number, { tables, idsUsedAgain }: LogShape): readonly Spoken[] {
  const peer = addressOf(index);
  const conn = 1001 + id;
  const spi = `${hex(spiOf(index))}(${spiOf(index)})`;
  const byPeer = (text: string): Spoken => ({ peer, text, marked: true });
  const byConn = (text: string): Spoken => ({ peer, text, marked: idsUsedAgain !== true });
  const bySa = (text: string): Spoken => ({ peer, text, marked: tables });
  const bare = (text: string): Spoken => ({ peer, text, marked: false });
  return [
    byPeer(`ISAKMP (0): received packet from ${peer} dport 500 sport 500 Global (N) NEW SA`),
    byPeer(`ISAKMP: Created a peer struct for ${peer}, peer port 500`),
    bare('ISAKMP:(0): processing SA payload. message ID = 0'),
    byPeer(`ISAKMP:(0):found peer pre-shared key matching ${peer}`),
    bare('ISAKMP:(0):Checking ISAKMP transform 1 against priority 10 policy'),
    bare('ISAKMP:      encryption AES-CBC'),
    bare('ISAKMP:(0):Encryption algorithm offered does not match policy!'),
    bare('ISAKMP:(0):no offers accepted!'),
    byPeer(`ISAKMP:(0): phase 1 SA policy not acceptable! (local ${LOCAL} remote ${peer})`),
    byPeer(`ISAKMP:(${conn}): sending packet to ${peer} my_port 500 peer_port 500 (R) MM_KEY_EXCH`),
    byConn(`ISAKMP:(${conn}):Old State = IKE_R_MM3  New State = IKE_R_MM4`),
    byConn(`ISAKMP:(${conn}): retransmitting phase 1 MM_KEY_EXCH...`),
    byPeer(`%CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from ${peer} failed its sanity check or is malformed`),
    byConn(`ISAKMP:(${conn}): processing HASH payload. message ID = 4711`),
    byPeer(
      `IPSEC(validate_proposal_request): proposal part #1,\n  (key eng. msg.) INBOUND local= ${LOCAL}:0, remote= ${peer}:0,\n    local_proxy= 10.0.0.0/255.255.0.0/256/0,\n    remote_proxy= 10.${100 + index}.0.0/255.255.0.0/256/0`,
    ),
    byConn(`ISAKMP:(${conn}): IPSec policy invalidated proposal with error 256`),
    byConn(`ISAKMP:(${conn}): phase 2 SA policy not acceptable! (local ${LOCAL} remote ${peer})`),
    byPeer(`%CRYPTO-6-IKMP_MODE_FAILURE: Processing of Quick mode failed with peer at ${peer}`),
    byPeer(
      `%CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for destaddr=${LOCAL}, prot=50, spi=${spi}, srcaddr=${peer}`,
    ),
    bySa(
      `%CRYPTO-4-PKT_REPLAY_ERR: decrypt: replay check failed connection id=${saIdOf(index)}, sequence number=8812`,
    ),
    byPeer(
      `%IPSEC-3-REPLAY_ERROR: IPSec SA receives anti-replay error, DP Handle 7, src_addr ${peer}, dest_addr ${LOCAL}, SPI ${hex(spiOf(index)).toLowerCase()}`,
    ),
    byPeer(`%CRYPTO-5-SESSION_STATUS: Crypto tunnel is UP  .  Peer ${peer}:500       Id: ${peer}`),
    byPeer(
      `ISAKMP:(${conn}):deleting SA reason "Death by retransmission P1" state (R) MM_KEY_EXCH (peer ${peer})`,
    ),
    byConn(`ISAKMP:(${conn}):Input = IKE_MESG_INTERNAL, IKE_PHASE1_DEL`),
  ];
}

function interleave(talks: readonly (readonly Spoken[])[], random: () => number): Spoken[] {
  const open = talks.map((talk) => [...talk]);
  const spoken: Spoken[] = [];
  while (open.length > 0) {
    const at = Math.floor(random() * open.length);
    const next = open[at]?.shift();
    if (next === undefined) open.splice(at, 1);
    else spoken.push(next);
  }
  return spoken;
}

function print(spoken: readonly Spoken[], shape: LogShape, random: () => number) {
  const text = [
    'Syslog logging: enabled (0 messages dropped, 0 messages rate-limited, 0 flushes, 0 overruns, xml disabled, filtering disabled)',
    '    Buffer logging:  level debugging, 5000 messages logged, xml disabled,',
    '                    filtering disabled',
    '',
    'Log Buffer (1000000 bytes):',
    '',
  ];
  const lines: LoggedOf[] = [];
  let at = Date.UTC(2026, 10, 20, 14, 20);
  for (const { peer, text: said, marked } of spoken) {
    if (!shape.sameStamp) at += Math.floor(random() * (shape.gapMs ?? 8));
    const stamp = new Date(at).toISOString().slice(11, 23);
    lines.push({ line: text.length + 1, peer, marked, text: said });
    text.push(...`Nov 20 ${stamp}: ${said}`.split('\n'));
  }
  return { text: `${text.join('\n')}\n`, lines };
}

function isakmpTable(peers: readonly number[]): string {
  const rows = peers.map(
    (index) =>
      `${LOCAL.padEnd(15)} ${addressOf(index).padEnd(15)} MM_KEY_EXCH       ${1001 + index} ACTIVE\n`,
  );
  return `IPv4 Crypto ISAKMP SA\ndst             src             state          conn-id status\n${rows.join('')}\nIPv6 Crypto ISAKMP SA\n\n`;
}

function ipsecTable(peers: readonly number[]): string {
  const flows = peers.map((index) => flowText(index)).join('');
  return `\ninterface: GigabitEthernet0/0\n    Crypto map tag: VPN, local addr ${LOCAL}\n${flows}`;
}

function flowText(index: number): string {
  const sa = (
    direction: 'inbound' | 'outbound',
    id: number,
    spi: number,
  ): string => `     ${direction} esp sas:
      spi: ${hex(spi)}(${spi})
        transform: esp-aes esp-sha-hmac ,
        in use settings ={Tunnel, }
        conn id: ${id}, flow_id: SW:${id}, sibling_flags 80000046, crypto map: VPN
        sa timing: remaining key lifetime (k/sec): (4500000/3000)
        IV size: 16 bytes
        replay detection support: Y
        Status: ACTIVE

     ${direction} ah sas:

     ${direction} pcp sas:

`;
  return `
   protected vrf: (none)
   local  ident (addr/mask/prot/port): (10.0.0.0/255.255.0.0/0/0)
   remote ident (addr/mask/prot/port): (10.${100 + index}.0.0/255.255.0.0/0/0)
   current_peer ${addressOf(index)} port 500
     PERMIT, flags={origin_is_acl,}
    #pkts encaps: 100, #pkts encrypt: 100, #pkts digest: 100
    #pkts decaps: 100, #pkts decrypt: 100, #pkts verify: 100
    #send errors 0, #recv errors 0

     local crypto endpt.: ${LOCAL}, remote crypto endpt.: ${addressOf(index)}
     path mtu 1500, ip mtu 1500, ip mtu idb GigabitEthernet0/0
     current outbound spi: ${hex(spiOf(index) + 1)}(${spiOf(index) + 1})
     PFS (Y/N): N, DH group: none

${sa('inbound', saIdOf(index), spiOf(index))}${sa('outbound', saIdOf(index) + 1, spiOf(index) + 1)}`;
}

/** A small linear generator: the same log for the same seed on every machine. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
