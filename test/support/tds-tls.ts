import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Certificate } from './certificate.ts';
import { MessageReader, messageTypes, packetsOf } from './tds-packets.ts';

/**
 * TLS as TDS has it: its handshake goes in PRELOGIN messages, all that follows as plain TLS records. What comes in says
 * itself which it is, by its first byte; what goes out is wrapped until the handshake is over.
 */
export function encrypted(socket: Socket, { key, certificate }: Certificate): TLSSocket {
  const handshake = new MessageReader();
  let isShaking = true;
  let flight: Buffer[] = [];
  /** One message for each of the client's, however many records TLS writes. */
  const flush = () => {
    if (flight.length > 0) socket.write(packetsOf(messageTypes.prelogin, Buffer.concat(flight)));
    flight = [];
  };
  const carrier = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, callback) => {
      if (!isShaking) return void socket.write(chunk, callback);
      if (flight.push(chunk) === 1) setImmediate(flush);
      callback();
    },
    final: (callback) => void socket.end(callback),
    destroy: (_error, callback) => {
      socket.destroy();
      callback(null);
    },
  });
  socket.on('data', (chunk: Buffer) => {
    if (chunk[0] !== messageTypes.prelogin) return void carrier.push(chunk);
    for (const { data } of handshake.feed(chunk)) carrier.push(data);
  });
  socket.on('close', () => carrier.push(null));
  const secureContext = createSecureContext({ key, cert: certificate, maxVersion: 'TLSv1.2' });
  const cleartext = new TLSSocket(carrier, { isServer: true, secureContext });
  // The last flight of the handshake is written right behind this event.
  cleartext.on('secure', () =>
    setImmediate(() => {
      flush();
      isShaking = false;
    }),
  );
  return cleartext;
}
