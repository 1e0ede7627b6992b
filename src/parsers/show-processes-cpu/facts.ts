import type { Fact } from '../parsed.ts';

/** Load of the router, or of one core of it, in percent. */
export interface CpuLoad extends Fact {
  /** Number of the core; null for the whole router. */
  readonly core: number | null;
  readonly fiveSeconds: number;
  /** Share of the five seconds spent at interrupt level; null where the layout leaves it out. */
  readonly interrupts: number | null;
  readonly oneMinute: number;
  readonly fiveMinutes: number;
}

/** One process. */
export interface CpuProcess extends Fact {
  readonly pid: number;
  /** Milliseconds of CPU since the process began (the counter wraps on long-lived routers). */
  readonly runtimeMs: number;
  readonly invoked: number;
  readonly microsecondsEach: number;
  /** Percent. */
  readonly fiveSeconds: number;
  readonly oneMinute: number;
  readonly fiveMinutes: number;
  readonly tty: number;
  readonly name: string;
}

export interface CpuFacts {
  readonly loads: readonly CpuLoad[];
  /** In the order printed. */
  readonly processes: readonly CpuProcess[];
}
