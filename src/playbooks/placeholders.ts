import { type AllowedCommand, allowedAs } from '../evidence/show-command.ts';

/** What a question may leave open until it is asked of a tunnel, each with a word that may stand there. */
const SAMPLES = {
  '<peer>': '192.0.2.1',
  '<acl>': 'VPN-ACL',
  '<interface>': 'GigabitEthernet0/0',
} as const;

export type Placeholder = keyof typeof SAMPLES;
export const PLACEHOLDERS = Object.keys(SAMPLES) as readonly Placeholder[];

/** The command with its placeholders filled in; null when a value that it needs is not known. */
export function filledIn(
  run: string,
  values: Readonly<Record<Placeholder, string | null | undefined>>,
): string | null {
  let text = run;
  for (const placeholder of PLACEHOLDERS) {
    if (!text.includes(placeholder)) continue;
    const value = values[placeholder];
    if (value === null || value === undefined) return null;
    text = text.replaceAll(placeholder, value);
  }
  return text;
}

/** The command as it may look when it is asked. */
export function sampleOf(run: string): string {
  return filledIn(run, SAMPLES) ?? run;
}

/** The entry of the allow-list that a question is asked as, e.g. `show ip route <address>`; null when there is none. */
export function entryOf(run: string): AllowedCommand | null {
  return allowedAs(sampleOf(run));
}
