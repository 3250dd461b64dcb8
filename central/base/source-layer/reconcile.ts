import { GuaritaError } from '../../../shared/errors.ts';
import type { KeyText } from '../../../shared/sources/view-source.ts';
import type { Base } from '../base.ts';
import { isAskable, keyTexts, type StoredKey, sameStoredKey, stagedKey } from './key-sql.ts';
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
 * does the earlier version of it that the table keeps. Reads the view's table once. Throws the errors of Base.
 *
 * @param buckets a power of two
 */
export async function bucketDigests(base: Base, target: ViewTarget, buckets: number): Promise<BucketDigests> {
  const sums = await base.transaction(async (tx) => {
    const { live, quarantined } = picture(target);
    await tx.execute(inBoundedMemory);
    // Negative digests, too, have a bucket from 0 on: so has two's complement. The sum is exact, being numeric.
    const bucket = (digest: string) => `(${digest} & ${buckets - 1})::int`;
    return tx.query<{ bucket: number; rows: number; digest: string }>(
      `SELECT ${bucket('t._digest')} AS bucket, count(*)::int AS rows, sum(t._digest)::text AS digest
         ${live} GROUP BY 1
       UNION ALL
       SELECT ${bucket('q.digest')}, sum(q.copies)::int, sum(q.digest::numeric * q.copies)::text
         ${quarantined} GROUP BY 1`,
      [target.source, target.view.name],
    );
  });
  const counts = Array.from({ length: buckets }, () => 0);
  const digests = Array.from({ length: buckets }, () => 0n);
  let total = 0;
  for (const { bucket, rows, digest } of sums) {
    counts[bucket] = (counts[bucket] ?? 0) + rows;
    digests[bucket] = (digests[bucket] ?? 0n) + BigInt(digest);
    total += rows;
  }
  return { rows: total, counts, digests: digests.map((sum) => BigInt.asIntN(64, sum).toString()) };
}

/**
 * The keys of which a listing of some buckets and our picture of them do not say the same: each key whose rows in
 * those buckets, by digest and number, are not equal on both sides. In no order, each once; keys that are longer than
 * a source may be asked for are left out. Throws `page-invalid` and the errors of Base.
 */
export async function differingKeys(
  base: Base,
  target: ViewTarget,
  listing: Lines,
  buckets: number,
  wanted: readonly number[],
): Promise<KeyText[][]> {
  return base.transaction(async (tx) => {
    const staging = await stageListing(tx, target, listing);
    const { live, quarantined } = picture(target);
    const meant = (digest: string) => `(${digest} & ${buckets - 1}) = ANY ($3::bigint[])`;
    const parameters = [target.source, target.view.name, wanted];
    const [other] = await tx.query<{ rows: number }>(
      `SELECT count(*)::int AS rows FROM ${staging} s
        WHERE (s._digest & ${buckets - 1}) <> ALL ($1::bigint[])`,
      [wanted],
    );
    if (other?.rows !== 0) throw new GuaritaError('page-invalid', 'It lists rows of other buckets.');
    const listed = { ...target.view, columns: target.view.key.map((name) => ({ name })) };
    const { key, mark } = stagedKey(listed, 's');
    const { key: ours } = stagedKey(listed, 't');
    const keys = await tx.query<StoredKey>(
      `SELECT DISTINCT key, key_mark AS mark FROM (
         SELECT key, key_mark FROM (
           SELECT ${key} AS key, ${mark} AS key_mark, s._digest AS digest, 1 AS copies FROM ${staging} s
           UNION ALL
           SELECT ${ours}, '{}', t._digest, -1 ${live} AND ${meant('t._digest')}
           UNION ALL
           SELECT q.key, q.key_mark, q.digest, -q.copies ${quarantined} AND ${meant('q.digest')}
         ) both_sides GROUP BY key, key_mark, digest HAVING sum(copies) <> 0
       ) differing`,
      parameters,
    );
    return keys.map(keyTexts).filter(isAskable);
  });
}

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
