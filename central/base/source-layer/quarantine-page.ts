import { GuaritaError } from '../../../shared/errors.ts';
import type { Transaction } from '../base.ts';
import { type Flaws, wholeRow } from './flaws.ts';
import { sameStoredKey, stagedKey } from './key-sql.ts';
import { lookUpByHash, lookUpByKey } from './merge.ts';
import type { ViewTarget } from './source-schema.ts';

/** A page in its staging table, and what is known of it. */
export interface StagedPage {
  readonly tx: Transaction;
  readonly target: ViewTarget;
  readonly staging: string;
  readonly flaws: Flaws;
  /** The number of this load: it tells the entries that this page has shown from earlier ones. */
  readonly load: number;
  readonly run: number;
  /** It holds every row of each of its keys: the answer to a lookup. */
  readonly wholeKeys: boolean;
  /** Digests of the lines that are longer than `maxRowBytes`. */
  readonly long: readonly string[];
  readonly maxRowBytes: number;
}

/**
 * Whether a row of the page has the key of an open entry. A page that has not, and no flaw of its own, need not be
 * looked at closely: 4 ms instead of 25 for a page of 20,000 rows. Rows whose key has a null or bytes are flaws.
 */
export async function touchesQuarantine(
  tx: Transaction,
  target: ViewTarget,
  staging: string,
): Promise<boolean> {
  await tx.execute(lookUpByHash);
  const [touch] = await tx.query<{ some: boolean }>(
    `SELECT EXISTS (SELECT FROM guarita.quarantine q JOIN ${staging} s ON ${sameStoredKey(target.view, 's', 'q')}
        WHERE q.source = $1 AND q.view = $2 AND q.resolved IS NULL) AS some`,
    [target.source, target.view.name],
  );
  return touch?.some ?? true;
}

/**
 * Whether a row `t` of the view's own table has the key of an open entry, each of which is looked for by itself: they are
 * to be few (`fewEntries`).
 * @param which rows, by `$3`
 */
export async function someInQuarantine(
  tx: Transaction,
  { table, source, view }: ViewTarget,
  which: string,
  parameter: string,
): Promise<boolean> {
  await tx.execute(lookUpByKey);
  const [touch] = await tx.query<{ some: boolean }>(
    `SELECT EXISTS (SELECT FROM guarita.quarantine q JOIN ${table} t ON ${sameStoredKey(view, 't', 'q')}
        WHERE q.source = $1 AND q.view = $2 AND q.resolved IS NULL AND ${which}) AS some`,
    [source, view.name, parameter],
  );
  return touch?.some ?? true;
}

/** Lines that say that a row is gone. Throws `page-invalid` for a mark that the protocol does not know. */
export async function countGone({ tx, target, staging }: StagedPage): Promise<number> {
  const places = target.view.columns.length;
  const [seen] = await tx.query<{ gone: number; unknown: number }>(`
    SELECT (count(*) FILTER (WHERE _mark = '{-1}'))::int AS gone,
           (count(*) FILTER (WHERE _mark <> '{-1}' AND
             (cardinality(_mark) > 0 AND 0 <= ALL (_mark) AND ${places} >= ALL (_mark)) IS NOT TRUE))::int AS unknown
      FROM ${staging}`);
  if (seen === undefined || seen.unknown > 0)
    throw new GuaritaError('page-invalid', 'Tem uma marca desconhecida.');
  return seen.gone;
}

/**
 * Puts the rows that break the contract in quarantine, or notes that they were seen again; returns how many entries
 * that were. Rows that are alike in everything are one entry with several copies.
 *
 * Of an ordinary page no row is believed whose key is known to be repeated: the others of that key may be on other
 * pages. It may hold fewer copies than there are, too, so their number only grows there.
 */
export async function quarantineRows(page: StagedPage): Promise<number> {
  const { tx, target, staging, flaws, wholeKeys, load, run, long, maxRowBytes } = page;
  const { key, mark, values, columns } = wholeRow(target.view);
  const known = wholeKeys
    ? ''
    : `UNION ALL SELECT key, key_mark FROM guarita.quarantine
        WHERE source = $1 AND view = $2 AND resolved IS NULL AND code = 'key-repeated'`;
  const repeated = `(${key}, ${mark}) IN (SELECT key, key_mark FROM repeated)`;
  const share = String(Math.floor(maxRowBytes / target.view.columns.length));
  const [noted] = await tx.query<{ entries: number }>(
    `WITH repeated AS MATERIALIZED (
       SELECT ${key} AS key, ${mark} AS key_mark FROM ${staging} s
        WHERE s._mark IS DISTINCT FROM '{-1}' GROUP BY 1, 2 HAVING count(*) > 1
       ${known}
     ), noted AS (
       INSERT INTO guarita.quarantine AS q (source, view, digest, copies, key, key_mark, code, reason, columns,
         row_values, mark, load, run, opened, last_seen)
       SELECT DISTINCT ON (s._digest) $1, $2, s._digest, count(*) OVER (PARTITION BY s._digest), ${key}, ${mark},
              s._code, ${flaws.reason(share)}, ${columns}, ${values}, s._mark, $3::bigint, $4::bigint, now(), now()
         FROM (SELECT s.*, ${flaws.code(repeated, 's._digest = ANY ($5::bigint[])')} AS _code
                 FROM ${staging} s WHERE s._mark IS DISTINCT FROM '{-1}') s
        WHERE s._code IS NOT NULL
       ON CONFLICT (source, view, digest) DO UPDATE SET
         copies = CASE WHEN q.resolved IS NULL AND NOT $6 THEN greatest(q.copies, excluded.copies)
                       ELSE excluded.copies END,
         key = excluded.key, key_mark = excluded.key_mark, code = excluded.code, reason = excluded.reason,
         columns = excluded.columns, row_values = coalesce(q.row_values, excluded.row_values), mark = excluded.mark,
         load = excluded.load, last_seen = excluded.last_seen,
         run = CASE WHEN q.resolved IS NULL THEN q.run ELSE excluded.run END,
         opened = CASE WHEN q.resolved IS NULL THEN q.opened ELSE excluded.opened END,
         resolved = NULL, resolved_run = NULL
       RETURNING 1)
     SELECT count(*)::int AS entries FROM noted`,
    [target.source, target.view.name, load, run, long, wholeKeys],
  );
  return noted?.entries ?? 0;
}

/**
 * Closes the entries of every key of the page that the page has shown to be otherwise now. What is personal in them
 * is erased; that there was one, when and why, stays. An ordinary page says nothing of keys that are no identity, as
 * other pages may have their rows; a line that says that a key is gone does.
 */
export async function closeEntries(page: StagedPage): Promise<void> {
  const { tx, target, staging, load, run, wholeKeys } = page;
  const { key, mark } = stagedKey(target.view, 's');
  await tx.query(
    `UPDATE guarita.quarantine q
        SET resolved = now(), resolved_run = $4, key = NULL, key_mark = '{}', row_values = NULL
      WHERE q.source = $1 AND q.view = $2 AND q.resolved IS NULL AND q.load <> $3 AND EXISTS (
        SELECT FROM ${staging} s
         WHERE q.key = ${key}
           AND (s._mark = '{-1}' OR q.key_mark = ${mark} AND ($5 OR q.code NOT IN ('key-repeated', 'key-empty'))))`,
    [target.source, target.view.name, load, run, wholeKeys],
  );
}

/** Takes what is not to be loaded out of the staging table: lines that say that a row is gone, rows in quarantine. */
export async function takeOut({ tx, target, staging, load }: StagedPage): Promise<number> {
  const [taken] = await tx.query<{ rows: number }>(
    `WITH taken AS (
       DELETE FROM ${staging} s
        WHERE s._mark = '{-1}' OR s._digest IN (
          SELECT digest FROM guarita.quarantine WHERE source = $1 AND view = $2 AND load = $3 AND resolved IS NULL)
       RETURNING 1)
     SELECT count(*)::int AS rows FROM taken`,
    [target.source, target.view.name, load],
  );
  return taken?.rows ?? 0;
}
