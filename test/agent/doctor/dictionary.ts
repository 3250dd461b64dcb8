import type { Test } from 'tap';
import {
  checkOf,
  custodiado,
  day,
  examine,
  people,
  sqliteScene,
  sqliteTypes,
  standardTable,
} from './scene.ts';

type Changes = Readonly<Record<string, string | null>>;

/** A view of the dictionary whose columns are not those that it should have. */
export async function dictionary(t: Test): Promise<void> {
  const examineColumns = (changes: Changes, rows = '', view: Readonly<Record<string, unknown>> = {}) =>
    examine(
      t,
      sqliteScene(t, standardTable('custodiado', sqliteTypes, changes) + rows, {
        views: [{ ...custodiado, ...view }],
      }).path,
    );

  const examineCustody = (changes: Changes) =>
    examine(
      t,
      sqliteScene(t, standardTable('custodia', sqliteTypes, changes), {
        views: [{ ...custodiado, name: 'custodia' }],
      }).path,
    );

  await t.test('one more is the state’s own affair', async (t) => {
    const examined = await examineColumns({ cela_atual: 'TEXT' }, people([[1, day(1)]]));
    t.strictSame([examined.code, examined.troubles], [0, []]);
    t.equal(
      checkOf(examined, 'dictionary', 'custodiado')?.message,
      'colunas e tipos conferem; e mais: cela_atual',
    );
  });

  await t.test('one that is missing', async (t) => {
    const optional = await examineColumns({ rji: null, alcunhas: null }, people([[1, day(1)]]));
    t.strictSame([optional.code, optional.troubles], [0, []], 'a system may never have them');
    t.match(checkOf(optional, 'dictionary', 'custodiado'), {
      message: 'faltam colunas opcionais (se o sistema não as tem, nada a fazer): rji, alcunhas',
    });
    const required = await examineCustody({ custodiado_id: null, cela: null });
    t.strictSame([required.code, required.troubles], [2, ['dictionary custodia critical']]);
    t.match(checkOf(required, 'dictionary', 'custodia'), {
      message: 'Faltam colunas obrigatórias: custodiado_id.',
      next: /"guarita-agent sql --part views --views custodia"/,
    });
    const key = await examineColumns({ id: null });
    t.strictSame(key.troubles, ['view custodiado critical']);
    t.match(checkOf(key, 'view', 'custodiado')?.message, /"id".*\[column-missing\]$/);
  });

  await t.test('one in capitals, and others that are missing all the same', async (t) => {
    const { code, report } = await examineCustody({
      ala: null,
      ALA: 'TEXT',
      custodiado_id: null,
      cela: null,
    });
    t.equal(code, 2);
    t.match(
      report.checks.filter(({ check, subject }) => check === 'dictionary' && subject !== null),
      [
        {
          health: 'critical',
          message: 'Colunas com maiúsculas: ALA; o dicionário usa minúsculas.',
          next: /: AS "ala"\.$/,
        },
        { health: 'critical', message: 'Faltam colunas obrigatórias: custodiado_id.' },
        { health: 'ok', message: 'faltam colunas opcionais (se o sistema não as tem, nada a fazer): cela' },
      ],
    );
  });

  await t.test('one of another type', async (t) => {
    const doubtful = await examineColumns({ cpf: 'INTEGER' }, people([[1, day(1)]]));
    t.strictSame([doubtful.code, doubtful.troubles], [1, ['dictionary custodiado warning']]);
    t.match(checkOf(doubtful, 'dictionary', 'custodiado'), {
      message: 'A coluna "cpf" é INTEGER; no dicionário, texto.',
      next: /^Converta-a na visão, se for possível sem perda \(zeros à esquerda, hora\)/,
    });
    const key = await examineColumns({ id: 'TEXT' }, people([[1, day(1)]]));
    t.strictSame(key.troubles, [], 'a key is never to be converted');
    const unfit = await examineColumns({ nome: 'BLOB' });
    t.strictSame([unfit.code, unfit.troubles], [2, ['dictionary custodiado critical']]);
    t.match(checkOf(unfit, 'dictionary', 'custodiado'), {
      message: 'A coluna "nome" é BLOB; no dicionário, texto.',
      next: 'Corrija a expressão desta coluna na visão.',
    });
  });

  await t.test('a view made for the dictionary of 0.1.0 goes on working', async (t) => {
    const since = { dias_detracao: null, dias_interrupcao: null, dias_remidos: 'INTEGER' };
    const { path } = sqliteScene(t, standardTable('pena', sqliteTypes, since), {
      views: [{ ...custodiado, name: 'pena' }],
    });
    const examined = await examine(t, path);
    t.strictSame([examined.code, examined.troubles], [0, []]);
    t.match(checkOf(examined, 'dictionary', 'pena')?.message, /: dias_detracao, dias_interrupcao$/);
  });

  await t.test('another key', async (t) => {
    const examined = await examineColumns({}, people([[1, day(1)]]), { key: ['id', 'nome'] });
    t.strictSame([examined.code, examined.troubles], [1, ['dictionary custodiado warning']]);
    t.match(checkOf(examined, 'dictionary', 'custodiado')?.message, 'A chave é id, nome; no dicionário, id.');
  });

  await t.test('a view that the dictionary does not know', async (t) => {
    const view = { name: 'objeto', relation: 'custodiado' };
    const examined = await examineColumns({ sexo: 'BLOB' }, '', view);
    t.strictSame([examined.code, examined.troubles], [0, []]);
    t.match(checkOf(examined, 'dictionary', 'objeto')?.message, 'fora do dicionário');
    t.match(checkOf(examined, 'dictionary')?.message, /não configuradas: unidade, custodiado, /);
  });
}
