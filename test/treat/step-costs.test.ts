// Tier: quick. What a step of treatment costs depends on what it looks at, not on all that there is: plans and what is set down, on PostgreSQL.
import t from 'tap';
import type { Questions } from '../../central/base/base.ts';
import { analyzeFilled } from '../../central/base/national-layer/analyze.ts';
import { nextKey } from '../../central/base/national-layer/next-key.ts';
import { doubtedKeys } from '../../central/base/national-layer/suspects.ts';
import { loadDossiers } from '../../central/treat/check/dossiers.ts';
import { rules } from '../../central/treat/rules/all.ts';
import { treat } from '../../central/treat/treat.ts';
import { query, tierBases } from '../support/bases.ts';
import { given, today } from './bad-input/given.ts';

const { shared: base } = await tierBases(t);
const people = 4000;

await base.transaction(async (tx) => {
  const moments = `1, now()`;
  await tx.execute(
    `INSERT INTO nacional.registro (fonte, papel, id, cpf, natal_id, pessoa_id, primeira_vez, desde_mudanca, desde)
     SELECT 'MS', papel, lpad(n::text, 6, '0'), n::text, gen_random_uuid(), gen_random_uuid(), now(), ${moments}
       FROM generate_series(1, ${people}) n, unnest(ARRAY['custodiado', 'visitante']) papel;
     INSERT INTO nacional.vinculo (fonte, id, custodiado_id, pessoa_tipo, pessoa_id, desde_mudanca, desde)
     SELECT 'MS', n::text, lpad(n::text, 6, '0'), 'visitante', lpad(n::text, 6, '0'), ${moments}
       FROM generate_series(1, ${people}) n`,
  );
});

const known = () =>
  query<{ name: string }>(
    base,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'nacional'::regnamespace AND reltuples >= 0
        AND relname IN ('registro', 'vinculo', 'foto') ORDER BY 1`,
  );

await t.test('what was filled before a kill is analysed, what is empty is not', async (t) => {
  t.strictSame(await known(), []);
  await analyzeFilled(base, ['nacional.registro', 'nacional.vinculo', 'nacional.foto'], new Set(), {});
  t.strictSame(await known(), [{ name: 'registro' }, { name: 'vinculo' }]);
});

await t.test('no step of people reads a table as a whole', async (t) => {
  const scope = { subject: 'custodiado', under: 'MS', after: '000100', upTo: '000200' } as const;
  const plans: string[] = [];
  await base.snapshot(async (questions) => {
    const explained: Questions = {
      query: (sql, parameters) => questions.query(sql, parameters),
      rows: async function* (sql, parameters) {
        const plan = await questions.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, parameters);
        plans.push(...plan.map((line) => line['QUERY PLAN']));
        yield [];
      },
    };
    const looked = new Set(['vinculo']);
    await loadDossiers(explained, scope, {
      source: 'MS',
      unidade: () => undefined,
      roles: ['visitante'],
      looked,
    });
  });
  t.ok(plans.some((line) => line.includes('registro_pkey')));
  t.strictSame(
    plans.filter((line) => line.includes('Seq Scan')),
    [],
  );
});

await t.test('nor does one of suspects', async (t) => {
  await query(
    base,
    `WITH visits AS (
       INSERT INTO nacional.visita (fonte, id, custodiado_id, instante, desde_mudanca, desde)
       SELECT 'MS', n::text, lpad(n::text, 6, '0'), '2026-11-20', 1, now() FROM generate_series(1, ${people}) n)
     INSERT INTO nacional.custodia (fonte, id, custodiado_id, desde_mudanca, desde)
     SELECT 'MS', n::text, lpad(n::text, 6, '0'), 1, now() FROM generate_series(1, ${people}) n`,
  );
  const scope = { subject: 'custodiado', under: 'MS', after: '000100', upTo: '000200' } as const;
  const plans = () =>
    base.snapshot(async (questions) => {
      const plan: string[] = [];
      const query: Questions['query'] = async (sql, parameters) => {
        const lines = await questions.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, parameters);
        plan.push(...lines.map((line) => line['QUERY PLAN']));
        return [];
      };
      for (const rule of rules) {
        const { suspects } = rule;
        if (suspects === undefined) continue;
        await doubtedKeys({ query, rows: questions.rows.bind(questions) }, scope, { ...rule, suspects });
      }
      return plan;
    });
  const wholly = (lines: readonly string[]) => lines.filter((line) => line.includes('Seq Scan'));
  t.strictSame(wholly(await plans()), [], 'of tables of which nothing is known');
  await query(base, 'ANALYZE nacional.visita');
  await query(base, 'ANALYZE nacional.custodia');
  const known = await plans();
  t.ok(known.some((line) => line.includes('visita_custodiado')));
  t.strictSame(wholly(known), []);
});

await t.test('a step ends before rows crowd, and else where it is asked to', async (t) => {
  await query(
    base,
    `INSERT INTO nacional.foto (fonte, id, custodiado_id, desde_mudanca, desde)
     SELECT 'MS', n::text, '000150', 1, now() FROM generate_series(1, 20001) n`,
  );
  const next = (after: string | null, skip: number) =>
    base.snapshot((questions) => nextKey(questions, 'custodiado', 'MS', after, skip));
  t.equal(await next('000100', 9), '000110');
  t.equal(await next('000100', 99), '000150');
  t.equal(await next('000100', people), '000150', 'also of the last step');
  t.equal(await next('000150', 99), '000250');
  t.equal(await next('000150', people), null);
});

await t.test('units look at a custody again for what they look at of it', async (t) => {
  const columns = ['id', 'custodiado_id', 'unidade_id', 'entrada', 'saida', 'regime', 'cela'];
  const custody = async (regime: string, cell: string) => {
    await given(base, 'AL', 'custodia', columns, [['1', '1', 'u', '2026-01-01', null, regime, cell]]);
    await treat(base, { sources: ['AL'], rules: [], today, step: 'type' });
    const waiting = await query<{ subject: string }>(
      base,
      `DELETE FROM nacional.fila WHERE fonte = 'AL' RETURNING assunto AS subject`,
    );
    return waiting.map(({ subject }) => subject).toSorted();
  };
  await custody('fechado', '1');
  t.strictSame(await custody('fechado', '2'), ['custodiado']);
  t.strictSame(await custody('aberto', '2'), ['custodiado', 'unidade']);
});
