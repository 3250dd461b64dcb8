import { GuaritaError } from '../../../shared/errors.ts';
import type { Transaction } from '../base.ts';
import { byIndex } from './change-index.ts';
import { lookUpByHash, lookUpByKey, sameKey } from './merge.ts';
import { someInQuarantine } from './quarantine-page.ts';
import type { ViewTarget } from './source-schema.ts';
import { type Lines, stagePage } from './staging.ts';

/** What is left of a page without the rows that the view's table has as they are. */
export interface Sifted {
  readonly rest: Lines;
  /** How many they were. */
  readonly unchanged: number;
  /** The digests of the whole page, as an array of PostgreSQL's. */
  readonly digests: string;
}

/** Rows of a page that are looked for by key, to find where in the view's history it lies. */
const samples = 7;

/**
 * Takes the rows out of a page that are unchanged, as far as they lie together: rows that a source gives one after the
 * other were, as a rule, loaded one after the other, and so have numbers of change beside each other. A few are looked
 * for by key; around the middle one of these, as many rows as the page has are read each way by the index over
 * `_change`, and compared by digest alone. That is a quarter of what it costs to stage all rows and look each up by key
 * (1.0 against 3.9 µs), and what it misses is left to that. A digest is of the whole line, key included, so a row that
 * has the digest of one that is there is that one.
 *
 * Null where it found none of the samples, or where a row of the page that is unchanged has the key of a row in
 * quarantine, which has to be looked at closely. Needs the index over `_change`.
 *
 * Throws `page-invalid`.
 * @param quarantine the view has rows in quarantine; few enough to look for one by one
 */
export async function siftUnchanged(
  tx: Transaction,
  target: ViewTarget,
  page: Lines,
  quarantine: boolean,
): Promise<Sifted | null> {
  const { digests, starts } = digestsOf(page);
  const lines = (places: readonly number[]) =>
    places.map((place) => page.lines.subarray(starts[place], starts[place + 1]));
  const place = await placeOf(tx, target, lines(evenly(page.rows)));
  if (place === null) return null;
  const which = 't._digest = ANY ($3::bigint[])';
  if (quarantine && (await someInQuarantine(tx, target, which, digests))) return null;
  const side = (which: string, order: string) =>
    `(SELECT _digest FROM (SELECT _digest, _removed FROM ${target.table} WHERE _change ${which} $2
         ORDER BY _change ${order} LIMIT ${page.rows}) beside WHERE _removed IS NULL)`;
  await tx.execute(`${lookUpByHash}; ${byIndex('on')}`);
  const rest = await tx.query<{ n: number }>(
    `SELECT s.n::int AS n FROM unnest($1::bigint[]) WITH ORDINALITY AS s (digest, n)
       LEFT JOIN (${side('>=', 'ASC')} UNION ALL ${side('<', 'DESC')}) t ON t._digest = s.digest
      WHERE t._digest IS NULL`,
    [digests, place],
  );
  await tx.execute(byIndex('off'));
  const left = lines(rest.map(({ n }) => n - 1).toSorted((a, b) => a - b));
  return {
    rest: { lines: Buffer.concat(left), rows: left.length },
    unchanged: page.rows - left.length,
    digests,
  };
}

/**
 * The digests of a page as an array of PostgreSQL's, and where its lines begin, its end included. As bytes: a text or a
 * buffer a line would be several megabytes a page.
 */
function digestsOf({ lines, rows }: Lines): { digests: string; starts: Uint32Array } {
  // A line is never shorter: a number of rows that cannot be is not made room for.
  if (rows > lines.length) throw new GuaritaError('page-invalid', `Não tem ${rows} linhas.`);
  const starts = new Uint32Array(rows + 1);
  const array = Buffer.allocUnsafe(rows * (mostDigestBytes + 1));
  let length = 0;
  let at = 0;
  for (let row = 0; row < rows; row++) {
    starts[row] = at;
    const tab = lines.indexOf(0x09, at);
    const newline = lines.indexOf(0x0a, at);
    const isDigest = tab > at && tab - at <= mostDigestBytes;
    if (!isDigest || newline === -1)
      throw new GuaritaError('page-invalid', `A linha ${row + 1} não tem resumo.`);
    for (; at < tab; at++) {
      const byte = lines[at] ?? 0;
      const isDigit = byte >= 0x30 && byte <= 0x39;
      if (!isDigit && byte !== 0x2d)
        throw new GuaritaError('page-invalid', `A linha ${row + 1} não tem resumo.`);
      array[length++] = byte;
    }
    array[length++] = 0x2c;
    at = newline + 1;
  }
  if (at !== lines.length) throw new GuaritaError('page-invalid', `Não tem ${rows} linhas.`);
  starts[rows] = at;
  return { digests: `{${array.toString('latin1', 0, length - 1)}}`, starts };
}

/** Of a signed 64-bit number in decimal. */
const mostDigestBytes = 20;

/** Places of rows all over a page. */
function evenly(rows: number): number[] {
  const step = Math.ceil(rows / samples);
  return Array.from({ length: Math.ceil(rows / step) }, (_, index) =>
    Math.min(rows - 1, index * step + (step >> 1)),
  );
}

/** The number of change of a row in the middle of the page, by when its rows were changed. */
async function placeOf(tx: Transaction, target: ViewTarget, some: readonly Buffer[]): Promise<string | null> {
  const staging = await stagePage(tx, target, { lines: Buffer.concat(some), rows: some.length });
  await tx.execute(lookUpByKey);
  const [found] = await tx.query<{ place: string | null }>(
    `SELECT (percentile_disc(0.5) WITHIN GROUP (ORDER BY t._change))::text AS place
       FROM ${staging} s JOIN ${target.table} t ON ${sameKey(target)}`,
  );
  await tx.execute(`DELETE FROM ${staging}`);
  return found?.place ?? null;
}

/**
 * Whether a row of the table that is left of a page would be changed, though the page has it as it is: its key stands
 * twice in the page.
 */
export async function breaksSifted(
  tx: Transaction,
  target: ViewTarget,
  staging: string,
  { digests }: Sifted,
): Promise<boolean> {
  const [twice] = await tx.query<{ some: boolean }>(
    `SELECT EXISTS (SELECT FROM ${staging} s JOIN ${target.table} t ON ${sameKey(target)}
        WHERE t._digest <> s._digest AND t._digest = ANY ($1::bigint[])) AS some`,
    [digests],
  );
  return twice?.some ?? true;
}

/**
 * Whether a row stands twice in a page, alike in everything. Who looks at a page closely believes neither of the two, so
 * they are not to be taken out before.
 */
export async function standTwice(tx: Transaction, { digests }: Sifted): Promise<boolean> {
  const [twice] = await tx.query<{ some: boolean }>(
    'SELECT count(*) <> count(DISTINCT digest) AS some FROM unnest($1::bigint[]) AS s (digest)',
    [digests],
  );
  return twice?.some ?? true;
}
