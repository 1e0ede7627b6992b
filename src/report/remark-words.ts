import { SA_TABLES } from './exit-code.ts';
import type { Report, ReportRouter } from './report.ts';
import { sortedRouters } from './report-words.ts';
import { isFine, peerWord, remarkWords } from './tunnel-words.ts';
import { named, plural } from './wording.ts';

/*
 * What is told at the end of a report, folded: what is the same on several routers is one line. Strings here may hold device
 * text as it came: whoever prints them makes them safe for the place they are printed in.
 */

/**
 * SA tables not asked for first, then commands refused or cut short, then lines nobody understood and files not used:
 * `hub1, hub2: show dmvpn, show crypto map refused (…)`.
 */
export function incompleteEvidence(report: Report): string[] {
  const routers = sortedRouters(report);
  const lacks = routers.flatMap((router) =>
    lacksOf(router).map((lack) => ({ ...lack, router: router.router })),
  );
  return [0, 1, 2].flatMap((rank) => {
    const ofRank = lacks.filter((lack) => lack.rank === rank);
    const byCommand = grouped(ofRank, ({ command, what }) => JSON.stringify([command, what])).map((same) => ({
      ...same[0],
      names: same.map(({ router }) => router),
    }));
    return grouped(byCommand, ({ names, what }) => JSON.stringify([names, what])).map((same) => {
      const commands = same.flatMap(({ command }) => command ?? []).join(', ');
      const place = named(same[0].names, routers.length, 'router');
      return `${place}: ${commands}${commands === '' ? '' : ' '}${same[0].what}`;
    });
  });
}

/** Observations that are no fault, of routers and of tunnels that have no block of their own. */
export function foldedRemarks(report: Report): string[] {
  const routers = sortedRouters(report);
  const ofRouters = routers.flatMap(({ router, remarks, collected }) =>
    remarks.filter((remark) => !isUnread(remark, collected)).map(({ text }) => ({ name: router, text })),
  );
  const contacts = ofRouters.filter(({ text }) => FIRST_CONTACT.test(text)).length;
  const told = ofRouters.filter(({ text }) => contacts <= MOST_CONTACTS || !FIRST_CONTACT.test(text));
  const ofTunnels = report.tunnels
    .filter(isFine)
    .flatMap((tunnel) =>
      tunnel.remarks.map(({ text }) => ({ name: `${tunnel.router} → ${peerWord(tunnel)}`, text })),
    );
  return [
    ...(contacts > MOST_CONTACTS ? [contactsWords(contacts)] : []),
    ...folded(told, (names) => named(names, routers.length, 'router')),
    ...folded(ofTunnels, (names) => (names.length > 3 ? plural(names.length, 'tunnel') : names.join(', '))),
  ];
}

const MOST_CONTACTS = 3;
const MOST_FILES = 8;
// first contact: host key SHA256:… (ssh-rsa, 2048 bits) accepted and recorded in /home/…/known_hosts
const FIRST_CONTACT = /^first contact: /;

interface Lack {
  /** 0: nothing can be said about tunnels without it; 1: evidence is missing; 2: little is. */
  readonly rank: 0 | 1 | 2;
  readonly command: string | null;
  readonly what: string;
}

function lacksOf(router: ReportRouter): Lack[] {
  const lacks = router.collected.flatMap(({ command, fate, reason, lines, unread }): Lack[] => {
    const why = reason === null ? '' : ` (${reason})`;
    const rank = SA_TABLES.includes(command) ? 0 : 1;
    if (fate === 'refused') return [{ rank, command, what: `refused${why}` }];
    if (fate === 'cut-short')
      return [{ rank, command, what: `cut short after ${plural(lines, 'line')}${why}` }];
    if (fate === 'not-asked') return rank === 0 ? [{ rank, command, what: 'not asked' }] : [];
    if (unread === 0 || router.outcome !== 'diagnosed') return [];
    return [{ rank: 2, command, what: `with ${plural(unread, 'line')} not understood` }];
  });
  const files = router.notUsed.slice(0, MOST_FILES).join(', ');
  const more = router.notUsed.length - MOST_FILES;
  if (files === '') return lacks;
  const what = `files not used: ${files}${more > 0 ? ` and ${more} more` : ''}`;
  return [...lacks, { rank: 2, command: null, what }];
}

/** Unread lines are counted under the evidence that is not complete. */
function isUnread(
  { source, text }: ReportRouter['remarks'][number],
  collected: ReportRouter['collected'],
): boolean {
  return (
    text.includes('not understood') &&
    collected.some(({ command, unread }) => unread > 0 && command === source?.command)
  );
}

function contactsWords(count: number): string {
  return `First contact with ${count} routers: their host keys were accepted and recorded; the JSON report holds the fingerprints.`;
}

function folded(
  entries: readonly { readonly name: string; readonly text: string }[],
  place: (names: readonly string[]) => string,
): string[] {
  return grouped(entries, ({ text }) => text).map((same) => {
    const names = [...new Set(same.map(({ name }) => name))];
    return `${place(names)}: ${remarkWords(same[0].text)}`;
  });
}

/** Entries with equal keys together, in order of first appearance. */
function grouped<T>(entries: readonly T[], keyOf: (entry: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const entry of entries) {
    const group = groups.get(keyOf(entry));
    if (group === undefined) groups.set(keyOf(entry), [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}
