import type { ShowCommand } from '../evidence/show-command.ts';
import type { SessionCommand } from './session-commands.ts';

/** Everything that can be sent to a router. `return` asks for a fresh prompt, `space` for the next page. */
export type Sendable =
  | { readonly kind: 'command'; readonly command: ShowCommand | SessionCommand }
  | { readonly kind: 'key'; readonly key: 'return' | 'space' }
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
 * @throws (our bug) on a text that could be anything but one plain command line
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
      return sendable.key === 'space' ? ' ' : '\r';
    case 'enable-secret':
      if (!isTypeable(sendable.secret)) throw new Error('enable secret with control characters');
      return `${sendable.secret}\r`;
    case 'command':
      if (!PLAIN_LINE.test(sendable.command))
        throw new Error(`not a plain command: ${JSON.stringify(sendable.command)}`);
      return `${sendable.command}\r`;
  }
}

// show crypto ipsec sa peer 192.0.2.1 — words of printable ASCII, one blank between; no help key (?), no pipe, no quotes
const PLAIN_LINE = /^[\w.:/%-]+(?: [\w.:/%-]+)*$/;
