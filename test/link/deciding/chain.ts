import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { verifyLinks } from '../../../central/base/decided-layer/link-chain.ts';
import { decideLinks, revokeLink } from '../../../central/base/national-layer/decide-links.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { query } from '../../support/bases.ts';
import { addRegisters, author } from './registers.ts';

/** Nothing of what was decided can be changed, taken away or put elsewhere without being found. */
export async function chain(t: Test, base: Base): Promise<void> {
  const ids = await addRegisters(
    base,
    Array.from({ length: 8 }, (_, at) => ({ source: 'SE', id: `chain ${at}` })),
  );
  const [first = '', ...others] = ids;
  const before = await base.snapshot((questions) => verifyLinks(questions));
  t.strictSame(before.faults, []);
  for (const other of others) {
    const reason = 'vista a foto\0 \ud800';
    await base.transaction((tx) =>
      decideLinks(tx, [{ ...author, reason, a: first, b: other, says: 'distinct' }]),
    );
  }
  const { number } = await base.transaction((tx) => revokeLink(tx, before.rows + 3, author));
  t.equal(number, before.rows + 8);
  const whole = await base.snapshot((questions) => verifyLinks(questions, before.last));
  t.strictSame(whole.faults, [], 'also what the base cannot hold of a reason');
  t.match(whole, { rows: before.rows + 8, last: { number: before.rows + 8 } });
  await t.rejects(query(base, `UPDATE decidido.vinculo SET diz = 'same'`), 'the base refuses it');

  /** What is found after the rule was taken away and something was done; then all is as it was. */
  const found = async (sql: string) => {
    let faults: unknown;
    const undone = new GuaritaError('stopped');
    await base
      .transaction(async (tx) => {
        await tx.execute(`ALTER TABLE decidido.vinculo DISABLE TRIGGER USER`);
        await tx.execute(sql);
        ({ faults } = await verifyLinks(tx, whole.last));
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
    return faults;
  };
  const at = (place: number) => before.rows + place;
  const change = (what: string, place: number) =>
    found(`UPDATE decidido.vinculo SET ${what} WHERE numero = ${at(place)}`);
  for (const what of [
    `diz = 'same'`,
    `quem = 'bia'`,
    `por_meio = 'console'`,
    `motivo = motivo || '.'`,
    `quando = quando + interval '1 microsecond'`,
    `elo = '\\x00'`,
    `a = '00000000-0000-8000-8000-000000000000'`,
    `sal = '\\x00'`,
    `conteudo = '\\x00'`,
  ]) {
    t.strictSame(await change(what, 2), [{ id: at(2), fault: 'changed' }], what);
  }
  t.strictSame(await change(`revoga = ${at(2)}`, 8), [{ id: at(8), fault: 'changed' }]);
  t.strictSame(await found(`DELETE FROM decidido.vinculo WHERE numero = ${at(5)}`), [
    { id: at(5), fault: 'removed' },
  ]);
  t.strictSame(
    await found(`UPDATE decidido.vinculo SET numero = -numero WHERE numero IN (${at(5)}, ${at(6)});
                 UPDATE decidido.vinculo SET numero = ${at(5) + at(6)} + numero WHERE numero < 0`),
    [at(5), at(6), at(7)].map((id) => ({ id, fault: 'changed' })),
    'two that changed places, and the one that hangs at them',
  );
  t.strictSame(
    await found(`DELETE FROM decidido.vinculo WHERE numero > ${at(6)}`),
    [{ id: at(7), fault: 'missing' }],
    'the last ones, by what was told of them',
  );
}
