import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { query } from '../../support/bases.ts';
import { given, treated } from './given.ts';

/** Views that are not as the dictionary has them. */
export async function otherShapes(t: Test, base: Base, source: string): Promise<void> {
  await given(base, source, 'custodiado', ['id', 'nome', 'tatuagens'], [['1', 'Ana Souza', 'âncora']]);
  await given(base, source, 'unidade', ['id'], [['1']]);
  await given(base, source, 'custodia', ['custodia_id', 'custodiado_id', 'saida'], [['1', '2', 'x']]);
  await given(base, source, 'biometria', ['id', 'dedo'], [['1', 'polegar']]);
  const result = await treated(base, source);
  t.equal(result.problem, null);
  t.strictSame(
    result.typed.map(({ view, outcome, problem }) => [view, outcome, problem]),
    [
      ['unidade', 'typed', null],
      ['custodiado', 'typed', null],
      ['custodia', 'other-key', null],
      ['biometria', 'own', null],
    ],
  );
  t.strictSame(result.beyond, {
    biometria: ['id', 'dedo'],
    custodia: ['custodia_id'],
    custodiado: ['tatuagens'],
  });
  const outcomes = result.judged?.outcomes ?? [];
  const of = (code: string, view: string) =>
    outcomes.find((each) => each.rule === code && each.view === view)?.outcome;
  t.equal(of('P04', 'custodiado'), 'not-applicable', 'a column that is missing is not empty');
  t.equal(of('C01', 'custodia'), 'failed', 'what a view of another key would tell was not looked at');
  t.match(await query(base, 'SELECT nome FROM nacional.registro WHERE fonte = $1', [source]), [
    { nome: /Ana/ },
  ]);
}

/** A list of ten thousand different codes, and numbers of columns that hold what fits no integer. */
export async function manyCodes(t: Test, base: Base, source: string): Promise<void> {
  const rows = Array.from({ length: 10_000 }, (_, at) => [`${at}`, `${at}`, `regime ${at}`]);
  await given(base, source, 'custodia', ['id', 'custodiado_id', 'regime'], rows);
  const result = await treated(base, source);
  t.strictSame(result.typed, [{ view: 'custodia', rows: 10_000, outcome: 'typed', problem: null }]);
  const [row] = await query(
    base,
    `SELECT count(*)::int AS unknown FROM nacional.custodia WHERE fonte = $1 AND notas = '{regime:unknown-code}'`,
    [source],
  );
  t.strictSame(row, { unknown: 10_000 });
}
