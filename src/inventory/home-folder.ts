import { homedir, userInfo } from 'node:os';
import { isAbsolute } from 'node:path';

/**
 * The user's home folder; null where there is none: a container may run as a number that no account has.
 * `looks` are the ways to find it, in order; each may throw.
 */
export function homeFolder(
  looks: readonly (() => string)[] = [homedir, () => userInfo().homedir],
): string | null {
  for (const look of looks) {
    try {
      const folder = look();
      // HOME="" and HOME=. would put known hosts wherever the program was started.
      if (isAbsolute(folder)) return folder;
    } catch {
      // No such account; the other way may know.
    }
  }
  return null;
}

/** `~/` at the beginning of a path stands for the home folder, as in a shell. */
export function expandHome(path: string, home: string | null = homeFolder()): string {
  return home === null || !path.startsWith('~/') ? path : `${home}${path.slice(1)}`;
}
