import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parserFor } from '../../src/parsers/registry.ts';

const parsersRoot = fileURLToPath(new URL('../../src/parsers/', import.meta.url));

interface Place {
  readonly lines: { readonly first: number; readonly last: number };
}

/** The arrays of records each parser returns. A line inside one record must say nothing about another. */
const RECORDS: Readonly<Record<string, string>> = {
  'show crypto isakmp sa': 'sas',
  'show crypto ipsec sa': 'flows',
  'show crypto session': 'sessions',
  'show crypto ikev2 sa': 'sas',
  'show crypto isakmp policy': 'policies',
  'show crypto map': 'entries',
  'show crypto eli': 'engines',
  'show crypto engine accelerator statistic': 'accelerators',
  'show crypto engine connections active': 'connections',
  'show crypto ikev2 policy': 'policies',
  'show crypto ikev2 profile': 'profiles',
  'show crypto ikev2 proposal': 'proposals',
  'show crypto ikev2 session': 'sessions',
  'show crypto ikev2 stats exchange': 'rows',
  'show crypto ipsec profile': 'profiles',
  'show crypto ipsec transform-set': 'transformSets',
  'show crypto isakmp peers': 'peers',
  'show crypto isakmp profile': 'profiles',
  'show dmvpn': 'peers',
  'show ip nhrp nhs': 'servers',
  'show crypto pki certificates': 'certificates',
  'show crypto pki trustpoints status': 'trustpoints',
  'show crypto pki crls': 'crls',
  'show ip interface brief': 'interfaces',
  'show interfaces': 'interfaces',
  'show policy-map interface': 'policies',
  'show ip nhrp': 'mappings',
  'show ip nhrp multicast': 'entries',
  'show ip nat translations': 'translations',
  'show running-config': 'cryptoMaps',
  'show crypto gdoi': 'registrations',
};

/** The numbered DMVPN row that another row leans on; the test below says what must happen when it is lost. */
const LEANS = /^ *\d+ +198\.51\.100\.10 /;

describe.each(Object.entries(RECORDS))('%s', (command, key) => {
  const root = join(parsersRoot, command.replaceAll(' ', '-'), 'cases');
  const parser = parserFor(command);
  const recordsOf = (text: string): readonly Place[] => {
    const facts = parser?.parse(text).facts as Record<string, readonly Place[]> | undefined;
    return facts?.[key] ?? [];
  };

  test.each(readdirSync(root))('%s: a lost line changes only the record it stood in', (name) => {
    const lines = readFileSync(join(root, name, 'input.txt'), 'utf8').split('\n');
    const whole = recordsOf(lines.join('\n'));
    for (let at = 0; at < lines.length; at++) {
      const inside = whole.filter((record) => record.lines.first <= at + 1 && at + 1 <= record.lines.last);
      if (inside.length === 0 || LEANS.test(lines[at] ?? '')) continue;
      const now = recordsOf(lines.toSpliced(at, 1).join('\n')).map(plain);
      for (const record of whole) if (!inside.includes(record)) expect(now).toContain(plain(record));
    }
  });
});

test('a DMVPN row whose numbered row is lost has no NBMA address instead of a wrong one', () => {
  const text = [
    'Interface: Tunnel0, IPv4 NHRP Details',
    '     1 198.51.100.2         172.16.0.2    UP 00:00:16     D',
    '                            172.16.0.5    UP    3w5d     D',
  ].join('\n');
  const facts = parserFor('show dmvpn')?.parse(text).facts as { peers: { nbma: string | null }[] };
  expect(facts.peers.map((peer) => peer.nbma)).toEqual(['198.51.100.2', null]);
});

test('a policy whose interface heading is lost has no interface instead of a wrong one', () => {
  const policy = (name: string) =>
    `\n  Service-policy output: ${name}\n\n    Class-map: class-default (match-any)\n      5 packets, 500 bytes`;
  const text = ` GigabitEthernet0/0${policy('WAN')}\n${policy('OF-A-LOST-INTERFACE')}`;
  const facts = parserFor('show policy-map interface')?.parse(text).facts as {
    policies: { interface: string | null }[];
  };
  expect(facts.policies.map((each) => each.interface)).toEqual(['GigabitEthernet0/0', null]);
});

test('a lost heading of a member, of a section or of a group makes no other record', () => {
  const lost = (command: string, folder: string, heading: RegExp) => {
    const text = readFileSync(join(parsersRoot, folder, 'input.txt'), 'utf8');
    expect(text).toMatch(heading);
    return parserFor(command)?.parse(text.replace(heading, '')).facts as {
      groups: unknown[];
      counters: { section: string; label: string }[];
    };
  };
  const server = lost('show crypto gdoi', 'show-crypto-gdoi/cases/3-ks-and-members', /^Group Member ID.*/m);
  expect(server.groups).toHaveLength(1);
  const traffic = lost('show ip traffic', 'show-ip-traffic/cases/1-fragments', /^(?:PIMv2|ARP|TCP) stat.*/gm);
  const sections = new Set(traffic.counters.map(({ section }) => section));
  expect([...sections]).toEqual(['IP', 'ICMP', 'UDP', 'OSPF', 'IGMP', 'EIGRP-IPv4']);
  const counted = traffic.counters
    .filter(({ section }) => section !== 'IP' && section !== 'ICMP' && section !== 'UDP')
    .map(({ label }) => label);
  for (const label of ['Registers', 'no port', 'replies']) expect(counted).not.toContain(label);
});

/** A record as text without its line numbers. */
function plain(record: unknown): string {
  return JSON.stringify(record, (key, value) =>
    /^lines$|Lines?$/.test(key) && key !== 'aclLines' ? undefined : value,
  );
}
