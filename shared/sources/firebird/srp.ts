import type { Socket } from 'node:net';

/** Operations of the protocol that may bring what the server wants to be proved. */
const accepts = new Set([94, 98]);
const continues = 92;

/** Lengths, counts and operations are integers of four bytes. */
const word = 4;

/** Hexadecimal digits that a salt has at most. */
const longestSalt = 64;

/**
 * A login by SRP begins with the server's salt and its public key. The server drops the zeros that a salt begins with,
 * and the driver takes the key from where it is after a salt of full length: every sixteenth user could never log in.
 * Until the login is over, this puts the key where the driver looks for it.
 *
 * @param socket of a connection that has just been made, and on which nothing but the driver listens
 */
export function mendSrpChallenges(socket: Socket): void {
  const driver = socket.listeners('data') as ((data: Buffer) => void)[];
  socket.removeAllListeners('data');
  let received = Buffer.alloc(0);
  const mend = (data: Buffer) => {
    received = Buffer.concat([received, data]);
    const place = placeOfChallenge(received);
    if (place === 'incomplete') return;
    const packet = place === null ? received : withMendedChallenge(received, place);
    received = Buffer.alloc(0);
    // What comes after the last of them may be encrypted: from here on the driver listens by itself.
    if (place === null) socket.removeListener('data', mend);
    for (const listener of driver) {
      if (place === null) socket.addListener('data', listener);
      listener(packet);
    }
  };
  socket.addListener('data', mend);
}

interface Place {
  readonly start: number;
  readonly length: number;
}

/** Where the data of the plugin are in a packet that has some. */
function placeOfChallenge(packet: Buffer): Place | null | 'incomplete' {
  if (packet.length < word) return 'incomplete';
  const operation = packet.readInt32BE(0);
  if (operation !== continues && !accepts.has(operation)) return null;
  // Versions, architecture and type are before it in those that accept.
  const at = operation === continues ? word : 4 * word;
  if (packet.length < at + word) return 'incomplete';
  const place = { start: at + word, length: packet.readInt32BE(at) };
  return packet.length < place.start + padded(place.length) ? 'incomplete' : place;
}

function withMendedChallenge(packet: Buffer, { start, length }: Place): Buffer {
  const data = packet.subarray(start, start + length);
  const mended = mendChallenge(data);
  if (mended === data) return packet;
  const head = Buffer.from(packet.subarray(0, start));
  head.writeInt32BE(mended.length, start - word);
  const padding = Buffer.alloc(padded(mended.length) - mended.length);
  return Buffer.concat([head, mended, padding, packet.subarray(start + padded(length))]);
}

/** @param data length of the salt, salt, length of the key, key; else they are something else, and stay as they are */
function mendChallenge(data: Buffer): Buffer {
  const lengthSize = 2;
  if (data.length < lengthSize) return data;
  const salt = data.readUInt16LE(0);
  const key = lengthSize + salt + lengthSize;
  if (salt > longestSalt || data.length < key) return data;
  if (data.length !== key + data.readUInt16LE(key - lengthSize)) return data;
  // It rounds up by what stands before the key, as if that were always in whole words.
  const whereTheDriverLooks = padded(lengthSize + salt);
  const before = Buffer.alloc(whereTheDriverLooks);
  data.copy(before, 0, 0, Math.min(key, whereTheDriverLooks));
  return Buffer.concat([before, data.subarray(key)]);
}

function padded(length: number): number {
  return Math.ceil(length / word) * word;
}
