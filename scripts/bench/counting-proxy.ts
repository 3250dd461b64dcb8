import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** A line that counts what passes, both ways, headers and all. */
export interface CountingProxy {
  /** `host:port` */
  readonly address: string;
  /** Bytes since the last call. */
  take(): number;
  close(): void;
}

export async function countingProxy(targetPort: number): Promise<CountingProxy> {
  let bytes = 0;
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      from.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      from.on('error', () => to.destroy());
      from.pipe(to);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port on loopback');
  return {
    address: `127.0.0.1:${address.port}`,
    take: () => {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    close: () => void server.close(),
  };
}
