import type { Base } from '../../central/base/base.ts';
import { countFindings } from '../../central/base/national-layer/list-findings.ts';
import { surelyOpen } from '../../central/base/national-layer/open-custody.ts';
import { reviewPairs } from '../../central/base/national-layer/review-pairs.ts';
import { toldRule } from '../../central/words/rule-words.ts';
import { count } from '../../shared/count-format.ts';
import { custodia } from '../../shared/dictionary/standard-views.ts';
import { plainTable } from '../../shared/plain-table.ts';

const commonest = 10;

/** What treatment made of all states: the nation's figures, and what it finds most often in each state. 80 columns wide. */
export async function nationalFigures(base: Base): Promise<string> {
  const parts = [await figuresTable(base), await custodyTable(base), await personsText(base)];
  for (const state of await statesOf(base)) {
    parts.push(`${state}: o que as regras mais acham`, await findingsTable(base, state));
  }
  return parts.join('\n');
}

const figures = [
  ['pessoas em cadastro', `FROM nacional.registro r WHERE papel = 'custodiado'`],
  [
    'pessoas presas',
    `FROM (SELECT DISTINCT c.fonte, c.custodiado_id, c.removido FROM nacional.custodia c WHERE ${surelyOpen}) r WHERE true`,
  ],
  ['visitantes', `FROM nacional.registro r WHERE papel = 'visitante'`],
  ['advogados', `FROM nacional.registro r WHERE papel = 'advogado'`],
  ['vínculos', 'FROM nacional.vinculo r WHERE true'],
  ['unidades', 'FROM nacional.unidade r WHERE true'],
  ['movimentações', 'FROM nacional.movimentacao r WHERE true'],
  ['visitas', 'FROM nacional.visita r WHERE true'],
  ['penas', 'FROM nacional.pena r WHERE true'],
] as const;

async function figuresTable(base: Base): Promise<string> {
  const states = await statesOf(base);
  const table = tableOf(['', ...states, 'Brasil']);
  for (const [name, from] of figures) {
    const rows = await ask<{ source: string; count: number }>(
      base,
      `SELECT fonte AS source, count(*)::int AS count ${from} AND r.removido IS NULL GROUP BY 1`,
    );
    table.push(rowOf(name, states, rows));
  }
  return table.toString();
}

/** Pairs that are counted. */
const mostOpen = 10_000;

/** Who is who: persons of several registers, pairs that wait for somebody to look, and how to. */
async function personsText(base: Base): Promise<string> {
  const [persons] = await ask<Readonly<Record<'persons' | 'registers' | 'several' | 'inStates', number>>>(
    base,
    `SELECT count(*)::int AS persons, sum(registers)::int AS registers,
            count(*) FILTER (WHERE registers > 1)::int AS several, count(*) FILTER (WHERE states > 1)::int AS "inStates"
       FROM (SELECT count(*) AS registers, count(DISTINCT fonte) AS states FROM nacional.registro GROUP BY pessoa_id) p`,
  );
  const { persons: all = 0, registers = 0, several = 0, inStates = 0 } = persons ?? {};
  const open = await base.snapshot((questions) => reviewPairs(questions, null, mostOpen));
  const [example] = await ask<{ name: string }>(
    base,
    `SELECT concat_ws(' ', min(fonte), min(papel), min(id)) AS name FROM nacional.registro
      GROUP BY pessoa_id HAVING count(DISTINCT fonte) > 1 AND count(DISTINCT id) = 1 ORDER BY 1 LIMIT 1`,
  );
  const doubtful = `${open.length < mostOpen ? '' : 'mais de '}${count.format(open.length)}`;
  return [
    `Quem é quem: ${count.format(registers)} cadastros são de ${count.format(all)} pessoas.`,
    `  com mais de um cadastro: ${count.format(several)}, em mais de um estado: ${count.format(inStates)}`,
    `  pares de cadastros à espera de que alguém diga se são da mesma pessoa: ${doubtful}`,
    '  para ver e decidir: "link review"',
    ...(example === undefined ? [] : [`  por que são da mesma pessoa: "link explain ${example.name}"`]),
  ].join('\n');
}

/** People in custody by kind and regime. */
async function custodyTable(base: Base): Promise<string> {
  const states = await statesOf(base);
  const rows = await ask<{ kind: string | null; regime: string | null; source: string; count: number }>(
    base,
    `SELECT natureza AS kind, nullif(regime, 'sem_regime') AS regime, fonte AS source,
            count(DISTINCT custodiado_id)::int AS count
       FROM nacional.custodia c WHERE ${surelyOpen} GROUP BY 1, 2, 3`,
  );
  const groups = Map.groupBy(rows, ({ kind, regime }) => {
    const words = [
      labelOf('natureza', kind),
      ...(regime === null ? [] : [labelOf('regime', regime).toLowerCase()]),
    ];
    return words.join(', ');
  });
  const table = tableOf(['presos por natureza e regime', ...states, 'Brasil']);
  const total = (each: readonly { readonly count: number }[]) =>
    each.reduce((sum, { count }) => sum + count, 0);
  for (const [name, each] of [...groups].sort(([, a], [, b]) => total(b) - total(a)))
    table.push(rowOf(name, states, each));
  return table.toString();
}

function labelOf(column: 'natureza' | 'regime', code: string | null): string {
  const values = custodia.columns.find(({ name }) => name === column)?.codes?.values;
  return values?.find((value) => value.code === code)?.label ?? 'Não informada';
}

async function findingsTable(base: Base, state: string): Promise<string> {
  const counts = await base.snapshot((questions) => countFindings(questions, [state]));
  if (counts.length === 0) return 'Nada.';
  const table = plainTable(['regra', 'em', 'o que está errado', 'vezes'], {
    colWidths: [7, 14, 45, 9],
    colAligns: ['left', 'left', 'left', 'right'],
    wordWrap: true,
  });
  for (const { rule, view, open } of counts.toSorted((a, b) => b.open - a.open).slice(0, commonest)) {
    table.push([rule, view.slice(0, 12), toldRule(rule, view).wrong, count.format(open)]);
  }
  return table.toString();
}

async function statesOf(base: Base): Promise<string[]> {
  const rows = await ask<{ source: string }>(
    base,
    'SELECT DISTINCT fonte AS source FROM nacional.registro ORDER BY 1',
  );
  return rows.map(({ source }) => source);
}

function tableOf(head: readonly string[]): ReturnType<typeof plainTable> {
  return plainTable(head, {
    colWidths: [38],
    wordWrap: true,
    colAligns: ['left', ...head.slice(1).map(() => 'right' as const)],
  });
}

function rowOf(
  name: string,
  states: readonly string[],
  rows: readonly { source: string; count: number }[],
): string[] {
  const of = (state: string) => rows.find(({ source }) => source === state)?.count ?? 0;
  const all = rows.reduce((sum, row) => sum + row.count, 0);
  return [name, ...states.map((state) => count.format(of(state))), count.format(all)];
}

function ask<R extends object>(base: Base, sql: string): Promise<R[]> {
  return base.snapshot((questions) => questions.query<R>(sql));
}
