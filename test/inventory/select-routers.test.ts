import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matchesGlob } from '../../src/inventory/glob.ts';
import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { selectRouters } from '../../src/inventory/select-routers.ts';

const result = parseInventory(
  [
    'groups: {hubs: {}, spokes: {}, unused: {}}',
    'routers:',
    '  hub1: {host: 192.0.2.1, groups: [hubs], site: New York, tags: [critical]}',
    '  hub2: {host: 192.0.2.2, groups: [hubs], site: lon}',
    '  spoke7: {host: 192.0.2.7, groups: [spokes], site: lon, tags: [lab, critical]}',
    '  spoke8: {host: 192.0.2.8, groups: [spokes], tags: [lab]}',
  ].join('\n'),
  'i.yaml',
);
if (!result.ok) throw new Error('the test inventory is broken');
const inventory = result.inventory;
const select = (limit: string) => selectRouters(inventory, limit);

describe('errors point at the place', () => {
  test.each([
    ['', 1, 'missing'],
    ['hub1,', 6, 'missing'],
    ['hub1,&hub2', 6, 'missing'],
    ['hub1 & !', 9, 'missing'],
    ['hub3', 1, 'did you mean "hub1"'],
    ['hub1, spoke9', 7, 'no router has the name "spoke9"'],
    ['!hub11', 2, 'no router has the name'],
    ['hub1,grup:hubs', 6, 'did you mean "group"'],
    ['foo:bar', 1, 'use group:, tag:, site:'],
    ['group:hub', 1, 'did you mean "hubs"'],
    ['group:', 1, 'behind the colon'],
    ['tag:prod*', 1, 'no router has the tag'],
    ['(hub1)', 1, '"\\("'],
    ['hub1|hub2', 5, '"\\|"'],
    ['group:hubs & group:spokes', 1, 'selects no router'],
    ['group:unused', 1, 'selects no router'],
  ])('%s', (limit, column, message) => {
    const found = select(limit);
    expect(found).toMatchObject({ ok: false, column });
    expect(found.ok ? '' : found.message).toMatch(new RegExp(message));
  });
});

test.each([
  ['hub1', 'hub1'],
  ['HUB*', 'hub1 hub2'],
  ['*', 'hub1 hub2 spoke7 spoke8'],
  ['*k?7', 'spoke7'],
  ['spoke8,hub1', 'hub1 spoke8'],
  ['group:spokes', 'spoke7 spoke8'],
  ['group:*s & site:lon', 'hub2 spoke7'],
  ['site:new york', 'hub1'],
  ['tag:critical&!group:hubs', 'spoke7'],
  ['!tag:lab', 'hub1 hub2'],
  ['!!tag:lab', 'spoke7 spoke8'],
  ['group:spokes & !tag:critical , hub1', 'hub1 spoke8'],
  [' group: hubs ', 'hub1 hub2'],
])('%s', (limit, names) => {
  const found = select(limit);
  expect(found.ok ? found.routers.map((router) => router.name).join(' ') : found.message).toBe(names);
});

test('globs agree with the regular expression they stand for', () => {
  const chars = fc.array(fc.constantFrom('a', 'b', '*', '?')).map((c) => c.join(''));
  const values = fc.array(fc.constantFrom('a', 'b')).map((c) => c.join(''));
  fc.assert(
    fc.property(chars, values, (pattern, value) => {
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(value);
      expect(matchesGlob(pattern, value)).toBe(expected);
    }),
  );
});

test('any expression: routers or an error inside it', () => {
  fc.assert(
    fc.property(fc.string(), (limit) => {
      const found = select(limit);
      if (found.ok) expect(found.routers.length).toBeGreaterThan(0);
      else expect(found.column).toBeLessThanOrEqual(limit.length + 1);
    }),
  );
});
