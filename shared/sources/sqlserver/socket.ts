import { connect, type Socket } from 'node:net';

interface Target {
  readonly host: string;
  readonly port: number;
  readonly localAddress?: string | undefined;
}

/** How the driver asks for a socket. */
export type Connector = (target: Target, lookup: unknown, signal: AbortSignal) => Promise<Socket>;

/** Header of a TDS packet (MS-TDS 2.2.3.1): its length stands at 2, big-endian. */
const headerBytes = 8;
/** An option in the answer to PRELOGIN (MS-TDS 2.2.6.5): token, place and length of its value. */
const optionBytes = 5;
const encryptionToken = 1;
const noMoreOptions = 0xff;
/** Values by which a server agrees to encrypt all that follows. */
const encrypts: ReadonlySet<number> = new Set([1, 3]);

/** A socket to a server that may encrypt or not. */
export const connectAnyhow: Connector = (target, _lookup, signal) => connected(target, signal);

/**
 * A socket to a server that must encrypt. The driver asks for encryption, but sends its login in clear where the
 * server, or whoever answers for it, says that it has none. So the first answer is read here before the driver sees
 * it, and the connection ends with it unless it agrees.
 */
export const connectEncrypted: Connector = async (target, _lookup, signal) => {
  const socket = await connected(target, signal);
  let answer: Buffer = Buffer.alloc(0);
  const inspect = (chunk: Buffer) => {
    answer = Buffer.concat([answer, chunk]);
    if (answer.length < headerBytes || answer.length < answer.readUInt16BE(2)) return;
    socket.off('data', inspect);
    if (!agreesToEncrypt(answer.subarray(headerBytes))) {
      socket.destroy(new Error('The server does not encrypt, and the configuration demands it.'));
    }
  };
  // Before the driver's own listener, which answers by the login.
  socket.on('data', inspect);
  return socket;
};

function connected(target: Target, signal: AbortSignal): Promise<Socket> {
  const { host, port } = target;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const socket = connect({ host, port, noDelay: true });
    const abort = () => socket.destroy(signal.reason as Error);
    const settle = (settled: () => void) => {
      signal.removeEventListener('abort', abort);
      socket.off('error', fail).off('connect', succeed);
      settled();
    };
    const fail = (error: Error) => settle(() => reject(error));
    const succeed = () => settle(() => resolve(socket));
    signal.addEventListener('abort', abort);
    socket.once('error', fail).once('connect', succeed);
  });
}

/** Whether the answer to PRELOGIN says that all that follows is encrypted. */
export function agreesToEncrypt(payload: Buffer): boolean {
  for (let at = 0; at + optionBytes <= payload.length && payload[at] !== noMoreOptions; at += optionBytes) {
    if (payload[at] === encryptionToken) return encrypts.has(payload[payload.readUInt16BE(at + 1)] ?? 0);
  }
  return false;
}
