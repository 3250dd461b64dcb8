import { connect as connectPlain, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { connect as connectTls } from 'node:tls';
import { GuaritaError } from '../../../shared/errors.ts';
import { readTextFile } from '../../../shared/text-file.ts';
import type { AuditConfig } from '../../console/config.ts';
import type { AuditLine } from '../file.ts';
import { type Destination, type Position, positionAfter } from './destination.ts';
import { syslogMessage } from './syslog-message.ts';

/** A server that takes nothing for so long is not there. */
const patienceMilliseconds = 30_000;
/**
 * Syslog says nothing back: what was sent before a connection broke may have been lost with it. A system gives up a
 * connection on which nothing is confirmed within a quarter of an hour, so what is older than this has arrived; the rest is
 * sent again, and whoever receives it knows it by its number.
 */
const lostMilliseconds = 20 * 60_000;

/** A server of syslog, by TLS or on this machine. */
export class SyslogDestination implements Destination {
  readonly name = 'syslog';
  readonly #config: NonNullable<AuditConfig['syslog']>;
  readonly #now: () => number;
  #socket: Socket | null = null;
  #broken: Error | null = null;
  #known: Position = { entry: 0, head: 0 };
  #sent: { readonly at: number; readonly position: Position }[] = [];

  constructor(config: NonNullable<AuditConfig['syslog']>, now: () => number) {
    this.#config = config;
    this.#now = now;
  }

  async begin(known: Position): Promise<Position> {
    this.#socket?.destroy();
    this.#socket = null;
    this.#broken = null;
    this.#sent = [];
    this.#known = known;
    return Promise.resolve(known);
  }

  async ship(lines: readonly AuditLine[]): Promise<Position> {
    try {
      if (this.#broken !== null) throw this.#broken;
      if (lines.length > 0) await this.#send(lines);
    } catch (error) {
      this.#socket?.destroy();
      throw this.#failed(error);
    }
    const surely = this.#now() - lostMilliseconds;
    while (this.#sent[0] !== undefined && this.#sent[0].at <= surely) {
      this.#known = this.#sent.shift()?.position ?? this.#known;
    }
    return this.#known;
  }

  async close(): Promise<Position | null> {
    const socket = this.#socket;
    if (socket === null || this.#broken !== null || socket.destroyed) return null;
    const last = this.#sent.at(-1)?.position ?? this.#known;
    // Whoever reads to the end and closes, too, has it all.
    const isClosed = await within(
      new Promise<boolean>((resolve) => {
        socket.once('end', () => resolve(true));
        socket.once('close', () => resolve(false));
        socket.end();
      }),
    ).catch(() => false);
    socket.destroy();
    return isClosed ? last : null;
  }

  async #send(lines: readonly AuditLine[]): Promise<void> {
    const socket = this.#socket ?? (await this.#connect());
    this.#socket = socket;
    const now = new Date(this.#now());
    const bytes = Buffer.concat(lines.map((line) => syslogMessage(line, hostname(), now)));
    await within(
      new Promise<void>((resolve, reject) => {
        socket.once('close', () => reject(new Error('The connection was closed.')));
        socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    );
    const before = this.#sent.at(-1)?.position ?? this.#known;
    this.#sent.push({ at: this.#now(), position: positionAfter(before, lines) });
  }

  async #connect(): Promise<Socket> {
    const { host, port, tls, ca } = this.#config;
    const ready = tls ? 'secureConnect' : 'connect';
    const socket = tls
      ? connectTls({
          host,
          port,
          minVersion: 'TLSv1.2',
          ...(ca !== undefined && { ca: readTextFile(ca) }),
        })
      : connectPlain({ host, port });
    const broken = new Promise<never>((_resolve, reject) => {
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('The connection was closed.')));
    });
    broken.catch((error: unknown) => {
      this.#broken = error instanceof Error ? error : new Error('closed');
    });
    socket.on('error', () => undefined);
    // A server that ends it reads no more: whatever follows would be lost.
    socket.once('end', () => socket.destroy());
    // It says nothing, and what it may say is let pass, or its end would not be seen.
    socket.resume();
    socket.setKeepAlive(true, patienceMilliseconds);
    try {
      await within(Promise.race([new Promise((resolve) => socket.once(ready, resolve)), broken]));
    } catch (error) {
      socket.destroy();
      throw error;
    }
    return socket;
  }

  #failed(error: unknown): GuaritaError {
    const { host, port } = this.#config;
    return new GuaritaError('audit-unshipped', `${host}:${port}.`, { cause: error });
  }
}

/** Not longer than a server is waited for. */
async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Não aceita nada.')), patienceMilliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
