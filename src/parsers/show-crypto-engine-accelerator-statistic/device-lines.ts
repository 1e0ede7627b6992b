import type { LineRule } from '../line-rules.ts';
import { type AcceleratorScan, openDevice, presentDevice } from './draft.ts';

/** Headings of devices and sections. */
export const DEVICE_RULES: readonly LineRule<AcceleratorScan>[] = [
  {
    // Device: Onboard VPN
    word: 'device',
    pattern: /^Device ?: ?(\S.{0,80})$/i,
    take(state, match, line) {
      openDevice(state, line, match[1] ?? null, null);
      return true;
    },
  },
  {
    // Virtual Private Network (VPN) Module in slot : 0   |   Virtual Private Network (VPN) Module in aim slot : 0
    word: 'virtual',
    pattern: /^(Virtual Private Network \(VPN\) Module) in ((?:aim )?slot) ?: ?(\d{1,3})$/i,
    take(state, match, line) {
      openDevice(state, line, match[1] ?? null, `${match[2]} ${match[3]}`);
      return true;
    },
  },
  {
    // Location: Onboard: 0   |   Location: AIM Slot: 1
    word: 'location',
    pattern: /^Location ?: ?(\S.{0,80})$/i,
    take(state, match, line) {
      if (state.accelerators.at(-1)?.location !== null) state.closed = true;
      const device = presentDevice(state, line);
      if (device === null) return false;
      device.location = match[1] ?? null;
      return true;
    },
  },
  // :Statistics for encryption device since the last clear   |   Statistics for Hardware VPN Module since the last clear
  {
    word: '*',
    pattern: /^:?Statistics for \w[\w ()-]{0,60} since the last clear$/i,
    take: (state, _match, line) => presentDevice(state, line) !== null,
  },
  {
    // of counters 85319 seconds ago
    word: 'of',
    pattern: /^of counters (\d{1,12}) seconds ago$/i,
    take(state, match, line) {
      if (state.accelerators.at(-1)?.clearedSec !== null) state.closed = true;
      const device = presentDevice(state, line);
      if (device === null) return false;
      device.clearedSec = Number(match[1]);
      return true;
    },
  },
  {
    // Errors:   |   Warnings:   |   HSP details:   |   Last 5 minutes:
    word: '*',
    pattern: /^(Errors|Warnings|HSP details|Last \d{1,3} minutes?) ?:$/i,
    take(state, match, line) {
      if (presentDevice(state, line) === null) return false;
      state.section = (match[1] ?? '').toLowerCase();
      return true;
    },
  },
];
