import type { Test } from 'tap';
import type { Base } from '../../central/base/base.ts';

/** As long as the test goes, writing a row that meets the condition fails, with words that quote it. */
export async function refuse(t: Test, base: Base, table: string, condition: string): Promise<void> {
  await base.transaction((tx) =>
    tx.execute(`CREATE FUNCTION recusa() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'no room for %', NEW::text; END $$;
      CREATE TRIGGER recusa BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION recusa()`),
  );
  t.teardown(() => base.transaction((tx) => tx.execute('DROP FUNCTION recusa CASCADE')));
}
