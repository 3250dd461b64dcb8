import { GuaritaError } from '../../errors.ts';
import type { ColumnDescription } from '../view-source.ts';
import type { SqlRelation } from './relation.ts';
import type { SqlSnapshot } from './snapshot.ts';

/** Work in a transaction of its own. */
type InTransaction<C extends ColumnDescription> = <T>(
  work: (snapshot: SqlSnapshot<C>) => Promise<T>,
) => Promise<T>;

/**
 * The name of a column that the database cannot compute in some row of a view, by halves of those that it can; null where
 * the rows cannot even be counted, for then it is no column's fault. A pass over the view each time, up to the row that
 * fails. Throws what the database fails on otherwise.
 */
export async function failingColumn<C extends ColumnDescription>(
  { relation, columns }: SqlRelation<C>,
  within: InTransaction<C>,
): Promise<string | null> {
  const computes = async (some: readonly C[]): Promise<boolean> => {
    try {
      await within((snapshot) => {
        const counts = some.map(
          ({ name }, place) =>
            `SUM(CASE WHEN ${snapshot.identifier(name)} IS NULL THEN 0 ELSE 1 END) AS c${place}`,
        );
        return snapshot.numbers(`SELECT ${['COUNT(*) AS c', ...counts].join(', ')} FROM ${relation}`);
      });
      return true;
    } catch (error) {
      if (error instanceof GuaritaError && error.code === 'view-failing') return false;
      throw error;
    }
  };
  // One of these fails.
  const search = async (some: readonly C[]): Promise<string | null> => {
    if (some.length === 1) return some[0]?.name ?? null;
    const half = some.slice(0, some.length >> 1);
    return search((await computes(half)) ? some.slice(half.length) : half);
  };
  return !(await computes([])) || (await computes(columns)) ? null : search(columns);
}
