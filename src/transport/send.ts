import { assertNever } from '../core/never.ts';
import { type ShowCommand, showCommand } from '../evidence/show-command.ts';
import { isSessionCommand, SESSION_KEYS, type SessionCommand, type SessionKey } from './session-commands.ts';

/** Everything that can be sent to a router. `return` asks for a fresh prompt, `space` for the next page. */
export type Sendable =
  | { readonly kind: 'command'; readonly command: ShowCommand | SessionCommand }
  | { readonly kind: 'key'; readonly key: SessionKey }
  | { readonly kind: 'enable-secret'; readonly secret: string };

/** The byte stream of a shell, as far as the session needs it. */
export interface Channel {
  write(text: string): void;
  /** Called with each piece of output, in order. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called once, when nothing more will come; the reason is for a person. */
  onClose(listener: (reason: string) => void): void;
}

/**
 * The one function that writes to a router. The line end is a bare CR: CR LF can count as two.
 * What is sent is looked up here once more: a type can be forged, the two lists cannot.
 * @throws (our bug) on a text that is no line of the session and no entry of the allow-list
 */
export function send(channel: Channel, sendable: Sendable): void {
  channel.write(bytesOf(sendable));
}

/** An enable secret that can be typed: a control character in it would end the line and start a command. */
export function isTypeable(secret: string): boolean {
  return secret.length > 0 && !/[\x00-\x1f\x7f]/.test(secret);
}

/** What is typed for it. @throws as `send` */
export function bytesOf(sendable: Sendable): string {
  switch (sendable.kind) {
    case 'key':
      return bytesOfKey(sendable.key);
    case 'enable-secret':
      if (!isTypeable(sendable.secret)) throw new Error('enable secret with control characters');
      return `${sendable.secret}\r`;
    case 'command': {
      const line: string = `${sendable.command}`;
      if (!isSessionCommand(line) && showCommand(line) === null)
        throw new Error(`not a listed command: ${JSON.stringify(line)}`);
      return `${line}\r`;
    }
    default:
      return assertNever(sendable);
  }
}

function bytesOfKey(key: SessionKey): string {
  const known = SESSION_KEYS.find((candidate) => candidate.key === key);
  if (known === undefined) throw new Error(`not a key of a session: ${JSON.stringify(key)}`);
  return known.bytes;
}
