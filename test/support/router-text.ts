/** Small texts as a router prints them, for tests that need one table in one state. Addresses and names are made up. */

export const HERE = '192.0.2.1';
export const PEER = '198.51.100.7';

/** One row: who began, the state, the connection id, the status column. */
export interface IsakmpRow {
  readonly src?: string;
  readonly dst?: string;
  readonly state: string;
  readonly id?: number;
  readonly status?: string;
}

export function isakmpSa(...rows: readonly IsakmpRow[]): string {
  const lines = rows.map(({ src = HERE, dst = PEER, state, id = 1001, status = 'ACTIVE' }) =>
    [dst.padEnd(15), src.padEnd(15), state.padEnd(14), `${id}`.padStart(7), status].join(' '),
  );
  const heading = 'dst             src             state          conn-id status';
  return ['IPv4 Crypto ISAKMP SA', heading, ...lines, '', 'IPv6 Crypto ISAKMP SA', ''].join('\n');
}

export interface FlowText {
  readonly peer?: string;
  readonly port?: number;
  readonly local?: string;
  readonly interface?: string;
  readonly map?: string;
  /** Third octet of both inner networks: flows with different numbers are different flows. */
  readonly net?: number;
  readonly sas?: 'none' | 'both' | 'inbound' | 'outbound' | 'two';
  readonly encaps?: number;
  readonly decaps?: number;
  readonly sendErrors?: number;
  readonly status?: string;
  readonly lifetimeSec?: number;
}

/** Flows in the order given; a new `interface:` heading where the interface changes. */
export function ipsecSa(...flows: readonly FlowText[]): string {
  let heading = '';
  return flows
    .flatMap((flow) => {
      const name = flow.interface ?? 'GigabitEthernet0/0';
      const top = `interface: ${name}\n    Crypto map tag: ${flow.map ?? 'VPN'}, local addr ${flow.local ?? HERE}\n`;
      const isNew = top !== heading;
      heading = top;
      return [...(isNew ? ['', top] : []), flowText(flow)];
    })
    .join('\n');
}

function flowText(flow: FlowText): string {
  const { peer = PEER, port = 500, local = HERE, net = 1, sas = 'both' } = flow;
  const { encaps = 100, decaps = 90, sendErrors = 0 } = flow;
  const inbound = { none: 0, both: 1, inbound: 1, outbound: 0, two: 2 }[sas];
  const outbound = { none: 0, both: 1, inbound: 0, outbound: 1, two: 2 }[sas];
  const spi = outbound === 0 ? '0x0(0)' : '0xB0B0B001(2964369409)';
  return [
    '   protected vrf: (none)',
    `   local  ident (addr/mask/prot/port): (10.1.${net}.0/255.255.255.0/0/0)`,
    `   remote ident (addr/mask/prot/port): (10.2.${net}.0/255.255.255.0/0/0)`,
    `   current_peer ${peer} port ${port}`,
    '     PERMIT, flags={origin_is_acl,}',
    `    #pkts encaps: ${encaps}, #pkts encrypt: ${encaps}, #pkts digest: ${encaps}`,
    `    #pkts decaps: ${decaps}, #pkts decrypt: ${decaps}, #pkts verify: ${decaps}`,
    '    #pkts compressed: 0, #pkts decompressed: 0',
    `    #send errors ${sendErrors}, #recv errors 0`,
    '',
    `     local crypto endpt.: ${local}, remote crypto endpt.: ${peer}`,
    '     plaintext mtu 1438, path mtu 1500, ip mtu 1500, ip mtu idb GigabitEthernet0/0',
    `     current outbound spi: ${spi}`,
    '     PFS (Y/N): N, DH group: none',
    '',
    '     inbound esp sas:',
    ...Array.from({ length: inbound }, (_, i) => saText(`0xA0A0A00${i + 1}`, flow)),
    '',
    '     inbound ah sas:',
    '',
    '     inbound pcp sas:',
    '',
    '     outbound esp sas:',
    ...Array.from({ length: outbound }, (_, i) => saText(`0xB0B0B00${i + 1}`, flow)),
    '',
    '     outbound ah sas:',
    '',
    '     outbound pcp sas:',
    '',
  ].join('\n');
}

function saText(
  spi: string,
  { status = 'ACTIVE(ACTIVE)', lifetimeSec = 3000, map = 'VPN' }: FlowText,
): string {
  return [
    `      spi: ${spi}(${Number(spi)})`,
    '        transform: esp-256-aes esp-sha-hmac ,',
    '        in use settings ={Tunnel, }',
    `        conn id: 2001, flow_id: SW:1, sibling_flags 80000040, crypto map: ${map}`,
    `        sa timing: remaining key lifetime (k/sec): (4607999/${lifetimeSec})`,
    '        IV size: 16 bytes',
    '        replay detection support: Y',
    `        Status: ${status}`,
  ].join('\n');
}

export interface SessionText {
  readonly peer?: string;
  readonly port?: number;
  readonly status: string;
  readonly uptime?: string;
  readonly interface?: string;
  readonly activeSas?: number;
  readonly inbound?: number;
  readonly outbound?: number;
  /** False: the short form, which has no packet counts. */
  readonly detail?: boolean;
}

export function session(...blocks: readonly SessionText[]): string {
  const text = blocks.map((block) => {
    const { peer = PEER, port = 500, status, uptime, inbound = 0, outbound = 0, detail = true } = block;
    const state = status.startsWith('UP') && status !== 'UP-NO-IKE' ? 'Active' : 'Inactive';
    return [
      `Interface: ${block.interface ?? 'GigabitEthernet0/0'}`,
      ...(uptime === undefined ? [] : [`Uptime: ${uptime}`]),
      `Session status: ${status}`,
      `Peer: ${peer} port ${port} fvrf: (none) ivrf: (none)`,
      `      Phase1_id: ${peer}`,
      '      Desc: (none)',
      ...(status === 'DOWN'
        ? []
        : [
            `  IKEv1 SA: local ${HERE}/500 remote ${peer}/${port} ${state}`,
            '          Capabilities:D connid:1001 lifetime:20:00:00',
          ]),
      '  IPSEC FLOW: permit ip 10.1.1.0/255.255.255.0 10.2.1.0/255.255.255.0',
      `        Active SAs: ${block.activeSas ?? (status.startsWith('UP') ? 2 : 0)}, origin: crypto map`,
      ...(detail
        ? [
            `        Inbound:  #pkts dec'ed ${inbound} drop 0 life (KB/Sec) 4600000/2000`,
            `        Outbound: #pkts enc'ed ${outbound} drop 0 life (KB/Sec) 4600000/2000`,
          ]
        : []),
      '',
    ].join('\n');
  });
  return ['Crypto session current status', '', ...text].join('\n');
}

/** `show logging` of a buffer at level debugging with these lines. */
export function logging(...lines: readonly string[]): string {
  return [
    'Syslog logging: enabled (0 messages dropped, 0 messages rate-limited, 0 flushes, 0 overruns, xml disabled, filtering disabled)',
    `    Buffer logging:  level debugging, ${lines.length} messages logged, xml disabled,`,
    '                    filtering disabled',
    '',
    'Log Buffer (16384 bytes):',
    '',
    ...lines,
    '',
  ].join('\n');
}

/** A line that lets the buffer reach back a whole day. */
export const OLD_LINE =
  'Nov 19 14:30:00.000 UTC: %SYS-5-CONFIG_I: Configured from console by neteng on vty0 (10.9.9.9)';

export const CLOCK = '14:30:00.000 UTC Fri Nov 20 2026\n';

/** A crypto map entry for the peers; `interfaces` empty: printed as used by none. */
export function cryptoMap(
  peers: readonly string[] = [PEER],
  interfaces: readonly string[] = ['GigabitEthernet0/0'],
  current: string | null = peers[0] ?? null,
): string {
  return [
    'Crypto Map IPv4 "VPN" 10 ipsec-isakmp',
    ...peers.map((peer) => `        Peer = ${peer}`),
    '        Extended IP access list VPN-ACL',
    '            access-list VPN-ACL permit ip 10.1.1.0 0.0.0.255 10.2.1.0 0.0.0.255',
    ...(current === null ? [] : [`        Current peer: ${current}`]),
    '        Security association lifetime: 4608000 kilobytes/3600 seconds',
    '        PFS (Y/N): N',
    '        Transform sets={',
    '                AES:  { esp-256-aes esp-sha-hmac  } ,',
    '        }',
    '        Interfaces using crypto map VPN:',
    ...interfaces.map((name) => `                ${name}`),
    '',
  ].join('\n');
}

export function accessList(matches: number): string {
  const count = matches === 0 ? '' : ` (${matches} matches)`;
  return `Extended IP access list VPN-ACL\n    10 permit ip 10.1.1.0 0.0.0.255 10.2.1.0 0.0.0.255${count}\n`;
}

export const NO_IKEV2 = '\n';

export interface DmvpnRow {
  readonly nbma?: string;
  readonly state: string;
  readonly attributes?: string;
}

export function dmvpn(type: 'Hub' | 'Spoke', ...rows: readonly DmvpnRow[]): string {
  return [
    `Interface: Tunnel0, IPv4 NHRP Details`,
    `Type:${type}, NHRP Peers:${rows.length},`,
    '',
    ' # Ent  Peer NBMA Addr Peer Tunnel Add State  UpDn Tm Attrb',
    ' ----- --------------- --------------- ----- -------- -----',
    ...rows.map(
      ({ nbma = PEER, state, attributes = 'S' }, index) =>
        `     1 ${nbma.padEnd(15)} ${`172.16.0.${index + 1}`.padStart(15)} ${state.padStart(5)} 00:01:10 ${attributes.padStart(5)}`,
    ),
    '',
  ].join('\n');
}
