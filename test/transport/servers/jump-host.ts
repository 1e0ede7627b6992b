import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import ssh2 from 'ssh2';
import { hostKeyOf } from '../../../mocks/ios-router/host-keys.ts';

/** A host that lets lab/lab in and forwards to anywhere. */
export interface JumpHost {
  readonly port: number;
  /** Connections open now. */
  connectionsOpen(): number;
  close(): Promise<void>;
}

export async function startJumpHost(): Promise<JumpHost> {
  const open = new Set<ssh2.Connection>();
  const server = new ssh2.Server({ hostKeys: [await hostKeyOf('ecdsa')] }, (connection) => {
    open.add(connection);
    connection.on('error', () => connection.end());
    connection.once('close', () => open.delete(connection));
    connection.on('authentication', (context) => {
      if (context.method === 'password' && context.password === 'lab') context.accept();
      else context.reject(['password']);
    });
    connection.on('tcpip', (accept, reject, info) => {
      const socket = connect(info.destPort, info.destIP);
      socket.once('error', () => reject());
      socket.once('connect', () => {
        const channel = accept();
        socket.removeAllListeners('error');
        socket.on('error', () => channel.destroy());
        channel.on('error', () => socket.destroy());
        channel.on('close', () => socket.destroy());
        socket.on('close', () => channel.end());
        socket.pipe(channel).pipe(socket);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.close();
    for (const connection of open) connection.end();
  };
  return { port, connectionsOpen: () => open.size, close };
}
