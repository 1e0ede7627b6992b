import { checkHost, checkName } from './hosts.ts';
import type { Inventory, InventoryRouter } from './inventory.ts';
import type { Problems } from './problem.ts';
import { shown } from './read-values.ts';
import { UNSET } from './unset.ts';

/** Reads a plain list: `address[:port] [name]` a line, `[2001:db8::1]:port`, `#` begins a comment. */
export function parseListInventory(source: string, file: string, problems: Problems): Inventory {
  const firstOf = new Map<string, number>();
  const routers: InventoryRouter[] = [];
  for (const [index, raw] of source.split('\n').entries()) {
    const router = readLine(raw, index + 1, problems);
    if (router === undefined) continue;
    const before = firstOf.get(router.name.toLowerCase());
    if (before !== undefined) {
      problems.add(
        { line: index + 1, column: 1 },
        `router ${shown(router.name)} stands already in line ${before}; give one another name`,
      );
    } else firstOf.set(router.name.toLowerCase(), index + 1);
    routers.push(router);
  }
  if (routers.length === 0 && problems.all().length === 0) {
    problems.add({ line: 1, column: 1 }, 'the list names no router; write one address a line');
  }
  return { file, format: 'list', groups: [], routers, jumpHosts: new Map(), sshConfig: null };
}

function readLine(raw: string, line: number, problems: Problems): InventoryRouter | undefined {
  const comment = raw.search(/#|\r$/);
  const words = [...(comment < 0 ? raw : raw.slice(0, comment)).matchAll(/[^\s\ufeff]+/g)];
  const [first, second, third] = words;
  if (first === undefined) return undefined;
  const place = (word: RegExpMatchArray) => ({ line, column: (word.index ?? 0) + 1 });
  if (third !== undefined) {
    problems.add(
      place(third),
      'a line holds address[:port] and a name; for user, password reference and more use the YAML form',
    );
  }
  const target = readTarget(first[0]);
  if ('expected' in target) {
    problems.add(place(first), `${shown(first[0])}: ${target.expected}`);
    return undefined;
  }
  const name = checkName(second?.[0] ?? defaultName(target.host, target.port));
  if ('expected' in name) {
    problems.add(place(second ?? first), `name ${shown(second?.[0] ?? target.host)}: ${name.expected}`);
    return undefined;
  }
  return { ...UNSET, name: name.keep, host: target.host, port: target.port, line };
}

function readTarget(
  word: string,
): { readonly host: string; readonly port: number | null } | { readonly expected: string } {
  // [2001:db8::1]:2222    192.0.2.1:2222    hub1.example.net
  const parts = /^(?:\[([^\]]{1,64})\]|([^:[\]]{1,253}))(?::([^:]{0,16}))?$/.exec(word);
  const host = checkHost(parts?.[1] ?? parts?.[2] ?? word);
  if ('expected' in host) return host;
  const digits = parts?.[3];
  if (digits === undefined) return { host: host.keep, port: null };
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return port >= 1 && port <= 65_535
    ? { host: host.keep, port }
    : { expected: 'the port must be a number from 1 to 65535' };
}

/** An address may be no file name (`2001:db8::1`), and one host may stand behind several ports. */
function defaultName(host: string, port: number | null): string {
  const plain = host
    .replaceAll(':', '-')
    .replace(/^-+/, '0-')
    .replace(/(?<![.-])[.-]+$/, '');
  return port === null || port === 22 ? plain : `${plain}-${port}`;
}
