import type { InventoryRouter } from './inventory.ts';

/** What holds when neither defaults nor a group nor the router say anything. */
export const UNSET = {
  port: 22,
  user: null,
  password: null,
  enableSecret: null,
  identity: null,
  jump: null,
  legacyAlgorithms: false,
  hostKeys: null,
  knownHosts: null,
  groups: [],
  tags: [],
  site: null,
  description: null,
  timeouts: {},
  tunnels: [],
} satisfies Omit<InventoryRouter, 'name' | 'host' | 'line'>;
