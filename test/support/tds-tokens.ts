import { TYPE } from 'tedious/lib/token/token.js';
import { type TdsType, tdsTypes, uint16, uint32, uint64, wide } from './tds-types.ts';

/** A value of a row: text and whole numbers are written as their columns have them, bytes as they are. */
export type TdsValue = string | number | Buffer | null;

export interface TdsColumn {
  readonly type: TdsType;
  readonly name?: string;
}

const byteText = (text: string) => Buffer.concat([Buffer.from([text.length]), wide(text)]);
const token = (type: number, ...parts: readonly Buffer[]) => Buffer.concat([Buffer.from([type]), ...parts]);
/** Of a token that has its length before it. */
const sized = (type: number, ...parts: readonly Buffer[]) => {
  const body = Buffer.concat(parts);
  return token(type, uint16(body.length), body);
};

export function columnMetadata(columns: readonly TdsColumn[]): Buffer {
  const isNullable = 1;
  const described = columns.map(({ type, name = '' }) =>
    Buffer.concat([uint32(0), uint16(isNullable), type.info, byteText(name)]),
  );
  return token(TYPE.COLMETADATA, uint16(columns.length), ...described);
}

export function row(columns: readonly TdsColumn[], values: readonly TdsValue[]): Buffer {
  return token(
    TYPE.ROW,
    ...columns.map(({ type }, place) => type.write(bytesOf(type, values[place] ?? null))),
  );
}

/** A row as servers send it that has nulls in it: a bit for each of them, and no value. */
export function nullBitmapRow(columns: readonly TdsColumn[], values: readonly TdsValue[]): Buffer {
  const bitmap = Buffer.alloc(Math.ceil(columns.length / 8));
  const given = columns.flatMap(({ type }, place) => {
    const value = values[place] ?? null;
    if (value !== null) return [type.write(bytesOf(type, value))];
    bitmap[place >> 3] = (bitmap[place >> 3] ?? 0) | (1 << (place & 7));
    return [];
  });
  return token(TYPE.NBCROW, bitmap, ...given);
}

function bytesOf(type: TdsType, value: TdsValue): Buffer | null {
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return bytes;
  }
  if (typeof value !== 'string') return value;
  return type === tdsTypes.varchar ? Buffer.from(value, 'latin1') : wide(value);
}

export const doneStatus = { final: 0, more: 0x01, error: 0x02, count: 0x10, attention: 0x20 };

export function done(status: number = doneStatus.final, rows = 0): Buffer {
  return token(TYPE.DONE, uint16(status), uint16(0), uint64(BigInt(rows)));
}

/** An error as the server reports it; `message` may hold what it likes. */
export function errorToken(number: number, message: string): Buffer {
  const [state, severity] = [1, number === 1205 ? 13 : 16];
  const text = Buffer.concat([uint16(message.length), wide(message)]);
  return sized(
    TYPE.ERROR,
    ...[uint32(number), Buffer.from([state, severity]), text, byteText('servidor'), byteText(''), uint32(1)],
  );
}

export function loginAcknowledged(): Buffer {
  const version = Buffer.from([0x74, 0, 0, 0x04]);
  return sized(
    TYPE.LOGINACK,
    ...[Buffer.from([1]), version, byteText('Microsoft SQL Server'), Buffer.from([15, 0, 0x07, 0xd0])],
  );
}

export function databaseChange(name: string): Buffer {
  return sized(TYPE.ENVCHANGE, Buffer.from([1]), byteText(name), byteText('master'));
}

/** That the session is in a transaction now. */
export function transactionBegun(descriptor: bigint): Buffer {
  return sized(TYPE.ENVCHANGE, Buffer.from([8, 8]), uint64(descriptor), Buffer.from([0]));
}

/** That it is not any more. */
export function transactionEnded(descriptor: bigint, how: 'committed' | 'rolled back'): Buffer {
  return sized(TYPE.ENVCHANGE, Buffer.from([how === 'committed' ? 9 : 10, 0, 8]), uint64(descriptor));
}
