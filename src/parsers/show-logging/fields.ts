import { isPlainIpv4, parseAddress } from '../../core/address.ts';
import { type NamedValues, namedPattern, valuesOf } from './named-groups.ts';

type Fields = Record<string, string>;

/** Fields that hold an address, with or without a port behind it. */
const ADDRESSES = new Set([
  'peer',
  'local',
  'src',
  'dst',
  'nhs',
  'nhc',
  'nbma',
  'ks',
  'certAddress',
  'client',
  'server',
  'address',
]);

/** An expression that finds more fields in a text which holds `literal`. */
interface Reader {
  readonly literal: string;
  readonly pattern: RegExp;
}

const READERS: readonly Reader[] = [
  // received packet from 198.51.100.7 dport 500 sport 500 Global (R) MM_NO_STATE
  {
    literal: 'received packet from ',
    pattern:
      /received packet from (?<peer>[0-9A-Fa-f.:]{3,45}) dport (?<localPort>\d{1,5}) sport (?<port>\d{1,5})(?: \S{1,40})? \((?<role>[IRN])\) (?<state>NEW SA|\w{1,40})/,
  },
  // sending packet to 198.51.100.7 my_port 500 peer_port 500 (I) MM_NO_STATE
  {
    literal: 'sending packet to ',
    pattern:
      /sending packet to (?<peer>[0-9A-Fa-f.:]{3,45}) my_port (?<localPort>\d{1,5}) peer_port (?<port>\d{1,5}) \((?<role>[IRN])\) (?<state>NEW SA|\w{1,40})/,
  },
  // (local 192.0.2.1 remote 198.51.100.7)
  {
    literal: '(local ',
    pattern: /\(local (?<local>[0-9A-Fa-f.:]{3,45}) remote (?<peer>[0-9A-Fa-f.:]{3,45})\)/,
  },
  // (peer 198.51.100.7)
  { literal: '(peer ', pattern: /\(peer (?<peer>[0-9A-Fa-f.:]{3,45})\)/ },
  // [To 198.51.100.7:500/From 192.0.2.1:500/VRF i0:f0]
  {
    literal: '[To ',
    pattern:
      /\[To (?<peer>[0-9A-Fa-f.:]{3,45}):(?<port>\d{1,5})\/From (?<local>[0-9A-Fa-f.:]{3,45}):(?<localPort>\d{1,5})/,
  },
  // [From 198.51.100.7:500/To 192.0.2.1:500/VRF i0:f0]
  {
    literal: '[From ',
    pattern:
      /\[From (?<peer>[0-9A-Fa-f.:]{3,45}):(?<port>\d{1,5})\/To (?<local>[0-9A-Fa-f.:]{3,45}):(?<localPort>\d{1,5})/,
  },
  // (key eng. msg.) INBOUND local= 192.0.2.1:0, remote= 198.51.100.7:0,
  {
    literal: 'local= ',
    pattern:
      /local= ?(?<local>[0-9A-Fa-f.]{7,15}|[0-9A-Fa-f:]{3,45})(?::\d{1,5})?, ?remote= ?(?<peer>[0-9A-Fa-f.]{7,15}|[0-9A-Fa-f:]{3,45})(?::\d{1,5})?/,
  },
  // local_proxy= 10.1.0.0/255.255.0.0/0/0 (type=4), remote_proxy= 10.2.0.0/255.255.0.0/0/0
  {
    literal: '_proxy',
    pattern:
      /local[_ ]proxy ?= ?(?<localIdent>[0-9A-Fa-f.:]{3,45}(?:\/[0-9A-Fa-f.]{1,15}){1,3})(?: ?\(type=\d\))?, ?remote[_ ]proxy ?= ?(?<remoteIdent>[0-9A-Fa-f.:]{3,45}(?:\/[0-9A-Fa-f.]{1,15}){1,3})/,
  },
  // SA has been authenticated with 198.51.100.7
  { literal: 'authenticated with ', pattern: /authenticated with (?<peer>[0-9A-Fa-f.:]{3,45})/ },
  // Trying to insert a peer 192.0.2.1/198.51.100.7/500/,
  {
    literal: 'insert a peer ',
    pattern: /insert a peer (?<local>[0-9A-Fa-f.:]{3,45})\/(?<peer>[0-9A-Fa-f.:]{3,45})\/(?<port>\d{1,5})/,
  },
  // Created a peer struct for 198.51.100.7, peer port 500     |     Looking for a matching key for 198.51.100.7 in default
  {
    literal: ' for ',
    pattern: /(?:peer struct|matching key|peer = 0x[0-9A-Fa-f]{1,16}) for (?<peer>[0-9A-Fa-f.:]{3,45})/,
  },
  // Peer 198.51.100.7:500 Id: hub.example     |     peer at 198.51.100.7     |     remote address 198.51.100.7
  {
    literal: 'eer ',
    pattern:
      /\b[Pp]eer (?:at |address ?:? ?)?(?<peer>(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]{2,41})(?::(?<port>\d{1,5}))?\b/,
  },
  // spi= 0xB761863E(3076621886)     |     with SPI 0x1F4A2C     |     spi 0x3ea71aed
  { literal: '0x', pattern: /\bspi(?: ?[=:] ?| is | )(?<spi>0x[0-9A-Fa-f]{1,8})\b/i },
];

/** Words of so many messages that they are looked for one by one; of the others nearly no message has any. */
const COMMON = new Set([' for ', 'eer ', '0x']);

const ALL_READERS = READERS.map(({ literal, pattern }) => ({ literal, ...namedPattern(pattern) }));
const COMMON_READERS = ALL_READERS.filter(({ literal }) => COMMON.has(literal));

/** Any of the rare words: one look instead of ten. */
const RARE = new RegExp(
  READERS.filter(({ literal }) => !COMMON.has(literal))
    .map(({ literal }) => literal.replace(/[()[\]]/g, '\\$&'))
    .join('|'),
);

/** No field stands further behind. */
const LONGEST_READ = 2_000;

/** Fields of one message: those its catalogue expression read, completed from the common phrases, all in one form. */
export function fieldsOf(text: string, groups: NamedValues): Fields {
  const fields: Fields = {};
  add(fields, groups);
  for (const reader of RARE.test(text) ? ALL_READERS : COMMON_READERS) {
    if (hasAll(fields, reader.names) || !text.includes(reader.literal)) continue;
    const found = valuesOf(reader, text.length > LONGEST_READ ? text.slice(0, LONGEST_READ) : text);
    if (found !== null) add(fields, found);
  }
  nameEnds(fields);
  return fields;
}

/** Fills in `peer`, `local` and `interface` where the message calls them otherwise. */
function nameEnds(fields: Fields): void {
  const { role, dir, src, dst, nbma, tunnel } = fields;
  // The next hop's NBMA address is what IKE calls the peer.
  setMissing(
    fields,
    'peer',
    otherEnd(role, fields) ?? (dir === 'INCOMING' ? src : dir === 'OUTGOING' ? dst : undefined) ?? nbma,
  );
  setMissing(fields, 'local', dir === 'INCOMING' ? dst : dir === 'OUTGOING' ? src : undefined);
  if (tunnel?.startsWith('Tunnel')) setMissing(fields, 'interface', tunnel);
}

/** (Client) … Client_public_addr=192.0.2.1 Server_public_addr=198.51.100.7 */
function otherEnd(role: string | undefined, { client, server }: Fields): string | undefined {
  if (role === 'Client') return server;
  return role === 'Server' ? client : undefined;
}

function hasAll(fields: Fields, names: readonly string[]): boolean {
  for (const name of names) if (fields[name] === undefined) return false;
  return true;
}

function add(fields: Fields, { names, values }: NamedValues): void {
  for (let i = 0; i < names.length; i++) setMissing(fields, names[i] ?? '', values[i + 1]);
}

function setMissing(fields: Fields, name: string, raw: string | undefined): void {
  if (raw === undefined || fields[name] !== undefined) return;
  const value = raw.trim();
  if (value === '') return;
  if (ADDRESSES.has(name)) addAddress(fields, name, value);
  else fields[name] = name === 'spi' ? spiOf(value) : value;
}

/** `198.51.100.7`, `198.51.100.7:500`, `198.51.100.7.` and IPv6; what is no address stays as printed, except as peer or local. */
function addAddress(fields: Fields, name: string, value: string): void {
  if (isPlainIpv4(value)) {
    fields[name] = value;
    return;
  }
  const address = ADDRESS_LIKE.test(value)
    ? (parseAddress(value) ?? parseAddress(value.replace(/[.,:]$/, '')))
    : null;
  if (address !== null) {
    fields[name] = address;
    return;
  }
  // 198.51.100.7:500
  const withPort = /^((?:\d{1,3}\.){3}\d{1,3}):(\d{1,5})$/.exec(value);
  const host = withPort ? parseAddress(withPort[1] ?? '') : null;
  if (host !== null) {
    fields[name] = host;
    if (name === 'peer') fields['port'] ??= withPort?.[2] ?? '';
  } else if (name !== 'peer' && name !== 'local') fields[name] = value;
}

// 2001:DB8::7     |     198.51.100.7.     (not UNKNOWN, not a name: the address library builds an error for each of those)
const ADDRESS_LIKE = /^[0-9A-Fa-f]{0,4}[.:][0-9A-Fa-f.:]{1,43}[,]?$/;

/** Lower case with 0x; the digits stay as many as were printed. */
function spiOf(value: string): string {
  const lower = value.toLowerCase();
  return lower.startsWith('0x') ? lower : `0x${lower}`;
}
