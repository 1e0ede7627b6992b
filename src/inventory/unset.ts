import type { InventoryRouter, LoginSettings } from './inventory.ts';

/** A server of which nothing was said. */
export const NO_LOGIN_SETTINGS: LoginSettings = {
  port: null,
  user: null,
  password: null,
  identity: null,
  passphrase: null,
  agent: null,
  legacyAlgorithms: null,
  hostKeys: null,
  knownHosts: null,
  jump: null,
};

/** What holds when neither defaults nor a group nor the router say anything. */
export const UNSET: Omit<InventoryRouter, 'name' | 'host' | 'line'> = {
  ...NO_LOGIN_SETTINGS,
  enableSecret: null,
  typeAhead: null,
  groups: [],
  tags: [],
  site: null,
  description: null,
  timeouts: {},
  tunnels: [],
};
