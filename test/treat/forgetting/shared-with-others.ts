import type { Test } from 'tap';
import { query, type TestBases } from '../../support/bases.ts';
import { forgettingScene, rowsOf, whereFound } from './scene.ts';

const cpf = '862.883.667-57';
const digits = '86288366757';

/** A document of theirs that others had, too: what was found by it of the others says no more what it was. */
export async function sharedWithOthers(t: Test, bases: TestBases): Promise<void> {
  const { shared: base } = bases;
  const rows = rowsOf('sh', cpf);
  const s = forgettingScene(t, bases, { custodiado: rows.custodiado });
  const people = s.rows('custodiado');
  const other = people.find(([id]) => id === 'sho') ?? [];
  const change = (value: string, day: number) => {
    const index = people.findIndex(([id]) => id === 'sho');
    people[index] = [...other.slice(0, 4), value, `2026-02-0${day} 10:00:00`];
  };
  const findings = () =>
    query<{ id: string; open: boolean }>(
      base,
      `SELECT id, resolvido IS NULL AS open FROM nacional.achado WHERE fonte = $1 AND regra = 'P13' ORDER BY id`,
      [s.name],
    );

  await t.test('resolved before', async (t) => {
    change(cpf, 1);
    t.match(await s.collect(true), { outcome: 'complete' });
    await s.treat();
    t.match(await findings(), [
      { id: 'shc', open: true },
      { id: 'sho', open: true },
    ]);
    change('', 2);
    t.match(await s.collect(true), { outcome: 'complete' });
    await s.treat();
    t.match(await findings(), [
      { id: 'shc', open: false },
      { id: 'sho', open: false },
    ]);
    t.notOk((await whereFound(base, [digits])).includes('nacional.achado'), 'resolved, they do not have it');
  });

  await t.test('still open, of one who has it no more', async (t) => {
    change(cpf, 3);
    t.match(await s.collect(true), { outcome: 'complete' });
    await s.treat();
    change('', 4);
    t.match(await s.collect(true), { outcome: 'complete' });
    await s.treat(false, 'type');
    t.match(await findings(), [
      { id: 'shc', open: true },
      { id: 'sho', open: true },
    ]);
    await s.forget(s.person('custodiado', 'shc'));
    t.match(await findings(), [{ id: 'sho', open: false }], 'it is resolved, and stays as what was found');
    // What the other one was has it, which is not theirs.
    const own = [
      `fonte_${s.name.toLowerCase()}_versao.custodiado`,
      'nacional.historico_registro',
      'nacional.pessoa',
      // What is compared of the other one, until linkage comes to them.
      'nacional.chave',
    ];
    t.strictSame(
      (await whereFound(base, [digits])).filter((table) => !own.includes(table)),
      [],
    );
  });
}
