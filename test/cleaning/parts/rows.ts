import type { Test } from 'tap';
import { rowCleaner } from '../../../shared/cleaning/clean-row.ts';
import type { StandardView } from '../../../shared/dictionary/columns.ts';
import { advogado, custodia, custodiado, pena } from '../../../shared/dictionary/standard-views.ts';
import { maceio } from './cleaned.ts';

/** A row by its columns, and what of it is not null. */
function cleanedRow(view: StandardView, row: Readonly<Record<string, string | null>>) {
  const { values, notes } = rowCleaner(view, Object.keys(row), maceio)(Object.values(row));
  const columns = view.columns.map(({ name }, at) => [name, values[at]] as const);
  return { values: Object.fromEntries(columns.filter(([, value]) => value !== null)), notes };
}

export async function rows(t: Test): Promise<void> {
  await t.test(
    'R1 the dictionary’s columns in its order, whatever the source has and in which order',
    async (t) => {
      const clean = rowCleaner(pena, ['dias', 'cor_favorita', 'id', 'inicio'], maceio);
      const { values, notes } = clean(['12 dias', 'azul', '7', '31/01/2020']);
      t.strictSame(
        pena.columns.map(({ name }, at) => [name, values[at]]),
        pena.columns.map(({ name }) => [name, { id: '7', dias: '12', inicio: '2020-01-31' }[name] ?? null]),
      );
      t.strictSame(notes, [], 'nothing is noted of what is missing');
      t.strictSame(clean([null, null, '8', null]).notes, []);
    },
  );

  await t.test('R2 notes name their column, and are those of the row alone', async (t) => {
    const clean = rowCleaner(custodiado, ['id', 'nome', 'cpf', 'data_nascimento'], maceio);
    const first = clean(['1', 'JoÃ£o', '11111111111', '01/01/80']);
    t.strictSame(first.notes, [
      'nome:encoding-mended',
      'data_nascimento:century-inferred',
      'data_nascimento:default-date',
      'cpf:invalid',
    ]);
    t.strictSame(clean(['2', 'ANA', null, '1980-02-01']).notes, []);
    t.equal(first.notes.length, 4, 'an earlier row is left as it was');
  });

  await t.test('R4 a reference that is blank is none, but where the row is nothing without it', async (t) => {
    const row = { id: ' ', custodiado_id: ' ', unidade_id: ' \t' };
    t.strictSame(cleanedRow(custodia, row), { values: { id: ' ', custodiado_id: ' ' }, notes: [] });
    t.match(cleanedRow(custodia, { ...row, unidade_id: ' 7' }), { values: { unidade_id: ' 7' } });
  });

  await t.test('R3 a regime says the kind of a custody that does not say it itself', async (t) => {
    const row = { id: '1', regime: 'Provisório' };
    const implied = {
      values: { id: '1', natureza: 'provisoria', regime: 'sem_regime' },
      notes: ['natureza:implied'],
    };
    t.strictSame(cleanedRow(custodia, row), implied);
    t.strictSame(cleanedRow(custodia, { ...row, natureza: null }), implied);
    t.strictSame(cleanedRow(custodia, { ...row, natureza: '' }), implied);
    t.strictSame(cleanedRow(custodia, { ...row, natureza: 'NÃO INFORMADO' }), {
      values: implied.values,
      notes: ['natureza:placeholder', 'natureza:implied'],
    });
    t.strictSame(cleanedRow(custodia, { ...row, natureza: 'Condenação' }), {
      values: { id: '1', natureza: 'condenacao', regime: 'sem_regime' },
      notes: [],
    });
    t.strictSame(cleanedRow(custodia, { ...row, natureza: 'QUALQUER' }), {
      values: { id: '1', regime: 'sem_regime' },
      notes: ['natureza:unknown-code'],
    });
    t.strictSame(cleanedRow(custodia, { id: '1', regime: 'QUALQUER' }), {
      values: { id: '1' },
      notes: ['regime:unknown-code'],
    });
  });

  await t.test('R4 a number that names its state says it where its column does not', async (t) => {
    t.strictSame(cleanedRow(advogado, { id: '1', oab_numero: 'AL 1234' }), {
      values: { id: '1', oab_numero: '1234', oab_uf: 'AL' },
      notes: ['oab_uf:implied'],
    });
    t.strictSame(cleanedRow(advogado, { id: '1', oab_numero: '1234/AL', oab_uf: 'SE' }).values, {
      id: '1',
      oab_numero: '1234',
      oab_uf: 'SE',
    });
    t.strictSame(cleanedRow(custodiado, { id: '1', rg: '1234567 SSP/AL', rg_uf: '' }), {
      values: { id: '1', rg: '1234567', rg_uf: 'AL' },
      notes: ['rg_uf:implied'],
    });
    t.strictSame(cleanedRow(custodiado, { id: '1', rg: '000 SSP/AL' }).notes, ['rg:placeholder']);
  });
}
