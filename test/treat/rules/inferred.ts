import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { rules } from '../../../central/treat/rules/all.ts';
import type { Rule } from '../../../central/treat/rules/rule.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { cases, ruleOf } from './cases.ts';
import { anyScene } from './random-scene.ts';
import { findings, type Given, type Scene } from './scene.ts';

/** They speak of the notes themselves, or of whether there is any date. */
const ofDates: readonly string[] = ['T01', 'T06', 'P10', 'C09'];

const dateTypes: readonly string[] = ['date', 'timestamp'];

/** The dates of a scene, each by where it is. */
function datesOf(scene: Scene): readonly (readonly [view: string, place: number, column: string])[] {
  return standardViews.flatMap(({ name, columns }) =>
    ((scene[name as keyof Scene] as readonly Given[] | undefined) ?? []).flatMap((row, place) =>
      columns
        .filter((column) => dateTypes.includes(column.type) && typeof row[column.name] === 'string')
        .map((column) => [name, place, column.name] as const),
    ),
  );
}

/** The scene with one of its dates inferred, and with that date lost. */
function doubtful(scene: Scene, view: string, place: number, column: string): readonly [Scene, Scene] {
  const rows = scene[view as keyof Scene] as readonly Given[];
  const withRow = (change: (row: Given) => Given) =>
    ({ ...scene, [view]: rows.map((row, at) => (at === place ? change(row) : row)) }) as Scene;
  const noted = (row: Given, note: string) => [
    ...((row['notes'] as string[] | undefined) ?? []),
    `${column}:${note}`,
  ];
  return [
    withRow((row) => ({ ...row, notes: noted(row, 'default-date') })),
    withRow((row) => ({ ...row, [column]: null, notes: noted(row, 'unreadable') })),
  ];
}

function asGoodAsNone(rule: Rule, scene: Scene): void {
  if (ofDates.includes(rule.code)) return;
  for (const [view, place, column] of datesOf(scene)) {
    const [inferred, lost] = doubtful(scene, view, place, column);
    assert.deepEqual(findings(rule, inferred), findings(rule, lost), `${rule.code}: ${view}.${column}`);
  }
}

/** A date that was inferred proves nothing: rules find what they find where it is not known. */
export function inferredDates(t: Test): void {
  for (const each of cases) {
    const rule = ruleOf(each);
    for (const scene of [each.breaks, ...each.nearly]) asGoodAsNone(rule, scene);
  }
  const one = fc.tuple(anyScene, fc.nat());
  fc.assert(
    fc.property(one, ([scene, pick]) => {
      const dates = datesOf(scene);
      const date = dates[pick % Math.max(dates.length, 1)];
      if (date === undefined) return;
      const [inferred, lost] = doubtful(scene, ...date);
      for (const rule of rules.filter(({ code }) => !ofDates.includes(code)))
        assert.deepEqual(findings(rule, inferred), findings(rule, lost), `${rule.code}: ${date.join(' ')}`);
    }),
    { numRuns: 40 },
  );
  t.pass('as good as none');
  t.end();
}
