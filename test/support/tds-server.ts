import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Test } from 'tap';
import type { Certificate } from './certificate.ts';
import { type Login, parseLogin, preloginAnswer } from './tds-login.ts';
import { MessageReader, messageTypes, packetsOf, type TdsMessage } from './tds-packets.ts';
import { encrypted } from './tds-tls.ts';
import {
  databaseChange,
  done,
  doneStatus,
  errorToken,
  loginAcknowledged,
  transactionBegun,
  transactionEnded,
} from './tds-tokens.ts';

/**
 * What a batch is answered by: tokens, and what comes of the connection after them.
 * - `end`: nothing more, the answer is whole;
 * - `cut`: the connection is lost in the middle of the answer;
 * - `silence`: nothing more comes, until the client asks to stop.
 */
export interface TdsAnswer {
  readonly tokens: readonly Buffer[];
  readonly afterwards?: 'end' | 'cut' | 'silence';
}

export interface TdsServerOptions {
  readonly user: string;
  readonly password: string;
  /** The errors by which every login is refused, in their order. */
  readonly refusals?: readonly number[];
  /** With it, the server encrypts; without it, it says that it cannot. */
  readonly certificate?: Certificate;
  /** Answers a batch; undefined for one that gives no rows. */
  readonly answer: (batch: string) => TdsAnswer | undefined;
  /** Whether it also stays silent when it is asked to stop. */
  readonly isDeaf?: boolean;
}

/** A server that speaks TDS and knows nothing of SQL. */
export interface TdsServer {
  readonly port: number;
  /** Batches as they came in, those of the driver included. */
  readonly batches: readonly string[];
  readonly logins: readonly Login[];
  /** How often it was asked to stop an answer. */
  readonly attentions: () => number;
  readonly connections: () => number;
  /** Types of all messages, those before a login included. */
  readonly messages: readonly number[];
  /** Resolves when a batch like this comes in, or when one has. */
  batch(like: RegExp): Promise<string>;
  /** Ends all connections, as a server does that is killed. */
  kill(): void;
}

const loginFailed = 18_456;
const descriptor = 1n;

export async function tdsServer(t: Test, options: TdsServerOptions): Promise<TdsServer> {
  const sockets = new Set<Socket>();
  const batches: string[] = [];
  const logins: Login[] = [];
  const messages: number[] = [];
  const waiting = new Set<{ like: RegExp; resolve: (batch: string) => void }>();
  let attentions = 0;

  const onBatch = (batch: string) => {
    batches.push(batch);
    for (const waiter of waiting) if (waiter.like.test(batch)) waiter.resolve(batch);
  };
  const serve = (socket: Socket) => {
    let stream: Duplex = socket;
    const reply = (tokens: readonly Buffer[], ends = true) =>
      stream.write(packetsOf(messageTypes.result, Buffer.concat(tokens), ends));
    const onMessage = ({ type, data }: TdsMessage) => {
      messages.push(type);
      switch (type) {
        case messageTypes.prelogin: {
          const { certificate } = options;
          socket.write(packetsOf(messageTypes.result, preloginAnswer(certificate !== undefined)));
          if (certificate === undefined) return;
          socket.off('data', onData);
          stream = encrypted(socket, certificate);
          stream.on('error', () => socket.destroy());
          stream.on('data', onData);
          return;
        }
        case messageTypes.login: {
          const login = parseLogin(data);
          logins.push(login);
          const isKnown = login.user === options.user && login.password === options.password;
          const refusals = options.refusals ?? (isKnown ? [] : [loginFailed]);
          reply(
            refusals.length === 0
              ? [databaseChange(login.database), loginAcknowledged(), done()]
              : [
                  ...refusals.map((number) => errorToken(number, `Error ${number} for '${login.user}'.`)),
                  done(doneStatus.error),
                ],
          );
          return;
        }
        case messageTypes.attention:
          attentions++;
          // Always acknowledged, also behind an answer that was whole by then.
          if (options.isDeaf !== true) reply([done(doneStatus.attention)]);
          return;
        case messageTypes.batch: {
          const batch = batchOf(data);
          onBatch(batch);
          const { tokens, afterwards = 'end' } = options.answer(batch) ?? { tokens: [] };
          if (afterwards === 'end') reply([...transactionOf(batch), ...tokens, done()]);
          else if (tokens.length > 0) reply(tokens, false);
          if (afterwards === 'cut') stream.end(() => socket.destroy());
          return;
        }
        default:
          reply([errorToken(50_000, 'not spoken here'), done(doneStatus.error)]);
      }
    };
    const reader = new MessageReader();
    const onData = (chunk: Buffer) => {
      for (const message of reader.feed(chunk)) onMessage(message);
    };
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', onData);
  };
  const server = createServer(serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const kill = () => {
    for (const socket of sockets) socket.destroy();
  };
  t.teardown(() => {
    kill();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    batches,
    logins,
    messages,
    attentions: () => attentions,
    connections: () => sockets.size,
    batch: (like) =>
      new Promise((resolve) => {
        const been = batches.find((batch) => like.test(batch));
        if (been === undefined) waiting.add({ like, resolve });
        else resolve(been);
      }),
    kill,
  };
}

/** The text of a batch, behind the headers that tell of its transaction (MS-TDS 2.2.6.7). */
function batchOf(data: Buffer): string {
  return data.subarray(data.readUInt32LE(0)).toString('utf16le');
}

function transactionOf(batch: string): Buffer[] {
  if (batch.includes('BEGIN TRANSACTION')) return [transactionBegun(descriptor)];
  return batch.includes('COMMIT TRANSACTION') ? [transactionEnded(descriptor, 'committed')] : [];
}
