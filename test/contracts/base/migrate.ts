import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { migrateBase } from '../../../central/base/migrate.ts';
import { migrations } from '../../../central/base/migrations.ts';
import { prepareView } from '../../../central/base/source-layer/source-schema.ts';
import { viewOf } from '../../support/array-source.ts';
import { openPostgresBase, query, type TestBases } from '../../support/bases.ts';
import { Loader } from '../../support/loader.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A base is brought up to this version, whatever made it. */
export async function migrate(t: Test, bases: TestBases): Promise<void> {
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

  await t.test('a base of the first version keeps its rows, and learns how many they are', async (t) => {
    const base = await bases.open('older');
    await query(base, 'CREATE SCHEMA guarita');
    await query(
      base,
      'CREATE TABLE guarita.migration (version integer PRIMARY KEY, applied timestamptz DEFAULT now())',
    );
    await base.transaction((tx) => tx.execute(migrations[0] ?? ''));
    await query(base, 'INSERT INTO guarita.migration (version) VALUES (1)');
    await base.transaction((tx) =>
      tx.execute(`CREATE SCHEMA fonte_al;
        CREATE TABLE fonte_al."Visão ""x""" (_digest bigint NOT NULL, _change bigint NOT NULL,
          _first_seen timestamptz NOT NULL, _last_changed timestamptz NOT NULL, _removed timestamptz,
          _undecodable smallint[], id text COLLATE "C" PRIMARY KEY, nome text);
        INSERT INTO fonte_al."Visão ""x""" VALUES (7, 1, now(), now(), NULL, NULL, '1', 'ANA'),
          (8, 2, now(), now(), now(), NULL, '2', 'BIA'), (9, 3, now(), now(), NULL, '{2}', '3', '\\xff');
        INSERT INTO guarita.view (source, view, key, columns, fingerprint, epoch, loads)
        VALUES ('AL', 'Visão "x"', '{id}', '[{"name":"id","type":"text"},{"name":"nome","type":"text"}]', 'f', 'e', 4)`),
    );
    await migrateBase(base);
    const view = { ...viewOf('Visão "x"', ['id', 'nome']), fingerprint: 'f', epoch: 'e' };
    const loader = new Loader(base, await prepareView(base, 'AL', view, () => false));
    t.match(loader.target, { rows: 2, loads: 4, cursor: null, isNew: false });
    t.match(await loader.lookup([['3', 'CID']], [['1', null]]), { changed: 1, removed: 1 });
    t.strictSame(await loader.rows(), { counter: 1, counted: 1 });
    await base.close();
  });

  await t.test('a base of version 0.1.0 keeps all that it has, and is loaded on', async (t) => {
    const base = await bases.open('released');
    const released = readFileSync(join(import.meta.dirname, '..', '..', 'base', 'version-0.1.0.sql'), 'utf8');
    await base.transaction((tx) => tx.execute(released));
    const tables = ['fonte_al.pessoa', 'fonte_ro.pessoa', 'guarita.view', 'guarita.quarantine'];
    const contents = () =>
      Promise.all(
        tables.map((table) => query(base, `SELECT row_to_json(t) AS entry FROM ${table} t ORDER BY t::text`)),
      );
    const before = await contents();
    t.equal(await migrateBase(base), '18d1faa5-138d-4523-8726-69a7de1ceefe', 'it is the same base');
    t.strictSame(await query(base, 'SELECT max(version) AS version FROM guarita.migration'), [
      { version: migrations.length },
    ]);
    const after = await contents();
    t.strictSame(
      after.map((entries) => entries.length),
      [7, 2, 2, 2],
    );
    // What a migration adds to it is that one's own to prove.
    t.match(after, before, 'what was there is there as it was');

    const al = await Loader.on(base, 'AL');
    t.match(al.target, { rows: 6, loads: 5, cursor: 'the end', cycleComplete: true, isNew: false });
    t.strictSame(await al.rows(), { counter: 6, counted: 6 });
    t.match(await al.load([['9', 'PESSOA 9', '9']]), { unchanged: 1, new: 0, changed: 0 }, 'digests hold');
    t.match(await al.lookup([['4', 'DE VOLTA', '4']], [['1', null, null]]), { changed: 1, removed: 1 });
    t.match(await al.load([['10', 'NOVA', '10']]), { new: 1 });
    t.strictSame(await al.open(), ['key-empty ', 'key-empty '], 'what is in quarantine stays there');
    const [change] = await query(base, 'SELECT max(_change)::int AS last FROM fonte_al.pessoa');
    t.strictSame(change, { last: 16 }, 'changes are numbered on from where they were');
    await base.close();
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

  const { server } = bases;
  if (server === null) return;
  await t.test('one that may only be read is opened, when there is nothing to migrate', async (t) => {
    const base = await bases.open('read_only');
    const id = await migrateBase(base);
    const [name] = await query<{ name: string }>(base, 'SELECT current_database() AS name');
    await query(base, `ALTER DATABASE "${name?.name}" SET default_transaction_read_only TO on`);
    await base.close();
    const reader = await bases.open('read_only');
    await t.rejects(query(reader, 'CREATE TABLE guarita.x (y int)'), { code: 'base-failed' });
    t.equal(await migrateBase(reader), id);
    await reader.close();
  });

  await t.test('a database that is not in UTF-8 is refused and left alone', async (t) => {
    await server.admin(`CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    const base = openPostgresBase(server, 'latin');
    await t.rejects(migrateBase(base), { code: 'base-unsuitable', retry: 'no', detail: /LATIN1/ });
    t.strictSame(await query(base, `SELECT to_regnamespace('guarita')::text AS found`), [{ found: null }]);
    await base.close();
  });

  await t.test('many at once: one migrates, all get the same id', async (t) => {
    const several = await Promise.all(Array.from({ length: 4 }, () => bases.open('at_once')));
    const ids = await Promise.all([...several, ...several].map((base) => migrateBase(base)));
    t.equal(new Set(ids).size, 1);
    await Promise.all(several.map((base) => base.close()));
  });
}
