import type { StandardColumn, StandardView } from '../dictionary/columns.ts';
import { type ColumnType, columnTypeNames } from '../dictionary/kinds.ts';
import { comment, type Dialect, type ScriptNames } from './dialect.ts';
import { changedColumn, type ExampleTable, exampleTables } from './example-tables.ts';

/** The dictionary's column that says when a row last changed; to be computed over all tables of a view. */
const changed = 'atualizado_em';

/**
 * A view that can be run as it is: it has the columns of the dictionary, in their types, and no rows, because each
 * table of the state is stood in for by a SELECT of nulls. To make it real is to put tables in the place of these,
 * and their columns in the place of those. Below it, the index that serves it.
 */
export function viewSkeleton(view: StandardView, dialect: Dialect, names: ScriptNames): string[] {
  const tables = exampleTables(view);
  const name = dialect.viewName(names, view.name);
  const select = [
    'SELECT',
    ...columnLines(view, tables, dialect),
    'FROM',
    ...fromLines(view, tables, dialect),
  ];
  return [
    comment(`Visão ${view.name}: ${view.about}`),
    dialect.createView(name, select.join('\n')),
    indexAdvice(view, tables),
  ];
}

function columnLines(view: StandardView, tables: readonly ExampleTable[], dialect: Dialect): string[] {
  return view.columns.map((column, index) => {
    const comma = index === view.columns.length - 1 ? '' : ',';
    const notes = [
      columnTypeNames[column.type],
      ...(column.required ? ['obrigatória'] : []),
      ...(view.key.includes(column.name) ? ['chave'] : []),
      ...(column.name === view.watermark ? ['marca d’água'] : []),
      ...(column.name === changed ? ['a maior data-hora de TODAS as tabelas juntadas'] : []),
    ];
    const expression = expressionOf(column, tables, dialect);
    // Its first clause alone: some clients end a statement at a semicolon in a comment.
    const [meaning] = column.about.split(/[.;:]/);
    return `  ${expression} AS ${dialect.columnName(column.name)}${comma} -- ${notes.join(', ')}: ${meaning}`;
  });
}

function expressionOf({ name }: StandardColumn, tables: readonly ExampleTable[], dialect: Dialect): string {
  if (name === changed) {
    const instants = tables.map(({ alias }) => `${alias}.${changedColumn}`);
    return instants.length === 1 ? (instants[0] ?? '') : dialect.greatest(instants);
  }
  const owner = tables.find(({ columns }) => columns.includes(name));
  return `${owner?.alias}.${name}`;
}

/** Each table's stand-in, with its columns in the types of the dictionary. */
function fromLines(view: StandardView, tables: readonly ExampleTable[], dialect: Dialect): string[] {
  return tables.flatMap(({ name, alias, reference, columns }) => {
    const typed = view.columns
      .filter((column) => columns.includes(column.name) && column.name !== changed)
      .map((column) => [column.name, column.type] as const);
    const all: readonly (readonly [string, ColumnType])[] = [
      ...(reference === null ? [] : [[reference, 'integer'] as const]),
      ...typed,
      ...(view.columns.some((column) => column.name === changed)
        ? [[changedColumn, 'timestamp'] as const]
        : []),
    ];
    const nulls = all.map(([column, type]) => `CAST(NULL AS ${dialect.types[type]}) AS ${column}`);
    const from = dialect.dual === '' ? '' : ` ${dialect.dual}`;
    const first = tables[0]?.alias;
    return [
      `  ${reference === null ? '' : 'LEFT JOIN '}(-- troque estes parênteses pela tabela: siap.${name}`,
      `    SELECT ${nulls.join(',\n      ')}`,
      `    ${from.trimStart()}${from === '' ? '' : ' '}WHERE 1 = 0`,
      `  ) ${alias}${reference === null ? '' : ` ON ${alias}.${reference} = ${first}.id`}`,
    ];
  });
}

/** Which index makes a page cost no more than its rows, on the state's own table. */
function indexAdvice(view: StandardView, tables: readonly ExampleTable[]): string {
  const [first] = tables;
  const key = view.key.join(', ');
  if (view.watermark === null) {
    return comment(`Índice: a chave primária de siap.${first?.name} (${key}) basta.`);
  }
  const column = view.watermark === changed ? changedColumn : view.watermark;
  const statement = `CREATE INDEX guarita_${view.name} ON siap.${first?.name} (${column}, ${key});`;
  if (tables.length === 1) return comment(`Índice para a leitura diária:\n${statement}`);
  return comment(
    `Índice: nenhum serve a maior data-hora de ${tables.length} tabelas. Se a visão tiver mais que alguns milhares\n` +
      `de linhas, mantenha essa data-hora em uma coluna de siap.${first?.name} (por gatilho), use-a em ${changed}, e:\n` +
      statement,
  );
}
