import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { type Granted, sightOf } from '../../../central/base/sight/sight.ts';
import { readSearch } from '../../../central/console/search/asked.ts';
import { searched } from '../../../central/console/search/search.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { allOf, grants, nations, queries } from './made-up.ts';
import { fillNational, type National, type Row } from './national.ts';

/** So few that bounds are come to. */
const limits = { registers: 6, few: 3, like: 2 };

/** What is asked by a body that sees less comes to what a base without the rest has, for random nations, grants and queries. */
export async function answersAlike(t: Test, bases: TestBases, numRuns: number): Promise<void> {
  const [whole, without] = [bases.shared, await bases.fresh(t, 'without')];
  let found = 0;
  let asked = 0;
  const property = fc.asyncProperty(
    nations,
    fc.array(fc.tuple(grants, fc.array(queries, { minLength: 10, maxLength: 20 })), {
      minLength: 2,
      maxLength: 3,
    }),
    async (nation, all) => {
      await fillNational(whole, nation);
      for (const [grant, some] of all) {
        await fillNational(without, await seenBy(whole, grant), sightOf(grant).sees('custodia', 'saida'));
        for (const one of some) {
          const { asked: of, faults } = readSearch(one, '2026-11-30');
          if (Object.keys(faults).length > 0) continue;
          const [theirs, ours] = [
            await searched(whole, grant, of, '', limits),
            await searched(without, allOf, of, '', limits),
          ];
          assert.deepEqual(theirs, ours);
          asked++;
          if (theirs.people.length > 0) found++;
        }
      }
    },
  );
  await fc.assert(property, { numRuns, endOnFailure: true });
  t.ok(found > asked / 10 && found < asked, `somebody is found, and not always: ${found} of ${asked}`);
}

/** The rows that a body sees, as it sees them. */
async function seenBy(base: Base, grant: Granted): Promise<National> {
  const sight = sightOf(grant);
  const relations = {
    registro: sight.registers(),
    ...Object.fromEntries(
      ['outro_nome', 'unidade', 'custodia', 'processo'].map((name) => [name, sight.view(name)]),
    ),
  };
  const seen: Record<string, readonly Row[]> = {};
  for (const [table, relation] of Object.entries(relations)) {
    const rows = await query<{ row: Row }>(base, `SELECT to_jsonb(r) AS row FROM ${relation} AS r`);
    seen[table] = rows.map(({ row }) => row);
  }
  return seen;
}
