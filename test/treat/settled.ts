import type { Base } from '../../central/base/base.ts';
import { roles } from '../../shared/dictionary/roles.ts';
import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { query } from '../support/bases.ts';

const tables = [
  ...['registro', ...standardViews.map(({ name }) => name)].filter(
    (name) => !roles.some((role) => role === name),
  ),
];

const linked = ['chave', 'chave_comum', 'par', 'grupo_grande'];

/** Nothing is left of what treatment made. */
export async function emptyNational(base: Base): Promise<void> {
  const names = [
    ...tables.flatMap((name) => [name, `historico_${name}`]),
    ...['marca', 'retratar', 'fila', 'varredura', 'agenda', 'achado', 'falha', 'conferencia'],
    ...['achado_resumo', 'qualidade', 'pessoa', ...linked, 'evento_pessoa', 'busca', 'palavra'],
  ];
  // Of so few rows each of them costs less than a table made anew.
  await base.transaction((tx) => tx.execute(names.map((name) => `DELETE FROM nacional.${name}`).join('; ')));
}

/** All that treatment made, but for when we first saw something. */
export async function national(base: Base): Promise<Record<string, unknown[]>> {
  const made: Record<string, unknown[]> = {};
  for (const name of [...tables.flatMap((name) => [name, `historico_${name}`]), ...linked, 'pessoa']) {
    const rows = await query<{ row: string }>(
      base,
      `SELECT t::text AS row FROM nacional.${name} t ORDER BY 1`,
    );
    made[name] = rows.map(({ row }) => row);
  }
  // Words by themselves, since each has the number that was free when it came.
  made.palavra = await query(base, 'SELECT texto, som, perto FROM nacional.palavra ORDER BY 1');
  made.busca = await query(
    base,
    `SELECT registro::text, ARRAY(
       SELECT coalesce((SELECT texto || ' ' || k % 8 FROM nacional.palavra WHERE id = k / 8 AND k >= 0), k::text)
         FROM unnest(chaves) WITH ORDINALITY u (k, place) ORDER BY place) AS chaves
       FROM nacional.busca ORDER BY 1`,
  );
  const findings = await query<{ row: string }>(
    base,
    `SELECT concat_ws(' ', regra, fonte, visao, id, item, assunto, chave) AS row FROM nacional.achado
      WHERE resolvido IS NULL ORDER BY 1`,
  );
  made.achado = findings.map(({ row }) => row);
  made.conferencia = await query(
    base,
    'SELECT fonte, regra, visao, situacao, achados::int FROM nacional.conferencia ORDER BY 1, 2, 3',
  );
  made.agenda = await query(
    base,
    'SELECT assunto, fonte, chave, dia::text FROM nacional.agenda ORDER BY 1, 2, 3',
  );
  return made;
}

type Made = Awaited<ReturnType<typeof national>>;

/** By table, what only one of the two has. */
export function differences(asItWent: Made, fromNothing: Made) {
  const only = (one: Made, other: Made, table: string) => {
    const known = new Set((other[table] ?? []).map((row) => JSON.stringify(row)));
    return (one[table] ?? []).map((row) => JSON.stringify(row)).filter((row) => !known.has(row));
  };
  const each = Object.keys(asItWent).map((table) => {
    return [
      table,
      { asItWent: only(asItWent, fromNothing, table), fromNothing: only(fromNothing, asItWent, table) },
    ] as const;
  });
  return Object.fromEntries(each.filter(([, one]) => one.asItWent.length + one.fromNothing.length > 0));
}

/** The same without instants and numbers of changes, which no two bases have alike. */
export function withoutMoments(made: Record<string, unknown[]>): Record<string, unknown[]> {
  const moments = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00/g;
  const text = (row: unknown) =>
    JSON.stringify(row)
      .replace(moments, '')
      .replace(/,\d+(?=,"?\\"\\")/g, '');
  return Object.fromEntries(Object.entries(made).map(([table, rows]) => [table, rows.map(text).toSorted()]));
}
