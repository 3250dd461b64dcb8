import type { Questions } from '../base.ts';

/** How a source was on a day on which it was treated. */
export interface DayFigures {
  readonly source: string;
  /** `2026-01-31` */
  readonly day: string;
  /** Findings that were open at its end, found for the first time on it, and closed on it. */
  readonly open: number;
  readonly opened: number;
  readonly resolved: number;
  /** Rows of its views, those with a finding, and what the findings take of them. */
  readonly rows: number;
  readonly touched: number;
  readonly weight: number;
}

export interface DaysOf {
  readonly sources: readonly string[];
  /** The first of them: `2026-01-31`. */
  readonly since: string;
  /** Findings of this one alone; of all without it. */
  readonly rule?: string | undefined;
  /** And of this view. */
  readonly view?: string | undefined;
}

/** The days of these sources that were recorded, the oldest first. */
export function dayFigures(
  questions: Questions,
  { sources, since, rule, view }: DaysOf,
): Promise<DayFigures[]> {
  return questions.query(
    `SELECT q.fonte AS source, q.dia::text AS day, coalesce(a.open, 0)::int AS open,
            coalesce(a.opened, 0)::int AS opened, coalesce(a.resolved, 0)::int AS resolved, q.rows, q.touched, q.weight
       FROM (SELECT fonte, dia, sum(linhas)::float8 AS rows, sum(com_achados)::float8 AS touched, sum(peso) AS weight
               FROM nacional.qualidade WHERE fonte = ANY ($1) AND dia >= $2 GROUP BY fonte, dia) q
       LEFT JOIN (SELECT fonte, dia, sum(abertos) AS open, sum(novos) AS opened, sum(resolvidos) AS resolved
                    FROM nacional.achado_resumo
                   WHERE fonte = ANY ($1) AND dia >= $2 AND ($3::text IS NULL OR regra = $3)
                     AND ($4::text IS NULL OR visao = $4)
                   GROUP BY fonte, dia) a ON a.fonte = q.fonte AND a.dia = q.dia
      ORDER BY q.fonte, q.dia`,
    [sources, since, rule ?? null, view ?? null],
  );
}

/** The first day on which each of these sources was treated. */
export function firstDays(
  questions: Questions,
  sources: readonly string[],
): Promise<Pick<DayFigures, 'source' | 'day'>[]> {
  return questions.query(
    `SELECT fonte AS source, min(dia)::text AS day FROM nacional.qualidade WHERE fonte = ANY ($1) GROUP BY fonte ORDER BY fonte`,
    [sources],
  );
}

/** Of each of these sources, what its views were on the last day on which it was treated. */
export function lastScores(
  questions: Questions,
  sources: readonly string[],
): Promise<Pick<DayFigures, 'source' | 'day' | 'open' | 'rows' | 'weight'>[]> {
  return questions.query(
    `SELECT q.fonte AS source, q.dia::text AS day, sum(q.linhas)::float8 AS rows, sum(q.peso) AS weight,
            (SELECT coalesce(sum(a.abertos), 0)::int FROM nacional.achado_resumo a
              WHERE a.fonte = q.fonte AND a.dia = q.dia) AS open
       FROM nacional.qualidade q
       JOIN (SELECT fonte, max(dia) AS dia FROM nacional.qualidade WHERE fonte = ANY ($1) GROUP BY fonte) l
         ON l.fonte = q.fonte AND l.dia = q.dia
      GROUP BY q.fonte, q.dia ORDER BY q.fonte`,
    [sources],
  );
}

/** A rule's findings in a view of a source, on the last day on which it was treated. */
export interface RuleFigures extends Pick<DayFigures, 'open' | 'opened' | 'resolved'> {
  readonly view: string;
  readonly rule: string;
}

const lastDay = '(SELECT max(dia) FROM nacional.qualidade WHERE fonte = $1)';

/** Those of which there was anything. */
export function lastRules(questions: Questions, source: string): Promise<RuleFigures[]> {
  return questions.query(
    `SELECT visao AS view, regra AS rule, abertos::int AS open, novos::int AS opened, resolvidos::int AS resolved
       FROM nacional.achado_resumo WHERE fonte = $1 AND dia = ${lastDay} ORDER BY visao, regra`,
    [source],
  );
}

/** How each view of a source was on that day. */
export function lastViews(
  questions: Questions,
  source: string,
): Promise<(Pick<DayFigures, 'rows' | 'touched' | 'weight'> & { readonly view: string })[]> {
  return questions.query(
    `SELECT visao AS view, linhas::float8 AS rows, com_achados::float8 AS touched, peso AS weight
       FROM nacional.qualidade WHERE fonte = $1 AND dia = ${lastDay} ORDER BY visao`,
    [source],
  );
}
