import { printable } from '../core/printable.ts';
import { type ConnectError, connectError } from './connect-error.ts';
import { type SshEndpoint, where } from './router-target.ts';

/** Reads along on the raw connection until the SSH identification line, so that whatever else comes can be named. */
export class Identification {
  #bytes = '';
  #line: string | null = null;

  /** `SSH-2.0-Cisco-1.25`, null until it has come. */
  get line(): string | null {
    return this.#line;
  }

  read(piece: Uint8Array): void {
    if (this.#line !== null || this.#bytes.length >= MOST) return;
    this.#bytes += Buffer.from(piece).toString('latin1', 0, MOST);
    // SSH-1.99-Cisco-1.25
    this.#line = /^(SSH-[^\r\n]{1,255})\r*\n/m.exec(this.#bytes)?.[1] ?? null;
  }

  /** The error when this is no server we can talk to; null as long as it may be one. */
  refusal(target: SshEndpoint): ConnectError | null {
    if (this.#line !== null) {
      if (/^SSH-(?:2\.0|1\.99)-/.test(this.#line)) return null;
      const text = `${where(target)}: it has SSH version 1 only (${printable(this.#line)}). Set "ip ssh version 2" on the router; version 1 is not safe and not supported.`;
      return connectError('ssh-version-1', 'identification', text);
    }
    const telnet =
      this.#bytes.startsWith('\xff') ||
      /User Access Verification|^\s*(?:Username|Password|login): ?$/im.test(this.#bytes);
    return telnet || this.#bytes.length >= MOST ? this.notSsh(target, telnet ? ' but Telnet' : '') : null;
  }

  /** The error for bytes that cannot be the beginning of SSH. */
  notSsh(target: SshEndpoint, but = ''): ConnectError {
    return connectError(
      'not-ssh',
      'identification',
      `${where(target)}: the port does not speak SSH${but}; it begins: ${this.#shown()}`,
    );
  }

  closed(target: SshEndpoint): ConnectError {
    const said = this.#bytes === '' ? 'It sent nothing.' : `It said: ${this.#shown().replace(/\.$/, '')}.`;
    const why = 'Usual reasons: all vty lines are taken, ip ssh maxstartups is reached, or a filter.';
    return connectError(
      'closed-before-identification',
      'identification',
      `${where(target)}: connected, but closed at once. ${said} ${why}`,
    );
  }

  silent(target: SshEndpoint, after: string): ConnectError {
    if (this.#bytes !== '')
      return connectError(
        'not-ssh',
        'identification',
        `${where(target)}: no SSH identification in ${after}; it sent: ${this.#shown()}`,
      );
    return connectError(
      'no-identification',
      'identification',
      `${where(target)}: connected, but it sent no SSH identification in ${after}. It may be overloaded, or something else listens there.`,
    );
  }

  #shown(): string {
    return printable(this.#bytes.replace(/\s+/g, ' ').slice(0, 200)).trim();
  }
}

/** RFC 4253 allows lines before the identification; a login banner does not fill this. */
const MOST = 8192;
