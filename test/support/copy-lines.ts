import { createHash } from 'node:crypto';

/** A row of a page as a reader sees it. */
export interface PageRow {
  readonly digest: string;
  /** The mark as it is written. */
  readonly mark: string;
  /** Columns, counted from 1, whose bytes text cannot hold. */
  readonly undecodable: readonly number[];
  readonly fields: readonly (string | null)[];
  /** Bytes of the line, its newline included. */
  readonly bytes: number;
  /** What the digest should be: of the line's own bytes, computed here. */
  readonly computedDigest: string;
}

/**
 * Decodes lines as PostgreSQL's manual describes COPY's text format, without a line of the code under test.
 * Bytes that are not UTF-8 throw.
 */
export function decodeLines(lines: Buffer): PageRow[] {
  if (lines.length === 0) return [];
  if (lines.at(-1) !== 0x0a) throw new Error('the last line has no newline');
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(lines);
  return text.slice(0, -1).split('\n').map(decodeLine);
}

function decodeLine(line: string): PageRow {
  const [digest = '', mark = '', ...fields] = line.split('\t');
  const rest = line.slice(digest.length + 1);
  const hex = createHash('sha256').update(rest, 'utf8').digest('hex').slice(0, 16);
  return {
    digest,
    mark,
    undecodable: decodeMark(mark).filter((column) => column > 0),
    fields: fields.map(decodeField),
    bytes: Buffer.byteLength(line) + 1,
    computedDigest: BigInt.asIntN(64, BigInt(`0x${hex}`)).toString(),
  };
}

function decodeMark(mark: string): number[] {
  if (mark === '\\N') return [];
  if (!/^\{(-1|\d+(,\d+)*)\}$/.test(mark)) throw new Error(`no array of columns: ${mark}`);
  return mark.slice(1, -1).split(',').map(Number);
}

const named: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function decodeField(field: string): string | null {
  if (field === '\\N') return null;
  return field.replaceAll(/\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|(.))/gsu, (_all, hex, octal, other) => {
    if (typeof hex === 'string') return String.fromCharCode(Number.parseInt(hex, 16));
    if (typeof octal === 'string') return String.fromCharCode(Number.parseInt(octal, 8));
    return named[String(other)] ?? String(other);
  });
}
