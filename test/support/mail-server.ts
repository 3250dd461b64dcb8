import { EventEmitter, once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import type { Test } from 'tap';
import { freePort } from '../../scripts/demo/processes.ts';
import type { Certificate } from './certificate.ts';

/** What a mail server took. */
export interface TakenLetter {
  readonly to: readonly string[];
  readonly user: string | undefined;
  readonly encrypted: boolean;
  /** Headers and body as they came. */
  readonly raw: string;
}

export interface MailServer {
  readonly port: number;
  readonly taken: TakenLetter[];
  /** Resolves when so many were taken. */
  took(letters: number): Promise<void>;
  start(): Promise<void>;
  /** From now on it refuses no sender. */
  mend(): void;
  stop(): Promise<void>;
}

export interface MailServerOptions {
  readonly certificate: Certificate;
  /** TLS from the beginning. */
  readonly secure: boolean;
  readonly password?: string;
  /** Takes letters of who says no name. */
  readonly isOpen?: boolean;
  /** Takes nothing from whoever sends. */
  readonly refusesSender?: boolean;
  /** The answer to this address, instead of taking it. */
  readonly refuses?: (address: string) => number | null;
}

/** A mail server of a package on loopback, not started yet; it ends with the test. */
export async function mailServer(t: Test, options: MailServerOptions): Promise<MailServer> {
  const { certificate, secure, password = 'senha', refuses = () => null, isOpen = false } = options;
  let { refusesSender = false } = options;
  const taken: TakenLetter[] = [];
  const events = new EventEmitter();
  const port = await freePort();
  let server: SMTPServer | null = null;
  const made = () =>
    new SMTPServer({
      ...{
        secure,
        key: certificate.key,
        cert: certificate.certificate,
        disableReverseLookup: true,
        authOptional: isOpen,
      },
      onAuth: (auth, _session, done) =>
        auth.username === 'guarita' && auth.password === password
          ? done(null, { user: auth.username })
          : done(new Error('no')),
      onMailFrom: (_address, _session, done) =>
        refusesSender ? done(Object.assign(new Error('sender'), { responseCode: 550 })) : done(),
      onRcptTo: ({ address }, _session, done) => {
        const code = refuses(address);
        if (code === null) return done();
        done(Object.assign(new Error(`no such box: ${address}`), { responseCode: code }));
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.once('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          const raw = Buffer.concat(parts).toString();
          taken.push({ to, user: session.user as string | undefined, encrypted: session.secure, raw });
          done();
          events.emit('taken');
        });
      },
    });
  const stop = async () => {
    const running = server;
    server = null;
    if (running !== null) await new Promise<void>((resolve) => running.close(() => resolve()));
  };
  t.teardown(stop);
  return {
    ...{ port, taken, stop },
    mend: () => {
      refusesSender = false;
    },
    took: async (letters) => {
      while (taken.length < letters) await once(events, 'taken');
    },
    start: async () => {
      const starting = made();
      // What a client does that goes away is not the test's matter.
      starting.on('error', () => undefined);
      await new Promise<void>((resolve) => starting.listen(port, '127.0.0.1', () => resolve()));
      server = starting;
    },
  };
}
