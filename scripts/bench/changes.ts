import { migrateBase } from '../../central/base/migrate.ts';
import { PostgresBase } from '../../central/base/postgres.ts';
import { ensureChangeIndex } from '../../central/base/source-layer/change-index.ts';
import { changesSince } from '../../central/base/source-layer/changes-since.ts';
import { prepareView, type ViewTarget } from '../../central/base/source-layer/source-schema.ts';
import type { ViewDescription } from '../../shared/sources/view-source.ts';
import { type PageRow, pageLoader, rowsPerPage } from './page-loader.ts';
import { say } from './say.ts';
import { type Bench, connect } from './setup.ts';

const days = 30;
const columns = [
  ...['id', 'nome', 'nome_mae', 'data_nascimento', 'sexo', 'cpf', 'rg', 'naturalidade_ibge', 'rji'],
  ...['estado_civil', 'alcunhas', 'atualizado_em'],
];
const description: ViewDescription = {
  name: 'custodiado',
  columns: columns.map((name) => ({ name, type: 'text', nullable: true })),
  ...{ key: ['id'], mode: 'watermark', watermark: 'atualizado_em', fingerprint: 'bench', epoch: 'bench' },
};

type Client = Awaited<ReturnType<typeof connect>>;

/**
 * What moved since a change, of a view in which a hundredth of the rows changed on each of thirty days, all over the
 * table; and what table, index, versions and pages take on disk. Loaded as pages are, without an agent.
 */
export async function changesPart(bench: Bench): Promise<Record<string, object>> {
  const url = await bench.createDatabase('mudancas');
  const base = new PostgresBase({ url, password: 'bench', connections: 2, timeoutSeconds: 120 });
  const client = await connect(bench.server.url('mudancas'));
  try {
    await migrateBase(base);
    const target = await prepareView(base, 'AL', description, () => true);
    const loadRows = pageLoader(base, target);
    const load = (ids: readonly number[], day: number, likely?: 'new') =>
      loadRows(
        ids.map((id) => rowOf(id, day)),
        likely,
      );
    const ids = Array.from({ length: bench.rows }, (_, index) => index + 1);
    for (let at = 0; at < ids.length; at += rowsPerPage)
      await load(ids.slice(at, at + rowsPerPage), 0, 'new');
    const build = await seconds(() => ensureChangeIndex(base, target));
    const first = await sizes(client, target);
    say('sizes after the first load, MB', first);
    for (let day = 1; day <= days; day++) {
      // Each hundredth once, in an order that follows no part of the table.
      const changed = ids.filter((id) => id % 100 === (day * 37) % 100);
      for (let at = 0; at < changed.length; at += rowsPerPage) {
        await load(changed.slice(at, at + rowsPerPage), day);
      }
      await client.query(`VACUUM (ANALYZE) ${target.table}`);
    }
    const last = await sizes(client, target);
    say(`sizes after ${days} days, MB`, last);
    const since = await sinceChanges(base, client, target);
    say('index over changes', { 'built in s': build });
    return { changes: { buildSeconds: build, first, last, since } };
  } finally {
    await client.end();
    await base.close();
  }
}

/** Milliseconds for so many changes: by `changesSince`, and by the BRIN index that version 0.1.0 had. */
async function sinceChanges(base: PostgresBase, client: Client, target: ViewTarget): Promise<object> {
  const amounts = [100, 1000, 10_000, 100_000];
  const afters = new Map<number, string>();
  for (const amount of amounts) {
    const { rows } = await client.query<{ after: string }>(
      `SELECT _change::text AS after FROM ${target.table} ORDER BY _change DESC OFFSET $1 LIMIT 1`,
      [amount],
    );
    afters.set(amount, rows[0]?.after ?? '0');
  }
  const each = async (work: (after: string, most: number) => Promise<unknown>) => {
    const figures: Record<string, number> = {};
    for (const [most, after] of afters) {
      const times = [];
      for (let run = 0; run < 5; run++) times.push((await seconds(() => work(after, most))) * 1000);
      figures[`since ${most}`] = times.sort((a, b) => a - b)[2] ?? 0;
    }
    return figures;
  };
  const question = { source: target.source, view: target.view.name, columns: ['id'] };
  const byIndex = await each((after, most) =>
    base.transaction((tx) => changesSince(tx, { ...question, after, most })),
  );
  say('milliseconds, median of five', byIndex);
  const { rows } = await client.query<{ name: string }>(
    `SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = $1::regclass AND NOT indisprimary`,
    [target.table],
  );
  await client.query(`DROP INDEX ${rows.map(({ name }) => name).join(', ')}`);
  await client.query(`CREATE INDEX ON ${target.table} USING brin (_change)`);
  const byBrin = await each((after, most) =>
    client.query(`SELECT _change, id FROM ${target.table} WHERE _change > $1 ORDER BY _change LIMIT $2`, [
      after,
      most,
    ]),
  );
  say('the same by BRIN', byBrin);
  return { byIndex, byBrin };
}

function rowOf(id: number, day: number): PageRow {
  return [
    ...[String(id), `PESSOA INVENTADA DA SILVA ${id}`, `MAE INVENTADA DE SOUZA ${id}`, '1980-01-01'],
    ...[id % 10 === 0 ? 'F' : 'M', String((id * 7919) % 100_000_000_000).padStart(11, '0'), `RG${id}`],
    ...[String(2_700_000 + (id % 103)), `${id}`.padStart(32, 'a'), 'SOLTEIRO'],
    ...[id % 3 === 0 ? null : `alcunha ${id % 5000}`, `2026-01-${String(day + 1).padStart(2, '0')} 00:00:00`],
  ];
}

async function sizes(client: Client, { table, versions }: ViewTarget): Promise<Record<string, number>> {
  const { rows } = await client.query<Record<string, string>>(
    `SELECT pg_table_size($1) / 1e6 AS table,
            (SELECT sum(pg_relation_size(indexrelid)) FROM pg_index WHERE indrelid = $1::regclass AND indisprimary)
              / 1e6 AS "key's index",
            (SELECT sum(pg_relation_size(indexrelid)) FROM pg_index WHERE indrelid = $1::regclass AND NOT indisprimary)
              / 1e6 AS "changes' index",
            pg_total_relation_size($2) / 1e6 AS versions, pg_total_relation_size('guarita.pagina') / 1e6 AS pagina`,
    [table, versions],
  );
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]));
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
