import type { KeyText } from '../../../shared/sources/view-source.ts';
import type { Base, Transaction } from '../base.ts';
import { readByBlocks } from '../blocks.ts';
import { isAskable, keyTexts, type StoredKey, sameStoredKey, stagedKey } from './key-sql.ts';
import { type HeldRow, type ListingPart, partsOf } from './listing-parts.ts';
import type { ViewTarget } from './source-schema.ts';
import { type Lines, stageListing } from './staging.ts';

/** What a bucket comparison needs of the base; see `ViewDigests` for the source's side. */
export interface BucketDigests {
  readonly rows: number;
  readonly counts: readonly number[];
  /** Sum of the row digests of each bucket modulo 2^64, as signed decimal. */
  readonly digests: readonly string[];
}

/**
 * Our picture of the source, by bucket: the rows that it still has, but for those whose key has a row in quarantine,
 * and the rows in quarantine as often as they were seen. So a broken row that is known makes no bucket differ, nor
 * does the earlier version of it that the table keeps. Reads the view's table once, in steps: nobody else writes to it
 * in its source's turn, and what another central may write there makes no more than buckets that seem to differ.
 * Throws the errors of Base.
 *
 * @param buckets a power of two
 */
export async function bucketDigests(base: Base, target: ViewTarget, buckets: number): Promise<BucketDigests> {
  const { live, quarantined } = picture(target);
  const parameters = [target.source, target.view.name];
  const counts = Array.from({ length: buckets }, () => 0);
  const digests = Array.from({ length: buckets }, () => 0n);
  let total = 0;
  const add = (sums: readonly { bucket: number; rows: number; digest: string }[]) => {
    for (const { bucket, rows, digest } of sums) {
      counts[bucket] = (counts[bucket] ?? 0) + rows;
      digests[bucket] = (digests[bucket] ?? 0n) + BigInt(digest);
      total += rows;
    }
  };
  // Negative digests, too, have a bucket from 0 on: so has two's complement. The sum is exact, being numeric.
  const bucket = (digest: string) => `(${digest} & ${buckets - 1})::int`;
  await readByBlocks(base, target.table, async (tx, where) => {
    await tx.execute(inBoundedMemory);
    add(
      await tx.query(
        `SELECT ${bucket('t._digest')} AS bucket, count(*)::int AS rows, sum(t._digest)::text AS digest
           ${live} AND ${where} GROUP BY 1`,
        parameters,
      ),
    );
  });
  await base.transaction(async (tx) => {
    add(
      await tx.query(
        `SELECT ${bucket('q.digest')} AS bucket, sum(q.copies)::int AS rows,
                sum(q.digest::numeric * q.copies)::text AS digest
           ${quarantined} GROUP BY 1`,
        parameters,
      ),
    );
  });
  return { rows: total, counts, digests: digests.map((sum) => BigInt.asIntN(64, sum).toString()) };
}

/**
 * The keys of which a listing of some buckets and our picture of them do not say the same: each key whose rows in
 * those buckets, by digest and number, are not equal on both sides. In no order, each once; keys that are longer than
 * a source may be asked for are left out. Our rows of those buckets, as many as the listing has or a few more, are in
 * memory meanwhile. Throws `page-invalid` and the errors of Base.
 */
export async function differingKeys(
  base: Base,
  target: ViewTarget,
  listing: Lines,
  buckets: number,
  wanted: readonly number[],
): Promise<KeyText[][]> {
  const held: HeldRow[] = [];
  const { live } = picture(target);
  await readByBlocks(base, target.table, async (tx, where) => {
    const rows = await tx.query<HeldRow>(
      `SELECT (${keyOf(target, 't').key})::text AS key, t._digest::text AS digest
         ${live} AND ${ofBuckets('t._digest', buckets)} AND ${where}`,
      [target.source, target.view.name, wanted],
    );
    for (const row of rows) held.push(row);
  });
  // A row that changed has a digest, and so perhaps a part, on either side.
  const differing = new Map<string, KeyText[]>();
  for (const part of partsOf(listing, held, buckets, wanted)) {
    const keys = await base.transaction((tx) => differingOf(tx, target, part, buckets));
    for (const key of keys) differing.set(JSON.stringify(key), key);
  }
  return [...differing.values()].filter(isAskable);
}

async function differingOf(
  tx: Transaction,
  target: ViewTarget,
  part: ListingPart,
  buckets: number,
): Promise<KeyText[][]> {
  const staging = await stageListing(tx, target, part.listed);
  const { key, mark } = keyOf(target, 's');
  const { quarantined } = picture(target);
  const keys = await tx.query<StoredKey>(
    `SELECT DISTINCT key, key_mark AS mark FROM (
       SELECT key, key_mark FROM (
         SELECT ${key} AS key, ${mark} AS key_mark, s._digest AS digest, 1 AS copies FROM ${staging} s
         UNION ALL
         SELECT t.key::text[] COLLATE "C", '{}', t.digest, -1
           FROM unnest($4::text[], $5::bigint[]) AS t (key, digest)
         UNION ALL
         SELECT q.key, q.key_mark, q.digest, -q.copies ${quarantined} AND ${ofBuckets('q.digest', buckets)}
       ) both_sides GROUP BY key, key_mark, digest HAVING sum(copies) <> 0
     ) differing`,
    [
      ...[target.source, target.view.name, part.buckets],
      ...[part.held.map((row) => row.key), part.held.map((row) => row.digest)],
    ],
  );
  return keys.map(keyTexts);
}

const keyOf = ({ view }: ViewTarget, alias: string) =>
  stagedKey({ ...view, columns: view.key.map((name) => ({ name })) }, alias);

/** `$3`: which of so many. */
const ofBuckets = (digest: string, buckets: number) => `(${digest} & ${buckets - 1}) = ANY ($3::bigint[])`;

/**
 * By hashing, a few MB however many rows there are: the planner does not know how few buckets come of them, and would
 * rather sort the view on disk.
 */
const inBoundedMemory = `SET LOCAL enable_sort = off; SET LOCAL work_mem = '64MB'`;

/**
 * Both parts of our picture of a source, each from FROM on; `$1` and `$2` are source and view. Looking for each row's
 * key in quarantine costs nothing that can be measured (1,000,000 rows: 0.5 s with and without).
 */
function picture({ table, view }: ViewTarget): { live: string; quarantined: string } {
  const quarantined = 'FROM guarita.quarantine q WHERE q.source = $1 AND q.view = $2 AND q.resolved IS NULL';
  const inQuarantine = `SELECT ${quarantined} AND ${sameStoredKey(view, 't', 'q')}`;
  return { live: `FROM ${table} t WHERE t._removed IS NULL AND NOT EXISTS (${inQuarantine})`, quarantined };
}
