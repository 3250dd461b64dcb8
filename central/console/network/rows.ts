import type { Role } from '../../../shared/dictionary/roles.ts';
import { type AskedLinks, day, within } from './asked.ts';
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
      return `(${visits(role, asked, isAmong)} UNION ALL ${bonds('visitante', role, asked, isAmong)})`;
    case 'advogado':
      return `(${bonds('advogado', role, asked, isAmong)})`;
    case 'processo':
      return `(${processes(asked, isAmong)})`;
    case 'comum':
      return `(${sharedVisitors(asked, isAmong)})`;
    case 'cela':
    case 'unidade':
      return `(${stays(kind, asked, isAmong)})`;
  }
}

/** A row as it is told. */
const row = (source: string, view: string, key: string) => `concat_ws(' ', ${source}, '${view}', ${key})`;

const among = (isAmong: boolean, source: string, id: string) =>
  isAmong ? `AND (${source}, ${id}) IN (SELECT fonte, id FROM outros)` : '';

/** Columns of a view by which a row names the two, told from one side. */
function sides(role: Role, inCustody: string, other: string): readonly [own: string, theirs: string] {
  return role === 'custodiado' ? [inCustody, other] : [other, inCustody];
}

function visits(role: Role, asked: AskedLinks, isAmong: boolean): string {
  const [own, theirs] = sides(role, 'v.custodiado_id', 'v.visitante_id');
  return `SELECT v.fonte, '${otherRole('visitante', role)}' AS papel, ${theirs} AS id, 'visita' AS visao,
      ${row('v.fonte', 'visita', 'max(v.id)')} AS linha, NULL::text AS outra, count(*)::int AS quantos, min(v.instante)::date AS de,
      max(v.instante)::date AS ate, NULL::text AS a, NULL::text AS b
    FROM eu JOIN ${asked.joined.view('visita')} AS v ON v.fonte = eu.fonte AND ${own} = eu.id
   WHERE v.removido IS NULL AND ${within('v.instante::date', 'v.instante::date', asked)} ${among(isAmong, 'v.fonte', theirs)}
   GROUP BY v.fonte, ${theirs}`;
}

function bonds(kind: 'visitante' | 'advogado', role: Role, asked: AskedLinks, isAmong: boolean): string {
  const [own, theirs] = sides(role, 'v.custodiado_id', 'v.pessoa_id');
  return `SELECT v.fonte, '${otherRole(kind, role)}' AS papel, ${theirs} AS id, 'vinculo' AS visao,
      ${row('v.fonte', 'vinculo', 'v.id')} AS linha, NULL::text AS outra, 1 AS quantos, v.inicio AS de, v.fim AS ate,
      v.parentesco AS a, v.situacao AS b
    FROM eu JOIN ${asked.joined.view('vinculo')} AS v ON v.fonte = eu.fonte AND ${own} = eu.id
   WHERE v.pessoa_tipo = '${kind}' AND v.removido IS NULL AND ${within('v.inicio', 'v.fim', asked)}
         ${among(isAmong, 'v.fonte', theirs)}`;
}

/** Of the same number, whichever state tells it. */
function processes(asked: AskedLinks, isAmong: boolean): string {
  const view = asked.sight.view('processo');
  return `SELECT o.fonte, 'custodiado' AS papel, o.custodiado_id AS id, 'processo' AS visao,
      ${row('p.fonte', 'processo', 'p.id')} AS linha, ${row('o.fonte', 'processo', 'o.id')} AS outra, 1 AS quantos, o.data_fato AS de, o.data_fato AS ate,
      p.numero_cnj AS a, coalesce(o.tipo_penal, p.tipo_penal) AS b
    FROM eu JOIN ${view} AS p ON p.fonte = eu.fonte AND p.custodiado_id = eu.id
    JOIN ${view} AS o ON o.numero_cnj = p.numero_cnj
   WHERE p.removido IS NULL AND o.removido IS NULL AND o.numero_cnj IS NOT NULL AND ${within('p.data_fato', 'p.data_fato', asked)}
         AND ${within('o.data_fato', 'o.data_fato', asked)} ${among(isAmong, 'o.fonte', 'o.custodiado_id')}`;
}

/** Days on which both were there: who is not known to have left is there today. */
function stays(kind: 'cela' | 'unidade', asked: AskedLinks, isAmong: boolean): string {
  const view = asked.sight.view('custodia');
  const { from, until, today } = asked;
  const left = (alias: string) => `coalesce(${alias}.saida, ${day(today)})`;
  const start = `greatest(${['c.entrada', 'o.entrada', ...(from === null ? [] : [day(from)])].join(', ')})`;
  const end = `least(${[left('c'), left('o'), ...(until === null ? [] : [day(until)])].join(', ')})`;
  const isSameCell = 'AND o.cela IS NOT NULL AND o.cela = c.cela AND o.ala IS NOT DISTINCT FROM c.ala';
  return `SELECT o.fonte, 'custodiado' AS papel, o.custodiado_id AS id, 'custodia' AS visao,
      ${row('c.fonte', 'custodia', 'c.id')} AS linha, ${row('o.fonte', 'custodia', 'o.id')} AS outra, 1 AS quantos, ${start} AS de, ${end} AS ate, c.unidade_id AS a,
      ${kind === 'cela' ? `concat_ws(' · ', c.ala, c.cela)` : 'NULL::text'} AS b
    FROM eu JOIN ${view} AS c ON c.fonte = eu.fonte AND c.custodiado_id = eu.id
    JOIN ${view} AS o ON o.fonte = c.fonte AND o.unidade_id = c.unidade_id AND o.custodiado_id <> c.custodiado_id
   WHERE c.removido IS NULL AND o.removido IS NULL AND c.entrada IS NOT NULL AND o.entrada IS NOT NULL
         AND o.entrada <= ${left('c')} AND (o.saida IS NULL OR o.saida >= c.entrada) AND ${start} <= ${end}
         ${kind === 'cela' ? isSameCell : ''} ${among(isAmong, 'o.fonte', 'o.custodiado_id')}`;
}

/**
 * People in custody to whom the visitors of `deles (fonte, id, pessoa, linha)` come or may come as well: the visitor's person
 * as `a`, with the visits to the other one; `linha` is the visitor's row here.
 */
function sharedVisitors(asked: AskedLinks, isAmong: boolean): string {
  const [visits, bonds] = [asked.joined.view('visita'), asked.joined.view('vinculo')];
  // Where the others are known, from them: the visitors' own visits may be many thousands.
  const rowsBeside = (rows: string, visitor: string) =>
    isAmong
      ? `(SELECT DISTINCT fonte, id FROM outros) AS z JOIN ${rows} AS v ON v.fonte = z.fonte AND v.custodiado_id = z.id
         JOIN deles AS d ON d.fonte = v.fonte AND d.id = ${visitor}`
      : `deles AS d JOIN ${rows} AS v ON v.fonte = d.fonte AND ${visitor} = d.id
           AND (v.fonte, v.custodiado_id) NOT IN (SELECT fonte, id FROM eu)`;
  return `SELECT v.fonte, 'custodiado' AS papel, v.custodiado_id AS id, 'visita' AS visao, d.linha,
      ${row('v.fonte', 'visita', 'max(v.id)')} AS outra, count(*)::int AS quantos, min(v.instante)::date AS de,
      max(v.instante)::date AS ate, d.pessoa AS a, NULL::text AS b
    FROM ${rowsBeside(visits, 'v.visitante_id')}
   WHERE v.removido IS NULL AND ${within('v.instante::date', 'v.instante::date', asked)}
   GROUP BY v.fonte, v.custodiado_id, d.pessoa, d.linha
  UNION ALL
  SELECT v.fonte, 'custodiado', v.custodiado_id, 'vinculo', d.linha, ${row('v.fonte', 'vinculo', 'v.id')}, 1, v.inicio,
         v.fim, d.pessoa, v.parentesco
    FROM ${rowsBeside(bonds, 'v.pessoa_id')}
   WHERE v.pessoa_tipo = 'visitante' AND v.removido IS NULL AND ${within('v.inicio', 'v.fim', asked)}`;
}
