import type { Questions } from '../base.ts';

/** How a view stands beside what it was. */
export interface ViewVolume {
  readonly view: string;
  /** Rows that it had at most on a day of those that are remembered, today left out; null without such a day. */
  readonly most: number | null;
  /** Days since anything of it changed; null where that is not known, as where it was not read since yesterday. */
  readonly still: number | null;
}

/** @param today `2026-01-31` @param days how many before it are remembered */
export async function viewVolumes(
  questions: Questions,
  source: string,
  today: string,
  days: number,
): Promise<ReadonlyMap<string, ViewVolume>> {
  const rows = await questions.query<ViewVolume>(
    `SELECT v.view,
            (SELECT max(q.linhas)::int FROM nacional.qualidade q
              WHERE q.fonte = v.source AND q.visao = v.view AND q.dia < $2::date AND q.dia >= $2::date - $3::int) AS most,
            CASE WHEN v.last_loaded::date >= $2::date - 1 THEN ($2::date - (
              SELECT p.loaded::date FROM guarita.pagina p WHERE p.source = v.source AND p.view = v.view
               ORDER BY p.last_change DESC LIMIT 1))::int END AS still
       FROM guarita.view v WHERE v.source = $1`,
    [source, today, days],
  );
  return new Map(rows.map((row) => [row.view, row]));
}
