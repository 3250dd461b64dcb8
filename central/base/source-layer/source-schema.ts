import { GuaritaError } from '../../../shared/errors.ts';
import type { ViewDescription } from '../../../shared/sources/view-source.ts';
import type { Base, Transaction } from '../base.ts';
import { holdLockOf } from '../locks.ts';
import { sourceTable, versionsTable } from '../names.ts';
import { type Doubt, differences, doubtsAbout, type KnownView } from './view-changes.ts';
import { addColumns, addVersions, columnsIn, createTables, holdToSound, mostColumns } from './view-tables.ts';

export type { Doubt } from './view-changes.ts';

/** A view of a source as the base holds it. */
export interface ViewTarget {
  readonly source: string;
  readonly view: ViewDescription;
  /** `fonte_al."custodiado"` */
  readonly table: string;
  /** `fonte_al_versao."custodiado"`: what its rows were before. */
  readonly versions: string;
  /** Columns that both have, also those that the source has no more: they stay with what they last held. */
  readonly kept: readonly string[];
  /** Pages of new rows can be copied into it. */
  readonly takesCopies: boolean;
  /**
   * Since the view was last read to its end, a column has another name than the one that stood in its place: rows whose
   * values are the same, and so their digest, may differ by name.
   */
  readonly namesMoved: boolean;
  /** Pages ever loaded into it. */
  readonly loads: number;
  /** Rows that the source still has, as far as the base knows. */
  readonly rows: number;
  /** The base's own copy of where to go on; null to read the view from its start. */
  readonly cursor: string | null;
  /** Whether that cursor begins a cycle: everything before it was read. */
  readonly cycleComplete: boolean;
  /** The source has another history than at the last time. */
  readonly epochChanged: boolean;
  /** The view has another shape than at the last time. */
  readonly schemaChanged: boolean;
  /** The base had never heard of this view. */
  readonly isNew: boolean;
  /** What differs from the last description, for the operator; empty when nothing does. */
  readonly notices: readonly string[];
}

interface StoredView extends KnownView {
  /** What the rows of its table are held to; null for nothing yet, in one that version 0.1.0 made. */
  readonly soundRow: string | null;
  readonly namesMoved: boolean;
}

/** Until the transaction ends, no view of the source is made room for. */
export async function holdSource(tx: Transaction, source: string): Promise<void> {
  await holdLockOf(tx, 'preparing', source);
}

/**
 * Makes room for a view as its source describes it: its table on the first time, added columns later. A column that
 * the source no longer has stays, with what it last held. Where the history or the shape changed, the cursor that the
 * base keeps no longer counts.
 *
 * @param believe asked for each doubt before anything is changed. Where it says no, that doubt is thrown and the base
 *   is left as it was; the same when it throws.
 * Throws `view-unusable`, `view-too-wide`, `key-changed` for another key, `epoch-changed` and `column-lost` for a doubt, and the errors of Base.
 */
export async function prepareView(
  base: Base,
  source: string,
  view: ViewDescription,
  believe: (doubt: Doubt) => boolean,
): Promise<ViewTarget> {
  requireRoom(view);
  return base.transaction(async (tx) => {
    // Two collectors may meet a new view at the same time; of a row that is not there yet there is nothing to lock.
    await holdSource(tx, source);
    const tables = { table: sourceTable(source, view.name), versions: versionsTable(source, view.name) };
    const known = await findView(tx, source, view.name, 'FOR UPDATE');
    if (known === undefined) {
      await createTables(tx, source, view);
      const sound = await holdToSound(tx, source, view, null);
      await remember(tx, source, view, { anew: true, namesMoved: false, sound });
      const place = { loads: 0, rows: 0, cursor: null, cycleComplete: false };
      const changes = { epochChanged: false, schemaChanged: false, namesMoved: false, isNew: true };
      const kept = view.columns.map(({ name }) => name);
      return { source, view, ...tables, kept, takesCopies: true, ...place, ...changes, notices: [] };
    }
    requireSameKey(known, view);
    for (const doubt of doubtsAbout(known, view)) {
      if (!believe(doubt)) throw new GuaritaError(doubt.code, doubt.detail);
    }
    const epochChanged = known.epoch !== view.epoch;
    const schemaChanged = known.fingerprint !== view.fingerprint;
    const anew = epochChanged || schemaChanged;
    const namesMoved = known.namesMoved || haveMoved(known, view);
    if (known.soundRow === null) await addVersions(tx, source, view);
    await addColumns(tx, source, view, gainedColumns(known, view));
    const sound = await holdToSound(tx, source, view, known.soundRow);
    await remember(tx, source, view, { anew, namesMoved, sound });
    const kept = await columnsIn(tx, tables.versions);
    const takesCopies = sound !== null;
    const loads = Number(known.loads);
    const rows = Number(known.rows);
    const place = anew ? { cursor: null, cycleComplete: false } : known;
    const { cursor, cycleComplete } = place;
    const changes = { epochChanged, schemaChanged, namesMoved, isNew: false };
    const notices = differences(known, view);
    return {
      source,
      view,
      ...tables,
      kept,
      takesCopies,
      loads,
      rows,
      cursor,
      cycleComplete,
      ...changes,
      notices,
    };
  });
}

/** The target with what the base says of its pages and rows by now. */
export async function refreshTarget(base: Base, target: ViewTarget): Promise<ViewTarget> {
  const known = await base.transaction((tx) => findView(tx, target.source, target.view.name));
  return { ...target, loads: Number(known?.loads ?? 0), rows: Number(known?.rows ?? 0) };
}

/** Pages loaded into a view by now, whoever loaded them. */
export async function readLoads(base: Base, { source, view }: ViewTarget): Promise<number> {
  const known = await base.transaction((tx) => findView(tx, source, view.name));
  return Number(known?.loads ?? 0);
}

/** Rows of a view that the source still has, as far as the base knows; null for a view that it never heard of. */
export async function readFacts(base: Base, source: string, view: string): Promise<number | null> {
  const known = await base.transaction((tx) => findView(tx, source, view));
  return known === undefined ? null : Number(known.rows);
}

async function findView(
  tx: Transaction,
  source: string,
  view: string,
  lock: 'FOR UPDATE' | '' = '',
): Promise<StoredView | undefined> {
  const [known] = await tx.query<StoredView>(
    `SELECT key, columns, fingerprint, epoch, loads::text, rows::text, cursor, cycle_complete AS "cycleComplete",
            sound_row AS "soundRow", names_moved AS "namesMoved"
       FROM guarita.view WHERE source = $1 AND view = $2 ${lock}`,
    [source, view],
  );
  return known;
}

/** PostgreSQL cuts a longer name, and two views that are alike up to there would be one table. */
const mostNameBytes = 63;

function requireRoom({ name, columns }: ViewDescription): void {
  const bytes = Buffer.byteLength(name);
  if (bytes > mostNameBytes) {
    throw new GuaritaError(
      'view-unusable',
      `Visão "${name}": ${bytes} bytes, de no máximo ${mostNameBytes}.`,
    );
  }
  if (columns.length <= mostColumns) return;
  throw new GuaritaError(
    'view-too-wide',
    `Visão "${name}": ${columns.length} colunas, de no máximo ${mostColumns}.`,
  );
}

function requireSameKey(known: KnownView, view: ViewDescription): void {
  if (known.key.join('\n') === view.key.join('\n')) return;
  const keys = `era (${known.key.join(', ')}), agora (${view.key.join(', ')})`;
  throw new GuaritaError('key-changed', `Visão "${view.name}": ${keys}.`);
}

function gainedColumns(known: KnownView, view: ViewDescription): string[] {
  const there = new Set(known.columns.map((column) => column.name));
  return view.columns.map(({ name }) => name).filter((name) => !there.has(name));
}

/** Values are given by their place: what is gained or lost at the end of the line changes every digest, this need not. */
function haveMoved({ columns }: KnownView, view: ViewDescription): boolean {
  return columns.some(({ name }, place) => (view.columns[place]?.name ?? name) !== name);
}

interface Remembered {
  /** The cursor that the base keeps is of another history or shape. */
  readonly anew: boolean;
  readonly namesMoved: boolean;
  /** What the rows of its table are held to. */
  readonly sound: string | null;
}

async function remember(
  tx: Transaction,
  source: string,
  view: ViewDescription,
  { anew, namesMoved, sound }: Remembered,
): Promise<void> {
  const { name, key, columns, fingerprint, epoch } = view;
  await tx.query(
    `INSERT INTO guarita.view AS v (source, view, key, columns, fingerprint, epoch, sound_row, names_moved, forgets)
       VALUES ($1, $2, $3, $4, $5, $6, $8, $9, EXISTS (SELECT FROM guarita.tombstone WHERE source = $1))
     ON CONFLICT (source, view) DO UPDATE SET columns = excluded.columns, fingerprint = excluded.fingerprint,
       epoch = excluded.epoch, last_described = now(), sound_row = excluded.sound_row,
       names_moved = excluded.names_moved,
       cursor = CASE WHEN NOT $7 THEN v.cursor END, cycle_complete = v.cycle_complete AND NOT $7`,
    [source, name, key, JSON.stringify(columns), fingerprint, epoch, anew, sound, namesMoved],
  );
  await tx.query(
    `INSERT INTO guarita.shape (source, view, fingerprint, columns, key)
     SELECT $1, $2, $3, $4, $5
      WHERE NOT EXISTS (SELECT FROM guarita.shape WHERE source = $1 AND view = $2 AND fingerprint = $3)`,
    [source, name, fingerprint, columns.map((column) => column.name), key],
  );
}
