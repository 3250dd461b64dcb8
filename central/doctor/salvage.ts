import { GuaritaError } from '../../shared/errors.ts';
import { type StateFile, stateError } from '../../shared/state-file.ts';

/** What came of a table of a damaged file. */
export interface SalvagedTable {
  readonly table: string;
  readonly rows: number;
  /** Whether all of it could be read. */
  readonly whole: boolean;
}

interface Table {
  readonly name: string;
  /** The columns by which it is stored, in the order of which it can be walked. */
  readonly order: readonly string[];
  /** Reads single pieces where walking fails: rows by number, or the views of a run that was salvaged. */
  readonly pieces?: (to: StateFile, after: number, before: number) => Iterable<number>;
}

/**
 * What people and programs have written down and nothing else knows. Not the checkpoints: the base has copies of
 * them, which cannot be ahead of its rows; what a damaged file says of them might be.
 */
const tables: readonly Table[] = [
  { name: 'run', order: ['id'], pieces: (_to, after, before) => between(after, before) },
  {
    name: 'run_view',
    order: ['run', 'view', 'kind'],
    pieces: (to) => to.prepare('SELECT id FROM run ORDER BY id').pluck().all() as number[],
  },
  { name: 'receipt', order: ['id'], pieces: (_to, after, before) => between(after, before) },
  { name: 'journal_line', order: ['source'] },
  { name: 'journal_begun', order: ['source'] },
  { name: 'journal_break', order: ['id'], pieces: (_to, after, before) => between(after, before) },
  { name: 'view_state', order: ['source', 'view'] },
  { name: 'attention', order: ['source', 'view', 'code'] },
  { name: 'answer', order: ['number'], pieces: (_to, after, before) => between(after, before) },
];

type Row = Record<string, unknown>;

/**
 * Takes over what can still be read of a damaged file into a new one, table by table: from its front up to what cannot
 * be read, from its back down to that, then piece by piece between. A row that is not what its columns say is left
 * out, so that no accident becomes a record; a column that the damaged file does not have gets its default.
 * Throws `state-unwritable` for the new file, and nothing for what is wrong with the damaged one.
 */
export function salvage(from: StateFile, to: StateFile): SalvagedTable[] {
  return tables.map((table) => salvageTable(from, to, table));
}

function salvageTable(from: StateFile, to: StateFile, table: Table): SalvagedTable {
  const { name, order } = table;
  const there = tolerate(() => columnsOf(from, name).map((column) => column.name)) ?? [];
  const columns = columnsOf(to, name).filter((column) => there.includes(column.name));
  if (columns.length === 0) return { table: name, rows: 0, whole: false };
  const key = order[0] ?? '';
  const select = `SELECT ${columns.map((column) => column.name).join(', ')} FROM ${name}`;
  const take = taker(to, name, columns);
  let rows = 0;
  /** Takes what a query gives until it ends or fails; `last` is how far it came, by the first column of the order. */
  const walk = (rest: string, ...parameters: readonly number[]): { whole: boolean; last: number | null } => {
    const walked = { whole: true, last: null as number | null };
    try {
      for (const row of from.prepare(`${select} ${rest}`).iterate(...parameters) as Iterable<Row>) {
        const taken = take(row);
        rows += taken ? 1 : 0;
        walked.whole &&= taken;
        if (taken && typeof row[key] === 'number') walked.last = row[key];
      }
      return walked;
    } catch (error) {
      // The new file cannot be written.
      if (error instanceof GuaritaError) throw error;
      return { ...walked, whole: false };
    }
  };
  const salvageAll = to.transaction((): boolean => {
    const forth = walk(`ORDER BY ${order.join(', ')}`);
    if (forth.whole) return true;
    const back = walk(`ORDER BY ${order.map((column) => `${column} DESC`).join(', ')}`);
    const before = back.last ?? tolerate(() => lastNumber(from, name, key)) ?? 0;
    for (const piece of table.pieces?.(to, forth.last ?? 0, before) ?? []) walk(`WHERE ${key} = ?`, piece);
    return false;
  });
  const whole = salvageAll();
  return { table: name, rows, whole };
}

/** Writes a row into the new file; false for one that is not what its columns say, or is there already. */
function taker(to: StateFile, table: string, columns: readonly Column[]): (row: Row) => boolean {
  const names = columns.map(({ name }) => name);
  const values = names.map((name) => `@${name}`);
  const insert = to.prepare(
    `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`,
  );
  return (row) => {
    if (!columns.every((column) => fits(row[column.name], column))) return false;
    try {
      return insert.run(row).changes === 1;
    } catch (error) {
      throw stateError(error, to.name);
    }
  };
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
}

function columnsOf(db: StateFile, table: string): Column[] {
  return db.pragma(`table_info(${table})`) as Column[];
}

function fits(value: unknown, { type, notnull }: Column): boolean {
  if (value === null) return notnull === 0;
  switch (type) {
    case 'INTEGER':
      return Number.isSafeInteger(value);
    case 'REAL':
      return Number.isFinite(value);
    case 'BLOB':
      return Buffer.isBuffer(value);
    default:
      // U+FFFD is what bytes become that are no text: none of these texts ever holds one of its own.
      return typeof value === 'string' && !value.includes('\uFFFD') && !value.includes('\0');
  }
}

/** A number that was damaged itself may be any: a look at so many takes a minute. */
const mostPieces = 20_000_000;

function* between(after: number, before: number): Iterable<number> {
  const end = Math.min(before, after + mostPieces);
  for (let number = after + 1; number < end; number++) yield number;
}

function lastNumber(db: StateFile, table: string, key: string): number {
  return Number(db.prepare(`SELECT max(${key}) FROM ${table}`).pluck().get() ?? 0) + 1;
}

function tolerate<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
