import type { PasteSection } from './paste-sections.ts';

/**
 * The router of every section: the host in the prompt where there is one. Text without prompts belongs to the only host seen, to the
 * name it tells itself, or to `name`. Several `show tech-support` in one text are told apart where the first heading comes again.
 */
export function routersOf(sections: readonly PasteSection[], name: string): string[] {
  const hosts = new Set(sections.flatMap((section) => section.host ?? []));
  const [only] = hosts;
  if (hosts.size > 0) {
    const nameless = hosts.size === 1 && only !== undefined ? only : name;
    return sections.map((section) => section.host ?? nameless);
  }
  const dumps = dumpsOf(sections);
  const names = dumps.map(nameIn);
  let current = names.find((found) => found !== null) ?? name;
  return dumps.flatMap((dump, at) => {
    // a part that does not tell its name goes on with the router in front of it
    current = names[at] ?? current;
    return dump.map(() => current);
  });
}

/** The sections of one `show tech-support` after the other; one dump when its first heading does not come again. */
function dumpsOf(sections: readonly PasteSection[]): PasteSection[][] {
  const first = sections.find((section) => section.byHeading)?.typed ?? null;
  const dumps: PasteSection[][] = [[]];
  let begun = false;
  for (const section of sections) {
    if (section.byHeading && section.typed === first) {
      if (begun) dumps.push([]);
      begun = true;
    }
    dumps.at(-1)?.push(section);
  }
  return dumps;
}

/** The name a router prints of itself, or null. */
function nameIn(sections: readonly PasteSection[]): string | null {
  for (const section of sections) {
    for (const { text } of section.lines) {
      // hostname hub1        hub1 uptime is 3 weeks, 2 days
      const found = /^hostname ([\w.-]{1,63})\s*$/.exec(text) ?? /^([\w.-]{1,63}) uptime is \d/.exec(text);
      if (found?.[1] !== undefined) return found[1];
    }
  }
  return null;
}
