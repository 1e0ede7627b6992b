/*
 * How sentences of playbooks and evidence are put on a page. Strings here may hold device text as it came:
 * whoever prints them makes them safe for the place they are printed in.
 */

/** A sentence as a reader expects it: capital letter first (commands stay as typed), a full stop last. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const opened = PLAIN_START.test(trimmed) ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1) : trimmed;
  return opened === '' || ENDED.test(opened) ? opened : `${opened}.`;
}

/** Commands named inside a sentence stand between backticks, so that their words do not read as part of it. */
export function marked(text: string): string {
  return commandParts(text)
    .map((part) => (part.isCommand ? `\`${part.text}\`` : part.text))
    .join('');
}

export interface TextPart {
  readonly text: string;
  readonly isCommand: boolean;
}

/** The text cut where commands begin and end; backticks that already stood around one are taken off. */
export function commandParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const found of text.matchAll(COMMAND)) {
    if (found.index > from) parts.push({ text: text.slice(from, found.index), isCommand: false });
    parts.push({ text: found[1] ?? found[0], isCommand: true });
    from = found.index + found[0].length;
  }
  return from < text.length ? [...parts, { text: text.slice(from), isCommand: false }] : parts;
}

/** Steps with the peer and interface of their tunnel in place of `<peer>` and `<interface>`. */
export function filled(
  text: string,
  {
    peer,
    attachment,
  }: { readonly peer: string | null; readonly attachment: { readonly interface: string | null } },
): string {
  const withPeer = peer === null ? text : text.replaceAll('<peer>', peer);
  return attachment.interface === null ? withPeer : withPeer.replaceAll('<interface>', attachment.interface);
}

/** `1 line`, `3 lines` */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** `hub1`, `hub1, hub2`, `hub1, hub2, hub3 and 9 more`, and `all 12 routers` when `all` are named. */
export function named(names: readonly string[], all: number, word: string): string {
  if (names.length <= MOST_NAMES) return names.join(', ');
  if (names.length === all) return `all ${plural(all, word)}`;
  return `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`;
}

/** A list cut to `most`, the rest counted. */
export function counted(texts: readonly string[], most: number): string[] {
  const more = texts.length - most;
  return more > 0 ? [...texts.slice(0, most), `${more} more in the JSON report`] : [...texts];
}

const MOST_NAMES = 3;

// "no policy of this router …", but not "show logging …" and not "esp-aes 256"
const PLAIN_START = /^(?!(?:show|clear|debug) )[a-z][a-z']*[ ,;:]/;
// "…peer.", "…peer:", "…(service-affecting.)"
const ENDED = /[.!?:…]\)?$/;

// Words that follow `show` or `clear` in the commands that playbooks name; the first other word ends the command
const WORDS = [
  'accelerator|access-lists|active|admission|all|brief|call|cef|cerm-information|certificates|clock|connections|counters',
  'crls|crypto|cpu|datapath|detail|detailed|diagnose|dmvpn|drop|drops|eli|engine|error|event-trace|exchange|feature|gdoi|gm',
  'hardware|ikev2|interfaces?|inventory|ip|ipsec|isakmp|key|ks|license|logging|map|members|memory|monitor|nat|nhrp|nhs|ntp',
  'peers?|pki|platform|policy|policy-map|processes|profile|proposal|qfp|remote|route|running-config|sa|session|sockets',
  'sorted|statistics?|stats|status|summary|throughput|timers|traffic|transform-set|translations|trustpoints|verbose|version',
].join('|');
const ARGUMENT = String.raw`<[a-z-]{1,20}>|\d{1,3}(?:\.\d{1,3}){3}`;
// `show ip cef 192.0.2.1`, show crypto isakmp sa detail, clear crypto session remote 192.0.2.1
const COMMAND = new RegExp(
  String.raw`\x60((?:show|clear) [^\x60\r\n]{1,80})\x60|\b(?:show|clear)(?: (?:${WORDS}|${ARGUMENT})(?![\w<-]))+`,
  'g',
);
