import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { IsAllowed } from '../../shared/allowed-addresses.ts';
import type { Logger } from '../../shared/log.ts';

interface Admission {
  readonly isAllowed: IsAllowed;
  /** How many connections there may be at once. */
  readonly most: number;
  readonly log: Logger;
}

/** How many may be on their way to being hung up on: as many as a listener takes in at once. */
const inPassing = 512;

/**
 * Who comes from elsewhere is hung up on before anything is read of it. Where there are as many connections as there may
 * be, one gives way of which nobody has yet shown a certificate (over plain HTTP: has yet asked anything): the oldest
 * one, of the address that has the most of them. So who only holds connections open keeps nobody out who has more to say,
 * and least of all from another address. Where all have, the new one is hung up on.
 */
export function admitConnections(server: Server, { isAllowed, most, log }: Admission): void {
  const open = new Set<Socket>();
  // The oldest first.
  const silent = new Map<string, Socket>();
  const leave = (socket: Socket, name: string) => {
    open.delete(socket);
    if (silent.get(name) === socket) silent.delete(name);
  };
  const hasSpoken = (socket: Socket) => silent.delete(nameOf(socket));
  server.maxConnections = most + inPassing;
  server.on('connection', (socket: Socket) => {
    if (!isAllowed(socket)) {
      log.warn({ from: socket.remoteAddress }, 'connection from an address that is not allowed');
      socket.destroy();
      return;
    }
    if (open.size >= most) {
      const victim = oneToGo([...silent.values()]);
      if (victim === undefined) {
        socket.destroy();
        return;
      }
      leave(victim, nameOf(victim));
      victim.destroy();
    }
    const name = nameOf(socket);
    open.add(socket);
    silent.set(name, socket);
    socket.once('close', () => leave(socket, name));
  });
  // Over TLS, a socket of its own above that of the connection, of the same two ends.
  server.on('secureConnection', hasSpoken);
  server.on('request', ({ socket }: IncomingMessage) => hasSpoken(socket));
}

/** Its other end, which no two connections share at once. */
function nameOf({ remoteAddress = '', remotePort = 0 }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function oneToGo(silent: readonly Socket[]): Socket | undefined {
  const counts = new Map<string, number>();
  for (const { remoteAddress = '' } of silent) {
    counts.set(remoteAddress, (counts.get(remoteAddress) ?? 0) + 1);
  }
  const largest = Math.max(0, ...counts.values());
  return silent.find(({ remoteAddress = '' }) => counts.get(remoteAddress) === largest);
}
