// Tier: quick. What is said of open custodies twice, in SQL and by the rules, agrees; and what follows each other and is alike is one. On PostgreSQL.
import assert from 'node:assert/strict';
import { array, assert as check, constantFrom, property } from 'fast-check';
import t from 'tap';
import { peopleInside, surelyOpen } from '../../central/base/national-layer/open-custody.ts';
import { isOpen } from '../../central/treat/rules/custody-state.ts';
import { type PlaceColumn, placeOf } from '../../central/treat/rules/places.ts';
import type { Rows } from '../../central/treat/rules/rows.ts';
import { runsOf, type TypedState } from '../../central/treat/type/runs.ts';
import { type Note, notes } from '../../shared/cleaning/cleaner.ts';
import { custodia } from '../../shared/dictionary/standard-views.ts';
import { query, tierBases } from '../support/bases.ts';

const { shared: base } = await tierBases(t);

type Custody = Pick<Rows['custodia'], 'saida' | 'motivo_saida' | 'natureza' | 'regime' | 'rdd' | 'notes'>;

async function stored(source: string, custodies: readonly Custody[]): Promise<void> {
  await query(
    base,
    `INSERT INTO nacional.custodia (fonte, id, custodiado_id, unidade_id, saida, motivo_saida, natureza, regime, rdd, notas,
        desde_mudanca, desde)
     SELECT $1, n, n, 'u', c.saida, c.motivo_saida, c.natureza, c.regime, c.rdd,
            CASE WHEN c.notes = '[]' THEN NULL ELSE ARRAY(SELECT jsonb_array_elements_text(c.notes)) END, 1, now()
       FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS e (value, n),
            jsonb_to_record(value) AS c (saida date, motivo_saida text, natureza text, regime text, rdd boolean, notes jsonb)`,
    [source, JSON.stringify(custodies)],
  );
}

await t.test('whether a custody is surely open', async (t) => {
  const said = [null, ...(Object.keys(notes) as Note[])];
  const custodies: Custody[] = [];
  const nothing = { natureza: null, regime: null, rdd: null };
  for (const saida of [null, '2026-01-01']) {
    for (const motivo_saida of [null, 'obito']) {
      for (const ofDay of said) {
        for (const ofReason of said) {
          const own = [
            ...(ofDay === null ? [] : [`saida:${ofDay}`]),
            ...(ofReason === null ? [] : [`motivo_saida:${ofReason}`]),
            'entrada:unreadable',
          ];
          custodies.push({ ...nothing, saida, motivo_saida, notes: own });
        }
      }
      custodies.push({ ...nothing, saida, motivo_saida, notes: [] });
    }
  }
  await stored('AC', custodies);
  const rows = await query<{ id: string }>(
    base,
    `SELECT id FROM nacional.custodia c WHERE fonte = 'AC' AND ${surelyOpen} ORDER BY id::int`,
  );
  const open = custodies.flatMap((row, at) => (isOpen(row as Rows['custodia']) ? [`${at + 1}`] : []));
  t.ok(open.length > 0 && open.length < custodies.length);
  t.strictSame(
    rows.map(({ id }) => id),
    open,
  );
});

await t.test('how many take which places of a unit', async (t) => {
  const codes = (name: string) => {
    const column = custodia.columns.find((each) => each.name === name);
    return [null, ...(column?.codes?.values.map(({ code }) => code) ?? [])];
  };
  const custodies = codes('natureza').flatMap((natureza) =>
    codes('regime').flatMap((regime) =>
      [null, true, false].map((rdd) => ({
        saida: null,
        motivo_saida: null,
        natureza,
        regime,
        rdd,
        notes: [],
      })),
    ),
  ) as Custody[];
  t.ok(custodies.length > 50);
  await stored('AL', custodies);
  const scope = { subject: 'unidade', under: 'AL', keys: ['u'] } as const;
  const inside = await base.snapshot((questions) => peopleInside(questions, scope, 'AL'));
  const bySql = new Map<PlaceColumn | null, number>();
  for (const { people, unit: _, ...custody } of inside) {
    const place = placeOf(custody as Rows['custodia']);
    bySql.set(place, (bySql.get(place) ?? 0) + people);
  }
  const byRules = new Map<PlaceColumn | null, number>();
  for (const row of custodies) {
    const place = placeOf(row as Rows['custodia']);
    byRules.set(place, (byRules.get(place) ?? 0) + 1);
  }
  t.strictSame(Object.fromEntries(bySql), Object.fromEntries(byRules));
});

await t.test('states that follow each other and are alike are one', async () => {
  const given = array(constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 });
  check(
    property(given, (given) => {
      const states = given.map((line, at): TypedState => ({ line, change: `${at}`, since: `s${at}` }));
      const [first, ...later] = states;
      if (first === undefined) return;
      const { current, past } = runsOf([first, ...later]);
      const all = [...past, current];
      for (const [at, state] of all.entries()) {
        const next = all[at + 1];
        if (next === undefined) continue;
        assert.notEqual(state.line, next.line);
        assert.equal((state as (typeof past)[number]).untilChange, next.change);
      }
      for (const { line, change } of states) {
        const then = all.findLast((each) => Number(each.change) <= Number(change));
        assert.equal(then?.line, line, 'of each state the run is what it was');
      }
      assert.equal(all[0]?.change, '0');
    }),
  );
});
