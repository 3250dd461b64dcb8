import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { cleanerOf } from '../../../shared/cleaning/clean-column.ts';
import { custodiado, pena, standardViews } from '../../../shared/dictionary/standard-views.ts';
import { examineValues, valueFlaws } from '../../../shared/doctor/source/sample-values.ts';
import { anyText } from '../../support/any-text.ts';
import { linesOf, type Row, viewOf } from '../../support/array-source.ts';
import { checkOf, day, examine, people, person, sqliteScene, sqliteTypes, standardTable } from './scene.ts';

const now = Date.parse('2026-06-15T12:00:00Z');

/** What is found in these rows, as `flaw column rows`. */
function foundIn(view: typeof custodiado | typeof pena, columns: readonly string[], ...rows: Row[]) {
  const description = viewOf(view.name, columns);
  const { flaws } = examineValues(linesOf(rows), description.columns, view, 'America/Maceio', now);
  return flaws.map(({ flaw, column, rows }) => `${flaw} ${column} ${rows}`);
}

/** What treatment will have to say of the values of a view, told before a row has travelled. */
export async function values(t: Test): Promise<void> {
  await t.test('each flaw is counted by column, and what to do is said', async (t) => {
    const rows = people([1, 2, 3, 4].map((id) => [id, day(1)]));
    const dirt = `
      UPDATE custodiado SET nome_mae = ' ', cpf = '529.982.247-26', genero = 'FEMININO', sexo = 'F ' WHERE id = 1;
      UPDATE custodiado SET nome_mae = 'NAO CONSTA', data_nascimento = '0000-00-00' WHERE id = 2;
      UPDATE custodiado SET data_nascimento = '2200-05-21', rg_uf = 'NAO INFORMADO' WHERE id = 3;
      UPDATE custodiado SET data_nascimento = 'ontem', nome = 'JosÃ© ${person}' WHERE id = 4;`;
    const examined = await examine(
      t,
      sqliteScene(t, standardTable('custodiado', sqliteTypes) + rows + dirt).path,
    );
    t.strictSame([examined.code, new Set(examined.troubles)], [1, new Set(['values custodiado warning'])]);
    t.match(
      examined.report.checks.filter(({ check }) => check === 'values'),
      [
        {
          message: 'Vazias, e toda linha deveria ter: nome_mae (1); amostra de 4 linhas.',
          next: /^Preencha-as no sistema/,
        },
        { message: 'Não são do tipo da coluna: data_nascimento (1); amostra de 4 linhas.' },
        { message: /^Não existem \(dígito verificador, .*: cpf \(1\); amostra/ },
        { message: /^Datas que o sistema escreve .*: data_nascimento \(1\); amostra/, next: /use nulo/ },
        { message: /^Datas no futuro: data_nascimento \(1\); amostra/ },
        { message: 'Fora da lista nacional: genero (1); amostra de 4 linhas.', next: /^Nada se perde/ },
        { message: /^Textos no lugar de um valor que falta .*: nome_mae \(1\), rg_uf \(1\); amostra/ },
        { message: 'Acentos trocados por outros caracteres: nome (1); amostra de 4 linhas.' },
        { message: /^Textos com espaços no fim, .*: sexo \(1\); amostra/, next: /TRIM/ },
      ],
    );
    t.notMatch(examined.text, /NAO CONSTA;|0000-00-00|529|ontem|2200/, 'no value');
  });

  await t.test('rows as they should be, and none at all', async (t) => {
    const table = standardTable('custodiado', sqliteTypes);
    const well = await examine(t, sqliteScene(t, table + people([[1, day(1)]])).path);
    t.match(checkOf(well, 'values', 'custodiado'), {
      health: 'ok',
      message: 'valores como no dicionário (amostra de 1 linhas)',
    });
    t.match(checkOf(await examine(t, sqliteScene(t, table).path), 'values', 'custodiado')?.health, 'ok');
  });

  await t.test('a day to come is none of the past, but where it may be', (t) => {
    const born = (birth: string) => foundIn(custodiado, ['id', 'data_nascimento'], ['1', birth]);
    t.strictSame(born('2026-06-15'), []);
    t.strictSame(born('2026-06-16'), [], 'a clock in another zone is already there');
    t.strictSame(born('2026-06-17'), ['future data_nascimento 1']);
    t.strictSame(foundIn(pena, ['id', 'inicio', 'termino_previsto'], ['1', '2031-05-09', '2031-05-09']), [
      'future inicio 1',
    ]);
    t.end();
  });

  await t.test('a column that the view does not have, and one that only the state has', (t) => {
    t.strictSame(foundIn(custodiado, ['id', 'observacao'], ['1', 'NAO CONSTA'], ['2', '']), []);
    t.end();
  });

  await t.test('a sample that was cut in its last line comes to an end', (t) => {
    const columns = viewOf('custodiado', ['id', 'nome', 'sexo']).columns;
    const lines = Buffer.from(`1\t\\N\t1\tANA\tF\n2\t{2}\t2\t\\\\xff\tF\n3\t{0}\t3\t\\N\t\\N\n4\t\\N\t4`);
    const { rows, flaws } = examineValues(lines, columns, custodiado, 'UTC', now);
    t.equal(rows, 3, 'of a row that is too large, nothing');
    t.strictSame(flaws, [], 'neither bytes nor what did not come is empty');
    t.end();
  });

  await t.test('whatever a state writes, it is counted and never told', (t) => {
    const text = fc.option(
      fc.oneof(anyText(30), fc.constantFrom('0000-00-00', 'N/A', '1', ' ', '31/12/1899')),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...standardViews).chain((view) => {
          const row = fc.array(text, { minLength: view.columns.length, maxLength: view.columns.length });
          return fc.record({ view: fc.constant(view), rows: fc.array(row, { maxLength: 5 }) });
        }),
        ({ view, rows }) => {
          const { columns } = viewOf(
            view.name,
            view.columns.map(({ name }) => name),
          );
          const found = examineValues(linesOf(rows), columns, view, 'America/Maceio', now);
          assert.equal(found.rows, rows.length);
          const pairs = found.flaws.map(({ flaw, column }) => `${flaw} ${column}`);
          assert.equal(new Set(pairs).size, pairs.length);
          for (const { flaw, column, rows: counted } of found.flaws) {
            assert.ok(valueFlaws.includes(flaw) && columns.some(({ name }) => name === column));
            assert.ok(counted >= 1 && counted <= rows.length);
          }
        },
      ),
    );
    t.pass('any text in any column');
    t.end();
  });

  await t.test('the examples of the dictionary are without a flaw', (t) => {
    const context = { timeZone: 'UTC', assigned: new Map() };
    for (const { name, columns } of standardViews) {
      for (const column of columns) {
        const notes: string[] = [];
        const value = cleanerOf(column, name, context)(column.example, (note) => notes.push(note));
        t.match([value, notes], [/./, []], `${name}.${column.name}`);
      }
    }
    t.equal(new Set(valueFlaws).size, valueFlaws.length);
    t.end();
  });
}
