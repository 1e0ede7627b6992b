import type { Behaviour } from './behaviour.ts';

const TERMINAL = [
  'terminal length',
  'terminal width',
  'terminal monitor',
  'terminal no monitor',
  'terminal exec prompt timestamp',
  'terminal no exec prompt timestamp',
];
const SCREEN = ['screen-length', 'screen-width'];
const ALWAYS = ['enable', 'disable', 'exit', 'quit', 'logout'];
const SHOWS = ['show clock', 'show privilege', 'show terminal', 'show history'];
const SA_OF_PEER = 'show crypto ipsec sa peer';

/** Commands that take words of their own. */
export const TAKES_ARGUMENTS: ReadonlySet<string> = new Set([
  'terminal length',
  'terminal width',
  ...SCREEN,
  'enable',
  'disable',
  SA_OF_PEER,
]);

/** What a user of this privilege can type here: the recorded commands and what every router has. */
export function availableCommands(
  recorded: readonly string[],
  privilege: number,
  behaviour: Behaviour,
): string[] {
  if (privilege === 0) return ALWAYS;
  const terminal = behaviour.sdwan ? SCREEN : behaviour.terminalCmds ? TERMINAL : [];
  const ofPeer = recorded.includes('show crypto ipsec sa') ? [SA_OF_PEER] : [];
  return [...new Set([...recorded, ...ALWAYS, ...SHOWS, ...terminal, ...ofPeer])];
}
