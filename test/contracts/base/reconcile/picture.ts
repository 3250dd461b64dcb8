import * as fc from 'fast-check';
import { prepareView } from '../../../../central/base/source-layer/source-schema.ts';
import { encodeField } from '../../../../shared/sources/reading/lines.ts';
import type { KeyText } from '../../../../shared/sources/view-source.ts';
import { viewOf } from '../../../support/array-source.ts';
import { query, type TestBases } from '../../../support/bases.ts';
import { believeAll } from '../../../support/loader.ts';

/** A line of a source as the model has it; `bytes` says which of the key's values are bytes in hexadecimal. */
export interface Line {
  readonly key: readonly (string | null)[];
  readonly bytes: readonly number[];
  readonly digest: bigint;
}

/** Few and hostile: the ends of the range, neighbours, and equal lowest bits. */
export const digest = fc.oneof(
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  fc.constantFrom(0n, -1n, 1n, 2n ** 63n - 1n, -(2n ** 63n), 16n, 32n, -16n),
);

export const value = fc.constantFrom<string | null>(
  '1',
  '2',
  ' 2',
  'a',
  'A',
  '',
  '\\xff',
  '{1,2}',
  '"',
  null,
);

export const line: fc.Arbitrary<Line> = fc
  .record({ key: fc.tuple(value, value), bytes: fc.subarray([1, 2]), digest })
  .map(({ key, bytes, digest }) => ({
    key: key.map((text, index) => (bytes.includes(index + 1) ? '\\xff' : text)),
    bytes,
    digest,
  }));

export const identity = ({ key, bytes }: Pick<Line, 'key' | 'bytes'>) => JSON.stringify([key, bytes]);

export const keyText = ({ key, bytes }: Line): KeyText[] =>
  key.map((text, index) => (bytes.includes(index + 1) ? '\0ff' : text));

export const bucketOf = (digest: bigint, buckets: number) =>
  Number(BigInt.asUintN(64, digest) % BigInt(buckets));

/** What a base holds, as the model has it: rows of the table, and entries of quarantine with their copies. */
export interface Held {
  readonly live: Line[];
  readonly removed: Line[];
  readonly quarantined: Line[];
}

export const held: fc.Arbitrary<Held> = fc
  .record({
    table: fc.uniqueArray(line, { selector: ({ key }) => JSON.stringify(key), maxLength: 12 }),
    gone: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    quarantined: fc.array(line, { maxLength: 6 }),
    repeat: fc.boolean(),
  })
  .map(({ table, gone, quarantined, repeat }) => {
    // The table holds sound rows only: no null in the key, no bytes.
    const sound = table.filter(({ key, bytes }) => bytes.length === 0 && !key.includes(null));
    const byDigest = new Map(quarantined.map((entry) => [entry.digest, entry]));
    const entries = [...byDigest.values()];
    return {
      live: sound.filter((_, index) => gone[index] !== true),
      removed: sound.filter((_, index) => gone[index] === true),
      quarantined: repeat ? [...entries, ...entries] : entries,
    };
  });

/** Our picture of the source. */
export function pictureOf({ live, quarantined }: Held): Line[] {
  const doubtful = new Set(quarantined.map(identity));
  return [...live.filter((row) => !doubtful.has(identity(row))), ...quarantined];
}

export async function holder({ shared: base }: TestBases, source: string) {
  const view = viewOf('vinculo_x', ['em', 'b', 'a'], { key: ['a', 'b'], watermark: 'em' });
  const target = await prepareView(base, source, view, believeAll);
  const hold = async ({ live, removed, quarantined }: Held) => {
    await query(base, `DELETE FROM ${target.table}`);
    await query(base, 'DELETE FROM guarita.quarantine WHERE source = $1', [source]);
    for (const { key, digest } of [...live, ...removed]) {
      await query(
        base,
        `INSERT INTO ${target.table} (_digest, _change, _first_seen, _last_changed, _removed, a, b)
         VALUES ($1, 1, now(), now(), CASE WHEN $2 THEN now() END, $3, $4)`,
        [String(digest), removed.some((row) => row.key === key), ...key],
      );
    }
    for (const { key, bytes, digest } of quarantined) {
      await query(
        base,
        `INSERT INTO guarita.quarantine AS q (source, view, digest, copies, key, key_mark, code, reason, columns,
           load, run, opened, last_seen)
         VALUES ($1, 'vinculo_x', $2, 1, $3, $4, 'key-repeated', '', '{}', 1, 1, now(), now())
         ON CONFLICT (source, view, digest) DO UPDATE SET copies = q.copies + 1`,
        [source, String(digest), key, bytes],
      );
    }
  };
  return { target, hold };
}

export function listingOf(lines: readonly Line[]): { lines: Buffer; rows: number } {
  const texts = lines.map(({ key, bytes, digest }) =>
    [String(digest), bytes.length === 0 ? '\\N' : `{${bytes.join(',')}}`, ...key.map(encodeField)].join('\t'),
  );
  return { lines: Buffer.from(texts.map((text) => `${text}\n`).join('')), rows: lines.length };
}
