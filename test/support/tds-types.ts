/** How a column is declared to the client (TYPE_INFO, MS-TDS 2.2.5.4), and how its values are written. */
export interface TdsType {
  readonly info: Buffer;
  /** @param value null for a NULL */
  write(value: Buffer | null): Buffer;
}

const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);
const longNull = Buffer.alloc(8, 0xff);

function lengths16(id: number, bytes: number, extra: Buffer = Buffer.alloc(0)): TdsType {
  return {
    info: Buffer.concat([Buffer.from([id]), uint16(bytes), extra]),
    write: (value) => (value === null ? uint16(0xffff) : Buffer.concat([uint16(value.length), value])),
  };
}

/**
 * Of a `max` type: in parts, as the server sends them, with or without their whole length before them.
 * @param partBytes length of a part
 */
function parts(
  info: readonly number[],
  partBytes: number,
  extra: Buffer = Buffer.alloc(0),
  isSized = true,
): TdsType {
  return {
    info: Buffer.concat([Buffer.from(info), extra]),
    write: (value) => {
      if (value === null) return longNull;
      const pieces = [isSized ? uint64(BigInt(value.length)) : uint64(0xfffffffffffffffen)];
      for (let start = 0; start < value.length; start += partBytes) {
        const part = value.subarray(start, start + partBytes);
        pieces.push(uint32(part.length), part);
      }
      return Buffer.concat([...pieces, uint32(0)]);
    },
  };
}

/** Of a type whose values have a byte of length before them. */
function lengths8(...info: number[]): TdsType {
  return {
    info: Buffer.from(info),
    write: (value) =>
      value === null ? Buffer.from([0]) : Buffer.concat([Buffer.from([value.length]), value]),
  };
}

const maxLength = [0xff, 0xff];

export const tdsTypes = {
  nvarchar: lengths16(0xe7, 8000, collation),
  nvarcharMax: parts([0xe7, ...maxLength], 1000, collation),
  nvarcharMaxUnsized: parts([0xe7, ...maxLength], 3, collation, false),
  varchar: lengths16(0xa7, 8000, collation),
  varbinary: lengths16(0xa5, 8000),
  varbinaryMax: parts([0xa5, ...maxLength], 1000),
  binary8: lengths16(0xad, 8),
  int: lengths8(0x26, 4),
  xml: parts([0xf1, 0], 1000),
  bit: lengths8(0x68, 1),
  float: lengths8(0x6d, 8),
  money: lengths8(0x6e, 8),
  datetime: lengths8(0x6f, 8),
  decimal: lengths8(0x6a, 17, 38, 10),
  uniqueidentifier: lengths8(0x24, 16),
  date: lengths8(0x28),
  time: lengths8(0x29, 7),
  datetime2: lengths8(0x2a, 7),
  datetimeoffset: lengths8(0x2b, 7),
} as const satisfies Record<string, TdsType>;

export function wide(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

export function uint64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}
