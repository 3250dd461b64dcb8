import { GuaritaError } from '../../../shared/errors.ts';
import { keptPlaces, stubOf } from '../../../shared/sources/reading/stub-line.ts';
import type { ViewDescription } from '../../../shared/sources/view-source.ts';
import type { Base, Transaction } from '../base.ts';
import { namingOf } from './naming.ts';
import type { ViewTarget } from './source-schema.ts';
import { type Lines, linesOf } from './staging.ts';

/** Ends the transaction of a trial: nothing of it stays. */
const fitted = new GuaritaError('stopped', 'A trial.');

/**
 * A page with the rows in it that the base has no room for as their stubs. A row of a table has 8 kB, in which each long
 * value still takes 18 bytes: several hundred columns with something in them are too many. Only the base knows which
 * rows these are, so it is asked, for the halves of what it refuses, each in a transaction that is taken back. Rows that
 * are in quarantine for that already are known.
 * @param load loads a page; what it throws for one that has such a row is `row-too-wide`
 */
export async function stubTooWide(
  base: Base,
  target: ViewTarget,
  page: Lines,
  load: (tx: Transaction, part: Lines) => Promise<unknown>,
): Promise<Lines> {
  const fits = async (part: readonly Buffer[]): Promise<boolean> => {
    try {
      return await base.transaction(async (tx) => {
        await load(tx, { lines: Buffer.concat(part), rows: part.length });
        throw fitted;
      });
    } catch (error) {
      if (error === fitted) return true;
      if (error instanceof GuaritaError && error.code === 'row-too-wide') return false;
      throw error;
    }
  };
  const kept = placesKept(target.view);
  const stubbed = async (part: readonly Buffer[]): Promise<readonly Buffer[]> => {
    if (part.length === 0 || (await fits(part))) return part;
    const [line] = part;
    if (part.length === 1 && line !== undefined) return [stubOfLine(line, kept)];
    const middle = part.length >> 1;
    return [...(await stubbed(part.slice(0, middle))), ...(await stubbed(part.slice(middle)))];
  };
  const lines = linesOf(page.lines);
  const known = await knownAsTooLarge(base, target, lines.map(digestOf));
  const rest = lines.map((line) => (known.has(digestOf(line)) ? stubOfLine(line, kept) : line));
  return { lines: Buffer.concat(await stubbed(rest)), rows: page.rows };
}

/** What a stub of ours keeps: also whom the row names, by which it is found when that person is to be forgotten. */
function placesKept(view: ViewDescription): ReadonlySet<number> {
  const names = view.columns.map(({ name }) => name);
  const naming = namingOf(view.name, view.key, names).columns.map((name) => names.indexOf(name));
  return new Set([...keptPlaces(view), ...naming]);
}

async function knownAsTooLarge(
  base: Base,
  { source, view }: ViewTarget,
  digests: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await base.transaction((tx) =>
    tx.query<{ digest: string }>(
      `SELECT digest::text FROM guarita.quarantine
        WHERE source = $1 AND view = $2 AND resolved IS NULL AND code = 'row-too-large' AND digest = ANY ($3::bigint[])`,
      [source, view.name, digests],
    ),
  );
  return new Set(rows.map(({ digest }) => digest));
}

function digestOf(line: Buffer): string {
  return line.toString('latin1', 0, line.indexOf(9));
}

/** It keeps the digest of the whole row, by which a comparison with the source knows it. */
function stubOfLine(line: Buffer, kept: ReadonlySet<number>): Buffer {
  const tab = line.indexOf(9);
  const stub = stubOf(line.toString('utf8', tab + 1).replace(/\n$/, ''), kept);
  return Buffer.concat([line.subarray(0, tab + 1), Buffer.from(`${stub}\n`)]);
}
