import type { Base } from '../../central/base/base.ts';
import { query } from '../support/bases.ts';

/** A digest of each table of what people do and decide, by its name. */
export async function tablesOf(base: Base): Promise<Readonly<Record<string, string>>> {
  const tables = await query<{ name: string }>(
    base,
    `SELECT format('%s.%s', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('acesso', 'decidido') AND c.relkind IN ('r', 'p') ORDER BY 1`,
  );
  const digests = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) AS digest FROM ${name} t`,
  );
  const rows = await query<{ name: string; digest: string }>(base, digests.join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}

/** While something is done nothing can be written down, as on a disk that is full. */
export async function withoutAudit<T>(base: Base, work: () => Promise<T>): Promise<T> {
  const alter = (change: string) =>
    base.transaction((tx) => tx.execute(`ALTER TABLE acesso.auditoria ${change}`));
  await alter('ADD CONSTRAINT cheia CHECK (false) NOT VALID');
  try {
    return await work();
  } finally {
    await alter('DROP CONSTRAINT cheia');
  }
}

/** Tables whose digest is another one. */
export function changedIn(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  return Object.keys(after).filter((name) => after[name] !== before[name]);
}
