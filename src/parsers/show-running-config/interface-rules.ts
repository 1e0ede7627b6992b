import { addressAsPrinted, interfaceName, numberOf } from '../lines.ts';
import { anywhere, type BlockRule, type Making, once } from './config-block.ts';
import type { InterfaceBlock, NhrpSettings, TunnelSettings } from './interface-facts.ts';

export const INTERFACE_RULES: readonly BlockRule<InterfaceBlock>[] = [
  once('description', /^description (.{0,240})$/i, (match) => ({ description: match[1] ?? null })),
  once('shutdown', /^shutdown$/i, () => ({ shutdown: true })),
  // ip vrf forwarding RED   |   vrf forwarding RED
  ...['ip', 'vrf'].map((word) =>
    once<InterfaceBlock>(word, /^(?:ip )?vrf forwarding (\S{1,64})(?: .{0,80})?$/i, (match) => ({
      vrf: match[1] ?? null,
    })),
  ),
  // ip address 192.0.2.1 255.255.255.0 secondary   |   ip address dhcp   |   ip unnumbered Loopback0
  anywhere('ip', /^ip (?:address ((?!\d).{1,80}|\d.{6,60})|(unnumbered \S.{0,40}))$/i, (face, match) => {
    face.addresses.push(match[1] ?? match[2] ?? '');
  }),
  // ipv6 address 2001:DB8::1/64   |   ipv6 address FE80::15 link-local
  anywhere('ipv', /^ipv6 address (\S.{0,80})$/i, (face, match) =>
    face.ipv6Addresses.push(canonical(match[1] ?? '')),
  ),
  // crypto map VPN   |   crypto map VPN redundancy HA stateful
  once('crypto', /^crypto map (\S{1,64})(?: redundancy .{1,80})?$/i, (match) => ({
    cryptoMap: match[1] ?? null,
  })),
  // ip access-group FILTER in
  anywhere('ip', /^ip access-group (\S{1,128}) (in|out)$/i, (face, match) => {
    const direction = match[2]?.toLowerCase() === 'out' ? 'out' : 'in';
    face.accessGroups.push({ name: match[1] ?? '', direction });
  }),
  // mtu 1500
  once('mtu', /^mtu (\d{2,5})$/i, (match) => ({ mtu: numberOf(match[1]) })),
  // ip mtu 1400
  once('ip', /^ip mtu (\d{2,5})$/i, (match) => ({ ipMtu: numberOf(match[1]) })),
  // ip tcp adjust-mss 1360
  once('ip', /^ip tcp adjust-mss (\d{2,5})$/i, (match) => ({ adjustMss: numberOf(match[1]) })),
  // ip nat outside
  anywhere('ip', /^ip nat (inside|outside)$/i, (face, match) => {
    face.nat.push(match[1]?.toLowerCase() === 'inside' ? 'inside' : 'outside');
  }),
  ...tunnelRules(),
  ...nhrpRules(),
  ...otherFeatures(),
];

/** `2001:DB8::1/64 eui-64` with its address in canonical form; other words as printed. */
function canonical(text: string): string {
  // 2001:DB8::1/64   |   FE80::15 link-local
  const address = /^[0-9A-F:]{2,39}(?=[/ ]|$)/i.exec(text)?.[0] ?? '';
  return addressAsPrinted(address) + text.slice(address.length);
}

function tunnelRules(): BlockRule<InterfaceBlock>[] {
  const tunnel = (pattern: RegExp, fields: (match: RegExpExecArray) => Partial<TunnelSettings>) =>
    anywhere<InterfaceBlock>('tunnel', pattern, (face, match) => {
      face.tunnel = { ...(face.tunnel ?? blankTunnel()), ...fields(match) };
    });
  return [
    // tunnel source GigabitEthernet0/0   |   tunnel source 192.0.2.1
    tunnel(/^tunnel source (\S.{0,60})$/i, (match) => ({
      source: addressAsPrinted(interfaceName(match[1] ?? '')),
    })),
    // tunnel destination 198.51.100.7   |   tunnel destination dynamic
    tunnel(/^tunnel destination (\S{1,253})$/i, (match) => ({
      destination: addressAsPrinted(match[1] ?? ''),
    })),
    // tunnel mode ipsec ipv4   |   tunnel mode gre multipoint
    tunnel(/^tunnel mode (\S.{0,60})$/i, (match) => ({ mode: match[1] ?? null })),
    // tunnel vrf OUTSIDE
    tunnel(/^tunnel vrf (\S{1,64})$/i, (match) => ({ vrf: match[1] ?? null })),
    // tunnel key <redacted>
    tunnel(/^tunnel key \S{1,40}$/i, () => ({ hasKey: true })),
    // tunnel protection ipsec profile VTI shared   |   tunnel protection ipsec profile VTI isakmp-profile P
    tunnel(/^tunnel protection ipsec profile (\S{1,64})(?: (shared))?(?: (\S.{0,80}))?$/i, (match) => ({
      protectionProfile: match[1] ?? null,
      protectionShared: match[2] !== undefined,
      protectionOptions: match[3] ?? null,
    })),
    // tunnel path-mtu-discovery   |   tunnel route-via GigabitEthernet0/0 mandatory
    anywhere('tunnel', /^tunnel (?!key|protection)([a-z].{0,100})$/i, (face, match) => {
      const old = face.tunnel ?? blankTunnel();
      face.tunnel = { ...old, others: [...old.others, match[1] ?? ''] };
    }),
  ];
}

function nhrpRules(): BlockRule<InterfaceBlock>[] {
  const nhrp = (
    pattern: RegExp,
    fields: (match: RegExpExecArray, old: NhrpSettings) => Partial<NhrpSettings>,
  ): BlockRule<InterfaceBlock>[] =>
    ['ip', 'ipv'].map((word) =>
      anywhere<InterfaceBlock>(word, pattern, (face, match) => {
        const old = face.nhrp ?? blankNhrp();
        face.nhrp = { ...old, ...fields(match, old) };
      }),
    );
  return [
    // ip nhrp authentication <redacted>
    ...nhrp(/^ipv?6? nhrp authentication .{1,80}$/i, () => ({ hasAuthentication: true })),
    // ip nhrp network-id 8
    ...nhrp(/^ipv?6? nhrp network-id (\d{1,10})$/i, (match) => ({ networkId: numberOf(match[1]) })),
    // ip nhrp holdtime 300
    ...nhrp(/^ipv?6? nhrp holdtime (\d{1,9})$/i, (match) => ({ holdtimeSec: numberOf(match[1]) })),
    // ip nhrp nhs 10.0.0.1 nbma 192.0.2.1 multicast
    ...nhrp(/^ipv?6? nhrp nhs (\S.{0,160})$/i, (match, old) => ({
      servers: [...old.servers, match[1] ?? ''],
    })),
    // ip nhrp map multicast dynamic
    ...nhrp(/^ipv?6? nhrp map multicast (\S.{0,60})$/i, (match, old) => ({
      multicast: [...old.multicast, match[1] ?? ''],
    })),
    // ip nhrp map 10.0.0.1 192.0.2.1
    ...nhrp(/^ipv?6? nhrp map (?!multicast)(\S.{0,160})$/i, (match, old) => ({
      maps: [...old.maps, match[1] ?? ''],
    })),
    ...nhrp(/^ipv?6? nhrp redirect(?: .{0,60})?$/i, () => ({ redirect: true })),
    ...nhrp(/^ipv?6? nhrp shortcut$/i, () => ({ shortcut: true })),
    // ip nhrp registration no-unique
    ...nhrp(/^ipv?6? nhrp (?!authentication|map|nhs|network-id|holdtime)([a-z].{0,100})$/i, (match, old) => ({
      others: [...old.others, match[1] ?? ''],
    })),
  ];
}

/** Lines of an interface that no tunnel depends on. */
function otherFeatures(): BlockRule<InterfaceBlock>[] {
  // duplex auto   |   no ip redirects   |   service-policy output SHAPE   |   ip ospf network broadcast
  const words =
    'duplex speed media negotiation load bandwidth delay keepalive encapsulation service switchport spanning channel standby vrrp carrier cdp lldp ntp snmp logging hold tx random arp mac macsec fair no zone isdn dialer ppp pppoe peer clock serial framing linecode line dsu async physical power udld storm hsrp bfd mpls isis';
  const known = words.split(' ').map((word) => ignore(word, /^(?!crypto|tunnel).{1,240}$/i));
  return [
    ...known,
    // ip redirects   |   ip ospf 1 area 0   |   ip virtual-reassembly in
    ignore(
      'ip',
      /^ip (?:ospf|eigrp|hello-interval|hold-time|bandwidth-percent|summary-address|split-horizon|rip|pim|igmp|flow|virtual-reassembly|policy|route-cache|redirects|unreachables|proxy-arp|helper-address|directed-broadcast|verify|nbar|accounting|load-sharing|rsvp|bgp|authentication|mroute-cache|multicast|inspect|ips|wccp|urd|sla|portbundle|dhcp|cef|router|local-proxy-arp|mask-reply|admission|traffic-export)\b.{0,200}$/i,
    ),
    // ipv6 enable   |   ipv6 mtu 1400
    ignore(
      'ipv',
      /^ipv6 (?:enable|mtu|nd|ospf|eigrp|rip|unreachables|redirects|traffic-filter|dhcp|tcp|pim|mld|verify|policy|cef|virtual-reassembly)\b.{0,200}$/i,
    ),
  ];
}

function ignore(word: string, pattern: RegExp): BlockRule<InterfaceBlock> {
  return anywhere(word, pattern, () => {});
}

function blankTunnel(): Making<TunnelSettings> {
  return {
    source: null,
    destination: null,
    mode: null,
    vrf: null,
    hasKey: false,
    protectionProfile: null,
    protectionShared: false,
    protectionOptions: null,
    others: [],
  };
}

function blankNhrp(): NhrpSettings {
  return {
    networkId: null,
    hasAuthentication: false,
    holdtimeSec: null,
    servers: [],
    maps: [],
    multicast: [],
    redirect: false,
    shortcut: false,
    others: [],
  };
}
