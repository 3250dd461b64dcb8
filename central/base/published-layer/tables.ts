import type { Transaction } from '../base.ts';
import { jsonRows } from '../json-rows.ts';
import { quoteName } from '../names.ts';

/** Rows as the tables of `migrations.ts` have them. Instants are ISO 8601 in UTC. */
export interface PublishedJob {
  readonly id: number;
  readonly kind: string;
  readonly source: string;
  readonly view: string | null;
  readonly reason: string;
  readonly due: string;
  readonly asked: string;
  readonly begun: string | null;
  readonly ended: string | null;
  readonly outcome: string | null;
  readonly problem: string | null;
  readonly done: number | null;
  readonly total: number | null;
  readonly rows: number | null;
}

export interface PublishedRun {
  readonly id: number;
  readonly source: string;
  readonly started: string;
  readonly ended: string | null;
  readonly outcome: string | null;
  readonly problem: string | null;
}

export interface PublishedRunView {
  readonly run: number;
  readonly view: string;
  readonly kind: string;
  readonly rows: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly quarantined: number;
  readonly forgotten: number;
  readonly seconds: number;
  readonly outcome: string;
  readonly problem: string | null;
}

export interface PublishedSource {
  readonly source: string;
  readonly act: string | null;
  readonly act_begin: string | null;
  readonly act_end: string | null;
  /** When its agent was enrolled. */
  readonly enrolled: string | null;
  readonly ended: string | null;
  /** When it was taken off, because its state left. */
  readonly departed: string | null;
  /** By which rule of the work plan it is read; null where that is not known. */
  readonly rule: number | null;
  readonly last_started: string | null;
  readonly last_outcome: string | null;
  readonly last_problem: string | null;
}

/** An invitation that was not answered: an agreement with a state of which there is no agent yet. */
export interface PublishedInvitation {
  readonly source: string;
  readonly act: string;
  readonly act_begin: string;
  readonly act_end: string;
  readonly views: readonly string[];
  readonly invited: string;
  readonly expires: string;
}

export interface PublishedView {
  readonly source: string;
  readonly view: string;
  readonly known: boolean;
  readonly mode: string | null;
  readonly rows: number | null;
  readonly quarantined: number | null;
  readonly collected: string | null;
  readonly reconciled: string | null;
  readonly owed: string | null;
  readonly marked: number | null;
  readonly last_started: string | null;
  readonly last_outcome: string | null;
  readonly last_problem: string | null;
  readonly first_started: string | null;
}

export interface PublishedAttention {
  readonly source: string;
  readonly view: string;
  readonly code: string;
  readonly subject: string;
  readonly columns: readonly string[] | null;
  readonly ref: string;
  readonly since: string;
  readonly decision: string | null;
}

export interface PublishedSchedule {
  readonly source: string;
  readonly kind: string;
  readonly view: string | null;
  readonly expression: string;
  readonly zone: string;
  readonly next: string | null;
  readonly last_done: string | null;
}

export interface PublishedRows {
  readonly job: PublishedJob;
  readonly run: PublishedRun;
  readonly run_view: PublishedRunView;
  readonly source: PublishedSource;
  readonly invitation: PublishedInvitation;
  readonly view_state: PublishedView;
  readonly attention: PublishedAttention;
  readonly schedule: PublishedSchedule;
}

export type TableName = keyof PublishedRows;

interface Table<T extends TableName> {
  readonly key: readonly (keyof PublishedRows[T] & string)[];
  readonly others: readonly (keyof PublishedRows[T] & string)[];
}

const counts = [
  'rows',
  'new',
  'changed',
  'unchanged',
  'removed',
  'quarantined',
  'forgotten',
  'seconds',
] as const;
const lastRun = ['last_started', 'last_outcome', 'last_problem'] as const;
const ending = ['ended', 'outcome', 'problem'] as const;

/** In an order in which they can be filled. */
export const tables: { readonly [T in TableName]: Table<T> } = {
  job: {
    key: ['id'],
    others: [
      ...(['kind', 'source', 'view', 'reason', 'due', 'asked', 'begun'] as const),
      ...([...ending, 'done', 'total', 'rows'] as const),
    ],
  },
  run: { key: ['id'], others: ['source', 'started', ...ending] },
  run_view: { key: ['run', 'view', 'kind'], others: [...counts, 'outcome', 'problem'] },
  source: {
    key: ['source'],
    others: ['act', 'act_begin', 'act_end', 'enrolled', 'ended', 'departed', 'rule', ...lastRun],
  },
  invitation: { key: ['source'], others: ['act', 'act_begin', 'act_end', 'views', 'invited', 'expires'] },
  view_state: {
    key: ['source', 'view'],
    others: [
      ...(['known', 'mode', 'rows', 'quarantined', 'collected', 'reconciled', 'owed', 'marked'] as const),
      ...([...lastRun, 'first_started'] as const),
    ],
  },
  attention: {
    key: ['source', 'view', 'code'],
    others: ['subject', 'columns', 'ref', 'since', 'decision'],
  },
  schedule: { key: ['source', 'kind', 'view', 'expression'], others: ['zone', 'next', 'last_done'] },
};

/** Shows rows, new ones and those that changed. */
export async function putRows<T extends TableName>(
  tx: Transaction,
  table: T,
  rows: readonly PublishedRows[T][],
): Promise<void> {
  if (rows.length === 0) return;
  const { key, others } = tables[table];
  const columns = [...key, ...others].map(quoteName).join(', ');
  const set = others.map((name) => `${quoteName(name)} = excluded.${quoteName(name)}`).join(', ');
  await tx.query(
    `INSERT INTO guarita.${table} (${columns}) SELECT ${columns} FROM ${given(table)}
     ON CONFLICT (${key.map(quoteName).join(', ')}) DO UPDATE SET ${set}`,
    [jsonRows(rows)],
  );
}

/** Shows rows no more, by their keys. */
export async function dropRows<T extends TableName>(
  tx: Transaction,
  table: T,
  rows: readonly PublishedRows[T][],
): Promise<void> {
  if (rows.length === 0) return;
  const same = tables[table].key
    .map((name) => `shown.${quoteName(name)} IS NOT DISTINCT FROM gone.${quoteName(name)}`)
    .join(' AND ');
  await tx.query(`DELETE FROM guarita.${table} shown USING ${given(table)} gone WHERE ${same}`, [
    jsonRows(rows),
  ]);
}

/** Shows no more those up to a number, but for jobs that have not ended. */
export async function dropOld(tx: Transaction, table: 'job' | 'run', upTo: number): Promise<void> {
  const andEnded = table === 'job' ? 'AND ended IS NOT NULL' : '';
  await tx.query(`DELETE FROM guarita.${table} WHERE id <= $1 ${andEnded}`, [upTo]);
}

function given(table: TableName): string {
  return `jsonb_populate_recordset(NULL::guarita.${table}, $1::jsonb)`;
}
