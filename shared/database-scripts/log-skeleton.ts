import type { ColumnType } from '../dictionary/kinds.ts';
import { comment, type Dialect, type ScriptNames } from './dialect.ts';
import { usualLog } from './usual-log.ts';

/** The table that it stands for in a made-up prison system. */
const table = 'log';

const columns: readonly (readonly [name: string, type: ColumnType, note: string])[] = [
  [usualLog.watermark, 'integer', 'marca d’água: número que cresce a cada registro, ou data-hora'],
  [usualLog.table, 'text', 'nome da tabela que mudou'],
  [usualLog.key, 'integer', 'chave da linha que mudou, no tipo que ela tem na visão'],
  ['operacao', 'text', 'só se o log anota também acessos ou consultas'],
];

/** The view of a log of changes: it can be run as it is, and has no rows until a table takes the place of its stand-in. */
export function logSkeleton(dialect: Dialect, names: ScriptNames): string[] {
  const name = dialect.viewName(names, usualLog.name);
  const grant = dialect.grantSelect(names, usualLog.name);
  return [
    comment(
      `==== Log de mudanças: só se o sistema já anota num log o que muda\n` +
        `Não ponha na visão a coluna com os valores das linhas: o Guarita não a usa, e ela pesa na leitura.\n` +
        `Não converta (CAST) a sequência: convertida, índice nenhum a serve.`,
    ),
    ...dialect.beforeViews(names),
    dialect.createView(name, select(dialect)),
    comment(indexAdvice(dialect)),
    ...(grant === null ? [] : [grant]),
    comment(configuration(name, names, dialect)),
    comment(`Para tirá-la:\nDROP VIEW ${name};`),
  ];
}

function select(dialect: Dialect): string {
  const lines = columns.map(([name, , note], index) => {
    const comma = index === columns.length - 1 ? '' : ',';
    return `  l.${name} AS ${dialect.columnName(name)}${comma} -- ${note}`;
  });
  const nulls = columns.map(([name, type]) => `CAST(NULL AS ${dialect.types[type]}) AS ${name}`);
  const from = dialect.dual === '' ? '' : `${dialect.dual} `;
  return [
    'SELECT',
    ...lines,
    'FROM',
    `  (-- troque estes parênteses pela tabela: siap.${table}`,
    `    SELECT ${nulls.join(',\n      ')}`,
    `    ${from}WHERE 1 = 0`,
    '  ) l',
  ].join('\n');
}

function indexAdvice({ indexesAreOneWay = false }: Dialect): string {
  const byTable = `Se o log tem muitas tabelas, também:\nCREATE INDEX guarita_log_tabela ON siap.${table} (tabela, seq, chave);`;
  if (!indexesAreOneWay) {
    return `Índice: a chave primária de siap.${table} (seq) basta. Se não há:\nCREATE INDEX guarita_log ON siap.${table} (seq);\n${byTable}`;
  }
  return (
    `Índices: o que sobe pode ser o da chave primária (seq); sem o que desce, cada coleta lê o log inteiro.\n` +
    `CREATE INDEX guarita_log ON ${table} (seq);\n` +
    `CREATE DESCENDING INDEX guarita_log_desce ON ${table} (seq);\n${byTable.replace('siap.', '')}`
  );
}

function configuration(name: string, names: ScriptNames, dialect: Dialect): string {
  const [view] = names.views;
  return `Na configuração, em cada visão, no lugar de "watermark" (com as tabelas de que ela vem em "values"):
  - name: ${view?.name}
    relation: ${dialect.viewName(names, view?.name ?? '')}
    key: [id]
    changelog:
      relation: ${name}
      watermark: ${usualLog.watermark}
      key: [${usualLog.key}]
      table: { column: ${usualLog.table}, values: [PESSOA, DOCUMENTO] }`;
}
