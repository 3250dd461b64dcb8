import { encodeField, hexText, type Line, markField, nullField } from '../reading/lines.ts';
import { bounded, maxKeptBytes, maxRowBytes, stubOf } from '../reading/stub-line.ts';
import type { Field } from './connections.ts';
import { quoteIdentifier } from './literals.ts';
import { fieldOf, leastBytes, type MysqlColumn, textOf, unconverted } from './types.ts';

/**
 * How rows of these columns are selected, and the lines made of them. Where columns can be larger than may travel, the
 * first field says whether the row is, and then they are not sent: memory does not grow with the row.
 */
export class MysqlLines {
  readonly #columns: readonly MysqlColumn[];
  readonly #kept: ReadonlySet<number>;
  readonly #isTooLarge: string | null;

  /** @param kept places of the columns that the stub of a row keeps */
  constructor(columns: readonly MysqlColumn[], kept: ReadonlySet<number>) {
    this.#columns = columns;
    this.#kept = kept;
    const lengths = columns
      .filter(({ isLong }) => isLong)
      .map((column) => leastBytes(column, nameOf(column)));
    this.#isTooLarge = lengths.length === 0 ? null : `${lengths.join(' + ')} > ${maxRowBytes}`;
  }

  get fields(): string {
    const fields = this.#columns.map((column, place) => this.#field(column, place));
    return this.#isTooLarge === null ? fields.join(', ') : [this.#isTooLarge, ...fields].join(', ');
  }

  line(row: readonly Field[]): Line {
    const first = this.#isTooLarge === null ? 0 : 1;
    const isTooLarge = first === 1 && row[0]?.[0] === 0x31;
    const marks = isTooLarge ? [0] : [];
    const fields = this.#columns.map((column, place) =>
      encode(column, row[place + first] ?? null, place, marks),
    );
    const line = [markField(marks), ...fields].join('\t');
    return isTooLarge ? stubOf(line, this.#kept) : bounded(line, this.#kept);
  }

  #field(column: MysqlColumn, place: number): string {
    const name = nameOf(column);
    const field = fieldOf(column, name);
    if (!column.isLong) return field;
    const isSent = this.#kept.has(place) ? ` AND OCTET_LENGTH(${name}) > ${maxKeptBytes}` : '';
    return `IF(${this.#isTooLarge}${isSent}, NULL, ${field})`;
  }
}

function nameOf({ name }: MysqlColumn): string {
  return quoteIdentifier(name);
}

// oxlint-disable-next-line no-control-regex -- 0x00 is what is looked for
const isDoubtful = /[\0\uFFFD]/;

function encode(column: MysqlColumn, bytes: Field, place: number, marks: number[]): string {
  if (bytes === null) return nullField;
  if (column.kind === 'bytes') return encodeField(hexText(bytes));
  if (column.charset === null && column.kind !== 'document') return bytes.toString('latin1');
  const text = decode(column, bytes);
  if (text !== null) return encodeField(text);
  marks.push(place + 1);
  return encodeField(hexText(unconverted(column, bytes) ?? bytes));
}

/** Nearly every text is one in UTF-8 that shows by itself to be whole. */
function decode(column: MysqlColumn, bytes: Buffer): string | null {
  if (column.charset?.startsWith('utf8') === true) {
    const text = bytes.toString('utf8');
    if (!isDoubtful.test(text)) return text;
  }
  return textOf(column, bytes);
}
