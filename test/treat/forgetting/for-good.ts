import type { Test } from 'tap';
import { verifyLinks } from '../../../central/base/decided-layer/link-chain.ts';
import { appendLinks, decideAlone } from '../../../central/base/decided-layer/write-links.ts';
import { heldOf } from '../../../central/base/forgetting/forget.ts';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import { namedRow } from '../../../central/commands/stored-row.ts';
import type { Row } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { isLong } from '../../support/runs.ts';
import { emptyNational, national } from '../settled.ts';
import { forgettingScene, rowsOf, whereFound, whereSampled } from './scene.ts';

const cpf = '529.982.247-25';

/** A second run has nothing to do but to leave all as it is. */
const times = isLong ? ['once', 'again'] : ['once'];

/** Whoever was forgotten is nowhere, and whatever comes of them later is kept nowhere. */
export async function forGood(t: Test, bases: TestBases): Promise<void> {
  const rows = rowsOf('zq', cpf);
  const s = forgettingScene(t, bases, rows);
  const { shared: base } = bases;
  const person = s.person('custodiado', 'zqc');
  const traces = ['zqc', cpf, '52998224725', natalId(s.name, 'custodiado', 'zqc')];
  const nowhere = async (when: string) => t.strictSame(await whereFound(base, traces), [], when);
  const isTheirs = (row: Row) => row.includes('zqc');
  /** The base has what the source has but for the person's rows. */
  const othersAreThere = async (when: string) => {
    for (const { description, rows } of s.views) {
      const expected = rows
        .filter((row) => !isTheirs(row))
        .map((row) => Object.fromEntries(description.columns.map(({ name }, at) => [name, row[at]])));
      const byText = (a: object, b: object) => JSON.stringify(a).localeCompare(JSON.stringify(b));
      const sorted = (all: readonly object[]) =>
        all
          .map((row) => Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => a.localeCompare(b))))
          .toSorted(byText);
      t.strictSame(
        sorted((await s.held(description.name)) as object[]),
        sorted(expected),
        `${when}: ${description.name}`,
      );
    }
  };

  // What was another's before, and what is another's since; and two rows of one key, which are in quarantine.
  s.rows('visita').push(['zq8', 'zqo', 'zqv', 'u', at(5)], ['zq9', 'zqc', 'zqv', 'u', at(5)]);
  s.rows('custodia').push(['zq7', 'zqc', 'u', '', '', at(1)], ['zq7', 'zqc', 'x', '', '', at(1)]);
  t.match(await s.collect(), { outcome: 'complete' });
  await s.treat();
  replace(s.rows('visita'), ['zq8', 'zqc', 'zqv', 'u', at(6)]);
  replace(s.rows('visita'), ['zq9', 'zqo', 'zqv', 'u', at(6)]);
  replace(s.rows('custodiado'), ['zqc', 'Pessoa zqc', 'Mae zqc', '17/05/1991', cpf, at(1)]);
  t.match(await s.collect(true), { outcome: 'complete' });
  await s.treat();
  const [a = '', b = ''] = ['zqc', 'zqo'].map((id) => natalId(s.name, 'custodiado', id)).toSorted();
  const author = { who: 'maria', through: 'test', reason: `não é ${cpf}` };
  const chained = await base.transaction(async (tx) => {
    await decideAlone(tx);
    const [decided] = await appendLinks(tx, [{ a, b, says: 'distinct', ...author }]);
    await appendLinks(tx, [
      { revokes: decided?.number ?? 0, ...author },
      { a, b, says: 'distinct', ...author },
    ]);
    return verifyLinks(tx);
  });
  await query(base, 'INSERT INTO nacional.par (a, b, peso, veto, entre) VALUES ($1, $2, 3, 0, false)', [
    a,
    b,
  ]);
  await query(
    base,
    `INSERT INTO nacional.evento_pessoa (registro, de, para, modelo, decisoes) VALUES ($1, $1, $2, 'x', '{}')`,
    [a, b],
  );
  // Statistics are values, too.
  await query(base, 'ANALYZE');
  const found = await whereFound(base, traces);
  for (const where of ['custodiado', 'custodia', 'parecer', 'vinculo', 'visita']) {
    t.ok(found.includes(`fonte_${s.name.toLowerCase()}.${where}`), `${where} has them`);
  }
  t.ok(found.includes('nacional.registro') && found.includes('guarita.quarantine'), 'and so have others');
  const versions = `fonte_${s.name.toLowerCase()}_versao.visita`;
  t.ok(found.includes(versions) && found.includes('nacional.historico_visita'), 'and what was');

  const ofLinkage = {
    ...{ 'nacional.chave': 1, 'nacional.par': 1, 'nacional.evento_pessoa': 1, 'nacional.pessoa': 1 },
    'nacional.busca': 1,
    'decidido.vinculo': 3,
  };
  const { held } = await heldOf(base, person);
  t.match(held, {
    [`fonte_${s.name.toLowerCase()}.visita`]: 3,
    'guarita.quarantine': 2,
    ...{ 'nacional.registro': 1, 'nacional.historico_registro': 1, 'nacional.historico_visita': 1 },
    ...ofLinkage,
  });
  const order = await s.forget(person);
  t.match(order, { order: '0001-1/2026', who: 'maria', done: /^20/ });
  t.match(order.gone, {
    [`fonte_${s.name.toLowerCase()}.visita`]: 3,
    'guarita.quarantine': 2,
    ...ofLinkage,
  });
  t.match(await heldOf(base, person), { held: {} });
  await nowhere('at once');
  const verdict = await base.snapshot((questions) => verifyLinks(questions, chained.last));
  t.match(
    verdict,
    { rows: chained.rows, faults: [], blanked: { rows: 3, byOrder: 3 } },
    'that it was said is still proved',
  );
  t.strictSame(await whereSampled(base, traces), [], 'nor in statistics');
  await othersAreThere('at once');
  const trace = (id: string) => base.snapshot((questions) => namedRow(questions, s.name, 'visita', [id]));
  await t.rejects(trace('zq1'), { code: 'row-unknown' });
  t.match(await trace('zq9'), { states: 1 }, "what was theirs is now the other one's alone");
  await t.rejects(query(base, 'DELETE FROM decidido.esquecimento'), { code: 'base-failed' });
  await t.rejects(query(base, 'DELETE FROM guarita.tombstone'), { code: 'base-failed' });

  // A page with new rows, some of them theirs, and one of another's that becomes theirs.
  s.rows('visita').push(['zqa', 'zqc', 'zqv', 'u', at(7)], ['zqb', 'zqo', 'zqv', 'u', at(7)]);
  s.rows('custodiado').push(['zqn', 'Nova zqn', '', '', '', at(7)]);
  t.match(await s.collect(), { outcome: 'complete' });
  await nowhere('after a page');
  await othersAreThere('after a page');

  for (const time of times) {
    const { outcome, views } = await s.collect(true);
    t.equal(outcome, 'complete', `reconciled ${time}`);
    const visits = views.find(({ view, kind }) => view === 'visita' && kind === 'reconcile');
    t.match(visits, { rows: 7, new: 0, changed: 0, removed: 0, forgotten: 4, unchanged: 3, quarantined: 0 });
    await nowhere(`reconciled ${time}`);
    await othersAreThere(`reconciled ${time}`);
  }
  t.equal(s.state.views.find(s.name, 'visita')?.owed ?? null, null, 'and owes nothing more');

  // Another shape: everything is read anew.
  for (const view of s.views)
    view.description = { ...view.description, fingerprint: `${view.description.name} 2` };
  t.match(await s.collect(), { outcome: 'complete' });
  await nowhere('read anew');
  await othersAreThere('read anew');
  // A view that the base had never heard of.
  s.source.views.push({
    description: {
      ...(s.views[4] as (typeof s.views)[number]).description,
      name: 'saude',
      fingerprint: 'saude',
    },
    rows: [['1', 'zqc', 'a', 'b', 'c', at(1)] as Row, ['2', 'zqo', 'a', 'b', 'c', at(1)] as Row],
  });
  t.match(await s.collect(), { outcome: 'complete' });
  t.equal((await s.held('saude')).length, 1, 'the other one is there');
  await nowhere('in a new view');

  await s.treat();
  await nowhere('treated');
  const asItWent = await national(base);
  await s.treat(true);
  await nowhere('treated in full');
  t.strictSame(await national(base), asItWent, 'in full it comes to the same');
  if (isLong) {
    await emptyNational(base);
    await s.treat();
    t.strictSame(await national(base), asItWent, 'and so it does from nothing');
  }

  // Another's row that now names them is gone to us, and stays so.
  replace(s.rows('visita'), ['zqb', 'zqc', 'zqv', 'u', at(8)]);
  for (const time of times) {
    t.match(await s.collect(true), { outcome: 'complete' });
    const removed = await query(base, `SELECT id FROM fonte_${s.name}.visita WHERE _removed IS NOT NULL`);
    t.strictSame(removed, [{ id: 'zqb' }], time);
    await nowhere(`another's row ${time}`);
  }

  await t.test('without the secret nothing is loaded', async (t) => {
    const before = await s.held('custodiado');
    s.rows('custodiado').push(['zqm', 'Mais uma', '', '', '', at(9)]);
    t.match(await s.run(), { outcome: 'failed', error: { code: 'tombstone-key-missing' } });
    t.strictSame(await s.held('custodiado'), before);
    t.match(await s.collect(), { outcome: 'complete' });
    t.equal((await s.held('custodiado')).length, before.length + 1);
  });

  const again = await s.forget(person);
  t.strictSame(again, { ...order, done: again.done }, 'done again, it adds nothing');
}

const at = (day: number) => `2026-02-0${day} 10:00:00`;

function replace(rows: Row[], row: Row): void {
  rows[rows.findIndex(([id]) => id === row[0])] = row;
}
