import { parse } from 'csv-parse/sync';
import { GuaritaError } from '../../shared/errors.ts';
import { dateForm } from '../treat/link/registers/date-form.ts';
import {
  type ColumnRole,
  columnRoles,
  type Layout,
  type LayoutColumn,
} from '../treat/link/registers/layout.ts';

/** What may be told of a column only once; of the others, each column is one of its own. */
const several: ReadonlySet<ColumnRole> = new Set(['id', 'number', 'code', 'text']);

/**
 * Reads what each column of a file is: `id=rec_id,given=given_name,birth=dob:YYYYMMDD,number:ssn,text:address`. Between
 * `=` or `:` and the comma is the name of the column, of a date with its form behind a colon; what has a comma stands in
 * quotes.
 *
 * @throws GuaritaError `option-invalid`
 */
export function readColumnMap(map: string): Layout {
  const columns = entriesOf(map).map(readEntry);
  const roles = columns.map(({ as }) => as);
  const twice = roles.find((role, place) => !several.has(role) && roles.indexOf(role) !== place);
  if (twice !== undefined) throw wrong(`"${twice}" aparece duas vezes.`);
  const names = columns.map(({ name }) => name);
  const again = names.find((name, place) => names.indexOf(name) !== place);
  if (again !== undefined) throw wrong(`a coluna "${again}" aparece duas vezes.`);
  if (!roles.includes('id')) throw wrong('falta o id: id=COLUNA.');
  if (roles.includes('name') && (roles.includes('given') || roles.includes('surnames'))) {
    throw wrong('o nome vem inteiro (name) ou em partes (given, surnames), não dos dois modos.');
  }
  if (roles.every((role) => role === 'id')) throw wrong('só há o id: diga que colunas comparar.');
  return { kind: 'custodiado', columns };
}

function entriesOf(map: string): readonly string[] {
  try {
    const [entries = []] = parse(map, { trim: true, relax_column_count: true });
    return entries.filter((entry) => entry !== '');
  } catch {
    throw wrong('as aspas não fecham.');
  }
}

function readEntry(entry: string): LayoutColumn {
  const [, role = '', rest = ''] = /^([a-z-]*)[=:]\s*(.*)$/s.exec(entry) ?? [];
  const as = columnRoles.find((each) => each === role.trim());
  if (as === undefined || rest === '') {
    throw wrong(`"${entry}" não se entende. Escreva PAPEL=COLUNA; papéis: ${columnRoles.join(', ')}.`);
  }
  const [, name = rest, form] = (as === 'birth' ? /^(.*):([^:]*)$/s.exec(rest) : null) ?? [];
  if (form === undefined) return { name, as };
  if (dateForm(form) === null) {
    throw wrong(`"${form}" não é uma forma de data. Exemplos: YYYY-MM-DD, DD/MM/YYYY, YYYYMMDD.`);
  }
  return { name, as, form };
}

function wrong(text: string): GuaritaError {
  return new GuaritaError('option-invalid', `--columns: ${text}`);
}
