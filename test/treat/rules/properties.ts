import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { Temporal } from 'temporal-polyfill';
import { rules } from '../../../central/treat/rules/all.ts';
import { Calendar } from '../../../central/treat/rules/calendar.ts';
import { daysLater } from '../../../central/treat/rules/dates.ts';
import type { DossierRule, Register, Rule } from '../../../central/treat/rules/rule.ts';
import { cases, ruleOf } from './cases.ts';
import { anyDay, anyScene } from './random-scene.ts';
import { findings, judge, type Scene } from './scene.ts';

const numRuns = 60;

/** What these are shown has no order, or one of its own: who runs them brings it so. */
const ofNoRows: readonly Rule['scope'][] = ['visitor', 'view', 'births'];

/** The view of which a register is, or a link to oneself. */
function roleOf(each: Partial<Register> | { readonly sameCpf: boolean }): string | undefined {
  return 'sameCpf' in each ? 'vinculo' : each.role;
}

/** The same rows, each view's in the order of some keys. */
function shuffled(scene: Scene, keys: readonly number[]): Scene {
  const keyOf = (place: number) => keys[place % keys.length] ?? 0;
  return Object.fromEntries(
    Object.entries(scene).map(([name, value]) => {
      if (!Array.isArray(value)) return [name, value];
      const rows = (value as unknown[]).map((row, place) => [keyOf(place + name.length), row] as const);
      return [name, rows.sort(([a], [b]) => a - b).map(([, row]) => row)];
    }),
  ) as Scene;
}

/** The scenes of all cases, each with its rule: where random rows seldom come, near what breaks it. */
const ofCases: readonly (readonly [Rule, Scene])[] = cases.flatMap((each) =>
  [each.breaks, ...each.nearly].map((scene) => [ruleOf(each), withIds(scene)] as const),
);

/** Rows keep their ids when their order changes. */
function withIds(scene: Scene): Scene {
  const entries = Object.entries(scene).map(([name, value]) => [
    name,
    Array.isArray(value) && name !== 'shown'
      ? (value as object[]).map((row, place) => ({ id: String(place + 1), ...row }))
      : value,
  ]);
  return Object.fromEntries(entries) as Scene;
}

/** Whatever the rows are, a rule ends, finds rows that are there, the same each time, and in whatever order they come. */
export function rulesAreTotal(t: Test): void {
  const anyOrder = rules.filter(({ scope }) => !ofNoRows.includes(scope));
  fc.assert(
    fc.property(anyScene, fc.array(fc.nat(), { minLength: 7, maxLength: 7 }), (scene, keys) => {
      const frozen = JSON.stringify(scene);
      const other = shuffled(scene, keys);
      for (const rule of anyOrder) {
        const hits = judge(rule, scene);
        const ofRegisters = rule.scope === 'shared' || rule.scope === 'person' || rule.scope === 'both';
        for (const { view, id, source } of hits) {
          const given = [...(scene.registers ?? []), ...(scene.toThemselves ?? [])];
          const there = ofRegisters
            ? given.some((each) => each.id === id && each.source === source && roleOf(each) === view)
            : view === rule.view && scene[view]?.some((row) => row['id'] === id);
          assert.ok(there, `${rule.code} found what is not there`);
        }
        const names = findings(rule, scene);
        assert.equal(new Set(names).size, names.length, `${rule.code} found something twice`);
        assert.deepEqual(findings(rule, other), names, `${rule.code} in another order`);
      }
      assert.equal(JSON.stringify(scene), frozen, 'and nothing was changed');
    }),
    { numRuns },
  );
  const orders = [
    [6, 5, 4, 3, 2, 1, 0],
    [3, 1, 4, 0, 5, 2, 6],
  ];
  for (const [rule, scene] of ofCases.filter(([{ scope }]) => !ofNoRows.includes(scope))) {
    for (const keys of orders) {
      assert.deepEqual(
        findings(rule, shuffled(scene, keys)),
        findings(rule, scene),
        `${rule.code} in another order`,
      );
    }
  }
  t.pass('total, deterministic, of any order');
  t.end();
}

/** Before the day that the calendar says, a rule finds the same as today. */
function waits(rule: Rule, scene: Scene, day: string, days: number): void {
  const calendar = new Calendar(day);
  const now = findings(rule, scene, calendar);
  const next = calendar.takeNext();
  if (next !== null) {
    assert.equal(
      Temporal.PlainDate.from(next, { overflow: 'reject' }).toString(),
      next,
      'a day that there is',
    );
    assert.ok(next > day);
  }
  const later = daysLater(day, days);
  if (next !== null && next <= later) return;
  assert.deepEqual(findings(rule, scene, new Calendar(later)), now, `${rule.code}, ${days} days later`);
}

const someDays = fc.integer({ min: 1, max: 200 });

export function rulesWait(t: Test): void {
  fc.assert(
    fc.property(anyScene, anyDay, someDays, (scene, day, days) => {
      for (const rule of rules) waits(rule, scene, day, days);
    }),
    { numRuns },
  );
  const times = fc.sample(fc.tuple(anyDay, someDays), { numRuns: 40, seed: 1 });
  for (const [rule, scene] of ofCases) {
    const { today = '2026-11-30' } = scene;
    const close = [-2, -1, 0].map((days) => [daysLater(today, days), 1] as const);
    for (const [day, days] of [...close, ...times]) waits(rule, scene, day, days);
  }
  const cheating: DossierRule = {
    ...(rules.find(({ code }) => code === 'C04') as DossierRule),
    find: ({ custodia }, today) =>
      custodia.filter(({ saida }) => (saida ?? '') > today.today).map(({ id }) => ({ view: 'custodia', id })),
  };
  const found = fc.check(
    fc.property(anyScene, anyDay, someDays, (scene, day, days) => waits(cheating, scene, day, days)),
    { numRuns: 1000 },
  );
  t.ok(found.failed, 'a rule that looks at the day without asking would be found');
  t.end();
}
