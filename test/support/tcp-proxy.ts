import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Test } from 'tap';

/** A line between central and an agent that the test can watch, hold and cut. */
export interface TcpProxy {
  readonly port: number;
  /** Called with each piece that the agent sent, before it is passed on: the bytes since the last `reset`. */
  onReceived: (total: number) => void;
  /** What is passed on of each piece that the agent sent; null ends the connection behind what came before. */
  pass: (chunk: Buffer, total: number) => Buffer | null | Promise<Buffer | null>;
  /** Waited for before what central sent is passed on to the agent. */
  beforeRequest: (request: string) => Promise<void> | void;
  /** Ends every connection; what is on its way is lost. */
  cut(): void;
  /** As new: nothing is held any more, and the bytes are counted from zero. */
  reset(): void;
}

export async function tcpProxy(t: Test, targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let received = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((accepted) => {
    const client = keep(accepted);
    const agent = keep(connect(targetPort, '127.0.0.1'));
    client.on('close', () => agent.destroy());
    agent.on('close', () => client.destroy());
    client.on('data', (chunk: Buffer) => {
      client.pause();
      void Promise.resolve(proxy.beforeRequest(chunk.toString('latin1'))).then(() => {
        agent.write(chunk);
        client.resume();
      });
    });
    const passOn = async (chunk: Buffer): Promise<void> => {
      received += chunk.length;
      proxy.onReceived(received);
      agent.pause();
      const passed = await proxy.pass(chunk, received);
      if (client.destroyed) return;
      if (passed === null) client.destroy();
      else if (client.write(passed)) agent.resume();
      else client.once('drain', () => agent.resume());
    };
    agent.on('data', (chunk: Buffer) => void passOn(chunk));
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    cut();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port on loopback');
  const proxy: TcpProxy = {
    port: address.port,
    onReceived: () => undefined,
    pass: (chunk) => chunk,
    beforeRequest: () => undefined,
    cut,
    reset() {
      received = 0;
      proxy.onReceived = () => undefined;
      proxy.pass = (chunk) => chunk;
      proxy.beforeRequest = () => undefined;
    },
  };
  return proxy;
}
