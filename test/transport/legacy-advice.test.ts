import { expect, test } from '@jest/globals';
import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { wrap } from '../../src/report/text-layout.ts';
import { Negotiation } from '../../src/transport/negotiation.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';

const target = (changes: Partial<RouterTarget>): RouterTarget => ({
  name: 'hub1',
  host: '192.0.2.1',
  port: 22,
  user: 'cisco',
  password: null,
  legacyAlgorithms: false,
  hostKeys: { policy: 'strict', knownHostsFile: 'known_hosts', readOnlyFiles: [] },
  ...changes,
});

function messageFor(to: RouterTarget): string {
  const negotiation = new Negotiation();
  negotiation.read('Handshake: (local) KEX method: curve25519-sha256');
  negotiation.read('Handshake: (remote) KEX method: diffie-hellman-group1-sha1');
  const error = negotiation.noCommon(to, 'Handshake failed: no matching key exchange algorithm');
  return error?.message ?? '';
}

/** The YAML between the sentence that announces it and the one behind it. */
function inventoryIn(message: string): string {
  const lines = message.split('\n');
  const first = lines.findIndex((line) => line.trim() === 'routers:');
  const last = lines.findIndex((line) => line.trim() === 'legacyAlgorithms: true');
  return `${lines.slice(first, last + 1).join('\n')}\n`;
}

for (const changes of [
  {},
  { name: '127.0.0.1', host: '127.0.0.1', port: 25_002 },
  { name: '2001:db8::1', host: '2001:db8::1' },
  { name: '::1', host: '::1', port: 2222 },
  { name: 'lon.example.net', host: 'lon.example.net' },
]) {
  const to = target(changes);
  test(`the lines printed for ${to.name} are an inventory, as sent and as wrapped in a report`, () => {
    const message = messageFor(to);
    expect(message).toContain('diffie-hellman-group1-sha1');
    expect(message).toContain('curve25519-sha256');
    expect(message).toContain('--legacy-algorithms');
    for (const text of [message, wrap(message, 60, '  ! ').join('\n')]) {
      const result = parseInventory(inventoryIn(text), 'inv.yaml');
      expect(result).toMatchObject({
        ok: true,
        inventory: {
          routers: [{ host: to.host, port: to.port === 22 ? null : to.port, legacyAlgorithms: true }],
        },
      });
    }
  });
}

test('a jump host is advised in words: its place in the inventory has no lines of its own', () => {
  const message = messageFor(target({ name: 'bastion', isJumpHost: true }));
  expect(message).toContain('the jump host offers: diffie-hellman-group1-sha1');
  expect(message).toContain(
    'allow diffie-hellman-group1-sha1 for it alone (legacyAlgorithms of the jump host)',
  );
  expect(message).not.toContain('routers:');
});

test('an opt-in by names that leaves out what is needed is told the names', () => {
  const message = messageFor(target({ legacyAlgorithms: ['ssh-rsa'] }));
  expect(message).toContain('leave out diffie-hellman-group1-sha1');
});

test('a whole opt-in, and a router with nothing that is known', () => {
  const negotiation = new Negotiation();
  negotiation.read('Handshake: (local) KEX method: curve25519-sha256');
  negotiation.read('Handshake: (remote) KEX method: sntrup4591761x25519-sha512,odd\x1b[2J');
  for (const [legacyAlgorithms, words] of [
    [true, 'allowed for this router already'],
    [false, 'would not help'],
  ] as const) {
    const error = negotiation.noCommon(
      target({ legacyAlgorithms }),
      'Handshake failed: no matching key exchange algorithm',
    );
    expect(error?.message).toContain(words);
    expect(error?.message).not.toContain('\x1b');
  }
});
