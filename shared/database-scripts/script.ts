import { softwareVersion } from '../version.ts';
import { comment, type Dialect, type Reader, type ScriptNames } from './dialect.ts';
import { firebird } from './firebird.ts';
import { logSkeleton } from './log-skeleton.ts';
import { mysql } from './mysql.ts';
import { postgres } from './postgres.ts';
import { sqlite } from './sqlite.ts';
import { sqlserver } from './sqlserver.ts';
import { viewSkeleton } from './view-skeleton.ts';

const dialects = { postgres, sqlserver, mysql, firebird, sqlite } as const satisfies Record<string, Dialect>;

export type ScriptEngine = keyof typeof dialects;
export const scriptEngines = Object.keys(dialects) as readonly ScriptEngine[];

const parts = { views: viewsPart, user: userPart, log: logSkeleton, revoke: revokePart } as const;

export type ScriptPart = keyof typeof parts;
export const scriptParts = Object.keys(parts) as readonly ScriptPart[];

/** What the views of the script are called in the configuration. */
export function relationOf(engine: ScriptEngine, schema: string, view: string): string {
  const names = { schema, database: '', user: '', from: null, views: [], reader: 'agent' } as const;
  return dialects[engine].viewName(names, view);
}

/** The script for a state's DBA, in the order of the parts: comments, and statements that run as they are. */
export function databaseScript(
  engine: ScriptEngine,
  wanted: readonly ScriptPart[],
  names: ScriptNames,
): string {
  const dialect = dialects[engine];
  const heading = comment(
    `Guarita ${softwareVersion}: o que o DBA do estado roda no banco (${engine}). Revise antes.\n` +
      `Para rodar: ${dialect.run(names)}`,
  );
  return [heading, ...wanted.flatMap((part) => parts[part](dialect, names))].join('\n\n');
}

function viewsPart(dialect: Dialect, names: ScriptNames): string[] {
  return [
    comment(
      `==== Visões\n` +
        `Cada visão roda como está: tem as colunas do dicionário e nenhuma linha. Para completá-la, troque cada par de\n` +
        `parênteses do FROM pela tabela do seu sistema, e cada expressão pela coluna certa. Não altere os nomes depois\n` +
        `de AS. Coluna opcional que o sistema não tem: apague a linha. Pode haver outras colunas.\n` +
        `O que cada coluna é, e os valores das listas: docs/dicionario.md.\n` +
        `Não converta (CAST) a chave nem a marca d’água: convertidas, índice nenhum as serve.`,
    ),
    ...dialect.beforeViews(names),
    ...names.views.flatMap((view) => viewSkeleton(view, dialect, names)),
    ...whatFollows[names.reader](dialect, names).map(comment),
  ];
}

/** What is done with the views once they are there. */
const whatFollows: Readonly<Record<Reader, (dialect: Dialect, names: ScriptNames) => string[]>> = {
  agent: (dialect, names) => [
    `Na configuração do agente:\nviews:\n${names.views.map((view) => configLine(view, dialect, names)).join('\n')}`,
    `Tabelas sem data de alteração: tire atualizado_em da visão e watermark da configuração. A visão é então lida por\n` +
      `inteiro a cada coleta, ou pelo log do que muda, se o sistema tem um: guarita-agent sql --part log`,
  ],
  central: () => [
    `Tabelas sem data de alteração: tire atualizado_em da visão. Ela é então lida por inteiro a cada coleta, pela rede:\n` +
      `prefira ter a data em todas.`,
  ],
};

const nextStep: Readonly<Record<Reader, string>> = {
  agent: 'Depois, na máquina do agente: guarita-agent doctor --config agent.yaml',
  central:
    'Depois avise a central: ela acha as visões e confere que o usuário só lê (guarita-central source add).',
};

function configLine(view: ScriptNames['views'][number], dialect: Dialect, names: ScriptNames): string {
  const watermark = view.watermark === null ? '' : `, watermark: ${view.watermark}`;
  const relation = dialect.viewName(names, view.name);
  return `  - { name: ${view.name}, relation: ${relation}, key: [${view.key.join(', ')}]${watermark} }`;
}

function userPart(dialect: Dialect, names: ScriptNames): string[] {
  return [
    comment('==== Usuário: lê estas visões, e nada mais'),
    ...dialect.createUser(names),
    comment(nextStep[names.reader]),
  ];
}

function revokePart(dialect: Dialect, names: ScriptNames): string[] {
  return [
    comment('==== Fim do acordo: encerra as sessões do usuário e revoga o acesso'),
    ...dialect.revoke(names),
    comment(`As visões, se não servirem a mais ninguém:\n${dialect.dropViews(names).join('\n')}`),
  ];
}
