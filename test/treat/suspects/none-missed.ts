import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import type { Base, Transaction } from '../../../central/base/base.ts';
import { inScope, type Scope } from '../../../central/base/national-layer/queue.ts';
import { looks } from '../../../central/treat/check/look.ts';
import { ruleBook, viewsOf } from '../../../central/treat/check/rule-book.ts';
import { subjectOf } from '../../../central/treat/check/subject-of.ts';
import { Verdicts } from '../../../central/treat/check/verdicts.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { daysLater } from '../../../central/treat/rules/dates.ts';
import type { Rule } from '../../../central/treat/rules/rule.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { today } from '../bad-input/given.ts';
import { repeatable, seed } from '../repeatable.ts';
import { anyDay, anyScene } from '../rules/random-scene.ts';
import { findings, type Given } from '../rules/scene.ts';

/** The views that the rules look at which name suspects. */
const views = ['custodia', 'visita'] as const;

/** Rows of a view, some of them removed, some of nobody. */
interface Rows {
  readonly custodia: readonly Given[];
  readonly visita: readonly Given[];
}

const seldom = <T>(value: T) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constant(value) });
const anyRemoval = seldom('2026-11-01 12:00:00+00');

/** Rows with whatever values and notes. */
const anyOfScenes: fc.Arbitrary<Rows> = fc
  .tuple(anyScene, fc.array(anyRemoval, { minLength: 8 }))
  .map(([{ custodia = [], visita = [] }, removals]) => ({
    custodia: custodia.map((row, place) => ({ ...row, removido: removals[place] ?? null })),
    visita: visita.map((row, place) => ({ ...row, removido: removals[place + 4] ?? null })),
  }));

const noted = (...notes: readonly string[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray([...notes]) });
const anyCustody = fc
  .record({
    ...{
      entrada: anyDay,
      lasted: fc.integer({ min: -1, max: 5 }),
      isOpen: seldom(true),
      isOld: seldom(true),
    },
    ...{ so_atual: seldom(true), removido: anyRemoval },
    notes: noted('entrada:default-date', 'saida:default-date', 'saida:century-inferred'),
  })
  .map(({ entrada, lasted, isOpen, isOld, ...row }) => ({
    ...{ ...row, entrada: isOld ? null : entrada, saida: isOpen ? null : daysLater(entrada, lasted) },
  }));
/** So many days from a custody's beginning or end: where random visits seldom are. */
const anyVisit = fc.record({
  ...{ end: fc.constantFrom('entrada', 'saida'), days: fc.integer({ min: -2, max: 2 }) },
  time: fc.constantFrom('00:00:00', '23:59:59', '23:59:59.999999'),
  ...{ removido: anyRemoval, notes: noted('instante:default-date') },
});
const keys = ['1', '2', '3', '4', '5', '6', '7', '8'];

/** People of few rows, most of which are sound, who are visited at the limits of their custodies. */
const anyNear: fc.Arbitrary<Rows> = fc
  .array(
    fc.tuple(
      fc.array(anyCustody, { minLength: 1, maxLength: 2 }),
      fc.array(anyVisit, { minLength: 1, maxLength: 2 }),
    ),
    { minLength: keys.length, maxLength: keys.length },
  )
  .map((people) => ({
    custodia: people.flatMap(([custodies], at) =>
      custodies.map((row, place) => ({ id: `${at} ${place}`, custodiado_id: keys[at], ...row })),
    ),
    visita: people.flatMap(([[custody], visits], at) =>
      visits.map(({ end, days, time, ...row }, place) => {
        const day = custody?.[end] ?? '2026-11-30';
        const instante = `${daysLater(day, days)} ${time}`;
        return { id: `${at} ${place}`, custodiado_id: keys[at], instante, ...row };
      }),
    ),
  }));

const anyRows = fc.oneof(anyOfScenes, anyNear, anyNear);

/** Scopes of every form over the keys that scenes have. */
const anyScope = fc.oneof(
  fc.record({ keys: fc.subarray(keys) }),
  fc.record({ after: fc.constantFrom(null, '', '1', '3'), upTo: fc.constantFrom(null, '2', '5') }),
);

async function write(tx: Transaction, rows: Rows): Promise<void> {
  for (const view of views) {
    await tx.query(`DELETE FROM nacional.${view}`);
    const json = rows[view].map(({ notes, ...row }) => ({
      ...{ ...row, notas: notes, fonte: 'AL', desde_mudanca: 1, desde: '2026-11-01 12:00:00+00' },
    }));
    await tx.query(
      `INSERT INTO nacional.${view} SELECT * FROM jsonb_populate_recordset(null::nacional.${view}, $1::jsonb)`,
      [JSON.stringify(json)],
    );
  }
}

/** The keys of a scope at which a rule found something, failed, or asked for a day to come. */
async function keysOf(tx: Transaction, rule: Rule, scope: Scope): Promise<Set<string>> {
  const subject = subjectOf(rule);
  assert.ok(subject === 'custodiado', 'whoever looks at something else is looked at here, too');
  const stage = () => Promise.resolve();
  const verdicts = new Verdicts({ source: 'AL', today, stage, onFailed: () => undefined });
  const book = ruleBook([rule], { shown: new Map() });
  await looks[subject](tx, scope, 'AL', book, verdicts);
  return new Set([
    ...[...verdicts.findings, ...verdicts.failures].map(({ key }) => key),
    ...verdicts.due.keys(),
  ]);
}

async function suspectsOf(tx: Transaction, { suspects }: Rule, scope: Scope): Promise<Set<string>> {
  assert.ok(suspects);
  const parameters: unknown[] = ['AL'];
  const sql = suspects((column) => inScope(column, scope, parameters));
  const rows = await tx.query<{ key: string }>(`SELECT key FROM (${sql}) AS s (key)`, parameters);
  return new Set(rows.map(({ key }) => key));
}

/** They are asked of what they say that they look at, without the rest of a dossier. */
export function asWithoutTheRest(t: Test): void {
  const naming = rules.filter(({ suspects }) => suspects !== undefined);
  const property = fc.property(anyScene, (scene) => {
    for (const rule of naming) {
      const views = viewsOf(rule);
      const rest = Object.keys(scene).filter((name) => standardViews.some((view) => view.name === name));
      const empty = Object.fromEntries(rest.filter((name) => !views.has(name)).map((name) => [name, []]));
      assert.deepEqual(findings(rule, { ...scene, ...empty }), findings(rule, scene), rule.code);
    }
  });
  fc.assert(property, { numRuns: 60, ...repeatable });
  t.pass('as with it');
  t.end();
}

/** Whatever the rows are, no key at which a rule would find something is missing among its suspects, in any scope. */
export async function noneIsMissed(t: Test, base: Base, numRuns: number): Promise<void> {
  t.comment(`GUARITA_SEED=${seed}`);
  const naming = rules.filter(({ suspects }) => suspects !== undefined);
  t.strictSame(
    naming.map(({ code }) => code),
    ['V01'],
  );
  let [found, named, possible] = [0, 0, 0];
  const property = fc.asyncProperty(anyRows, anyScope, async (rows, range) => {
    const scope: Scope = { subject: 'custodiado', under: 'AL', ...range };
    await base.transaction(async (tx) => {
      await tx.execute(`SET LOCAL TIME ZONE 'Pacific/Kiritimati'`);
      await write(tx, rows);
      for (const rule of naming) {
        const [hit, suspects] = [await keysOf(tx, rule, scope), await suspectsOf(tx, rule, scope)];
        const missed = [...hit].filter((key) => !suspects.has(key));
        assert.deepEqual(missed, [], `${rule.code} would not be asked of these`);
        [found, named, possible] = [found + hit.size, named + suspects.size, possible + keys.length];
      }
    });
  });
  await fc.assert(property, { numRuns, ...repeatable });
  t.ok(found > 0, 'some break it');
  t.ok(named < possible / 2, 'and most are not suspected');
}
