import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Test } from 'tap';
import type { Certificate } from './certificate.ts';

/** Ends the encryption before a PostgreSQL that knows of none, as a proxy in front of it does; returns its port. */
export async function tlsFront(t: Test, port: number, { key, certificate }: Certificate): Promise<number> {
  const open = new Set<Socket>();
  const front = createServer((socket) => {
    open.add(socket.on('error', () => socket.destroy()));
    // The first message asks for encryption (SSLRequest, of eight bytes); "S" says that it comes.
    socket.once('data', () => {
      socket.write('S');
      const plain = new TLSSocket(socket, { isServer: true, key, cert: certificate });
      const database = connect(port, '127.0.0.1');
      open.add(database.on('error', () => socket.destroy()));
      plain.on('error', () => database.destroy());
      plain.pipe(database).pipe(plain);
    });
  });
  t.teardown(() => {
    for (const socket of open) socket.destroy();
    front.close();
  });
  await once(front.listen(0, '127.0.0.1'), 'listening');
  return (front.address() as AddressInfo).port;
}
