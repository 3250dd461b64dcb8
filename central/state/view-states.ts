import type { ViewMode } from '../../shared/sources/view-source.ts';
import { type StateFile, writeState } from '../../shared/state-file.ts';

/** Why a view is to be reconciled before its next schedule says so. */
export type Owed =
  | 'asked'
  | 'epoch-changed'
  | 'schema-changed'
  | 'checkpoint-lost'
  | 'base-changed'
  /** More rows of those in quarantine are gone than may be marked without weighing it. */
  | 'rows-gone'
  /** The log of changes lacks entries that were not read yet. */
  | 'log-gap';

/** What is known of a view, so that the status can be told without the base. Instants are ISO 8601 in UTC. */
export interface ViewState {
  readonly source: string;
  readonly view: string;
  readonly mode: ViewMode | null;
  /** Rows of the base that the source still has. */
  readonly rows: number | null;
  /** Open quarantine entries. */
  readonly quarantined: number | null;
  /**
   * Begin of the last run that collected the view to the end, less by how much the source was behind: what the state
   * did before that, the base has.
   */
  readonly collected: string | null;
  /** Begin of the last run that reconciled it to the end. */
  readonly reconciled: string | null;
  readonly owed: Owed | null;
  /** Rows marked as removed since the last run that did all that was to be done: what is judged as one loss. */
  readonly marked: number;
}

export class ViewStates {
  readonly #db: StateFile;

  constructor(db: StateFile) {
    this.#db = db;
  }

  all(): ViewState[] {
    const rows: unknown[] = this.#db.prepare('SELECT * FROM view_state ORDER BY source, view').all();
    return rows as ViewState[];
  }

  find(source: string, view: string): ViewState | undefined {
    const row: unknown = this.#db
      .prepare('SELECT * FROM view_state WHERE source = ? AND view = ?')
      .get(source, view);
    return row as ViewState | undefined;
  }

  /** Every known view of a source, or one of them, is to be reconciled; what is owed already keeps its reason. */
  owe(source: string, view: string | null, owed: Owed): void {
    const sql = `UPDATE view_state SET owed = coalesce(owed, @owed)
      WHERE source = @source AND view = coalesce(@view, view)`;
    writeState(this.#db, sql, { source, view, owed });
  }

  /** So many more rows were marked as removed. */
  mark(source: string, view: string, rows: number): void {
    writeState(
      this.#db,
      `INSERT INTO view_state (source, view, marked) VALUES (@source, @view, @rows)
       ON CONFLICT (source, view) DO UPDATE SET marked = marked + excluded.marked`,
      { source, view, rows },
    );
  }

  /** Takes over what is given and leaves the rest as it was. */
  save(source: string, view: string, changes: Partial<Omit<ViewState, 'source' | 'view'>>): void {
    const names = Object.keys(changes);
    writeState(
      this.#db,
      `INSERT INTO view_state (${['source', 'view', ...names].join(', ')})
       VALUES (${['source', 'view', ...names].map((name) => `@${name}`).join(', ')})
       ON CONFLICT (source, view) DO UPDATE SET view = excluded.view
         ${names.map((name) => `, ${name} = excluded.${name}`).join('')}`,
      { ...changes, source, view },
    );
  }
}
