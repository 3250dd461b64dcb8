import { openStateFile, type StateFile, stateError } from '../../../shared/state-file.ts';
import { columnsOf, type RowTexts } from './records.ts';
import { storable } from './storable.ts';
import type { ApiView } from './view-schema.ts';

const migrations = [
  `CREATE TABLE listing (view TEXT PRIMARY KEY, shape TEXT NOT NULL, began INTEGER, whole INTEGER) WITHOUT ROWID`,
];

/** Rows that a listing lacked are removed after so many listings that lacked them, one after the other. */
const listingsThatLack = 2;

/** Names that no declared column can have. */
const missed = '_missed';
export const logSequence = '_sequence';
export const rowsOf = (view: string) => `rows/${view}`;
export const logOf = (view: string) => `log/${view}`;

/** What is known of the listings of a view. Instants in milliseconds. */
export interface LastListing {
  /** When the last one began; null before the first. */
  readonly began: number | null;
  /** When the last one began that was of everything, and came to its end. */
  readonly whole: number | null;
}

/** What a listing says of rows that it lacks. */
export interface Absence {
  /** Keys about which the API was asked one by one. */
  readonly gone: readonly RowTexts[];
  readonly there: readonly RowTexts[];
}

/**
 * What an API listed, as tables that the SQLite engine reads: the rows of a view, and a log of which of them changed.
 * A listing is set aside as it comes, and becomes the mirror in one transaction, or not at all.
 */
export class Mirror {
  readonly #db: StateFile;

  /** Throws `state-unwritable`, `state-newer`. */
  constructor(file: string) {
    this.#db = openStateFile(file, migrations);
  }

  /** Makes the tables of a view, anew where its columns or its key are others than they were. */
  prepare(view: ApiView): void {
    const columns = columnsOf(view).map(({ name }) => name);
    const shape = JSON.stringify([columns, view.key]);
    this.#write(() => {
      const known = this.#db.prepare('SELECT shape FROM listing WHERE view = ?').pluck().get(view.name);
      if (known === shape) return;
      const [rows, log] = [quoted(rowsOf(view.name)), quoted(logOf(view.name))];
      const texts = (names: readonly string[]) => names.map((name) => `${quoted(name)} TEXT`).join(', ');
      this.#db.exec(`DROP TABLE IF EXISTS ${rows}; DROP TABLE IF EXISTS ${log};
        CREATE TABLE ${rows} (${texts(columns)}, ${missed} INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (${list(view.key)}));
        CREATE TABLE ${log} (${logSequence} INTEGER PRIMARY KEY AUTOINCREMENT, ${texts(view.key)});`);
      this.#db.prepare('INSERT OR REPLACE INTO listing (view, shape) VALUES (?, ?)').run(view.name, shape);
    });
  }

  last(view: string): LastListing {
    const row = this.#db.prepare('SELECT began, whole FROM listing WHERE view = ?').get(view);
    return (row as LastListing | undefined) ?? { began: null, whole: null };
  }

  /** Where the rows of a listing are set aside. One at a time for a view. */
  begin(view: ApiView): Incoming {
    return new Incoming(this.#db, view);
  }

  close(): void {
    this.#db.close();
  }

  #write(work: () => void): void {
    try {
      this.#db.transaction(work).immediate();
    } catch (error) {
      throw stateError(error, this.#db.name);
    }
  }
}

/** A listing on its way. */
export class Incoming {
  readonly #db: StateFile;
  readonly #view: ApiView;
  readonly #columns: readonly string[];
  readonly #table: string;
  readonly #rows: string;

  constructor(db: StateFile, view: ApiView) {
    this.#db = db;
    this.#view = view;
    this.#columns = columnsOf(view).map(({ name }) => name);
    this.#table = `temp.${quoted(`incoming/${view.name}`)}`;
    this.#rows = quoted(rowsOf(view.name));
    const texts = this.#columns.map((name) => `${quoted(name)} TEXT`).join(', ');
    db.exec(`DROP TABLE IF EXISTS ${this.#table};
      CREATE TABLE ${this.#table} (${texts}, PRIMARY KEY (${list(view.key)})) WITHOUT ROWID`);
  }

  /** Of a key that comes twice, what came last counts. */
  take(rows: readonly RowTexts[]): void {
    const values = this.#columns.map(() => 'CAST(? AS TEXT)').join(', ');
    const insert = this.#db.prepare(`INSERT OR REPLACE INTO ${this.#table} VALUES (${values})`);
    this.#db.transaction(() => {
      for (const row of rows) insert.run(row.map(storable));
    })();
  }

  /** Rows by their key: what came twice counts once. */
  get count(): number {
    return Number(this.#db.prepare(`SELECT count(*) FROM ${this.#table}`).pluck().get());
  }

  /** Keys of rows of the mirror that did not come. */
  lacking(most: number): RowTexts[] {
    const sql = `SELECT ${list(this.#view.key)} FROM ${this.#rows} r WHERE NOT ${this.#came('r')} LIMIT ${most}`;
    return this.#db.prepare(sql).raw().all() as RowTexts[];
  }

  /**
   * Makes the mirror what came.
   * @param absence null where the listing says nothing of rows that it lacks: they stay
   * @param isWhole of everything, to its end
   */
  commit(
    began: number,
    { absence, isWhole }: { readonly absence: Absence | null; readonly isWhole: boolean },
  ): void {
    try {
      this.#db
        .transaction(() => {
          this.#store();
          if (absence !== null) this.#remove(absence);
          this.#db
            .prepare('UPDATE listing SET began = ?, whole = ifnull(?, whole) WHERE view = ?')
            .run(began, isWhole ? began : null, this.#view.name);
        })
        .immediate();
    } catch (error) {
      throw stateError(error, this.#db.name);
    }
    this.drop();
  }

  drop(): void {
    this.#db.exec(`DROP TABLE IF EXISTS ${this.#table}`);
  }

  #store(): void {
    const { key } = this.#view;
    const others = this.#columns.filter((name) => !key.includes(name)).map(quoted);
    const differ = (a: string, b: string) => others.map((name) => `${a}.${name} IS NOT ${b}.${name}`);
    const isNew = `r.${quoted(key[0] ?? '')} IS NULL`;
    this.#log(
      `${this.#table} i LEFT JOIN ${this.#rows} r ON ${same(key, 'r', 'i')}
       WHERE ${[isNew, ...differ('r', 'i')].join(' OR ')}`,
      'i',
    );
    const set = others.map((name) => `${name} = excluded.${name}`);
    this.#db.exec(`INSERT INTO ${this.#rows} AS r (${list(this.#columns)})
      SELECT ${list(this.#columns)} FROM ${this.#table} WHERE true
      ON CONFLICT (${list(key)}) DO UPDATE SET ${[...set, `${missed} = 0`].join(', ')}
      WHERE ${[`r.${missed} <> 0`, ...differ('r', 'excluded')].join(' OR ')}`);
  }

  #remove({ gone, there }: Absence): void {
    const { key } = this.#view;
    const lack = `NOT ${this.#came('r')}`;
    this.#db.exec(`UPDATE ${this.#rows} AS r SET ${missed} = ${missed} + 1 WHERE ${lack}`);
    const found = this.#db.prepare(
      `UPDATE ${this.#rows} SET ${missed} = ? WHERE ${key.map((name) => `${quoted(name)} = CAST(? AS TEXT)`).join(' AND ')}`,
    );
    for (const each of gone) found.run(listingsThatLack, ...each.map(storable));
    for (const each of there) found.run(0, ...each.map(storable));
    const removed = `${this.#rows} r WHERE ${missed} >= ${listingsThatLack}`;
    this.#log(removed, 'r');
    this.#db.exec(`DELETE FROM ${removed.replace(' r ', ' AS r ')}`);
  }

  #log(from: string, of: string): void {
    const { key, name } = this.#view;
    const keys = key.map((each) => `${of}.${quoted(each)}`).join(', ');
    this.#db.exec(`INSERT INTO ${quoted(logOf(name))} (${list(key)}) SELECT ${keys} FROM ${from}`);
  }

  #came(of: string): string {
    return `EXISTS (SELECT 1 FROM ${this.#table} i WHERE ${same(this.#view.key, 'i', of)})`;
  }
}

function same(key: readonly string[], a: string, b: string): string {
  return key.map((name) => `${a}.${quoted(name)} = ${b}.${quoted(name)}`).join(' AND ');
}

function list(names: readonly string[]): string {
  return names.map(quoted).join(', ');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
