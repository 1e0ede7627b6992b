import type { Router } from './scenario-files.ts';

/**
 * A deliberately plain second reading of the scenario outputs, independent of the product's parsers: it checks the fixtures,
 * not the parsers, and may assume the layouts the scenarios are written in.
 */
export interface PlainFlow {
  readonly local: string;
  readonly peer: string;
  readonly localIdent: string;
  readonly remoteIdent: string;
  readonly enc: number;
  readonly dec: number;
  readonly serr: number;
  readonly rerr: number;
  /** 0: no SA. */
  readonly inbound: number;
  readonly outbound: number;
  readonly connId: number;
  /** Remaining kilobytes/seconds, inbound and outbound, as printed in `show crypto session detail`. */
  readonly life: readonly [string, string];
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const UNITS: Readonly<Record<string, number>> = {
  year: 31_536_000,
  week: 604_800,
  day: 86_400,
  hour: 3600,
  minute: 60,
  y: 31_536_000,
  w: 604_800,
  d: 86_400,
  h: 3600,
};

/** Wall time of `show clock` in milliseconds, read as if it were UTC. */
export function clockOf(router: Router): number {
  // *14:30:00.872 UTC Fri Nov 20 2026
  const m = /^[*.]?(\d\d):(\d\d):(\d\d)\.(\d{3}) \S+ \w{3} (\w{3}) (\d+) (\d{4})\s*$/.exec(
    router.files['show-clock'] ?? '',
  );
  if (!m) throw new Error(`${router.name}: clock not readable`);
  return Date.UTC(
    Number(m[7]),
    MONTHS.indexOf(m[5] ?? ''),
    Number(m[6]),
    Number(m[1]),
    Number(m[2]),
    Number(m[3]),
    Number(m[4]),
  );
}

/** Seconds since the router started, from `uptime is 13 weeks, 2 days, 4 hours, 15 minutes`. */
export function bootOf(router: Router): number {
  const line = / uptime is (.+)/.exec(router.files['show-version'] ?? '')?.[1] ?? '';
  return [...line.matchAll(/(\d+) (year|week|day|hour|minute)/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * (UNITS[unit ?? ''] ?? 0),
    0,
  );
}

/** 12.0, 12.3, 12.4, 15.2 … from `Version 15.2(4)M6` or `Version 16.9.4`. */
export function releaseOf(router: Router): number {
  return Number(
    /Software.*, Version (\d+\.\d+)[(.]/.exec(router.files['show-version'] ?? '')?.[1] ?? Number.NaN,
  );
}

/** Times of all stamped log lines in milliseconds, in buffer order. */
export function logStamps(router: Router, clock: number): number[] {
  const body = (router.files['show-logging'] ?? '').split(/Log Buffer \(\d+ bytes\):\n/)[1] ?? '';
  const stamps = body.split('\n').flatMap((line) => {
    // 001214: *Nov 20 14:29:03.224 UTC: %CRYPTO-5-…
    const m =
      /^(?:\d{6}: )?[*.]?(\w{3}) +(\d+) (?:\d{4} )?(\d\d):(\d\d):(\d\d)(?:\.(\d{3}))?(?: [A-Z]+)?: /.exec(
        line,
      );
    if (m)
      return [
        Date.UTC(
          2026,
          MONTHS.indexOf(m[1] ?? ''),
          Number(m[2]),
          Number(m[3]),
          Number(m[4]),
          Number(m[5]),
          Number(m[6] ?? 0),
        ),
      ];
    // 12w3d: %MOTCR-1-…
    const up = /^(\d+)([wd])(\d+)([dh]): /.exec(line);
    if (!up) return [];
    return [
      clock -
        bootOf(router) * 1000 +
        (Number(up[1]) * (UNITS[up[2] ?? ''] ?? 0) + Number(up[3]) * (UNITS[up[4] ?? ''] ?? 0)) * 1000,
    ];
  });
  return stamps;
}

/** Log lines that only a running debug writes. */
export function debugLines(router: Router): string[] {
  return (router.files['show-logging'] ?? '')
    .split('\n')
    .filter((line) => /: (?:ISAKMP|ISAKMP-ERROR|IPSEC|IKEv2)[:(]/.test(line));
}

/** Peers named by the SA tables and crypto maps of one router. */
export function peersOf(router: Router): Set<string> {
  const own = new Set(
    [...texts(router, 'show-crypto-map', 'show-crypto-ipsec-sa').matchAll(/local addr\.? (\S+)/g)].map(
      (m) => m[1] ?? '',
    ),
  );
  const rows = [
    ...(router.files['show-crypto-isakmp-sa'] ?? '').matchAll(/^(\d\S+) +(\d\S+) +[A-Z]/gm),
  ].flatMap((m) => [m[1] ?? '', m[2] ?? '']);
  const ownRows = own.size > 0 ? rows.filter((address) => !own.has(address)) : [];
  const named = texts(
    router,
    'show-crypto-map',
    'show-crypto-ipsec-sa',
    'show-crypto-session-detail',
  ).matchAll(/(?:Peer = |Peer: |current_peer:? )(\d+\.\d+\.\d+\.\d+)/g);
  return new Set([...ownRows, ...[...named].map((m) => m[1] ?? '')]);
}

/** Flows of `show crypto ipsec sa` (or its detail form, where the errors are summed). */
export function flowsOf(router: Router, file = 'show-crypto-ipsec-sa'): PlainFlow[] {
  const [head = '', ...blocks] = (router.files[file] ?? '').split(/(?=^ {3}local {2}ident)/m);
  return blocks.map((block) => flow(block)).filter(() => head !== '');
}

function flow(block: string): PlainFlow {
  const [before = '', after = ''] = block.split('outbound esp sas:');
  const inbound = before.split('inbound esp sas:')[1] ?? '';
  const endpoints = /local crypto endpt\.: (\S+), remote crypto endpt\.: (\S+)/.exec(block);
  return {
    local: endpoints?.[1] ?? '',
    peer: endpoints?.[2] ?? '',
    localIdent: /local {2}ident.*: \((\S+)\)/.exec(block)?.[1] ?? '',
    remoteIdent: /remote ident.*: \((\S+)\)/.exec(block)?.[1] ?? '',
    enc: number(/encaps: (\d+)/, block),
    dec: number(/decaps: (\d+)/, block),
    serr: block.includes('#send errors')
      ? number(/send errors (\d+)/, block)
      : sum(block, ['no sa (send)', 'encaps failed (send)', 'internal err (send):']),
    rerr: block.includes('#send errors')
      ? number(/recv errors (\d+)/, block)
      : sum(block, [
          'invalid sa (rcv)',
          'decaps failed (rcv)',
          'invalid prot (recv)',
          'verify failed:',
          'invalid identity (recv)',
          'invalid len (rcv)',
          'replay failed (rcv):',
          'internal err (recv)',
        ]),
    inbound: number(/spi: 0x[0-9A-F]+\((\d+)\)/, inbound),
    outbound: number(/spi: 0x[0-9A-F]+\((\d+)\)/, after),
    connId: number(/conn id: (\d+)/, inbound),
    life: [life(inbound), life(after)],
  };
}

function life(sa: string): string {
  return /\(k\/sec\): \((\d+\/\d+)\)/.exec(sa)?.[1] ?? '0/0';
}

/** The same numbers as `show crypto session detail` prints them. */
export function sessionFlowsOf(router: Router): object[] {
  // Inbound:  #pkts dec'ed 201875 drop 0 life (KB/Sec) 4606665/2204
  const line =
    /Inbound: {2}#pkts dec'ed (\d+) drop (\d+) life \(KB\/Sec\) (\S+)\n +Outbound: #pkts enc'ed (\d+) drop (\d+) life \(KB\/Sec\) (\S+)/g;
  return [...(router.files['show-crypto-session-detail'] ?? '').matchAll(line)].map((m) => ({
    dec: Number(m[1]),
    rerr: Number(m[2]),
    enc: Number(m[4]),
    serr: Number(m[5]),
    life: [m[3], m[6]],
  }));
}

function sum(block: string, names: readonly string[]): number {
  return names.reduce(
    (total, name) => total + Number(block.split(`#pkts ${name} `)[1]?.match(/^\d+/)?.[0] ?? 0),
    0,
  );
}

function number(pattern: RegExp, text: string): number {
  return Number(pattern.exec(text)?.[1] ?? 0);
}

function texts(router: Router, ...names: string[]): string {
  return names.map((name) => router.files[name] ?? '').join('\n');
}
