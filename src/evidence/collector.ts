import type { Collected } from './collected.ts';
import type { ShowCommand } from './show-command.ts';

/** The only seam to the outside: something that answers show commands of one router (a live session, a recording). */
export interface Collector {
  /** Never throws for what a router does; a dead session answers `cut-short` with empty text and the reason. */
  collect(command: ShowCommand): Promise<Collected>;
  /** Ends the session; safe to call twice. */
  close(): Promise<void>;
}
