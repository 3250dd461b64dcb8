import type { KeyText } from '../../../shared/sources/view-source.ts';
import type { Base } from '../base.ts';
import { instantToSecond } from '../instants.ts';
import { inIndexOrder } from './index-order.ts';
import { keyTexts, maxKeyText, type StoredKey } from './key-sql.ts';
import type { QuarantineCode } from './quarantine-codes.ts';
import type { ViewTarget } from './source-schema.ts';

/** A row in quarantine, or that was there. */
export interface QuarantineEntry {
  readonly source: string;
  readonly view: string;
  /** Null once it is closed. */
  readonly key: readonly KeyText[] | null;
  readonly code: QuarantineCode;
  /** Names of the columns concerned. */
  readonly reason: string;
  /** Rows that are alike in everything. */
  readonly copies: number;
  /** Instants in ISO 8601, UTC. */
  readonly opened: string;
  readonly lastSeen: string;
  readonly resolved: string | null;
}

/** An entry with the row itself, each value cut to what a cell of a spreadsheet holds. */
export interface QuarantinedRow extends QuarantineEntry {
  readonly digest: string;
  readonly columns: readonly string[];
  readonly values: readonly (string | null)[];
}

/** Keys of the open entries of a view, each once, those first that were seen longest ago; none that cannot be asked. */
export async function openKeys(
  base: Base,
  { source, view }: ViewTarget,
  limit: number,
): Promise<KeyText[][]> {
  const keys = await base.transaction((tx) =>
    tx.query<StoredKey>(
      `SELECT key, key_mark AS mark FROM guarita.quarantine
        WHERE source = $1 AND view = $2 AND resolved IS NULL
          AND NOT EXISTS (SELECT FROM unnest(key) value WHERE length(value) > $4)
        GROUP BY key, key_mark ORDER BY min(last_seen), key LIMIT $3`,
      [source, view.name, limit, maxKeyText],
    ),
  );
  return keys.map(keyTexts);
}

/** Open entries by source and view, of one source or of all; views without any are not there. */
export async function countOpen(
  base: Base,
  source?: string,
): Promise<{ source: string; view: string; open: number }[]> {
  return base.transaction((tx) =>
    tx.query(
      `SELECT source, view, count(*)::int AS open FROM guarita.quarantine
        WHERE resolved IS NULL AND ($1::text IS NULL OR source = $1) GROUP BY source, view ORDER BY source, view`,
      [source ?? null],
    ),
  );
}

export interface QuarantineFilter {
  readonly source?: string | undefined;
  readonly view?: string | undefined;
  /** Closed ones as well. */
  readonly all?: boolean;
  readonly limit: number;
}

/** Entries, the oldest first. */
export async function listQuarantine(base: Base, filter: QuarantineFilter): Promise<QuarantineEntry[]> {
  const { source, view, all, limit } = filter;
  const rows = await base.transaction((tx) =>
    tx.query<EntryRow>(
      `SELECT ${entryColumns} FROM guarita.quarantine q
        WHERE ($1::text IS NULL OR source = $1) AND ($2::text IS NULL OR view = $2) AND ($3 OR resolved IS NULL)
        ORDER BY q.opened, q.source, q.view, q.digest LIMIT $4`,
      [source ?? null, view ?? null, all ?? false, limit],
    ),
  );
  return rows.map(({ mark, ...row }) => ({ ...row, key: withMarks(row.key, mark) }));
}

/** Rows read at once; with at most 32 KiB a value they are a few megabytes, however large the quarantine is. */
const rowsPerRead = 100;
/** What a cell of a spreadsheet holds. */
const cellLength = 32_767;

/** Every open entry of a source with its row, by view, in bounded memory. */
export async function* quarantinedRows(
  base: Base,
  source: string,
  view?: string,
): AsyncGenerator<QuarantinedRow> {
  let [lastView, lastDigest] = ['', '0'];
  for (;;) {
    const rows = await base.transaction(async (tx) => {
      await inIndexOrder(tx);
      return tx.query<Omit<QuarantinedRow, 'key'> & EntryRow>(
        `SELECT ${entryColumns}, digest::text, columns,
                ARRAY(SELECT left(value, ${cellLength}) FROM unnest(row_values) WITH ORDINALITY AS v (value, place)
                       ORDER BY place) AS values
           FROM guarita.quarantine q
          WHERE source = $1 AND ($2::text IS NULL OR view = $2) AND resolved IS NULL AND (q.view, q.digest) > ($3, $4)
          ORDER BY q.view, q.digest LIMIT ${rowsPerRead}`,
        [source, view ?? null, lastView, lastDigest],
      );
    });
    for (const { mark, ...row } of rows) yield { ...row, key: withMarks(row.key, mark) };
    const last = rows.at(-1);
    if (last === undefined) return;
    [lastView, lastDigest] = [last.view, last.digest];
  }
}

type EntryRow = QuarantineEntry & Pick<StoredKey, 'mark'>;

const entryColumns = `source, view, key, key_mark AS mark, code, reason, copies, ${instantToSecond('opened')} AS opened,
  ${instantToSecond('last_seen')} AS "lastSeen", ${instantToSecond('resolved')} AS resolved`;

function withMarks(key: readonly (string | null)[] | null, mark: readonly number[]): KeyText[] | null {
  return key === null ? null : keyTexts({ key, mark });
}
