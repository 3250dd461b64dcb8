// Tier: long. Half a million findings of one rule, treated, listed and exported in little memory, on PostgreSQL.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { ensureChangeIndex } from '../../central/base/source-layer/change-index.ts';
import { postgresBases, query } from '../support/bases.ts';
import { Loader } from '../support/loader.ts';
import { testPostgres } from '../support/postgres.ts';
import { given, today } from './bad-input/given.ts';

const many = 500_000;
/** Megabytes of objects: the program with what a step looks at needs 64 of them, and the findings alone would be 68. */
const heap = 104;
const program = join(import.meta.dirname, 'many-findings', 'in-little-memory.ts');

t.setTimeout(1_800_000);
await t.test('half a million sentences of nobody', async (t) => {
  const server = await testPostgres(t);
  const { shared: base } = await postgresBases(t, server);
  await given(base, 'AL', 'custodiado', ['id', 'nome'], [['1', 'Ana Souza']]);
  const { target } = await Loader.on(base, 'AL', ['id', 'custodiado_id'], { name: 'pena', key: ['id'] });
  await query(
    base,
    `INSERT INTO ${target.table} (_digest, _change, _first_seen, _last_changed, id, custodiado_id)
     SELECT n, nextval('guarita.change'), now(), now(), n::text, 'x' || n / 10 FROM generate_series(1, ${many}) n`,
  );
  await query(base, `UPDATE guarita.view SET rows = ${many} WHERE source = 'AL' AND view = 'pena'`);
  await ensureChangeIndex(base, target);
  await server.admin('VACUUM ANALYZE', 'base_shared');
  const url = `postgres://postgres@127.0.0.1:${server.port}/base_shared`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...[`--max-old-space-size=${heap}`, program],
    ...[url, today, 'T07'],
  ]);
  const told = JSON.parse(stdout) as {
    readonly peakMb: number;
    readonly seconds: readonly number[];
    readonly counts: { readonly rule: string; readonly open: number }[];
  };
  const open = told.counts.reduce((sum, each) => sum + each.open, 0);
  t.comment(`${told.peakMb} MB at most; treated, listed, exported in ${told.seconds.join(', ')} s`);
  t.match(told, {
    problem: null,
    typed: [{ view: 'custodiado' }, { view: 'pena', rows: many, outcome: 'typed' }],
    listed: 200,
    lines: 1 + open,
  });
  const ofRule = told.counts.find(({ rule }) => rule === 'T07');
  t.match(ofRule, { view: 'pena', open: many }, 'however few are listed, all are told');
});
