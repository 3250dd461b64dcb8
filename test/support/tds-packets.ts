import { HEADER_LENGTH, OFFSET } from 'tedious/lib/packet.js';

/** Types of messages (MS-TDS 2.2.3.1.1). */
export const messageTypes = {
  batch: 0x01,
  result: 0x04,
  attention: 0x06,
  login: 0x10,
  prelogin: 0x12,
} as const;

/** Status of a packet that ends a message. */
const endOfMessage = 0x01;
const packetBytes = 4096;

/** A whole message of a client. */
export interface TdsMessage {
  readonly type: number;
  readonly data: Buffer;
}

/** A message in packets (MS-TDS 2.2.3); one that does not end stays open for more. */
export function packetsOf(type: number, data: Buffer, ends = true): Buffer {
  const packets: Buffer[] = [];
  let start = 0;
  do {
    const part = data.subarray(start, start + packetBytes - HEADER_LENGTH);
    start += part.length;
    const header = Buffer.alloc(HEADER_LENGTH);
    header.writeUInt8(type, OFFSET.Type);
    header.writeUInt8(ends && start >= data.length ? endOfMessage : 0, OFFSET.Status);
    header.writeUInt16BE(HEADER_LENGTH + part.length, OFFSET.Length);
    header.writeUInt8((packets.length + 1) % 256, OFFSET.PacketID);
    packets.push(header, part);
  } while (start < data.length);
  return Buffer.concat(packets);
}

/** Puts the messages of a client together, from bytes as they come. */
export class MessageReader {
  #bytes: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];

  /** Takes bytes, and gives the messages that are whole by then. */
  *feed(chunk: Buffer): Generator<TdsMessage> {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    while (this.#bytes.length >= HEADER_LENGTH) {
      const length = this.#bytes.readUInt16BE(OFFSET.Length);
      if (this.#bytes.length < length) return;
      const packet = this.#bytes.subarray(0, length);
      this.#bytes = this.#bytes.subarray(length);
      this.#parts.push(packet.subarray(HEADER_LENGTH));
      if ((packet.readUInt8(OFFSET.Status) & endOfMessage) === 0) continue;
      const data = Buffer.concat(this.#parts);
      this.#parts = [];
      yield { type: packet.readUInt8(OFFSET.Type), data };
    }
  }
}
