import { migrateBase } from '../../central/base/migrate.ts';
import { migrations } from '../../central/base/migrations.ts';
import { PostgresBase } from '../../central/base/postgres.ts';
import { ensureChangeIndex } from '../../central/base/source-layer/change-index.ts';
import { prepareView } from '../../central/base/source-layer/source-schema.ts';
import type { ViewDescription } from '../../shared/sources/view-source.ts';
import { say } from './say.ts';
import { type Bench, connect } from './setup.ts';

const columns = `id nome nome_mae data_nascimento sexo cpf rg naturalidade_ibge rji estado_civil alcunhas atualizado_em`;

const view: ViewDescription = {
  name: 'custodiado',
  columns: columns.split(' ').map((name) => ({ name, type: 'text', nullable: name !== 'id' })),
  ...{ key: ['id'], mode: 'watermark', watermark: 'atualizado_em', fingerprint: 'f', epoch: 'e' },
};

/** A base of version 0.1.0 with so many rows is brought up to this one: when it is opened, and in its first run. */
export async function upgradePart(bench: Bench): Promise<Record<string, object>> {
  const url = await bench.createDatabase('de_antes');
  const client = await connect(bench.server.url('de_antes'));
  const base = new PostgresBase({ url, password: 'bench', connections: 2, timeoutSeconds: 600 });
  try {
    await client.query(`CREATE SCHEMA guarita; CREATE SCHEMA fonte_al;
      CREATE TABLE guarita.migration (version integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())`);
    for (const sql of migrations.slice(0, 3)) await client.query(sql);
    await client.query('INSERT INTO guarita.migration (version) VALUES (1), (2), (3)');
    await client.query(`CREATE TABLE fonte_al.custodiado (_digest bigint NOT NULL, _change bigint NOT NULL,
        _first_seen timestamptz NOT NULL, _last_changed timestamptz NOT NULL, _removed timestamptz, _removed_run bigint,
        ${view.columns.map(({ name }) => (name === 'id' ? 'id text COLLATE "C" PRIMARY KEY' : `${name} text`)).join(', ')});
      CREATE INDEX ON fonte_al.custodiado USING brin (_change);
      INSERT INTO fonte_al.custodiado
        SELECT n::bigint * 4711, nextval('guarita.change'), now(), now(), NULL, NULL, n, 'FULANO DE TAL ' || n, 'MAE DE ' || n,
               '1980-01-01', 'M', lpad(n::text, 11, '0'), n, '2704302', n, 'SOLTEIRO', NULL, now()
          FROM generate_series(1, ${bench.rows}) n`);
    await client.query(
      `INSERT INTO guarita.view (source, view, key, columns, fingerprint, epoch, loads, rows)
       VALUES ('AL', 'custodiado', '{id}', $1, 'f', 'e', 50, $2)`,
      [JSON.stringify(view.columns), bench.rows],
    );
    const before = await sizes(client);
    const migrate = await seconds(() => migrateBase(base));
    const prepare = await seconds(() => prepareView(base, 'AL', view, () => false));
    const index = await seconds(() => ensureChangeIndex(base, { table: 'fonte_al.custodiado' }));
    const after = await sizes(client);
    const figures = { ...{ migrate, prepare, index }, ...named(before, 'before'), ...named(after, 'after') };
    say('upgrade of 0.1.0', figures);
    return { upgrade: figures };
  } finally {
    await base.close();
    await client.end();
  }
}

interface Sizes {
  readonly table: number;
  readonly indexes: number;
}

async function sizes(client: Awaited<ReturnType<typeof connect>>): Promise<Sizes> {
  const { rows } = await client.query<Sizes>(
    `SELECT pg_table_size('fonte_al.custodiado')::int / 1048576 AS table,
            pg_indexes_size('fonte_al.custodiado')::int / 1048576 AS indexes`,
  );
  return rows[0] ?? { table: 0, indexes: 0 };
}

function named({ table, indexes }: Sizes, when: string): Record<string, number> {
  return { [`table MB ${when}`]: table, [`indexes MB ${when}`]: indexes };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
