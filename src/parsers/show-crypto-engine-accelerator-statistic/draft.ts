import type { Draft, Line } from '../lines.ts';
import type { Accelerator, AcceleratorCounter } from './facts.ts';

export type AcceleratorDraft = Draft<Omit<Accelerator, 'counters'>> & {
  readonly counters: AcceleratorCounter[];
};

/** What has been read so far of one output. `closed`: the heading of a device is missing, and lines before the next one belong to none. */
export interface AcceleratorScan {
  readonly accelerators: AcceleratorDraft[];
  section: string | null;
  closed: boolean;
}

/** A device at the end of the list. */
export function openDevice(
  state: AcceleratorScan,
  line: Line,
  device: string | null,
  location: string | null,
): void {
  const lines = { first: line.number, last: line.last };
  state.accelerators.push({ lines, device, location, clearedSec: null, counters: [] });
  state.section = null;
  state.closed = false;
}

/** The device a line belongs to; null before the first heading. */
export function presentDevice(state: AcceleratorScan, line: Line): AcceleratorDraft | null {
  const device = state.accelerators.at(-1);
  if (device === undefined || state.closed) return null;
  device.lines = { first: device.lines.first, last: line.last };
  return device;
}
