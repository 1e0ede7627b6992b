import { createHash } from 'node:crypto';
import type { Log } from '../core/log.ts';
import { connectError, type Outcome } from './connect-error.ts';
import { type Route, tcpRoute } from './log-in.ts';
import type { LoginGate, LoginRole } from './login-gate.ts';
import { type RouterTarget, type SshEndpoint, where } from './router-target.ts';
import { SharedHop } from './shared-hop.ts';
import { DEFAULT_LIMITS, type Limits } from './timeouts.ts';

export interface JumpHostsOptions {
  readonly log: Log;
  /** Overrides of DEFAULT_LIMITS. */
  readonly limits?: Partial<Limits>;
  /** Ends everything: the user's interrupt, not the deadline of one router. */
  readonly signal?: AbortSignal;
  readonly gateOf?: (endpoint: SshEndpoint, role: LoginRole) => LoginGate;
}

/** The jump hosts of a run. */
export interface JumpHosts {
  /**
   * An open byte stream to a router's SSH port: direct, or through its jump hosts. Routers behind the same hops share one
   * login to each. What fails at a hop is the named error of every router behind it, without a further attempt; its message
   * begins with the router's name.
   */
  reach(target: RouterTarget, signal: AbortSignal | null): Promise<Outcome<Route>>;
  /** Leaves all of them; resolves when their connections are closed. */
  close(): Promise<void>;
}

export function openJumpHosts(options: JumpHostsOptions): JumpHosts {
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  // In the order of their making: a hop stands behind the ones before it.
  const hops = new Map<string, SharedHop>();
  const lastHopOf = (via: readonly SshEndpoint[]): SharedHop | null => {
    let last: SharedHop | null = null;
    for (const [at, endpoint] of via.entries()) {
      const key = keyOf(via.slice(0, at + 1));
      const hop: SharedHop =
        hops.get(key) ??
        new SharedHop({ ...endpoint, isJumpHost: true }, last, (hop) => ({
          limits,
          signal: options.signal ?? null,
          log: options.log,
          gate: options.gateOf?.(hop, 'hop') ?? null,
        }));
      hops.set(key, hop);
      last = hop;
    }
    return last;
  };
  return {
    reach: async (target, signal) => {
      const hop = lastHopOf(target.via ?? []);
      if (hop === null) return tcpRoute(target, limits, signal);
      const route = await hop.forward(target, signal);
      if (route.ok) return route;
      const { error } = route;
      if (error.name === 'interrupted')
        return {
          ok: false,
          error: connectError('interrupted', error.phase, `${where(target)}: interrupted.`),
        };
      return {
        ok: false,
        error: { ...error, message: `${target.name}: through jump host ${error.message}` },
      };
    },
    close: async () => {
      for (const hop of [...hops.values()].reverse()) await hop.close();
    },
  };
}

/** A digest, so that no password is kept as a key. */
function keyOf(via: readonly SshEndpoint[]): string {
  // The name is for messages only.
  const parts = via.map(({ name: _, ...endpoint }) => endpoint);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
