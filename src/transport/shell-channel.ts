import type { ClientChannel } from 'ssh2';
import { printable } from '../core/printable.ts';
import type { Channel } from './send.ts';

/** What an opened channel tells its connection, and what it asks of it. */
interface ChannelOwner {
  readonly lost: (reason: string) => void;
  readonly tellWhenLost: (listener: (reason: string) => void) => void;
}

/** ssh2's channel as the session sees it: bytes out, bytes in, and the end of the connection with its reason. */
export function shellChannel(channel: ClientChannel, owner: ChannelOwner): Channel {
  channel.on('error', (error: Error) => owner.lost(printable(error.message)));
  channel.on('end', () => owner.lost('closed by the router'));
  channel.on('close', () => owner.lost('closed by the router'));
  channel.stderr.resume();
  return {
    write: (text) => {
      if (channel.writable) channel.write(text);
    },
    onData: (listener) => {
      channel.on('data', listener);
    },
    onClose: owner.tellWhenLost,
  };
}
