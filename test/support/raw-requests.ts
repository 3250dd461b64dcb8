import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; the last one of each. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** The bytes of a request as they are written here: nothing on the way mends or refuses them. */
export function rawRequest(
  line: string,
  headers: readonly (readonly [name: string, value: string])[],
  body: Buffer = Buffer.alloc(0),
): Buffer {
  const head = [line, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

export function connectTo({ url }: { readonly url: string }, tls?: ConnectionOptions): Socket {
  const { hostname: host, port, protocol } = new URL(url);
  if (protocol === 'http:') return connect(Number(port), host);
  return connectTls({ host, port: Number(port), rejectUnauthorized: false, ...tls });
}

/** Sends bytes and reads until the other side closes; null when it closes without an answer. */
export async function exchange(
  agent: { readonly url: string },
  bytes: Buffer,
  tls?: ConnectionOptions,
): Promise<RawAnswer | null> {
  const socket = connectTo(agent, tls);
  const answer = answerOn(socket);
  socket.write(bytes);
  return answer;
}

/** What comes on a connection until the other side closes it. */
export async function answerOn(socket: Socket): Promise<RawAnswer | null> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => undefined);
  await new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  return parse(Buffer.concat(chunks));
}

function parse(bytes: Buffer): RawAnswer | null {
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1];
  if (status === undefined) return null;
  const headers = lines.map((line): [string, string] => {
    const [name = '', ...value] = line.split(': ');
    return [name.toLowerCase(), value.join(': ')];
  });
  return { status: Number(status), headers: new Map(headers), body: bytes.subarray(end + 4) };
}
