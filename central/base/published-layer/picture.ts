import type { Questions } from '../base.ts';
import { instant } from '../instants.ts';
import type {
  PublishedAttention,
  PublishedInvitation,
  PublishedJob,
  PublishedRun,
  PublishedRunView,
  PublishedSchedule,
  PublishedSource,
  PublishedView,
} from './tables.ts';

/** Of when what the base shows of central is. */
export interface PictureMark {
  readonly version: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** When the service ended in good order; null while it is at work, or was killed. */
  readonly ended: string | null;
  /** It neither ended nor gave a sign for longer than it should: it was killed, or cannot reach the base. */
  readonly isStale: boolean;
}

/** A service at work gives a sign each minute. */
const staleMinutes = 5;

/** Null where no service has shown anything in this base yet. */
export async function pictureMark(questions: Questions): Promise<PictureMark | null> {
  const [mark] = await questions.query<PictureMark>(
    `SELECT version, ${instant('at')} AS at, ${instant('ended')} AS ended,
            ended IS NULL AND at < now() - interval '${staleMinutes} minutes' AS "isStale"
       FROM guarita.published`,
  );
  return mark ?? null;
}

/** What central's own file knows of sources, as the base shows it; each list in the order of its keys. */
export interface Picture {
  readonly sources: readonly PublishedSource[];
  readonly invitations: readonly PublishedInvitation[];
  readonly views: readonly PublishedView[];
  readonly attentions: readonly PublishedAttention[];
  readonly schedules: readonly PublishedSchedule[];
  /** Those that wait or are under way. */
  readonly jobs: readonly PublishedJob[];
}

const lastRun = `${instant('last_started')} AS last_started, last_outcome, last_problem`;
const term = `${instant('act_begin')} AS act_begin, ${instant('act_end')} AS act_end`;

export async function pictureOf(questions: Questions, sources: readonly string[]): Promise<Picture> {
  const rows = <R extends object>(
    columns: string,
    {
      from,
      order,
      where = 'true',
    }: { readonly from: string; readonly order: string; readonly where?: string },
  ): Promise<R[]> =>
    questions.query<R>(
      `SELECT ${columns} FROM guarita.${from}
        WHERE source = ANY ($1) AND ${where} ORDER BY ${order}`,
      [sources],
    );
  return {
    sources: await rows(
      `source, act, ${term}, ${instant('enrolled')} AS enrolled, ${instant('ended')} AS ended,
       ${instant('departed')} AS departed, rule, ${lastRun}`,
      { from: 'source', order: 'source' },
    ),
    invitations: await rows(
      `source, act, ${term}, views, ${instant('invited')} AS invited, ${instant('expires')} AS expires`,
      { from: 'invitation', order: 'source' },
    ),
    views: await rows(
      `source, view, known, mode, rows::float8 AS rows, quarantined::float8 AS quarantined,
       ${instant('collected')} AS collected, ${instant('reconciled')} AS reconciled, owed,
       marked::float8 AS marked, ${lastRun}, ${instant('first_started')} AS first_started`,
      { from: 'view_state', order: 'source, view' },
    ),
    attentions: await rows(
      `source, view, code, subject, columns, ref, ${instant('since')} AS since, decision`,
      { from: 'attention', order: 'source, view, code' },
    ),
    schedules: await rows(
      `source, kind, view, expression, zone, ${instant('next')} AS next, ${instant('last_done')} AS last_done`,
      { from: 'schedule', order: 'source, next, kind, view' },
    ),
    jobs: await rows(
      `id::float8 AS id, kind, source, view, reason, ${instant('due')} AS due, ${instant('asked')} AS asked,
       ${instant('begun')} AS begun, ${instant('ended')} AS ended, outcome, problem, done, total, rows::float8 AS rows`,
      { from: 'job', order: 'id', where: 'ended IS NULL' },
    ),
  };
}

/** A run, with what its views came to together. */
export type RunInAll = PublishedRun &
  Pick<PublishedRunView, 'rows' | 'new' | 'changed' | 'removed' | 'quarantined'>;

/** The last runs of a source, the latest first. */
export function lastRuns(questions: Questions, source: string, most: number): Promise<RunInAll[]> {
  const sum = (column: string) => `coalesce(sum(v.${column}), 0)::float8 AS ${column}`;
  return questions.query(
    `SELECT r.id::float8 AS id, r.source, ${instant('r.started')} AS started, ${instant('r.ended')} AS ended,
            r.outcome, r.problem, ${['rows', 'new', 'changed', 'removed', 'quarantined'].map(sum).join(', ')}
       FROM (SELECT * FROM guarita.run WHERE source = $1 ORDER BY id DESC LIMIT $2) r
       LEFT JOIN guarita.run_view v ON v.run = r.id
      GROUP BY r.id, r.source, r.started, r.ended, r.outcome, r.problem ORDER BY r.id DESC`,
    [source, most],
  );
}

/** When the base was first told what a view of a source is like. */
export interface FirstSeen {
  readonly source: string;
  readonly view: string;
  /** ISO 8601 in UTC. */
  readonly first: string;
}

export function firstSeen(questions: Questions, sources: readonly string[]): Promise<FirstSeen[]> {
  return questions.query(
    `SELECT source, view, ${instant('first_described')} AS first FROM guarita.view
      WHERE source = ANY ($1) ORDER BY source, view`,
    [sources],
  );
}
