import type { Test } from 'tap';
import type { Decision } from '../../../central/treat/link/cluster/decisions.ts';
import { link } from '../../../central/treat/link/link.ts';
import { priorModel } from '../../../central/treat/link/model/prior-model.ts';
import { thresholds as usual } from '../../../central/treat/link/model/thresholds.ts';
import { registersOf, type Said } from '../parts/scene.ts';
import { comparisons, thresholds } from './small.ts';

const model = priorModel(comparisons, { locale: 'pt-BR', blockCap: 1000, prior: -18 });
const day = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

export async function badInput(t: Test): Promise<void> {
  await t.test('all names equal, in one block of 50,000: left out, counted and told', async (t) => {
    const same: Said = { name: 'JOSE DA SILVA', mother: 'MARIA DA SILVA', birth: '1980-01-01' };
    const linked = await link(registersOf(Array.from({ length: 50_000 }, () => same)), { model, thresholds });
    t.equal(linked.compared, 0);
    t.equal(
      linked.personOf.every((person, place) => person === place),
      true,
      'nobody is merged',
    );
    t.ok(linked.leftOut.length > 5);
    for (const { registers, largest } of linked.leftOut) t.strictSame([registers, largest], [50_000, 50_000]);
  });

  await t.test('all names equal, other days: nobody is merged by the name', async (t) => {
    const all = Array.from({ length: 2000 }, (_, number) => ({
      name: 'JOSE DA SILVA',
      birth: day(number * 10),
    }));
    const { personOf } = await link(registersOf(all), { model, thresholds });
    t.equal(new Set(personOf).size, 2000);
  });

  await t.test('a register without any name, or without anything', async (t) => {
    const card = { rg: '1234567', rgUf: 'AL', birth: '1980-02-03', mother: 'MARIA DA SILVA' };
    const all = [
      {},
      {},
      { name: '' },
      { name: '---' },
      { ...card, name: 'JOSE' },
      { ...card },
      { name: 'JOSE' },
    ];
    const { personOf } = await link(registersOf(all), { model, thresholds });
    t.strictSame([...personOf], [0, 1, 2, 3, 4, 4, 6], 'the rest of what it says is enough, or it is alone');
  });

  await t.test(
    'of more registers alike than one person may have nobody is merged, however many',
    async (t) => {
      const same: Said = {
        name: 'JOSE DA SILVA',
        cpf: '52998224725',
        birth: '1980-02-03',
        mother: 'MARIA SILVA',
      };
      const other: Said = { name: 'ANA LIMA', cpf: '11144477735', birth: '1991-07-08', mother: 'RITA LIMA' };
      for (const many of [40, 41, 60, 100, 300, 301, 500]) {
        const registers = registersOf([...Array.from({ length: many }, () => same), other, other]);
        const linked = await link(registers, { model, thresholds: usual });
        const tooMany = many > usual.largest;
        const expected = Array.from({ length: many }, (_, place) => (tooMany ? place : 0));
        t.strictSame([...linked.personOf], [...expected, many, many], `${many}`);
        t.strictSame(linked.tooLarge, tooMany ? [registers.ids.slice(0, many)] : []);
        t.ok(linked.review.every(({ because }) => because === 'too-large'));
        t.equal(linked.review.length > 0, tooMany);
      }
    },
  );

  await t.test('ten thousand decisions that contradict each other', async (t) => {
    const registers = registersOf(
      Array.from({ length: 1000 }, (_, number) => ({ name: `ANA ${day(number)}` })),
    );
    const decisions = Array.from({ length: 10_000 }, (_, id): Decision => {
      const idOf = (number: number): string => String(number % 1000).padStart(6, '0');
      return { id, a: idOf(id), b: idOf(id * 7 + 1), says: id % 3 === 0 ? 'distinct' : 'same' };
    });
    const { contradictions, personOf } = await link(registers, { model, thresholds, decisions });
    t.ok(contradictions.length > 1000);
    t.equal(new Set(personOf).size, 1000, 'nobody is merged silently');
  });

  await t.test(
    'a CPF that is also given for a brother, or for a child, does not make them one',
    async (t) => {
      const mother = { mother: 'MARIA APARECIDA LIMA SOUZA', cpf: '52998224725' };
      const all = [
        { ...mother, name: 'ANDERSON LIMA SOUZA', birth: '1980-02-03' },
        { ...mother, name: 'WELLINGTON LIMA SOUZA', birth: '1984-11-25' },
        // By the same number on one day, or where no day is told, it is a name that was written wrongly.
        { ...mother, name: 'CARLOS LIMA SOUZA', birth: '1980-02-03' },
      ];
      const { personOf, review } = await link(registersOf(all), { model, thresholds: usual });
      t.strictSame([...personOf], [0, 1, 0]);
      t.ok(
        review.some(({ because }) => because === 'given name'),
        'a person is asked',
      );
    },
  );
}
