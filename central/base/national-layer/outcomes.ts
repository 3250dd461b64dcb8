import { zone } from '../../../shared/day.ts';
import type { Questions, Transaction } from '../base.ts';
import { jsonRows } from '../json-rows.ts';

/** What became of a rule at a source. */
export interface RuleOutcome {
  readonly rule: string;
  readonly view: string;
  /** The first two of what it could look at; `failed`: it was not asked at all. */
  readonly outcome: 'passed' | 'found' | 'not-applicable' | 'failed';
  readonly found: number;
  /** Keys that it could not look at: what it had found there stays. */
  readonly failed: number;
}

/** How good a view of a source is. */
export interface ViewScore {
  readonly view: string;
  readonly rows: number;
  /** Rows with an open finding. */
  readonly touched: number;
  /** What the worst finding of each row takes of it, summed up. */
  readonly weight: number;
  /** 0 to 100, see docs/decisions/0030-treatment.md; null for a view without rows. */
  readonly score: number | null;
}

/** What became of a rule's findings in a view on a day. */
export interface DayOfRule {
  readonly rule: string;
  readonly view: string;
  readonly open: number;
  /** Found for the first time on this day, and closed on it. */
  readonly opened: number;
  readonly resolved: number;
}

/** Findings of a source by rule and view, as they are on this day, which is Brasília's: `2026-01-31`. */
export function findingsOfDay(questions: Questions, source: string, today: string): Promise<DayOfRule[]> {
  const [begin, end] = ['$2::date', '$2::date + 1'].map(
    (day) => `(${day})::timestamp AT TIME ZONE '${zone}'`,
  );
  return questions.query(
    `SELECT regra AS rule, visao AS view, count(*) FILTER (WHERE resolvido IS NULL)::int AS open,
            count(*) FILTER (WHERE desde >= ${begin} AND desde < ${end})::int AS opened,
            count(*) FILTER (WHERE resolvido < ${end})::int AS resolved
       FROM nacional.achado WHERE fonte = $1 AND (resolvido IS NULL OR resolvido >= ${begin})
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [source, today],
  );
}

/**
 * What the worst finding of each row takes of it, summed up by view, and how many rows have one.
 * @param weights by rule
 */
export function weightOfFindings(
  questions: Questions,
  source: string,
  weights: Readonly<Record<string, number>>,
): Promise<{ view: string; touched: number; weight: number }[]> {
  return questions.query(
    `SELECT view, count(*)::int AS touched, sum(weight)::float8 AS weight FROM (
       SELECT a.visao AS view, max(w.weight) AS weight
         FROM nacional.achado a JOIN unnest($2::text[], $3::float8[]) w (rule, weight) ON w.rule = a.regra
        WHERE a.fonte = $1 AND a.resolvido IS NULL AND a.id <> '' GROUP BY a.visao, a.id) worst
      GROUP BY view ORDER BY view`,
    [source, Object.keys(weights), Object.values(weights)],
  );
}

/** Records what a check of a source came to: each rule's outcome, and the figures of the day. */
export async function recordOutcomes(
  tx: Transaction,
  source: string,
  today: string,
  outcomes: readonly RuleOutcome[],
  findings: readonly DayOfRule[],
  scores: readonly ViewScore[],
): Promise<void> {
  // Of two who record at once, the second would not see what the first has put there, and put it there again.
  await tx.execute('LOCK TABLE nacional.conferencia IN SHARE ROW EXCLUSIVE MODE');
  await tx.query('DELETE FROM nacional.conferencia WHERE fonte = $1', [source]);
  await tx.query(
    `INSERT INTO nacional.conferencia (fonte, regra, visao, situacao, achados, falhas, quando)
     SELECT $1, rule, view, outcome, found, failed, now()
       FROM jsonb_to_recordset($2::jsonb)
            AS o (rule text, view text, outcome text, found bigint, failed bigint)`,
    [source, jsonRows(outcomes)],
  );
  await tx.query('DELETE FROM nacional.achado_resumo WHERE fonte = $1 AND dia = $2', [source, today]);
  await tx.query(
    `INSERT INTO nacional.achado_resumo (dia, fonte, visao, regra, abertos, novos, resolvidos)
     SELECT $2, $1, view, rule, open, opened, resolved
       FROM jsonb_to_recordset($3::jsonb)
         AS o (rule text, view text, open bigint, opened bigint, resolved bigint)`,
    [source, today, jsonRows(findings)],
  );
  await tx.query('DELETE FROM nacional.qualidade WHERE fonte = $1 AND dia = $2', [source, today]);
  await tx.query(
    `INSERT INTO nacional.qualidade (dia, fonte, visao, linhas, com_achados, peso, nota)
     SELECT $2, $1, view, rows, touched, weight, score
       FROM jsonb_to_recordset($3::jsonb)
         AS s (view text, rows bigint, touched bigint, weight float8, score numeric)`,
    [source, today, jsonRows(scores)],
  );
}
