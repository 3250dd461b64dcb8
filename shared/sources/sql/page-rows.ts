import type { Position } from '../reading/cursor.ts';
import { type Key, textsOf } from '../reading/keys.ts';
import type { PageBuilder } from '../reading/page-builder.ts';
import { keptPlaces } from '../reading/stub-line.ts';
import type { RowsRead } from '../reading/view-snapshot.ts';
import type { ColumnDescription, ViewDescription } from '../view-source.ts';
import { placeOf, readTexts } from './places.ts';
import { columnOf } from './relation.ts';
import type { SqlQuery, SqlSnapshot } from './snapshot.ts';

/** Reads rows in order into a page, until it is full. */
export async function pageRows<C extends ColumnDescription>(
  snapshot: SqlSnapshot<C>,
  description: ViewDescription,
  query: SqlQuery<C>,
  page: PageBuilder,
): Promise<RowsRead> {
  const before = page.rows;
  let received = 0;
  const isUsable = await snapshot.read(query, keptPlaces(description), (line) => {
    received++;
    return page.push(line);
  });
  const taken = page.rows - before;
  const { watermark, key } = description;
  const names = [...(watermark === null ? [] : [watermark]), ...key];
  const places = names.map((name) => query.columns.findIndex((column) => column.name === name));
  return {
    received,
    taken,
    isUsable,
    async *positions() {
      let offset = taken;
      for (const line of page.linesFromEnd(taken)) {
        offset--;
        const texts =
          snapshot.asPlace === undefined
            ? textsOf(line, places)
            : await placeAt(snapshot, query, names, offset);
        yield positionOf(texts, watermark !== null);
      }
    },
  };
}

/** Watermark and key of the row that stands so far in an order: in one snapshot, the same row each time. */
async function placeAt<C extends ColumnDescription>(
  snapshot: SqlSnapshot<C>,
  query: SqlQuery<C>,
  names: readonly string[],
  offset: number,
): Promise<Key> {
  const columns = names.map((name) => placeOf(snapshot, columnOf(query, name)));
  const [texts = []] = await readTexts(snapshot, { ...query, columns, limit: 1, offset });
  return texts;
}

/** The keyset leaves out keys with a null; but a stub has one in the place of a value that is too long. */
function positionOf(texts: Key, hasWatermark: boolean): Position | null {
  const watermark = hasWatermark ? (texts[0] ?? null) : null;
  const key = texts.slice(hasWatermark ? 1 : 0);
  return key.every((text) => text !== null) ? { watermark, key } : null;
}
