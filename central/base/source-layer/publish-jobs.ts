import type { Base } from '../base.ts';

/** A job as the base shows it; instants are milliseconds since 1970. */
export interface PublishedJob {
  readonly id: number;
  readonly kind: string;
  readonly source: string;
  readonly view: string | null;
  readonly reason: string;
  readonly due: number;
  readonly asked: number;
  readonly begun: number | null;
  readonly ended: number | null;
  readonly outcome: string | null;
  readonly problem: string | null;
  readonly progress: { readonly done: number; readonly total: number; readonly rows: number } | null;
}

/**
 * Shows jobs in the base, new ones and those that changed.
 * @param all they are all that there are: what else the base shows is of a folder that is no more
 */
export async function publishJobs(base: Base, jobs: readonly PublishedJob[], all: boolean): Promise<void> {
  const rows = jobs.map(({ progress, ...job }) => ({ ...job, ...progress }));
  await base.transaction(async (tx) => {
    if (all) await tx.execute('DELETE FROM guarita.job');
    await tx.query(
      `INSERT INTO guarita.job
         SELECT id, kind, source, view, reason, ${instant('due')}, ${instant('asked')}, ${instant('begun')},
                ${instant('ended')}, outcome, problem, done, total, rows
           FROM jsonb_to_recordset($1::jsonb) AS job (id bigint, kind text, source text, view text, reason text,
                due bigint, asked bigint, begun bigint, ended bigint, outcome text, problem text,
                done integer, total integer, rows bigint)
       ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, source = excluded.source, view = excluded.view,
         reason = excluded.reason, due = excluded.due, asked = excluded.asked, begun = excluded.begun,
         ended = excluded.ended, outcome = excluded.outcome, problem = excluded.problem, done = excluded.done,
         total = excluded.total, rows = excluded.rows`,
      [JSON.stringify(rows)],
    );
  });
}

function instant(column: string): string {
  return `to_timestamp(${column} / 1000.0)`;
}
