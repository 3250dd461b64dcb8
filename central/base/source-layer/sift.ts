import { GuaritaError } from '../../../shared/errors.ts';
import type { Transaction } from '../base.ts';
import { sameStoredKey } from './key-sql.ts';
import { lookUpByHash, lookUpByKey, sameKey } from './merge.ts';
import type { ViewTarget } from './source-schema.ts';
import { type Lines, linesOf, stagePage } from './staging.ts';

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
  const lines = linesOf(page.lines);
  if (lines.length !== page.rows) {
    throw new GuaritaError('page-invalid', `It says ${page.rows} rows and has ${lines.length}.`);
  }
  const digests = `{${lines.map(digestOf).join(',')}}`;
  const place = await placeOf(tx, target, lines);
  if (place === null) return null;
  if (quarantine && (await touchesQuarantine(tx, target, digests))) return null;
  const side = (which: string, order: string) =>
    `(SELECT _digest FROM ${target.table} WHERE _change ${which} $2 AND _removed IS NULL
       ORDER BY _change ${order} LIMIT ${lines.length})`;
  await tx.execute(lookUpByHash);
  const rest = await tx.query<{ n: number }>(
    `SELECT s.n::int AS n FROM unnest($1::bigint[]) WITH ORDINALITY AS s (digest, n)
       LEFT JOIN (${side('>=', 'ASC')} UNION ALL ${side('<', 'DESC')}) t ON t._digest = s.digest
      WHERE t._digest IS NULL ORDER BY s.n`,
    [digests, place],
  );
  const left = rest.flatMap(({ n }) => lines[n - 1] ?? []);
  return {
    rest: { lines: Buffer.concat(left), rows: left.length },
    unchanged: page.rows - left.length,
    digests,
  };
}

function digestOf(line: Buffer): string {
  const digest = line.toString('latin1', 0, line.indexOf(9));
  if (/^-?\d{1,19}$/.test(digest)) return digest;
  throw new GuaritaError('page-invalid', 'A line has no digest.');
}

/** The number of change of a row in the middle of the page, by when its rows were changed. */
async function placeOf(
  tx: Transaction,
  target: ViewTarget,
  lines: readonly Buffer[],
): Promise<string | null> {
  const step = Math.max(1, Math.ceil(lines.length / samples));
  const some = lines.filter((_, index) => index % step === step >> 1);
  const staging = await stagePage(tx, target, { lines: Buffer.concat(some), rows: some.length });
  await tx.execute(lookUpByKey);
  const [found] = await tx.query<{ place: string | null }>(
    `SELECT (percentile_disc(0.5) WITHIN GROUP (ORDER BY t._change))::text AS place
       FROM ${staging} s JOIN ${target.table} t ON ${sameKey(target)}`,
  );
  await tx.execute(`DELETE FROM ${staging}`);
  return found?.place ?? null;
}

async function touchesQuarantine(tx: Transaction, { table, source, view }: ViewTarget, digests: string) {
  await tx.execute(lookUpByKey);
  const [touch] = await tx.query<{ some: boolean }>(
    `SELECT EXISTS (SELECT FROM guarita.quarantine q JOIN ${table} t ON ${sameStoredKey(view, 't', 'q')}
        WHERE q.source = $1 AND q.view = $2 AND q.resolved IS NULL AND t._digest = ANY ($3::bigint[])) AS some`,
    [source, view.name, digests],
  );
  return touch?.some ?? true;
}

/**
 * Whether a row of the table that is left of a page would be changed, though the page has it as it is: its key stands
 * twice in the page.
 */
export async function breaksSifted(
  tx: Transaction,
  target: ViewTarget,
  staging: string,
  digests: string,
): Promise<boolean> {
  const [twice] = await tx.query<{ some: boolean }>(
    `SELECT EXISTS (SELECT FROM ${staging} s JOIN ${target.table} t ON ${sameKey(target)}
        WHERE t._digest <> s._digest AND t._digest = ANY ($1::bigint[])) AS some`,
    [digests],
  );
  return twice?.some ?? true;
}

/** Whether the view's table has an index in the order of its changes. */
export async function hasChangeIndex(tx: Transaction, { table }: ViewTarget): Promise<boolean> {
  const [index] = await tx.query<{ there: boolean }>(
    `SELECT EXISTS (
       SELECT FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = $1::regclass AND i.indisvalid AND m.amname = 'btree' AND a.attname = '_change') AS there`,
    [table],
  );
  return index?.there ?? false;
}
