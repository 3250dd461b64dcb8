import type { Test } from 'tap';
import type { PostgresBase } from '../../../central/base/postgres.ts';
import { readSearch } from '../../../central/console/search/asked.ts';
import { searched } from '../../../central/console/search/search.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { treat } from '../../../central/treat/treat.ts';
import { loadState } from '../../../scripts/bench/treat/source-layer.ts';
import { openPostgresBase, query, type TestBases } from '../../support/bases.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { allOf } from './made-up.ts';

const today = '2026-11-01';
const people = 1500;

/** Fifty searches at once, again and again until a treatment of everything has come to its end: each is answered. */
export async function whileTreated(
  t: Test,
  { server }: TestBases & { readonly server: TestPostgres },
): Promise<void> {
  await server.admin(`CREATE DATABASE procurada TEMPLATE ${server.migrated}`);
  const base: PostgresBase = openPostgresBase(server, 'procurada');
  t.teardown(() => base.close());
  await loadState(base, people, new Date(`${today}T12:00:00Z`));
  await treat(base, { rules, today });
  const some = await query<{ name: string; birth: string }>(
    base,
    `SELECT nome AS name, data_nascimento::text AS birth FROM nacional.registro
      WHERE papel = 'custodiado' AND nome IS NOT NULL AND data_nascimento IS NOT NULL ORDER BY natal_id LIMIT 50`,
  );
  const asked = some.map(({ name, birth }) => readSearch({ q: name, nascimento: birth }, today).asked);
  const treating = new AbortController();
  const treated = treat(base, { rules, today, full: true }).finally(() => {
    treating.abort();
  });
  let rounds = 0;
  do {
    const all = await Promise.all(asked.map((one) => searched(base, allOf, one, '')));
    const found = all.filter(({ people }) => people.length > 0).length;
    t.equal(found, some.length, 'each finds whom it is about');
    rounds++;
  } while (!treating.signal.aborted);
  const results = await treated;
  t.same(
    results.map(({ problem }) => problem),
    [null],
  );
  t.comment(`${rounds} rounds`);
}
