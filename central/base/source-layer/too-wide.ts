import { keptPlaces, stubOf } from '../../../shared/sources/reading/stub-line.ts';
import type { ViewDescription } from '../../../shared/sources/view-source.ts';
import type { Transaction } from '../base.ts';
import { baseError } from '../errors.ts';
import type { Lines } from './staging.ts';

/**
 * A page with the rows in it that the base has no room for as their stubs. A row of a table has 8 kB, in which each long
 * value still takes 18 bytes: several hundred columns with something in them are too many. Only the base knows which
 * rows these are, so it is asked, for the halves of what it refuses. Nothing of that stays.
 * @param load loads a page; what it throws for one that has such a row is `row-too-wide`
 */
export async function stubTooWide(
  tx: Transaction,
  view: ViewDescription,
  page: Lines,
  load: (part: Lines) => Promise<unknown>,
): Promise<Lines> {
  const lines = linesOf(page.lines);
  const fits = async (part: readonly Buffer[]): Promise<boolean> => {
    await tx.execute('SAVEPOINT fits');
    try {
      await load({ lines: Buffer.concat(part), rows: part.length });
      return true;
    } catch (error) {
      const known = baseError(error);
      if (known.code !== 'row-too-wide') throw known;
      return false;
    } finally {
      await tx.execute('ROLLBACK TO SAVEPOINT fits');
    }
  };
  const kept = keptPlaces(view);
  const stubbed = async (part: readonly Buffer[]): Promise<readonly Buffer[]> => {
    if (part.length === 0 || (await fits(part))) return part;
    const [line] = part;
    if (part.length === 1 && line !== undefined) return [stubOfLine(line, kept)];
    const middle = part.length >> 1;
    return [...(await stubbed(part.slice(0, middle))), ...(await stubbed(part.slice(middle)))];
  };
  return { lines: Buffer.concat(await stubbed(lines)), rows: page.rows };
}

/** Each with its newline: within a line, it is escaped. */
function linesOf(lines: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < lines.length; ) {
    const newline = lines.indexOf(10, start);
    const end = newline === -1 ? lines.length : newline + 1;
    parts.push(lines.subarray(start, end));
    start = end;
  }
  return parts;
}

/** It keeps the digest of the whole row, by which a comparison with the source knows it. */
function stubOfLine(line: Buffer, kept: ReadonlySet<number>): Buffer {
  const tab = line.indexOf(9);
  const stub = stubOf(line.toString('utf8', tab + 1).replace(/\n$/, ''), kept);
  return Buffer.concat([line.subarray(0, tab + 1), Buffer.from(`${stub}\n`)]);
}
