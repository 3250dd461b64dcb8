import type { Position } from '../reading/cursor.ts';
import { KeyColumns } from '../reading/keys.ts';
import { type KeysetRelation, wholeByKey } from '../reading/keyset.ts';
import { keptPlaces } from '../reading/stub-line.ts';
import type { ViewSnapshot } from '../reading/view-snapshot.ts';
import type { ColumnDescription } from '../view-source.ts';
import { placeOf, readTexts } from './places.ts';
import { columnOf, type SqlView } from './relation.ts';
import type { SqlSnapshot } from './snapshot.ts';

/** Repeated keys that are looked at: each may cost a pass over the view. */
const mostSampled = 10;

/** Two passes over the view, the second of them sorted: for `doctor` alone. */
export async function survey<C extends ColumnDescription>(
  view: SqlView<C>,
  snapshot: SqlSnapshot<C>,
  keyset: KeysetRelation,
): ReturnType<ViewSnapshot['survey']> {
  const { relation, description } = view;
  const key = description.key.map((name) => snapshot.identifier(name));
  const count = (condition: string) => `COALESCE(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0)`;
  const { watermark } = description;
  const noWatermark = watermark === null ? '1 = 0' : `${snapshot.identifier(watermark)} IS NULL`;
  const noKey = key.map((column) => `${column} IS NULL`).join(' OR ');
  const [rows = 0, nullKeys = 0, nullWatermarks = 0] = await snapshot.numbers(
    `SELECT COUNT(*) AS c1, ${count(noKey)} AS c2, ${count(noWatermark)} AS c3 FROM ${relation}`,
  );
  const repeated = (columns: string) =>
    `(SELECT ${columns} FROM ${relation} GROUP BY ${key.join(', ')} HAVING COUNT(*) > 1) repeated`;
  const [repeatedKeys = 0] = await snapshot.numbers(
    `SELECT COUNT(*) AS c1 FROM ${repeated('COUNT(*) AS c2')}`,
  );
  const sample = repeatedKeys === 0 ? [] : await repeatedOf(view, snapshot, repeated(key.join(', ')));
  const onlyAlike = await countAlike(
    view,
    snapshot,
    sample.map((at) => wholeByKey(keyset).equal(at)),
  );
  return { rows, repeatedKeys, keysSampled: sample.length, onlyAlike, nullKeys, nullWatermarks };
}

/** Some of the keys that stand in more than one row; those with a null are told of by themselves. */
async function repeatedOf<C extends ColumnDescription>(
  view: SqlView<C>,
  snapshot: SqlSnapshot<C>,
  relation: string,
): Promise<Position[]> {
  const columns = view.description.key.map((name) => placeOf(snapshot, columnOf(view, name)));
  const notNull = view.description.key.map((name) => `${snapshot.identifier(name)} IS NOT NULL`);
  const texts = await readTexts(snapshot, {
    relation,
    columns,
    where: notNull.join(' AND '),
    limit: mostSampled,
  });
  return texts.map((key) => ({ watermark: null, key: key.map((text) => text ?? '') }));
}

/** Of so many conditions for the rows of a key, how many give rows whose keys are all written otherwise. */
async function countAlike<C extends ColumnDescription>(
  { relation, columns, description }: SqlView<C>,
  snapshot: SqlSnapshot<C>,
  conditions: readonly string[],
): Promise<number> {
  const keys = new KeyColumns(description);
  let alike = 0;
  for (const where of conditions) {
    const seen = new Set<string>();
    let rows = 0;
    await snapshot.read({ relation, columns, where }, keptPlaces(description), (line) => {
      seen.add(keys.identityOfLine(line));
      rows++;
      return true;
    });
    if (seen.size === rows) alike++;
  }
  return alike;
}
