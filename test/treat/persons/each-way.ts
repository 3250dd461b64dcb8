import assert from 'node:assert/strict';
import type { Test } from 'tap';
import { personOf } from '../../../central/base/national-layer/persons.ts';
import { isLong } from '../../support/runs.ts';
import { differences, national } from '../settled.ts';
import { birth, cpf, held, heldToo, mother, type Nation, otherCpf, visitor } from './nation.ts';
import { natalOf } from './registers.ts';

const inTwo = 'C07b AL 1, C07b RO 9';
const visits = 'L02 RO 1, V05c RO 5';

/**
 * Each way in which a person's other registers, and who is the same person under another kind, hear of a change; and what
 * is there in the end is what is found by looking at everything again.
 */
export async function eachWay(t: Test, nation: Nation): Promise<void> {
  const { base } = nation;
  const finds = async (t: Test, expected: string, what: string) =>
    t.equal(await nation.open(), expected, what);
  t.afterEach(async () => {
    await nation.treat();
    const asItWent = await national(base);
    await nation.treat(undefined, true);
    assert.deepEqual(differences(asItWent, await national(base)), {});
  });

  await t.test('of custodies', async (t) => {
    await nation.treat();
    await finds(t, `${inTwo}, ${visits}`, 'as it is');
    await nation.write('AL', 'custodia', '1', { saida: '2026-03-01' });
    await finds(t, visits, 'held in one state only');
    await nation.write('RO', 'custodia', '1', { saida: '2026-03-01' });
    await finds(t, 'L02 RO 1', 'held nowhere');
    await nation.write('AL', 'custodia', '1', { saida: null });
    await finds(t, visits, 'held, by the register that is not like the visitor');
    await nation.write('RO', 'custodia', '1', { saida: null });
  });

  await t.test('of links', async (t) => {
    await nation.write('RO', 'vinculo', '1', { pessoa_id: '99' });
    await finds(t, `${inTwo}, L01 RO 1 pessoa_id, V05c RO 5`, 'a link to nobody');
    await nation.write('RO', 'vinculo', '1', { pessoa_id: '5' });
    await nation.remove('RO', 'vinculo', '1');
    await finds(t, `${inTwo}, V05c RO 5`, 'a link that went');
    await nation.write('RO', 'vinculo', '1', {});
    await finds(t, `${inTwo}, ${visits}`, 'and came back');
  });

  // Thirty treatments more; that registers and decisions are heard of at all, `touched` and `each-change.ts` see.
  if (!isLong) return;
  await t.test('of registers', async (t) => {
    await nation.write('RO', 'visitante', '5', { cpf });
    await finds(t, `${inTwo}, L02 RO 1, V05a RO 5`, 'the visitor has the CPF of the other state');
    await nation.write('RO', 'custodiado', '9', { cpf });
    await finds(t, 'C07a AL 1, C07a RO 9, L01 RO 1 custodiado_id, V05a RO 5', 'all have one CPF');
    await nation.write('RO', 'custodiado', '9', { cpf: null });
    await nation.write('RO', 'visitante', '5', { cpf: null });
    await nation.write('RO', 'custodiado', '9', { nome_mae: 'Sebastiana Ferreira Albuquerque' });
    await finds(
      t,
      `${inTwo}, L02 RO 1, P21 AL 1 nome_mae, P21 RO 9 nome_mae, V05c RO 5`,
      'registers of one person disagree',
    );
    t.match(await nation.persons(), [{ registros: 2, divergencias: ['nome', 'nome_mae'] }, { registros: 1 }]);
    await nation.write('RO', 'custodiado', '9', {
      nome: 'Paulo Neves',
      nome_mae: 'Rita Neves',
      data_nascimento: null,
    });
    await finds(t, 'V05c RO 5', 'somebody else: the visitor is the one of the other state');
    t.equal((await nation.persons()).length, 3);
    const nobodyKnown = {
      nome: 'Pedro Alcântara',
      nome_mae: 'Olga Alcântara',
      data_nascimento: '1970-05-02',
    };
    await nation.write('AL', 'custodiado', '1', nobodyKnown);
    await finds(t, '', 'who is like nobody');
    await nation.write('AL', 'custodiado', '1', {
      nome: 'João Batista Vasconcelos',
      nome_mae: mother,
      data_nascimento: birth,
    });
    await finds(t, 'V05c RO 5', 'and comes to be like the visitor');
    await nation.remove('AL', 'custodiado', '1');
    await finds(t, '', 'whom that state has no more');
    await nation.write('AL', 'custodiado', '1', {});
    await nation.remove('RO', 'visitante', '5');
    await finds(t, 'L01 RO 1 pessoa_id', 'who does not visit any more');
  });

  await t.test('of decisions', async (t) => {
    await nation.write('RO', 'visitante', '5', {});
    await nation.decide([held, visitor], 'distinct');
    await finds(t, '', 'a visitor who was said to be somebody else');
    await nation.decide([held, visitor], null);
    await finds(t, 'V05c RO 5', 'and was not');
    await nation.decide([heldToo, visitor], 'same');
    await finds(t, `L02 RO 1, V05c RO 5`, 'said to be the one in this state');
    await nation.decide([heldToo, visitor], null);
    await nation.write('RO', 'custodiado', '9', { cpf: otherCpf });
    await nation.decide([held, heldToo], 'same');
    await finds(
      t,
      [
        ...[
          'C07b AL 1',
          'C07b RO 9',
          'L02 RO 1',
          'P14 AL 1',
          'P14 RO 9',
          'P21 AL 1 nome_mae',
          'P21 RO 9 nome_mae',
        ],
        'V05c RO 5',
      ].join(', '),
      'two who are one, by what a person said',
    );
    t.equal((await nation.persons()).length, 2, 'nobody is left of whom nothing is');
    const [first, second] = [natalOf(held), natalOf(heldToo)];
    const now = await base.snapshot((questions) =>
      Promise.all([personOf(questions, first), personOf(questions, second)]),
    );
    t.equal(now[0], now[1], 'both ids lead to one person');
    t.equal(
      await base.snapshot((questions) => personOf(questions, natalOf({ source: 'XX', id: '1' }))),
      null,
    );
  });
}
