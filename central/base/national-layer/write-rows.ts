import type { Transaction } from '../base.ts';
import { quoteText } from '../names.ts';
import { lookUpByKey } from '../source-layer/merge.ts';
import { setDownAlone } from './queue.ts';
import { enqueue, enqueuePresence, subjectsOf, sweepAll } from './touched-subjects.ts';
import type { TypedView } from './typed-views.ts';

/** Lines in COPY text format, without their newlines: `ownColumns` of a view's table, or `pastColumns` of its history. */
export interface TypedRows {
  readonly rows: readonly string[];
  readonly past: readonly string[];
  /** Rows whose whole history is among `past`: what is stored of it goes. */
  readonly anew: readonly string[];
}

/** The same of a whole step, as the bytes that COPY takes: text would be kept and moved about until the step is written. */
export class TypedLines {
  readonly #rows: Buffer[] = [];
  readonly #past: Buffer[] = [];
  readonly anew: string[] = [];

  add({ rows, past, anew }: TypedRows): void {
    if (rows.length > 0) this.#rows.push(linesOf(rows));
    if (past.length > 0) this.#past.push(linesOf(past));
    for (const id of anew) this.anew.push(id);
  }

  /** Empty where there are none. */
  get rows(): Buffer {
    return Buffer.concat(this.#rows);
  }

  get past(): Buffer {
    return Buffer.concat(this.#past);
  }
}

/** What is written besides what is carried of a register. */
const ofRegister = ['identidade', 'natal_id', 'pessoa_id', 'primeira_vez'];
/** What an update leaves of a register: whom it belongs to is not for typing to say. */
const left = ['natal_id', 'pessoa_id', 'primeira_vez'];
const moments = ['desde_mudanca', 'desde'];

const keyOf = ({ role }: TypedView) => (role === null ? ['fonte', 'id'] : ['fonte', 'papel', 'id']);
const carried = ({ columns }: TypedView) => [...columns.map(({ name }) => name), 'notas', 'removido'];

/** The columns of a line of `TypedRows.rows`. */
export function ownColumns(view: TypedView): readonly string[] {
  return [...keyOf(view), ...carried(view), ...moments, ...(view.role === null ? [] : ofRegister)];
}

/** The columns of a line of `TypedRows.past`. */
export function pastColumns(view: TypedView): readonly string[] {
  return [...keyOf(view), ...carried(view), ...moments, 'ate_mudanca', 'ate'];
}

/** Of which source rows are written, and what is known of those that are there. */
export interface WriteOptions {
  readonly source: string;
  /** The view was never treated in this version: instead of what each row touches, everything is checked afterwards. */
  readonly fromNothing: boolean;
  /** None of these rows is likely to be there; only where everything is checked afterwards. */
  readonly likelyNew: boolean;
}

/**
 * Writes rows of a view as they are now, and what they were before. Rows that are the same already are not written.
 * Returns whether all of them were new and copied straight into the table: so may be those that come next.
 */
export async function writeRows(
  tx: Transaction,
  view: TypedView,
  { rows, past, anew }: TypedLines,
  { source, fromNothing, likelyNew }: WriteOptions,
): Promise<boolean> {
  // Linkage writes registers, too: whoever does so does it alone.
  if (view.role !== null) await setDownAlone(tx);
  const copied = rows.length > 0 && likelyNew && fromNothing && (await copyNew(tx, view, rows));
  if (fromNothing) await sweepAll(tx, source, subjectsOf(view.view.name));
  if (!copied && rows.length > 0) await merge(tx, view, rows, fromNothing ? null : source);
  // Of rows that were not there nothing is past.
  await writePast(tx, view, source, past, copied ? [] : anew);
  return copied;
}

/** Since when rows have been as they are: its change and its instant, by id. */
export async function storedSince(
  tx: Transaction,
  view: TypedView,
  source: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly change: string; readonly since: string }>> {
  const found = await tx.query<{ id: string; change: string; since: string }>(
    `SELECT id, desde_mudanca::text AS change, desde::text AS since FROM ${view.table}
      WHERE fonte = $1 ${ofRole(view)} AND id = ANY ($2)`,
    [source, ids],
  );
  return new Map(found.map(({ id, ...since }) => [id, since]));
}

const ofRole = ({ role }: TypedView) => (role === null ? '' : `AND papel = ${quoteText(role)}`);

async function copyNew(tx: Transaction, view: TypedView, rows: Buffer): Promise<boolean> {
  const columns = ownColumns(view).join(', ');
  return (await tx.attempt(() => tx.copyIn(`${view.table} (${columns})`, rows))) !== null;
}

async function merge(tx: Transaction, view: TypedView, rows: Buffer, source: string | null): Promise<void> {
  const columns = ownColumns(view);
  await tx.execute(lookUpByKey);
  const stage = await stageRows(tx, view.table, columns, rows);
  const sameKey = keyOf(view)
    .map((name) => `t.${name} = s.${name}`)
    .join(' AND ');
  const kept = [...keyOf(view), ...(view.role === null ? [] : left)];
  const compared = columns.filter((name) => !kept.includes(name));
  const list = (alias: string) => compared.map((name) => `${alias}.${name}`).join(', ');
  await tx.execute(
    `DELETE FROM ${stage} s USING ${view.table} t
      WHERE ${sameKey} AND ROW(${list('t')}) IS NOT DISTINCT FROM ROW(${list('s')})`,
  );
  if (source !== null) await setDownTouched(tx, view, source, { stage, sameKey });
  await tx.execute(
    `INSERT INTO ${view.table} (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM ${stage}
     ON CONFLICT (${keyOf(view).join(', ')}) DO UPDATE SET
       ${compared.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  );
}

/** Sets down who looks at rows that are written, by what these were and by what they will be. */
async function setDownTouched(
  tx: Transaction,
  { view, table }: TypedView,
  source: string,
  { stage, sameKey }: { readonly stage: string; readonly sameKey: string },
): Promise<void> {
  const of = (alias: string, columns: readonly string[]) =>
    columns.map((name) => `${alias}.${name}`).join(', ');
  const joined = `${stage} s LEFT JOIN ${table} t ON ${sameKey}`;
  await enqueue(tx, source, view.name, (columns, counting) => {
    const moved =
      counting === undefined
        ? 'true'
        : `(t.id IS NULL OR ROW(${of('t', counting)}) IS DISTINCT FROM ROW(${of('s', counting)}))`;
    return `SELECT ${of('t', columns)} FROM ${joined} WHERE t.id IS NOT NULL AND ${moved}
            UNION ALL SELECT ${of('s', columns)} FROM ${joined} WHERE ${moved}`;
  });
  const comesOrGoes = '(t.id IS NULL OR t.removido IS NOT NULL) <> (s.removido IS NOT NULL)';
  await enqueuePresence(
    tx,
    source,
    view.name,
    (columns) => `SELECT ${of('s', columns)} FROM ${joined} WHERE ${comesOrGoes}`,
  );
}

async function writePast(
  tx: Transaction,
  view: TypedView,
  source: string,
  past: Buffer,
  anew: readonly string[],
): Promise<void> {
  if (anew.length > 0) {
    const history = `DELETE FROM ${view.history} WHERE fonte = $1 ${ofRole(view)} AND id = ANY ($2)`;
    await tx.query(history, [source, anew]);
  }
  if (past.length > 0) await tx.copyIn(`${view.history} (${pastColumns(view).join(', ')})`, past);
}

/** Once a transaction, whose end drops it: what is only emptied then costs each commit of the connection from then on. */
async function stageRows(
  tx: Transaction,
  like: string,
  columns: readonly string[],
  rows: Buffer,
): Promise<string> {
  const list = columns.join(', ');
  await tx.execute(
    `CREATE TEMP TABLE treated_rows ON COMMIT DROP AS SELECT ${list} FROM ${like} WITH NO DATA`,
  );
  await tx.copyIn(`treated_rows (${list})`, rows);
  return 'treated_rows';
}

function linesOf(rows: readonly string[]): Buffer {
  return Buffer.from(`${rows.join('\n')}\n`);
}
