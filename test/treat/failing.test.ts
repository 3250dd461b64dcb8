// Tier: quick. A view, a check, the nation's check or a rule that fails: of what else there is nothing is missed, and no value is told, on PGlite.
import t, { type Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { rules } from '../../central/treat/rules/all.ts';
import type { RowRule, Rule } from '../../central/treat/rules/rule.ts';
import { type TreatedSource, treat } from '../../central/treat/treat.ts';
import { pgliteBases, query } from '../support/bases.ts';
import { given, today } from './bad-input/given.ts';

const secret = 'SEGREDO-4711';
const cpf = '529.982.247-25';
t.setTimeout(300_000);
const { shared: base } = await pgliteBases(t);

for (const source of ['AL', 'SE']) {
  const people = [1, 2].map((at) => [`${secret} ${at}`, at === 1 ? 'Ana Souza' : 'Rui Costa', cpf]);
  await given(base, source, 'custodiado', ['id', 'nome', 'cpf'], people);
  await given(base, source, 'unidade', ['id', 'nome', 'vagas_fechado'], [['1', 'A', '-1']]);
  const custody = [secret, `${secret} 1`, '2026-02-02', '2026-01-01', secret];
  await given(base, source, 'custodia', ['id', 'custodiado_id', 'entrada', 'saida', 'regime'], [custody]);
}

/** As long as the test goes, writing a row that meets the condition fails, with words that quote it. */
async function refuse(t: Test, table: string, condition: string): Promise<void> {
  await base.transaction((tx) =>
    tx.execute(`CREATE FUNCTION recusa() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'no room for %', NEW::text; END $$;
      CREATE TRIGGER recusa BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION recusa()`),
  );
  t.teardown(() => base.transaction((tx) => tx.execute('DROP FUNCTION recusa CASCADE')));
}

async function treated(t: Test, asked: readonly Rule[] = rules, full = true) {
  const results = await treat(base, { rules: asked, today, full });
  t.notMatch(JSON.stringify(results), secret, 'no value is told');
  const by = new Map(results.map((result) => [result.source, result]));
  const of = (source: string): TreatedSource => by.get(source) ?? (t.fail() as never);
  return { AL: of('AL'), SE: of('SE') };
}

const outcomeOf = ({ judged }: TreatedSource, code: string, view: string) =>
  judged?.outcomes.find((each) => each.rule === code && each.view === view)?.outcome;

async function openOf(on: Base, rule: string, source: string): Promise<number> {
  const rows = await query(
    on,
    'SELECT id FROM nacional.achado WHERE regra = $1 AND fonte = $2 AND resolvido IS NULL',
    [rule, source],
  );
  return rows.length;
}

await t.test('a view that cannot be written', async (t) => {
  await refuse(t, 'nacional.custodia', `NEW.fonte = 'AL'`);
  const { AL, SE } = await treated(t);
  t.strictSame(
    AL.typed.map(({ view, outcome, problem }) => [view, outcome, problem]),
    [
      ['unidade', 'typed', null],
      ['custodiado', 'typed', null],
      ['custodia', 'failed', 'base-failed'],
    ],
  );
  t.equal(AL.problem, null, 'the rest of the source goes on');
  t.equal(outcomeOf(AL, 'C03', 'custodia'), 'failed', 'what was not looked at has not passed');
  t.equal(outcomeOf(AL, 'U02', 'unidade'), 'found');
  t.equal(outcomeOf(SE, 'C03', 'custodia'), 'found', 'the other state is as it was');
});

await t.test('and can again', async (t) => {
  const { AL } = await treated(t, rules, false);
  t.ok(AL.typed.every(({ outcome }) => outcome === 'typed'));
  t.equal(outcomeOf(AL, 'C03', 'custodia'), 'found');
});

await t.test('a check that cannot be written', async (t) => {
  await refuse(t, 'nacional.achado', `NEW.fonte = 'AL' AND NEW.assunto = 'unidade'`);
  await query(base, 'DELETE FROM nacional.achado');
  const { AL, SE } = await treated(t);
  t.equal(AL.problem, 'base-failed');
  t.equal(SE.problem, null);
  t.equal(await openOf(base, 'C03', 'AL'), 1, 'the other subjects of the source are checked');
  t.equal(outcomeOf(SE, 'U02', 'unidade'), 'found');
});

await t.test('a check of the nation that cannot be written', async (t) => {
  await refuse(t, 'nacional.achado', `NEW.fonte_assunto = ''`);
  await query(base, 'DELETE FROM nacional.achado');
  const { AL, SE } = await treated(t);
  for (const each of [AL, SE]) {
    t.equal(each.problem, 'base-failed', 'each source is told');
    t.equal(outcomeOf(each, 'U02', 'unidade'), 'found', 'and judged');
  }
  const [row] = await query(base, 'SELECT count(*)::int AS people FROM nacional.pessoa');
  t.strictSame(row, { people: 4 }, 'persons are made');
});

await t.test('a rule that fails of a row keeps what it had found, until it can look', async (t) => {
  const about = { severity: 'low', needs: [], wrong: 'W.', todo: 'T.' } as const;
  const rule = (find: RowRule<'custodiado'>['find']): RowRule<'custodiado'> => ({
    ...{ code: 'Z99', scope: 'row', view: 'custodiado', ...about },
    find,
  });
  await treated(t, [...rules, rule(() => [null])]);
  t.equal(await openOf(base, 'Z99', 'AL'), 2);
  const failing = rule((row) => {
    if (row.id.endsWith('1')) throw new Error(`${secret} ${row.id}`);
    return [];
  });
  const { AL, SE } = await treated(t, [...rules, failing]);
  t.equal(AL.problem, null);
  t.equal(outcomeOf(AL, 'Z99', 'custodiado'), 'failed');
  t.equal(await openOf(base, 'Z99', 'AL'), 1, 'of the row it could look at, it is resolved');
  t.equal(outcomeOf(SE, 'C03', 'custodia'), 'found', 'the other rules go on');
  const mended = await treated(t, [...rules, rule(() => [])]);
  t.equal(outcomeOf(mended.AL, 'Z99', 'custodiado'), 'passed');
  t.equal(await openOf(base, 'Z99', 'AL'), 0);
});
