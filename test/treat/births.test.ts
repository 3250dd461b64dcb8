// Tier: quick. A birth date that too many have, on PostgreSQL.
import t, { type Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { rules } from '../../central/treat/rules/all.ts';
import type { Births, Rule } from '../../central/treat/rules/rule.ts';
import { thresholds } from '../../central/treat/rules/thresholds.ts';
import { treat } from '../../central/treat/treat.ts';
import { query, tierBases } from '../support/bases.ts';
import type { Loader } from '../support/loader.ts';
import { given, today, treated } from './bad-input/given.ts';
import { emptyNational, national } from './settled.ts';
import { requireNoProblem } from './small-state/small-state.ts';

const { shared: base } = await tierBases(t);
const most = thresholds.bornTogether.value;

const person = (id: string, birth: string) => [id, `Pessoa ${id}`, birth];
/** People of whom no two were born on one day. */
const others = (many: number, from = 0) =>
  Array.from({ length: many }, (_, at) =>
    person(`o${from + at}`, new Date(Date.UTC(1960, 0, 2 + from + at)).toISOString().slice(0, 10)),
  );

async function stateWith(base: Base, source: string, births: readonly string[]): Promise<Loader> {
  const rows = births.map((birth, at) => person(`p${at}`, birth));
  return given(base, source, 'custodiado', ['id', 'nome', 'data_nascimento'], [...rows, ...others(100)]);
}

async function found(source: string): Promise<string[]> {
  const sql = `SELECT id FROM nacional.achado WHERE fonte = $1 AND regra = 'P20' AND resolvido IS NULL ORDER BY id`;
  return (await query<{ id: string }>(base, sql, [source])).map(({ id }) => id);
}

async function asFromNothing(t: Test): Promise<void> {
  const asItWent = await national(base);
  await emptyNational(base);
  requireNoProblem(await treat(base, { rules, today }));
  t.strictSame(await national(base), asItWent, 'as a treatment from nothing makes it');
}

await t.test('it is found while more people have it than chance gives it', async (t) => {
  const loader = await stateWith(
    base,
    'AL',
    Array.from({ length: most }, () => '17/05/1980'),
  );
  t.equal((await treated(base, 'AL')).problem, null);
  t.strictSame(await found('AL'), [], 'as many as may be');
  await loader.load([person('o1', '1980-05-17')]);
  await treated(base, 'AL');
  t.equal((await found('AL')).length, most + 1, 'one more, however it is written: all of them');
  await asFromNothing(t);
  await loader.load([person('p0', '1985-02-03')]);
  await loader.lookup([], [['p1', null, null]]);
  await treated(base, 'AL');
  t.strictSame(await found('AL'), [], 'mended, they close by themselves');
  await asFromNothing(t);
});

await t.test('how many are too many follows from how many people there are', async (t) => {
  const loader = await stateWith(
    base,
    'RO',
    Array.from({ length: most + 5 }, () => '1980-05-17'),
  );
  await treated(base, 'RO');
  t.equal((await found('RO')).length, most + 5);
  const [row] = await query<{ rows: number }>(
    base,
    `UPDATE guarita.view SET rows = 1000000 WHERE source = 'RO' AND view = 'custodiado' RETURNING rows::int`,
  );
  t.strictSame(row, { rows: 1_000_000 }, 'as if all these had come');
  await loader.load([person('new', '1999-09-09')]);
  await treated(base, 'RO');
  t.strictSame(await found('RO'), [], 'among a million nobody wonders');
  await asFromNothing(t);
});

await t.test('one that only stands in for a date is found as that', async (t) => {
  await stateWith(
    base,
    'MS',
    Array.from({ length: most + 5 }, () => '01/01/1980'),
  );
  await treated(base, 'MS');
  t.strictSame(await found('MS'), []);
  const [defaults] = await query<{ people: number }>(
    base,
    `SELECT count(*)::int AS people FROM nacional.achado WHERE fonte = 'MS' AND regra = 'P10'`,
  );
  t.ok((defaults?.people ?? 0) >= most + 5);
});

await t.test('a rule that fails at one date has looked at the others', async (t) => {
  await given(
    base,
    'TO',
    'custodiado',
    ['id', 'nome', 'data_nascimento'],
    [person('a', '1980-05-17'), person('b', '1980-05-17'), person('c', '1981-05-17')],
  );
  const failing: Rule[] = rules.map((rule) => {
    if (rule.scope !== 'births') return rule;
    const broken = ({ people }: Births) => {
      if (people > 1) throw new TypeError('of two');
      return true;
    };
    return { ...rule, broken };
  });
  const [result] = await treat(base, { sources: ['TO'], rules: failing, today });
  t.equal(result?.problem, null);
  t.strictSame(await found('TO'), ['c']);
  const outcome = result?.judged?.outcomes.find(({ rule }) => rule === 'P20');
  t.match(outcome, { outcome: 'found', found: 1, failed: 1 });
});
