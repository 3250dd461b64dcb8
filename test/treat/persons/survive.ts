import { array, assert, constantFrom, integer, option, property, record } from 'fast-check';
import type { Test } from 'tap';
import { type PersonRegister, survivingColumns } from '../../../central/base/national-layer/persons.ts';
import { personFrom } from '../../../central/treat/persons/person-of.ts';
import { survivors } from '../../../central/treat/persons/survivors.ts';

const blank = Object.fromEntries(survivingColumns.map((name) => [name, null])) as Record<
  (typeof survivingColumns)[number],
  null
>;
let made = 0;
const register = (given: Partial<PersonRegister>): PersonRegister => ({
  ...blank,
  ...{ person: 'p', natal: `n${++made}`, role: 'custodiado', since: 0, notes: [], removed: null },
  ...given,
});
const survived = (...given: readonly Partial<PersonRegister>[]) => {
  const registers = given.map((each, place) => register({ natal: String(place + 1), ...each }));
  return personFrom(registers);
};
const cut = 'MARIA APARECIDA DOS SANTOS FERREI';

/** Which value survives of several registers. */
export async function survive(t: Test): Promise<void> {
  await t.test('what most have, then what is most recent, then what comes first', (t) => {
    const { nome, origem } = survived({ nome: 'Ana' }, { nome: 'Rui' }, { nome: 'RUI' }, { nome: 'RUI' });
    t.strictSame([nome, origem.nome], ['RUI', '3'], 'in the way in which most write it');
    t.equal(survived({ sexo: 'F', since: 1 }, { sexo: 'M', since: 2 }).sexo, 'M');
    t.match(survived({ cpf: '1', since: 1 }, { cpf: '1', since: 5 }).origem, { cpf: '2' });
    t.match(survived({ cpf: '1' }, { cpf: '2' }), { cpf: '1', origem: { cpf: '1' }, divergencias: ['cpf'] });
    t.end();
  });

  await t.test('what is in doubt yields to what is not, and disagrees with nothing', (t) => {
    const doubt = { data_nascimento: '1980-01-01', notes: ['data_nascimento:default-date'] };
    t.match(survived(doubt, doubt, { data_nascimento: '1980-05-17' }), {
      data_nascimento: '1980-05-17',
      divergencias: [],
    });
    t.match(survived(doubt, { ...doubt, data_nascimento: '1981-01-01' }), {
      data_nascimento: '1980-01-01',
      divergencias: ['data_nascimento'],
    });
    t.match(survived({ nome: cut, since: 9 }, { nome: `${cut}RA LIMA` }, { nome: cut }), {
      nome: `${cut}RA LIMA`,
      divergencias: [],
    });
    t.match(survived({ nome: 'JOSE' }, { nome: 'JOSE' }, { nome: 'JOSEFA' }), {
      nome: 'JOSE',
      divergencias: ['nome'],
    });
    t.end();
  });

  await t.test('an identity card goes with the state that issued it', (t) => {
    t.match(survived({ rg: '1', since: 9 }, { rg: '2', rg_uf: 'AL' }, { rg: '1' }), {
      ...{ rg: '2', rg_uf: 'AL', divergencias: [] },
      origem: { rg: '2', rg_uf: '2' },
    });
    t.match(survived({ rg: '1' }, {}), { rg: '1', rg_uf: null, origem: { rg: '1' } });
    t.end();
  });

  await t.test('removed where all of them are, as the last was', (t) => {
    t.equal(survived({ removed: 5 }, { removed: 7 }).removido, 7);
    t.equal(survived({ removed: 5 }, {}).removido, null);
    t.end();
  });

  await t.test('every column has one rule', (t) => {
    t.strictSame(survivors.flatMap(({ columns }) => columns).toSorted(), survivingColumns.toSorted());
    t.end();
  });

  await t.test('each value is one of a register that says so, and nothing else decides', (t) => {
    const text = option(constantFrom('ANA LIMA', 'ana lima', 'Ana Limá', cut, `${cut}RA`, '1', '2'));
    const any = record({
      ...Object.fromEntries(survivingColumns.map((name) => [name, text])),
      ...{
        since: integer({ min: 0, max: 3 }),
        notes: array(constantFrom('nome:encoding-doubtful'), { maxLength: 1 }),
      },
    });
    assert(
      property(array(any, { minLength: 1, maxLength: 6 }), (given) => {
        const registers = given.map((each, place) => register({ ...each, natal: String(place) }));
        const person = personFrom(registers);
        const isFrom = survivingColumns.every((name) => {
          const from = registers.find(({ natal }) => natal === person.origem[name]);
          return from === undefined ? person[name] === null : from[name] === person[name];
        });
        // Of what nobody says anything nothing survives, and of all else something does.
        const isAll = survivors.every(
          ({ columns }) =>
            registers.every((each) => columns.every((name) => each[name] === null)) ===
            columns.every((name) => person[name] === null),
        );
        // Where no two are of one time, their order decides nothing.
        const apart = registers.map((each, place) => ({ ...each, since: place }));
        const [there, back] = [personFrom(apart), personFrom(apart.toReversed())];
        return isFrom && isAll && JSON.stringify(there) === JSON.stringify(back);
      }),
    );
    t.end();
  });
}
