import { parseAddress } from '../core/address.ts';
import type { Brand } from '../core/brand.ts';

/** A command the transport may send. Only `showCommand` makes one, so the product is read-only by type. */
export type ShowCommand = Brand<string, 'ShowCommand'>;

/**
 * Every command that may ever reach a router, as words and typed parameters.
 * Nothing that can print a key is here (`show crypto isakmp key`, `show running-config`), and nothing with a pipe:
 * `| redirect`, `| tee` and `| append` write files.
 */
export const ALLOWED_COMMANDS = [
  'show clock',
  'show clock detail',
  'show version',
  'show logging',
  'show privilege',
  'show crypto isakmp sa',
  'show crypto isakmp sa detail',
  'show crypto isakmp policy',
  'show crypto isakmp peers',
  'show crypto isakmp profile',
  'show crypto ipsec sa',
  'show crypto ipsec sa detail',
  'show crypto ipsec sa peer <address>',
  'show crypto ipsec sa peer <address> detail',
  'show crypto ipsec sa interface <interface>',
  'show crypto ipsec transform-set',
  'show crypto ipsec profile',
  'show crypto ikev2 sa',
  'show crypto ikev2 sa detailed',
  'show crypto ikev2 session',
  'show crypto ikev2 session detailed',
  'show crypto ikev2 stats',
  'show crypto ikev2 stats exchange',
  'show crypto ikev2 proposal',
  'show crypto ikev2 policy',
  'show crypto ikev2 profile',
  'show crypto session',
  'show crypto session detail',
  'show crypto map',
  'show crypto engine connections active',
  'show crypto engine accelerator statistic',
  'show crypto eli',
  'show crypto call admission statistics',
  'show crypto pki certificates',
  'show crypto pki certificates verbose',
  'show crypto pki trustpoints status',
  'show crypto pki counters',
  'show crypto pki crls',
  'show ntp status',
  'show ip interface brief',
  'show interfaces',
  'show interfaces <interface>',
  'show ip route <address>',
  'show ip cef <address>',
  'show ip access-lists',
  'show ip access-lists <name>',
  'show ip nat translations',
  'show ip traffic',
  'show dmvpn',
  'show dmvpn detail',
  'show ip nhrp',
  'show ip nhrp detail',
  'show ip nhrp nhs',
  'show ip nhrp nhs detail',
  'show ip nhrp multicast',
  'show policy-map interface',
  'show policy-map interface <interface>',
  'show processes cpu sorted',
  'show redundancy',
  'show redundancy states',
  'show crypto gdoi',
  'show crypto gdoi gm',
  'show crypto gdoi ks',
  'show crypto gdoi ks members',
  'show platform hardware throughput crypto',
  'show platform hardware throughput level',
  'show platform hardware qfp active statistics drop',
  'show platform hardware qfp active feature ipsec datapath drops',
  'show platform cerm-information',
] as const;

/** The command whose output is other commands' outputs, each below a heading. */
export const TECH_SUPPORT = 'show tech-support';

/**
 * Commands that are recognised in what somebody collected, and never sent: what they print holds keys, which are taken out before
 * anything is read or kept.
 */
export const RECORDED_COMMANDS = [
  'show running-config',
  'show running-config interface <interface>',
  TECH_SUPPORT,
] as const;

/** An entry of the allow-list; `<…>` stands for a typed parameter. */
export type AllowedCommand = (typeof ALLOWED_COMMANDS)[number];

/** A command line taken apart: which known command it is, unabbreviated, and whether a filter cut its output. */
export interface IdentifiedCommand {
  /** The command without its arguments, e.g. `show crypto ipsec sa`; the key of the parser registry. */
  readonly name: string;
  /** The whole command unabbreviated with its arguments, e.g. `show crypto ipsec sa peer 192.0.2.1`. */
  readonly command: string;
  /** True when a pipe (`| include …`) or an argument restricts the output to a part. */
  readonly filtered: boolean;
}

const PARAMETER: Readonly<Record<string, (word: string) => boolean>> = {
  // parseAddress forgives blanks around an address; a command must not hold any (a CR would be a second command).
  '<address>': (word) => /^[0-9A-Fa-f.:]{2,45}$/.test(word) && parseAddress(word) !== null,
  '<interface>': (word) => /^[A-Za-z][A-Za-z-]{0,30}\d[\d/.:]{0,20}$/.test(word),
  '<name>': (word) => /^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,63}$/.test(word),
};

const TEMPLATES = ALLOWED_COMMANDS.map((text) => text.split(' '));
const KNOWN = [...ALLOWED_COMMANDS, ...RECORDED_COMMANDS].map((text) => text.split(' '));

/** True for a command that is never sent because it prints keys; `name` as `identifyCommand` gives it. */
export function isRecordedOnly(name: string): boolean {
  return RECORDED_COMMANDS.some((command) => command === name);
}

/** The command as a ShowCommand, or null when the allow-list does not hold exactly these words. Never expands abbreviations. */
export function showCommand(text: string): ShowCommand | null {
  return allowedAs(text) === null ? null : (text as ShowCommand);
}

/** The entry of the allow-list that a command is, e.g. `show ip route <address>`; null when it is none. */
export function allowedAs(text: string): AllowedCommand | null {
  const words = text.split(' ');
  const at = TEMPLATES.findIndex(
    (t) => t.length === words.length && t.every((part, i) => fits(part, words[i] ?? '')),
  );
  return ALLOWED_COMMANDS[at] ?? null;
}

/** As `showCommand`, for commands written in this program; a refusal is our bug and throws. */
export function mustShowCommand(text: string): ShowCommand {
  const command = showCommand(text);
  if (command === null) throw new Error(`not in the list of allowed show commands: ${text}`);
  return command;
}

/**
 * Recognises a command line as a person types it (`sh cry isa sa`, `show crypto ipsec sa peer 192.0.2.1 | i spi`):
 * each word may be abbreviated as far as it stays unique. Null when it is no command we know.
 */
export function identifyCommand(line: string): IdentifiedCommand | null {
  const [commandPart = '', ...pipes] = line.trim().split('|');
  const words = commandPart.trim().split(/\s+/);
  const found = KNOWN.filter(
    (t) => t.length === words.length && t.every((part, i) => abbreviates(part, words[i] ?? '')),
  );
  // `show crypto isakmp sa` must not be shadowed by an equally long command that the same abbreviation fits: exact words win.
  const best =
    found.length > 1
      ? found.filter((t) => t.every((part, i) => part === words[i] || part.startsWith('<')))
      : found;
  const template = best.length > 0 ? best[0] : found[0];
  if (template === undefined) return null;
  const full = template.map((part, i) => (part.startsWith('<') ? (words[i] ?? '') : part));
  const { name, restricted } = baseName(template);
  return { name, command: full.join(' '), filtered: pipes.length > 0 || restricted };
}

/** The parser that reads a template: the arguments and the words that only introduce them are dropped. */
function baseName(template: readonly string[]): { name: string; restricted: boolean } {
  const at = template.findIndex((part) => part.startsWith('<'));
  if (at < 0) return { name: template.join(' '), restricted: false };
  const introducers = ['peer', 'interface'];
  const introduced = ['crypto', 'running-config'].includes(template[1] ?? '');
  const end = introducers.includes(template[at - 1] ?? '') && template.length > 3 && introduced ? at - 1 : at;
  const rest = template.slice(at + 1);
  return { name: [...template.slice(0, end), ...rest].join(' '), restricted: true };
}

function fits(part: string, word: string): boolean {
  const check = PARAMETER[part];
  return check ? check(word) : part === word;
}

function abbreviates(part: string, word: string): boolean {
  const check = PARAMETER[part];
  return check ? check(word) : word.length > 0 && part.startsWith(word.toLowerCase());
}
