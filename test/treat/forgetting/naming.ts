import type { Test } from 'tap';
import { namingOf } from '../../../central/base/source-layer/naming.ts';
import { withoutForgotten } from '../../../central/base/source-layer/without-forgotten.ts';
import { linesOf, type Row, viewOf } from '../../support/array-source.ts';
import { markedLine } from '../../support/loader.ts';

/** Whom a row names, and what becomes of the lines that name somebody. */
export async function naming(t: Test): Promise<void> {
  await t.test('whom a row names', (t) => {
    const cases: [view: string, key: string[], row: Record<string, string | null>, named: string[]][] = [
      ['custodiado', ['id'], { id: '7', nome: 'x' }, ['custodiado 7']],
      ['custodiado', ['id'], { id: null }, []],
      ['custodiado', ['id', 'ano'], { id: '7', ano: '1' }, ['custodiado 7/1']],
      ['unidade', ['id'], { id: '7', nome: 'x' }, []],
      ['visita', ['id'], { id: '7', custodiado_id: '8', visitante_id: '9' }, ['custodiado 8', 'visitante 9']],
      ['visita', ['id'], { id: '7', custodiado_id: null, visitante_id: '9' }, ['visitante 9']],
      ['vinculo', ['id'], { id: '7', pessoa_tipo: 'Visitante', pessoa_id: '9' }, ['visitante 9']],
      ['vinculo', ['id'], { id: '7', pessoa_tipo: ' ADVOGADA ', pessoa_id: '9' }, ['advogado 9']],
      ['vinculo', ['id'], { id: '7', pessoa_tipo: 'Patrono', pessoa_id: '9' }, ['visitante 9', 'advogado 9']],
      ['vinculo', ['id'], { id: '7', pessoa_tipo: null, pessoa_id: '9' }, ['visitante 9', 'advogado 9']],
      ['vinculo', ['id'], { id: '7', pessoa_id: '9' }, ['visitante 9', 'advogado 9']],
      ['parecer', ['id'], { id: '7', custodiado_id: '8', advogado_id: '9' }, ['custodiado 8', 'advogado 9']],
      ['parecer', ['id'], { id: '7', custodiado: '8' }, []],
    ];
    for (const [view, key, row, expected] of cases) {
      const found = namingOf(view, key, Object.keys(row)).named((column) => row[column] ?? null);
      const told = found.map(({ role, key }) => `${role} ${key.join('/')}`);
      t.strictSame(told.toSorted(), expected.toSorted(), `${view} ${JSON.stringify(row)}`);
    }
    t.end();
  });

  await t.test('their lines say that there is no row, all others stay as they are', (t) => {
    const view = viewOf('visita', ['id', 'custodiado_id', 'visitante_id']);
    const isForgotten = ({ role, key }: { role: string; key: readonly string[] }) =>
      role === 'visitante' && key[0] === 'a\tb\\';
    const others: Row[] = [
      ['1', 'a\tb\\', 'x'],
      ['2', null, null],
      ['3', '', '\\N'],
    ];
    const theirs: Row = ['4', 'x', 'a\tb\\'];
    const marked = markedLine('{2}', ['5', '\\xff', 'a\tb\\']);
    const byBytes = markedLine('{1}', ['\\xff', 'x', 'a\tb\\']);
    const gone = markedLine('{-1}', ['6', null, null]);
    const lines = Buffer.concat([linesOf(others), linesOf([theirs]), marked, byBytes, gone]);
    const { page, forgotten } = withoutForgotten(view, { lines, rows: 7 }, isForgotten);
    const of = (line: Buffer) => line.toString('latin1', 0, line.indexOf(9));
    t.equal(forgotten, 3);
    t.strictSame(page, {
      lines: Buffer.concat([
        linesOf(others),
        Buffer.from(`${of(linesOf([theirs]))}\t{-1}\t4\t\\N\t\\N\n`),
        Buffer.from(`${of(marked)}\t{-1}\t5\t\\N\t\\N\n`),
        gone,
      ]),
      rows: 6,
    });
    const nobody = { lines, rows: 7 };
    t.equal(withoutForgotten(view, nobody, () => false).page, nobody);
    t.throws(() => withoutForgotten(view, { lines, rows: 6 }, isForgotten), { code: 'page-invalid' });
    t.end();
  });
}
