import type { StandardView } from '../../dictionary/columns.ts';
import { columnTypeNames } from '../../dictionary/kinds.ts';
import { standardViews } from '../../dictionary/standard-views.ts';
import type { ColumnDescription, ViewDescription } from '../../sources/view-source.ts';
import { ok, trouble } from '../check.ts';
import { told, toldAfter } from './attempt.ts';
import { fitnessOf } from './column-types.ts';
import type { Facts, ViewFacts } from './facts.ts';
import type { SourceCheck } from './names.ts';

const modes: Readonly<Record<ViewDescription['mode'], string>> = {
  watermark: 'mudanças pela marca d’água',
  changelog: 'mudanças pelo log',
  snapshot: 'lida por inteiro a cada coleta',
};

/** Whether the database shows it, as what is configured of it needs. */
export function checkView({ description, config: { name } }: ViewFacts): readonly SourceCheck[] {
  return [
    told(description, 'view', name, ({ columns, mode }) =>
      ok('view', name, `${columns.length} colunas; ${modes[mode]}`),
    ),
  ];
}

/** Its columns beside those of the standard view of the same name. */
export function checkDictionary(view: ViewFacts, { config }: Facts): readonly SourceCheck[] {
  const { name } = view.config;
  return toldAfter(view.description, 'view', 'dictionary', name, (description) => {
    const standard = standardViews.find((each) => each.name === name);
    if (standard === undefined) return ok('dictionary', name, 'visão própria do estado, fora do dicionário');
    const troubles = [
      ...missingColumns(standard, description),
      ...mistypedColumns(standard, description, config.source.engine),
      ...otherKey(standard, description),
    ];
    if (troubles.length > 0) return troubles;
    const own = description.columns.filter(
      ({ name }) => !standard.columns.some((each) => each.name === name),
    );
    const extra = own.length === 0 ? '' : `; e mais: ${namesOf(own)}`;
    return ok('dictionary', name, `colunas e tipos conferem${extra}`);
  });
}

function missingColumns(standard: StandardView, { columns, mode }: ViewDescription): SourceCheck[] {
  // By a log, changes are found without it, and treatment keeps nothing of it.
  const wanted = standard.columns.filter(({ kind }) => mode !== 'changelog' || kind !== 'changed');
  const missing = wanted.filter(({ name }) => !columns.some((column) => column.name === name));
  const variants = columns.filter(({ name }) => missing.some((column) => isVariant(column.name, name)));
  const absent = missing.filter(({ name }) => !variants.some((variant) => isVariant(name, variant.name)));
  const required = absent.filter((column) => column.required);
  const optional = absent.filter((column) => !column.required);
  return [
    ...(variants.length === 0
      ? []
      : [
          trouble(
            'dictionary',
            standard.name,
            'critical',
            `Colunas com maiúsculas: ${namesOf(variants)}; o dicionário usa minúsculas.`,
            `Na visão, dê a cada uma o nome do dicionário, entre aspas: AS "${variants[0]?.name.toLowerCase()}".`,
          ),
        ]),
    ...(required.length === 0
      ? []
      : [
          trouble(
            'dictionary',
            standard.name,
            'critical',
            `Faltam colunas obrigatórias: ${namesOf(required)}.`,
            `Acrescente-as à visão; "guarita-agent sql --part views --views ${standard.name}" mostra um modelo.`,
          ),
        ]),
    ...(optional.length === 0
      ? []
      : [
          // A system that has no such data never will: told, and nothing to be mended.
          ok(
            'dictionary',
            standard.name,
            `faltam colunas opcionais (se o sistema não as tem, nada a fazer): ${namesOf(optional)}`,
          ),
        ]),
  ];
}

function isVariant(name: string, given: string): boolean {
  return name !== given && name === given.toLowerCase();
}

function mistypedColumns(
  standard: StandardView,
  { columns, key, watermark }: ViewDescription,
  engine: Facts['config']['source']['engine'],
): SourceCheck[] {
  return standard.columns.flatMap((wanted) => {
    const column = columns.find(({ name }) => name === wanted.name);
    const fitness = column === undefined ? 'fit' : fitnessOf(wanted.type, engine, column.type);
    if (column === undefined || fitness === 'fit') return [];
    // What no index serves any more once it is converted stays as it is, and what refers to a key like that key.
    const stays = key.includes(column.name) || column.name === watermark || wanted.kind === 'reference';
    if (stays && fitness === 'doubtful') return [];
    const message = `A coluna "${column.name}" é ${column.type}; no dicionário, ${columnTypeNames[wanted.type]}.`;
    const next =
      fitness === 'unfit'
        ? 'Corrija a expressão desta coluna na visão.'
        : 'Converta-a na visão, se for possível sem perda (zeros à esquerda, hora); senão, siga como está.';
    return [
      trouble('dictionary', standard.name, fitness === 'unfit' ? 'critical' : 'warning', message, next),
    ];
  });
}

function otherKey(standard: StandardView, { key }: ViewDescription): SourceCheck[] {
  if (key.join() === standard.key.join()) return [];
  const message = `A chave é ${key.join(', ')}; no dicionário, ${standard.key.join(', ')}.`;
  const next = 'Confirme com a SENAPPEN: outras visões se referem a esta pela chave do dicionário.';
  return [trouble('dictionary', standard.name, 'warning', message, next)];
}

/** Which of the standard views are not published at all. */
export function checkOtherViews({ config }: Facts): readonly SourceCheck[] {
  const absent = standardViews.filter(({ name }) => !config.views.some((view) => view.name === name));
  if (absent.length === 0)
    return [ok('dictionary', null, 'todas as visões do dicionário estão configuradas')];
  return [ok('dictionary', null, `visões do dicionário não configuradas: ${namesOf(absent)}`)];
}

function namesOf(columns: readonly Pick<ColumnDescription, 'name'>[]): string {
  return columns.map(({ name }) => name).join(', ');
}
