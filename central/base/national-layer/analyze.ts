import type { Base, TransactionOptions } from '../base.ts';

/**
 * Has the planner know tables of which it knows nothing, or that are not what they were: what reads them next would be
 * planned for that. Of columns that are looked for alone, since the others are most of the work.
 *
 * @param tables `nacional.custodia`; of these, one that was filled before a kill is known by having no statistics
 * @param filled those that are not what they were
 */
export async function analyzeFilled(
  base: Base,
  tables: readonly string[],
  filled: ReadonlySet<string>,
  options: TransactionOptions,
): Promise<void> {
  const limits = { use: 'treating', ...options } as const;
  const unknown = await base.snapshot(
    (questions) =>
      questions.query<{ table: string; columns: string }>(
        `SELECT t.name AS table, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
           FROM unnest($1::text[]) AS t (name)
           JOIN pg_class c ON c.oid = to_regclass(t.name)
           JOIN pg_attribute a ON a.attrelid = c.oid
          WHERE (t.name = ANY ($2) OR (c.reltuples < 0 AND pg_relation_size(c.oid) > 0))
            AND (a.attname IN ('removido', 'oab_uf', 'oab_numero')
                 OR EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND a.attnum = ANY (i.indkey)))
          GROUP BY t.name ORDER BY t.name`,
        [tables, [...filled]],
      ),
    limits,
  );
  for (const { table, columns } of unknown) {
    await base.transaction((tx) => tx.execute(`ANALYZE ${table} (${columns})`), limits);
  }
}
