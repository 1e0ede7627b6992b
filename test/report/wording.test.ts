import { describe, expect, test } from '@jest/globals';
import { commandParts, counted, filled, marked, named, sentence } from '../../src/report/wording.ts';

describe('a sentence', () => {
  test.each([
    ['main mode with this peer failed', 'Main mode with this peer failed.'],
    ["the peer's key is missing.", "The peer's key is missing."],
    ['show logging shows no new line', 'show logging shows no new line.'],
    ['esp-aes 256 is offered', 'esp-aes 256 is offered.'],
    ['already whole.', 'Already whole.'],
    ['is it a fault?', 'Is it a fault?'],
    ['phase 1, then phase 2 (service-affecting)', 'Phase 1, then phase 2 (service-affecting).'],
    ['', ''],
  ])('%j is put on the page as %j', (text, shown) => {
    expect(sentence(text)).toBe(shown);
  });
});

describe('commands in a sentence', () => {
  test.each([
    ['show crypto isakmp sa shows QM_IDLE', '`show crypto isakmp sa` shows QM_IDLE'],
    ['Read show logging on the far end.', 'Read `show logging` on the far end.'],
    ['(show crypto map, show ip access-lists).', '(`show crypto map`, `show ip access-lists`).'],
    ['show ip cef 192.0.2.1 says so', '`show ip cef 192.0.2.1` says so'],
    ['clear crypto session remote <peer> helps', '`clear crypto session remote <peer>` helps'],
    ['no `show clock` was taken', 'no `show clock` was taken'],
    [
      'two samples of show crypto ipsec sa peer show growth',
      'two samples of `show crypto ipsec sa peer` show growth',
    ],
    ['the lines show which side it is', 'the lines show which side it is'],
    ['show policy-map interface counts drops', '`show policy-map interface` counts drops'],
  ])('%j is marked as %j', (text, shown) => {
    expect(marked(text)).toBe(shown);
  });

  test('lose no text when they are cut out', () => {
    const text = 'a show crypto map, show logging b';
    expect(
      commandParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  test('are found in time that grows with the text', () => {
    const started = process.cpuUsage();
    commandParts('show crypto isakmp sa '.repeat(50_000));
    commandParts(`show ${'crypto '.repeat(100_000)}<`);
    commandParts('`show '.repeat(100_000));
    expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
  });
});

test('steps name the peer and the interface of their tunnel', () => {
  const tunnel = { peer: '198.51.100.1', attachment: { interface: 'Tunnel10' } };
  expect(filled('clear <peer> on <interface>, <acl>', tunnel)).toBe('clear 198.51.100.1 on Tunnel10, <acl>');
  expect(filled('clear <peer>', { peer: null, attachment: { interface: null } })).toBe('clear <peer>');
});

test('names are told up to three, then counted', () => {
  expect(named(['a', 'b', 'c'], 9, 'router')).toBe('a, b, c');
  expect(named(['a', 'b', 'c', 'd'], 9, 'router')).toBe('a, b, c and 1 more');
  expect(named(['a', 'b', 'c', 'd'], 4, 'router')).toBe('all 4 routers');
});

test('a list is cut with a count of the rest', () => {
  expect(counted(['a', 'b'], 2)).toEqual(['a', 'b']);
  expect(counted(['a', 'b', 'c'], 2)).toEqual(['a', 'b', '1 more in the JSON report']);
});
