import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STAND_IN = new URL('../../../../shared/ssh/standin/', import.meta.url).pathname;
/** Far above what a system gives to its users. */
const FIRST_UID = 64_801;
const USERS = ['cisco', 'admin', 'oper'] as const;
/** Where the users' homes are in their namespace. */
const HOMES = '/run/home';
const NAME_FILES = ['passwd', 'group', 'shadow', 'shells'] as const;

/** Why accounts with an IOS-like shell cannot be made here; null when they can. */
export function whyNoAccounts(): string | null {
  if (!existsSync(join(STAND_IN, 'ios-shell.py'))) return 'the stand-in is not beside the project';
  if (process.getuid?.() !== 0) return 'the accounts of the stand-in need root';
  if (!existsSync('/usr/bin/python3')) return 'no python3';
  return null;
}

/**
 * Users cisco, admin and oper (the password is the name) whose login shell is an IOS-like command line. They exist only in
 * the mount namespace of programs begun with `command`; the machine's own accounts are not touched.
 */
export class IosAccounts {
  readonly folder: string;
  /** The login shell; also for servers that start it themselves. */
  readonly shell: string;

  /** `outputs`: the folder with one file a command, as the stand-in reads it. */
  constructor(outputs: string) {
    this.folder = mkdtempSync(join(tmpdir(), 'tunneldoc-accounts-'));
    chmodSync(this.folder, 0o755);
    this.shell = join(this.folder, 'login-shell.sh');
    for (const file of ['ios-shell.py', 'ios-shell.sh']) {
      copyFileSync(join(STAND_IN, file), join(this.folder, file));
      chmodSync(join(this.folder, file), 0o755);
    }
    const script = `#!/bin/sh\nIOS_OUT='${outputs}' exec '${join(this.folder, 'ios-shell.sh')}' "$@"\n`;
    writeFileSync(this.shell, script, { mode: 0o755 });
    this.#writeNames();
  }

  /** The command line that runs a program where these users exist; the program keeps the process id. */
  command(program: string, ...args: readonly string[]): readonly [string, ...string[]] {
    const binds = NAME_FILES.map((file) => `mount --bind '${join(this.folder, file)}' /etc/${file}`);
    // A private /run: some servers insist on files of their own there. The homes are in it too, because tinysshd
    // trusts no key below a folder that everybody may write to.
    const run = [
      'mount -t tmpfs -o mode=755 tmpfs /run',
      `mkdir ${HOMES}`,
      `mount --bind '${join(this.folder, 'home')}' ${HOMES}`,
    ];
    const boot = ['mount --make-rprivate /', ...binds, ...run, 'exec "$@"'].join(' && ');
    return ['unshare', '-m', 'sh', '-c', boot, 'sh', program, ...args];
  }

  /** Lets the holder of a key in as any of the users, where the server reads `~/.ssh/authorized_keys`. */
  authorize(publicKeyLine: string): void {
    USERS.forEach((user, i) => {
      const folder = join(this.#home(user), '.ssh');
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, 'authorized_keys'), `${publicKeyLine.trim()}\n`, { mode: 0o600 });
      for (const path of [folder, join(folder, 'authorized_keys')])
        chownSync(path, FIRST_UID + i, FIRST_UID + i);
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #writeNames(): void {
    for (const file of NAME_FILES) {
      if (existsSync(`/etc/${file}`)) copyFileSync(`/etc/${file}`, join(this.folder, file));
    }
    const add = (file: (typeof NAME_FILES)[number], line: string): void =>
      appendFileSync(join(this.folder, file), `${line}\n`);
    add('shells', this.shell);
    USERS.forEach((user, i) => {
      const id = FIRST_UID + i;
      const home = this.#home(user);
      mkdirSync(home, { recursive: true, mode: 0o755 });
      chownSync(home, id, id);
      add('passwd', `${user}:x:${id}:${id}:${user}:${HOMES}/${user}:${this.shell}`);
      add('group', `${user}:x:${id}:`);
      add('shadow', `${user}:${hashOf(user)}:19000:0:99999:7:::`);
    });
    chmodSync(join(this.folder, 'shadow'), 0o600);
  }

  #home(user: string): string {
    return join(this.folder, 'home', user);
  }
}

/** The password as /etc/shadow holds it. */
function hashOf(password: string): string {
  const { status, stdout } = spawnSync('/usr/bin/openssl', ['passwd', '-6', password], { encoding: 'utf8' });
  if (status !== 0) throw new Error('openssl passwd failed');
  return stdout.trim();
}
