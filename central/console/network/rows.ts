import type { Role } from '../../../shared/dictionary/roles.ts';
import { type AskedLinks, day, sameCell, within } from './asked.ts';
import { type LinkKind, otherRole } from './kinds.ts';

/**
 * Rows by which registers are linked with others, as SQL after FROM. The registers are those of `eu (fonte, id)`, all of
 * one role; where the others are known, they are those of `outros (fonte, id)`. They are to be joined with registers that
 * are seen. Columns:
 * - `fonte, papel, id`: the other register;
 * - `visao`, `linha`: the view, and the row that says so ("AL visita 4711"); where two do, the other register's as `outra`;
 *   of many rows one of them, and how many as `quantos`;
 * - `de`, `ate`: days, null where they are not known;
 * - `a`, `b`: what it says; see `evidence.ts`.
 */
export function rowsOf(kind: LinkKind, role: Role, asked: AskedLinks, isAmong: boolean): string {
  switch (kind) {
    case 'visitante':
      return `(${visits(role, asked, isAmong)} UNION ALL ${bonds('visitante', role, asked)})`;
    case 'advogado':
      return `(${bonds('advogado', role, asked)})`;
    case 'processo':
      return `(${processes(asked)})`;
    case 'comum':
      return `(${sharedVisitors(asked, isAmong)})`;
    case 'cela':
    case 'unidade':
      return `(${stays(kind, asked, isAmong)})`;
  }
}

/** Of a row by which people are linked, the columns that say so. */
export const linking = {
  visita: ['fonte', 'id', 'custodiado_id', 'visitante_id', 'instante', 'removido'],
  vinculo: [
    ...['fonte', 'id', 'custodiado_id', 'pessoa_id', 'pessoa_tipo', 'parentesco', 'situacao'],
    ...['inicio', 'fim', 'removido'],
  ],
  processo: ['fonte', 'id', 'custodiado_id', 'numero_cnj', 'tipo_penal', 'data_fato', 'removido'],
  custodia: ['fonte', 'id', 'custodiado_id', 'unidade_id', 'ala', 'cela', 'entrada', 'saida', 'removido'],
} as const;

/** Of a register, what tells whose it is. */
export const whose = ['fonte', 'id', 'pessoa_id'] as const;

/** `eu`, of two parameters that are lists, for a WITH. */
export const ownSql = 'eu AS MATERIALIZED (SELECT * FROM unnest($1::text[], $2::text[]) AS eu (fonte, id))';

/** Of rows `l` of one other person, the order in which they are told: the latest first. */
export const asTold =
  'l.visao DESC, l.ate DESC NULLS FIRST, l.de DESC NULLS LAST, l.linha COLLATE "C", l.outra COLLATE "C"';

/** A row as it is told. */
const row = (source: string, view: string, key: string) => `concat_ws(' ', ${source}, '${view}', ${key})`;

/** Of what is counted, before it is; else those who are joined with it say it as well. */
const among = (isAmong: boolean, source: string, id: string) =>
  isAmong ? `AND (${source}, ${id}) IN (SELECT fonte, id FROM outros)` : '';

/** Columns of a view by which a row names the two, told from one side. */
function sides(role: Role, inCustody: string, other: string): readonly [own: string, theirs: string] {
  return role === 'custodiado' ? [inCustody, other] : [other, inCustody];
}

/** Counted for each of the own registers by itself: of one key, and not of two, that is half the work. */
function visits(role: Role, asked: AskedLinks, isAmong: boolean): string {
  const [own, theirs] = sides(role, 'x.custodiado_id', 'x.visitante_id');
  return `SELECT v.fonte, '${otherRole('visitante', role)}' AS papel, v.id, 'visita' AS visao,
      ${row('v.fonte', 'visita', 'max(v.ultima)')} AS linha, NULL::text AS outra, sum(v.quantos)::int AS quantos,
      min(v.de)::date AS de, max(v.ate)::date AS ate, NULL::text AS a, NULL::text AS b
    FROM (SELECT eu.fonte COLLATE "C" AS fonte, c.* FROM eu CROSS JOIN LATERAL (
      SELECT ${theirs} AS id, max(x.id) AS ultima, count(*) AS quantos, min(x.instante) AS de, max(x.instante) AS ate
        FROM ${asked.joined.view('visita', linking.visita)} AS x
       WHERE x.fonte = eu.fonte AND ${own} = eu.id AND x.removido IS NULL
             AND ${within('x.instante::date', 'x.instante::date', asked)} ${among(isAmong, 'x.fonte', theirs)}
       GROUP BY ${theirs}) AS c) AS v
   GROUP BY v.fonte, v.id`;
}

function bonds(kind: 'visitante' | 'advogado', role: Role, asked: AskedLinks): string {
  const [own, theirs] = sides(role, 'v.custodiado_id', 'v.pessoa_id');
  return `SELECT v.fonte, '${otherRole(kind, role)}' AS papel, ${theirs} AS id, 'vinculo' AS visao,
      ${row('v.fonte', 'vinculo', 'v.id')} AS linha, NULL::text AS outra, 1 AS quantos, v.inicio AS de, v.fim AS ate,
      v.parentesco AS a, v.situacao AS b
    FROM eu JOIN ${asked.joined.view('vinculo', linking.vinculo)} AS v ON v.fonte = eu.fonte AND ${own} = eu.id
   WHERE v.pessoa_tipo = '${kind}' AND v.removido IS NULL AND ${within('v.inicio', 'v.fim', asked)}`;
}

/**
 * Rows of people in custody among the others, from these: their visitors' own visits, or those of a unit, may be many
 * thousands. OFFSET keeps it so, whatever the planner takes to be fewer; so it does with one's own stays.
 */
function ofOthers(rows: string): string {
  return `(SELECT x.* FROM (SELECT DISTINCT fonte, id FROM outros) AS z
            JOIN ${rows} AS x ON x.fonte = z.fonte AND x.custodiado_id = z.id OFFSET 0)`;
}

/** Of the same number, whichever state tells it. */
function processes(asked: AskedLinks): string {
  const view = asked.sight.view('processo', linking.processo);
  return `SELECT o.fonte, 'custodiado' AS papel, o.custodiado_id AS id, 'processo' AS visao,
      ${row('p.fonte', 'processo', 'p.id')} AS linha, ${row('o.fonte', 'processo', 'o.id')} AS outra, 1 AS quantos, o.data_fato AS de, o.data_fato AS ate,
      p.numero_cnj AS a, coalesce(o.tipo_penal, p.tipo_penal) AS b
    FROM eu JOIN ${view} AS p ON p.fonte = eu.fonte AND p.custodiado_id = eu.id
    JOIN ${view} AS o ON o.numero_cnj = p.numero_cnj
   WHERE p.removido IS NULL AND o.removido IS NULL AND o.numero_cnj IS NOT NULL AND ${within('p.data_fato', 'p.data_fato', asked)}
         AND ${within('o.data_fato', 'o.data_fato', asked)}`;
}

/** Days on which both were there: who is not known to have left is there today. */
function stays(kind: 'cela' | 'unidade', asked: AskedLinks, isAmong: boolean): string {
  const view = asked.sight.view('custodia', linking.custodia);
  const { from, until, today } = asked;
  const left = (alias: string) => `coalesce(${alias}.saida, ${day(today)})`;
  const start = `greatest(${['c.entrada', 'o.entrada', ...(from === null ? [] : [day(from)])].join(', ')})`;
  const end = `least(${[left('c'), left('o'), ...(until === null ? [] : [day(until)])].join(', ')})`;
  const isSameCell = `AND ${sameCell('o', 'c')}`;
  return `SELECT o.fonte, 'custodiado' AS papel, o.custodiado_id AS id, 'custodia' AS visao,
      ${row('c.fonte', 'custodia', 'c.id')} AS linha, ${row('o.fonte', 'custodia', 'o.id')} AS outra, 1 AS quantos, ${start} AS de, ${end} AS ate, c.unidade_id AS a,
      ${kind === 'cela' ? `concat_ws(' · ', c.ala, c.cela)` : 'NULL::text'} AS b
    FROM (SELECT x.* FROM eu JOIN ${view} AS x ON x.fonte = eu.fonte AND x.custodiado_id = eu.id OFFSET 0) AS c
    ${kind === 'unidade' && !isAmong ? stillThere(view) : `JOIN ${isAmong ? ofOthers(view) : view} AS o ON o.fonte = c.fonte AND o.unidade_id = c.unidade_id`}
   WHERE c.removido IS NULL AND o.removido IS NULL AND c.entrada IS NOT NULL AND o.entrada IS NOT NULL
         AND o.custodiado_id <> c.custodiado_id AND o.entrada <= ${left('c')} AND (o.saida IS NULL OR o.saida >= c.entrada)
         AND ${start} <= ${end}
         ${kind === 'cela' ? isSameCell : ''}`;
}

/**
 * Stays `o` in the unit of `c` that had not ended when it began: each of two conditions that an index has, so that of a
 * unit those are read who were there, and not all who ever were.
 */
function stillThere(view: string): string {
  const there = `SELECT x.* FROM ${view} AS x WHERE x.fonte = c.fonte AND x.unidade_id = c.unidade_id AND x.removido IS NULL`;
  return `CROSS JOIN LATERAL (${there} AND x.saida IS NULL UNION ALL ${there} AND x.saida >= c.entrada) AS o`;
}

/**
 * People in custody to whom the visitors of `deles (fonte, id, pessoa, linha)` come or may come as well: the visitor's person
 * as `a`, with the visits to the other one; `linha` is the visitor's row here.
 */
function sharedVisitors(asked: AskedLinks, isAmong: boolean): string {
  const [visits, bonds] = [
    asked.joined.view('visita', linking.visita),
    asked.joined.view('vinculo', linking.vinculo),
  ];
  const beside = (rows: string, visitor: string) =>
    `${ofOthers(rows)} AS v JOIN deles AS d ON d.fonte = v.fonte AND d.id = ${visitor}`;
  const besidesOwn = (rows: string, visitor: string) =>
    `deles AS d JOIN ${rows} AS v ON v.fonte = d.fonte AND ${visitor} = d.id
       AND (v.fonte, v.custodiado_id) NOT IN (SELECT fonte, id FROM eu)`;
  return `SELECT v.fonte, 'custodiado' AS papel, v.custodiado_id AS id, 'visita' AS visao, d.linha,
      ${row('v.fonte', 'visita', 'max(v.id)')} AS outra, count(*)::int AS quantos, min(v.instante)::date AS de,
      max(v.instante)::date AS ate, d.pessoa AS a, NULL::text AS b
    FROM ${isAmong ? beside(visits, 'v.visitante_id') : visitsBetween(visits)}
   WHERE v.removido IS NULL AND ${within('v.instante::date', 'v.instante::date', asked)}
   GROUP BY v.fonte, v.custodiado_id, d.pessoa, d.linha
  UNION ALL
  SELECT v.fonte, 'custodiado', v.custodiado_id, 'vinculo', d.linha, ${row('v.fonte', 'vinculo', 'v.id')}, 1, v.inicio,
         v.fim, d.pessoa, v.parentesco
    FROM ${isAmong ? beside(bonds, 'v.pessoa_id') : besidesOwn(bonds, 'v.pessoa_id')}
   WHERE v.pessoa_tipo = 'visitante' AND v.removido IS NULL AND ${within('v.inicio', 'v.fim', asked)}`;
}

/**
 * Visits `v` of `deles` to others than `eu`, by the index that has both: what lies between the own keys, so that 20,000
 * visits to oneself are not read again to be left out. No register has an empty key.
 */
function visitsBetween(visits: string): string {
  const own = 'SELECT fonte, id COLLATE "C" AS id FROM eu UNION ALL SELECT DISTINCT fonte, NULL FROM deles';
  const after = `SELECT x.* FROM ${visits} AS x WHERE x.fonte = d.fonte AND x.visitante_id = d.id
      AND x.custodiado_id > coalesce(g.de, '')`;
  return `deles AS d
    JOIN (SELECT fonte, lag(id) OVER (PARTITION BY fonte ORDER BY id) AS de, id AS ate FROM (${own}) AS e) AS g
      ON g.fonte = d.fonte
    CROSS JOIN LATERAL (${after} AND x.custodiado_id < g.ate UNION ALL ${after} AND g.ate IS NULL) AS v`;
}
