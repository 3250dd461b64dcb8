import type { Questions } from '../../base/base.ts';
import type { AskedLinks, Visitor } from './asked.ts';
import type { SeenRegister } from './people.ts';
import { asTold, ownSql, rowsOf, whose } from './rows.ts';

/** Those of most visits first, then the latest. Asked once for all that follows from it. */
export function visitorsOf(
  questions: Questions,
  own: readonly SeenRegister[],
  asked: AskedLinks,
): Promise<readonly Visitor[]> {
  const key = own.map(({ natal }) => natal).join();
  const before = asked.visitors.get(key);
  if (before !== undefined) return before;
  const registers = asked.sight.view('visitante', whose);
  const found = questions.query<Visitor>(
    `WITH ${ownSql},
     meus AS MATERIALIZED (
       SELECT r.pessoa_id, min(l.linha) AS linha, sum(l.quantos) FILTER (WHERE l.visao = 'visita') AS visitas,
              max(l.ate) AS ate,
              json_agg(json_build_object('view', l.visao, 'row', l.linha, 'otherRow', l.outra, 'count', l.quantos,
                'from', l.de, 'until', l.ate, 'says', l.a, 'saysMore', l.b) ORDER BY ${asTold}) AS evidence
         FROM ${rowsOf('visitante', 'custodiado', asked, false)} AS l
         JOIN ${registers} AS r ON r.fonte = l.fonte AND r.id = l.id GROUP BY r.pessoa_id)
     SELECT m.pessoa_id::text AS person, m.linha AS row, r.sources, r.ids, m.evidence
       FROM meus AS m CROSS JOIN LATERAL (
         SELECT array_agg(r.fonte) AS sources, array_agg(r.id) AS ids FROM ${registers} AS r
          WHERE r.pessoa_id = m.pessoa_id) AS r
      ORDER BY m.visitas DESC NULLS LAST, m.ate DESC NULLS LAST, m.pessoa_id`,
    [own.map(({ source }) => source), own.map(({ id }) => id)],
  );
  asked.visitors.set(key, found);
  return found;
}

/** Parameters of which `deles` is made in SQL. */
export function visitorLists(visitors: readonly Visitor[]): readonly (readonly string[])[] {
  return [
    visitors.flatMap(({ sources }) => sources),
    visitors.flatMap(({ ids }) => ids),
    visitors.flatMap(({ ids, person }) => ids.map(() => person)),
    visitors.flatMap(({ ids, row }) => ids.map(() => row)),
  ];
}

/** The registers of visitors as a relation. @param at which parameter the first of the lists is */
export function visitorsSql(at: number): string {
  const [source, id, person, row] = [0, 1, 2, 3].map((more) => `$${at + more}::text[]`);
  return `deles AS MATERIALIZED (
    SELECT * FROM unnest(${source}, ${id}, ${person}, ${row}) AS deles (fonte, id, pessoa, linha))`;
}
