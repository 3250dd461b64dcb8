import t from 'tap';
import { migrateBase } from '../../central/base/migrate.ts';
import { migrations } from '../../central/base/migrations.ts';
import { onEachBase, query } from '../support/bases.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

onEachBase(t, async (t, bases) => {
  await t.test('a fresh base is brought up to this version, and has an id', async (t) => {
    const base = await bases.open('fresh');
    const id = await migrateBase(base);
    t.match(id, uuid);
    t.not(id, bases.baseId, 'another base, another id');
    const versions = await query(base, 'SELECT version FROM guarita.migration ORDER BY version');
    t.strictSame(
      versions,
      migrations.map((_, index) => ({ version: index + 1 })),
    );
    await base.close();
  });

  await t.test('migrated again, and opened again, it stays the same base', async (t) => {
    const base = await bases.open('again');
    const id = await migrateBase(base);
    t.equal(await migrateBase(base), id);
    await base.close();
    const reopened = await bases.open('again');
    t.equal(await migrateBase(reopened), id);
    t.match(await query(reopened, 'SELECT count(*)::int AS n FROM guarita.migration'), [
      { n: migrations.length },
    ]);
    await reopened.close();
  });

  await t.test('a base of a newer program is refused and left alone', async (t) => {
    const base = await bases.open('newer');
    await migrateBase(base);
    await query(base, 'INSERT INTO guarita.migration (version) VALUES ($1)', [migrations.length + 1]);
    await t.rejects(migrateBase(base), { code: 'base-newer', retry: 'no' });
    t.match(await query(base, 'SELECT count(*)::int AS n FROM guarita.migration'), [
      { n: migrations.length + 1 },
    ]);
    await base.close();
  });

  await t.test('a migration that fails leaves nothing behind', async (t) => {
    const base = await bases.open('failing');
    // Something stands where the first migration wants to put its table.
    await query(base, 'CREATE SCHEMA guarita');
    await query(base, 'CREATE TABLE guarita.view (x int)');
    await t.rejects(migrateBase(base), { code: 'base-failed' });
    t.strictSame(await query(base, `SELECT to_regclass('guarita.migration')::text AS found`), [
      { found: null },
    ]);
    await query(base, 'DROP TABLE guarita.view');
    t.match(await migrateBase(base), uuid, 'and it works once that is out of the way');
    await base.close();
  });

  if (bases.server === null) return;
  await t.test('many at once: one migrates, all get the same id', async (t) => {
    const several = await Promise.all(Array.from({ length: 4 }, () => bases.open('at_once')));
    const ids = await Promise.all([...several, ...several].map((base) => migrateBase(base)));
    t.equal(new Set(ids).size, 1);
    await Promise.all(several.map((base) => base.close()));
  });
});
