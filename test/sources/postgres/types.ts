import type { Test } from 'tap';
import { tryViews } from '../../../shared/enrolment/database/find-views.ts';
import type { SourceConfig } from '../../../shared/sources/source-config.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { postgresHarness, userSource } from '../../support/postgres-harness.ts';
import { parted } from '../../support/read-answers.ts';
import { column, readCycle } from '../../support/read-cycle.ts';

const start = { after: null, until: null };

/** Types of keys and watermarks that only PostgreSQL has, or has in its own way. */
export async function types(t: Test, server: TestPostgres): Promise<void> {
  const harness = await postgresHarness(t, server, { database: 'tipos' });

  await t.test('T3, T4: keys of types whose name alone means another length', async (t) => {
    for (const type of [
      'char(11)',
      'char(3)',
      'bit(5)',
      'varchar(20)',
      '"char"',
      'name',
      'bytea',
      'uuid',
      'numeric(20,5)',
      'date',
    ]) {
      await t.test(type, async (t) => {
        await harness.execute('DROP TABLE IF EXISTS chaves');
        await harness.execute(`CREATE TABLE chaves (k ${type} PRIMARY KEY, mark timestamptz)`);
        const value: Readonly<Record<string, string>> = {
          'bit(5)': 'n::bit(5)',
          bytea: `decode(lpad(to_hex(n), 4, '0'), 'hex')`,
          uuid: `lpad(n::text, 32, '0')::uuid`,
          date: `date '0001-01-01 BC' + n * 100`,
          'numeric(20,5)': 'n / 3.0',
          '"char"': `chr(64 + n)::"char"`,
        };
        await harness.execute(`INSERT INTO chaves
          SELECT ${value[type] ?? `lpad(n::text, 3, '0')::${type}`}, '2020-01-01' FROM generate_series(1, 25) n`);
        const source = await harness.open(t, { views: [{ name: 'chaves', key: ['k'], watermark: 'mark' }] });
        const { rows } = await readCycle(source, 'chaves', { limit: 3 });
        t.same(new Set(column(rows, 0)).size, 25);
        t.equal(rows.length, 25);
      });
    }
  });

  await t.test('T3: a key of a type without an order is refused where the view is described', async (t) => {
    const types = ['json', 'point', 'xml', 'json[]', 'jsonb', 'estado', 'int4range', 'text[]', 'documento'];
    await harness.execute(`CREATE TYPE estado AS ENUM ('a', 'b'); CREATE DOMAIN documento AS json`);
    await harness.execute(`CREATE TABLE por_tipo (${types.map((type, i) => `k${i} ${type}`).join(', ')})`);
    const views = types.map((_, i) => ({ name: `k${i}`, relation: 'por_tipo', key: [`k${i}`] }));
    const source = await harness.open(t, { views });
    const { broken } = await source.describe();
    t.same(
      broken.map(({ name, problem }) => [types[Number(name.slice(1))], problem]),
      ['json', 'point', 'xml', 'json[]', 'documento'].map((type) => [type, 'column-unusable']),
    );
    t.match(broken[0]?.detail, 'coluna "k0", de tipo json, não tem uma ordem que uma chave possa ter.');
  });

  await t.test('a user who may read some columns only', async (t) => {
    await server.createReader('parcial');
    await harness.execute(`CREATE TABLE parcial (id int PRIMARY KEY, nome text, segredo text, mark timestamptz);
      INSERT INTO parcial SELECT n, 'n' || n, 's', '2020-01-01' FROM generate_series(1, 5) n;
      GRANT SELECT (id, nome, mark) ON parcial TO parcial`);
    const url = server.readerUrl('parcial', 'tipos');
    const view = { name: 'parcial', key: ['id'], watermark: 'mark' };
    const some = userSource(t, url, 'leitura', [{ ...view, columns: ['id', 'nome', 'mark'] }]);
    const { rows } = await readCycle(some, 'parcial', { limit: 2 });
    t.same(column(rows, 1), ['n1', 'n2', 'n3', 'n4', 'n5']);
    t.equal((await some.examine('parcial')).rows, 5);
    t.equal((await some.lookup('parcial', { keys: [['3']] })).rows, 1);
    const { broken } = await userSource(t, url, 'leitura', [view]).describe();
    t.match(broken, [{ problem: 'view-missing', detail: /sem direito de SELECT em segredo\. .*"columns"/ }]);
    const place = { source: { engine: 'postgres', url } as SourceConfig, password: 'leitura', schema: null };
    t.match(
      await tryViews(place, [view, { ...view, name: 'nenhuma' }]),
      [
        { config: null, said: /: parcial\. sem direito de SELECT em segredo\. .*"columns"/ },
        { config: null, said: /: nenhuma$/ },
      ],
      'and enrolment says so',
    );
  });

  await t.test('T1: a watermark of a domain is bounded like the type beneath it', async (t) => {
    await harness.execute('CREATE DOMAIN instante AS timestamptz');
    await harness.execute('CREATE DOMAIN alteracao AS instante CHECK (value IS NOT NULL)');
    await harness.execute('CREATE TABLE dominio (id int, mark alteracao)');
    await harness.execute(
      `INSERT INTO dominio VALUES (1, now() - interval '1 h'), (2, now() + interval '1 h')`,
    );
    const source = await harness.open(t, { views: [{ name: 'dominio', key: ['id'], watermark: 'mark' }] });
    const first = await readCycle(source, 'dominio');
    t.same(column(first.rows, 0), ['1']);
    t.same(
      column((await readCycle(source, 'dominio', { after: first.next })).rows, 0),
      ['1'],
      'with overlap',
    );
  });

  await t.test('a small number, and an overlap that is wider than its type', async (t) => {
    for (const type of ['smallint', 'integer', 'bigint']) {
      await harness.execute('DROP TABLE IF EXISTS pequeno');
      await harness.execute(`CREATE TABLE pequeno (id int, mark ${type})`);
      await harness.execute('INSERT INTO pequeno VALUES (1, -32768), (2, 5)');
      const views = [{ name: 'pequeno', key: ['id'], watermark: 'mark' }];
      const source = await harness.open(t, { views, overlapCount: 1_000_000_000 });
      const first = await readCycle(source, 'pequeno');
      t.equal((await readCycle(source, 'pequeno', { after: first.next })).rows.length, 2, type);
    }
  });

  await t.test('T11: instants without a zone are of the zone that is declared', async (t) => {
    await harness.execute('CREATE TABLE local (id int, mark timestamp)');
    await harness.execute(`INSERT INTO local VALUES
      (1, now() AT TIME ZONE 'America/Maceio' - interval '10 min'), (2, now() AT TIME ZONE 'America/Maceio' + interval '1 h')`);
    const views = [{ name: 'local', key: ['id'], watermark: 'mark' }];
    const maceio = await harness.open(t, { views, timeZone: 'America/Maceio' });
    t.same(column((await readCycle(maceio, 'local')).rows, 0), ['1']);
    const utc = await harness.open(t, { views, timeZone: 'UTC' });
    t.same(column((await readCycle(utc, 'local')).rows, 0), ['1', '2'], 'the wrong one is three hours ahead');
    const none = await harness.open(t, { views, timeZone: null });
    t.match(await none.describe(), { broken: [{ problem: 'watermark-unusable' }], views: [] });
    await t.rejects(none.page('local', start), { code: 'watermark-unusable' });
  });

  await t.test('T5: a day as watermark is read again until it is over', async (t) => {
    await harness.execute('CREATE TABLE dias (id int, mark date)');
    await harness.execute(
      `INSERT INTO dias VALUES (1, date 'today' - 30), (2, (now() AT TIME ZONE 'UTC')::date)`,
    );
    const views = [{ name: 'dias', key: ['id'], watermark: 'mark' }];
    const source = await harness.open(t, { views, settleSeconds: 0, overlapSeconds: 86_400 });
    const first = await readCycle(source, 'dias');
    t.same(column(first.rows, 0), ['1', '2']);
    t.same(column((await readCycle(source, 'dias', { after: first.next })).rows, 0), ['2']);
  });

  await t.test('I2: rows before and after all time', async (t) => {
    await harness.execute('CREATE TABLE infinitos (id int, mark timestamptz)');
    await harness.execute(
      `INSERT INTO infinitos VALUES (1, '-infinity'), (2, '0044-03-15 BC'), (3, '2020-01-01'), (4, 'infinity')`,
    );
    const source = await harness.open(t, { views: [{ name: 'infinitos', key: ['id'], watermark: 'mark' }] });
    const { rows } = await readCycle(source, 'infinitos', { limit: 1 });
    t.same(
      column(rows, 0),
      ['1', '2', '3'],
      'what has no end is never below a bound: reconciliation carries it',
    );
  });

  await t.test('M2 keys of a log in a type that writes them in another way', async (t) => {
    await harness.execute(`CREATE DOMAIN dinheiro AS numeric(10,2) CHECK (VALUE < 1000)`);
    const cases: readonly (readonly [
      view: string,
      log: string,
      given: string,
      key: string,
      isGone: string,
    ])[] = [
      ['bigint', 'numeric(10,2)', '7.00', '7', '8'],
      ['numeric(10,2)', 'bigint', '7', '7.00', '8.00'],
      ['numeric(10,2)', 'text', '7', '7.00', '8.00'],
      ['dinheiro', 'integer', '7', '7.00', '8.00'],
      ['char(5)', 'varchar(9)', '7', '7    ', '8    '],
      ['varchar(5)', 'char(9)', '7', '7', '8'],
      ['uuid', 'text', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A17', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a17', ''],
      ['date', 'timestamp', '2026-01-07 03:04:05', '2026-01-07', '2026-01-08'],
      // Neither is castable to the other: the log names nothing of this view, and breaks nothing.
      ['bigint', 'uuid', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a17', '', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a18'],
    ];
    for (const [index, [type, logType, given, key, isGone]] of cases.entries()) {
      const [name, log] = [`chave${index}`, `log${index}`];
      await harness.execute(`CREATE TABLE ${name} (id ${type}, nome text)`);
      await harness.execute(`CREATE TABLE ${log} (seq bigint, id ${logType})`);
      const changelog = { relation: log, watermark: 'seq', key: ['id'] };
      const source = await harness.open(t, { views: [{ name, key: ['id'], changelog }] });
      if (key !== '') await harness.execute(`INSERT INTO ${name} VALUES ('${key}', 'a')`);
      await harness.execute(`INSERT INTO ${log} VALUES (0, '${given}')`);
      const first = await readCycle(source, name);
      const other = given.replace(/7(?=\D*$|[. ])/, '8');
      await harness.execute(`INSERT INTO ${log} VALUES (1, '${given}'), (2, '${other}')`);
      const { there, gone } = parted((await readCycle(source, name, { after: first.next })).rows);
      t.same(column(there, 0), key === '' ? [] : [key], `${logType} for ${type}`);
      if (isGone !== '') t.ok(column(gone, 0).includes(isGone), `${logType} for ${type}, gone: ${isGone}`);
    }
  });

  await t.test('D5, P4: a row whose key is too long even for its stub stops nothing', async (t) => {
    await harness.execute(`CREATE TABLE enorme (id text, mark timestamptz, body text)`);
    await harness.execute(`INSERT INTO enorme SELECT CASE WHEN n IN (3, 10) THEN repeat(n::text, 100000) ELSE n::text END,
      timestamptz '2020-01-01' + n * interval '1 second', CASE WHEN n IN (3, 10) THEN repeat('x', 17000000) END
      FROM generate_series(1, 10) n`);
    const source = await harness.open(t, { views: [{ name: 'enorme', key: ['id'], watermark: 'mark' }] });
    for (const limit of [2, 3, 100]) {
      const { rows } = await readCycle(source, 'enorme', { limit });
      t.same(
        new Set(column(rows, 0)),
        new Set(['1', '2', null, '4', '5', '6', '7', '8', '9']),
        `by ${limit}`,
      );
      t.equal(rows.length, 10);
    }
  });

  await t.test('watermarks that cannot bound', async (t) => {
    for (const type of [
      ...['boolean', 'json', 'jsonb', 'bytea', 'uuid', 'text[]', 'xml', 'point'],
      // They sort, but nothing says how far a late commit may lie behind.
      ...['text', 'varchar(20)', 'float8', 'interval', 'time'],
    ]) {
      await harness.execute('DROP TABLE IF EXISTS inutil');
      await harness.execute(`CREATE TABLE inutil (id int, mark ${type})`);
      const source = await harness.open(t, { views: [{ name: 'inutil', key: ['id'], watermark: 'mark' }] });
      t.match(await source.describe(), { broken: [{ problem: 'watermark-unusable' }], views: [] }, type);
    }
  });
}
