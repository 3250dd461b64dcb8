import assert from 'node:assert/strict';
import type { Test } from 'tap';
import { findingsOfRule } from '../../../central/base/national-layer/list-findings.ts';
import { personOfRegister } from '../../../central/base/national-layer/register-person.ts';
import { personJson, personLines } from '../../../central/commands/person-words.ts';
import { thresholds } from '../../../central/treat/link/model/thresholds.ts';
import { held, type Nation, visitor } from './nation.ts';

/** What a person is told of somebody's registers. */
export async function shown(t: Test, nation: Nation): Promise<void> {
  await nation.treat();
  const told = (register: { source: string; id: string; role?: 'visitante' }) =>
    nation.base.snapshot((questions) =>
      personOfRegister(questions, { role: 'custodiado', ...register }, thresholds.automatic),
    );

  await t.test('the other registers, what is held of all of them, and those of another kind', async (t) => {
    const person = await told(held);
    assert.ok(person);
    const lines = personLines(person, held, false);
    const [head = '', ...rest] = lines.map((line) => line.replace(/[0-9a-f]{8}-[-0-9a-f]+/, 'ID'));
    t.equal(head, 'Pessoa nacional ID: 2 cadastros. Os outros:');
    t.strictSame(rest, [
      '  RO custodiado …',
      'O que fica de todos, e de qual veio (≠: os cadastros divergem):',
      '  ≠ nome: JO…, de RO custodiado …',
      '    nome_mae: Se…, de RO custodiado …',
      '    data_nascimento: 19…, de RO custodiado …',
      '    cpf: 52…, de AL custodiado …',
      'A mesma pessoa em outro tipo de cadastro:',
      '  RO visitante …',
    ]);
    t.ok(lines.every((line) => line.length <= 80));
    t.match(
      personLines(person, held, true).join('\n'),
      /RO custodiado 9\n.*\n {2}≠ nome: JOAO BATISTA VASCONCELLOS/,
    );
    t.match(personJson(person, true), {
      registersTotal: 2,
      across: [{ source: 'RO', view: 'visitante', id: '5' }],
      values: [{ column: 'nome', from: { source: 'RO' }, disagree: true }],
    });
    t.notMatch(JSON.stringify(personJson(person, false)), /Vasconcel|529/i);
  });

  await t.test('of one who has no other', async (t) => {
    const person = await told(visitor);
    assert.ok(person);
    const [head, ...rest] = personLines(person, visitor, false);
    t.match(head, /^Pessoa nacional [-0-9a-f]+: só este cadastro\.$/);
    t.strictSame(rest, [
      'A mesma pessoa em outro tipo de cadastro:',
      '  AL custodiado …',
      '  RO custodiado …',
    ]);
    t.equal(await told({ source: 'AL', id: '77' }), null);
  });

  await t.test('what was found with a finding', async (t) => {
    const found = await nation.base.snapshot((questions) => findingsOfRule(questions, ['AL'], 'C07b', 10));
    t.match(found, [{ source: 'AL', id: '1', beside: [{ source: 'RO', id: '9' }] }]);
    const alone = await nation.base.snapshot((questions) => findingsOfRule(questions, ['RO'], 'L02', 10));
    t.match(alone, [{ source: 'RO', id: '1', beside: [] }]);
  });
}
