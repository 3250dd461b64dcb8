import type { Test } from 'tap';
import { rulesOf } from '../../../central/treat/link/block/rules.ts';
import { comparisonsOf } from '../../../central/treat/link/compare/comparisons.ts';
import { link } from '../../../central/treat/link/link.ts';
import { en } from '../../../central/treat/link/locale/en.ts';
import { scorerOf } from '../../../central/treat/link/model/compile.ts';
import { countFrequencies } from '../../../central/treat/link/model/frequencies.ts';
import { priorModel } from '../../../central/treat/link/model/prior-model.ts';
import { thresholds } from '../../../central/treat/link/model/thresholds.ts';
import { RegistersBuilder } from '../../../central/treat/link/registers/builder.ts';
import { type Layout, ownColumns, registerReader } from '../../../central/treat/link/registers/layout.ts';

const layout: Layout = {
  kind: 'custodiado',
  columns: [
    { name: 'rec_id', as: 'id' },
    { name: 'given_name', as: 'given' },
    { name: 'surname', as: 'surnames' },
    { name: 'date_of_birth', as: 'birth' },
    { name: 'address', as: 'text' },
    { name: 'postcode', as: 'code' },
    { name: 'insurance', as: 'number' },
  ],
};
const header = [
  'surname',
  'rec_id',
  'given_name',
  'date_of_birth',
  'postcode',
  'insurance',
  'address',
  'other',
];

export async function layouts(t: Test): Promise<void> {
  const read = registerReader(layout, header);

  await t.test('columns by their names, whatever their order; cleaned', (t) => {
    t.strictSame(read(['Neumann ', '1', 'michaela', '19151111', '4223', '', 'stanley street', 'x']), {
      ...{ id: '1', kind: 'custodiado', own: ['stanley street', '4223', null] },
      ...{ given: 'michaela', surnames: 'Neumann', birth: '1915-11-11', birthInferred: false },
    });
    t.strictSame(read([null, '2', ' ', '01/01/1980', null, null, null]).birthInferred, true);
    t.strictSame(read([null, '2', ' ', '31/31/1980', null, null, null]).birth, null);
    t.throws(() => registerReader(layout, ['rec_id']), /no column given_name/);
    t.throws(() => registerReader({ ...layout, columns: [] }, header), /no column is the id/);
    t.end();
  });

  await t.test('people of another country are found by what such a table has', async (t) => {
    const own = ownColumns(layout);
    const comparisons = comparisonsOf(own);
    const builder = new RegistersBuilder({ locale: en, own });
    for (const row of [
      ['neumann', '1', 'michaela', '19151111', '4223', '5304218', '8 stanley street'],
      // Given and last name in each other's place, and a digit.
      ['michaela', '2', 'neumann', '19151111', '4223', '5304818', '8 stanly street'],
      // The same number under a name that is clearly another.
      ['painter', '3', 'courtney', '19161214', '4560', '4066625', '12 pinkerton circuit'],
      ['painter', '4', 'sally', '19161214', '4560', '4066625', '12 pinkerton circuit'],
      // No given name; and a twin.
      ['webb', '5', null, '19440612', '2000', '7222711', '3 mount street'],
      ['webb', '6', 'oliver', '19440612', '2000', null, '3 mount street'],
      ['webb', '7', 'harrison', '19440612', '2000', '1198122', '3 mount street'],
    ]) {
      builder.add(read(row));
    }
    const registers = builder.done();
    const model = priorModel(comparisons, { locale: 'en', blockCap: 100, prior: -10 });
    t.ok(rulesOf(own).some(({ name }) => name === 'insurance'));
    const { personOf, review } = await link(registers, { model, thresholds, own });
    t.equal(personOf[1], personOf[0], 'swapped');
    t.equal(personOf[3], personOf[2], 'by the number');
    t.not(personOf[6], personOf[5], 'twins are two');
    t.ok(
      review.some(({ a, b, because }) => a === '6' && b === '7' && because === 'given name'),
      'a person is asked',
    );
  });

  await t.test(
    'what many have in common, of columns of a layout’s own, counts less; what few have, no more',
    (t) => {
      const street = (id: number): string =>
        id < 60 ? 'camp road' : `road ${String.fromCharCode(65 + (id % 26))}${id}`;
      const builder = new RegistersBuilder({ locale: en, own: ownColumns(layout) });
      for (let id = 0; id < 200; id++) {
        builder.add(
          read([`S${id}`, String(id), `N${id}`, '', id < 60 ? '1000' : String(id), `${id}`, street(id)]),
        );
      }
      for (const [id, name, at] of [
        ['a', 'N1', 1],
        ['b', 'N100', 100],
      ] as const) {
        builder.add(read([`S${at}`, id, name, '', at < 60 ? '1000' : String(at), '', street(at)]));
      }
      const registers = builder.done();
      const comparisons = comparisonsOf(ownColumns(layout));
      const model = { ...priorModel(comparisons, { locale: 'en', blockCap: 100, prior: -10 }) };
      const scorer = scorerOf(registers, { ...model, frequencies: countFrequencies(registers) }, comparisons);
      const raritiesOf = (a: number, b: number): Readonly<Record<string, number>> => {
        scorer.weigh(a, b);
        return Object.fromEntries(comparisons.map(({ name }, place) => [name, scorer.rarities[place] ?? 0]));
      };
      const [common, rare] = [raritiesOf(1, 200), raritiesOf(100, 201)];
      for (const name of ['address', 'postcode']) {
        t.ok((common[name] ?? 0) < -1, `${name}: ${common[name]}`);
        t.equal(rare[name], 0, name);
      }
      t.equal(raritiesOf(1, 100)['address'], 0, 'nothing in common');
      t.end();
    },
  );
}
