import { GuaritaError } from '../../errors.ts';
import { DatabaseSource } from '../database-source.ts';
import { describeEach, shortHash } from '../reading/describe-view.ts';
import type { ViewSnapshot } from '../reading/view-snapshot.ts';
import type { Patience } from '../sessions.ts';
import type { SourceConfig } from '../source-config.ts';
import type { ViewConfig } from '../view-config.ts';
import type { ColumnDescription, SourceDescription } from '../view-source.ts';
import { readSqlView } from './catalog.ts';
import { failingColumn } from './failing-column.ts';
import type { SqlSnapshot } from './snapshot.ts';
import { sqlView } from './view.ts';

/** Who asked for a page is still waiting. */
const secondsForColumn = 10;

/**
 * An engine that speaks SQL: it brings connections, and what is its own in a transaction (`SqlSnapshot`).
 * @typeParam K a column as the engine's catalogue has it
 */
export abstract class SqlSource<
  C extends SourceConfig,
  K extends ColumnDescription,
> extends DatabaseSource<C> {
  /**
   * Work in one read-only transaction that is a snapshot as far as the engine has that; never waits longer than the
   * patience says, and never makes the state's own system wait. The work may be done again from its begin.
   */
  protected abstract transaction<T>(
    work: (snapshot: SqlSnapshot<K>) => Promise<T>,
    patience: Patience,
  ): Promise<T>;

  /** An error of the driver as ours; what quotes values of rows goes no further than its `cause`. */
  protected abstract errorOf(error: unknown): GuaritaError;

  proveReadOnly(): Promise<readonly string[]> {
    return this.#within((snapshot) => snapshot.writePrivileges());
  }

  describe(): Promise<SourceDescription> {
    return this.#within(async (snapshot) => {
      const epoch = await this.#epoch(snapshot);
      const described = await describeEach(this.options.views, async (config) => {
        const view = await readSqlView(snapshot, config, epoch);
        // Made only to be checked: a watermark that cannot bound the view is refused here, not at the first page.
        return sqlView(view, snapshot, this.options.source.overlapCount).description;
      });
      const { behindSeconds = 0 } = snapshot;
      return { databaseClock: await snapshot.clock(), behindSeconds, ...described };
    });
  }

  protected async read<T>(
    config: ViewConfig,
    patience: Patience,
    work: (view: ViewSnapshot) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.#within(async (snapshot) => {
        const view = await readSqlView(snapshot, config, await this.#epoch(snapshot));
        return work(sqlView(view, snapshot, this.options.source.overlapCount));
      }, patience);
    } catch (error) {
      if (!(error instanceof GuaritaError && error.code === 'view-failing')) throw error;
      const detail = `${await this.#whatFails(config, patience)}: ${error.detail}`;
      throw new GuaritaError('view-failing', detail, { cause: error.cause });
    }
  }

  /** View and, where it can be found in good time, column that the database cannot compute. */
  async #whatFails(config: ViewConfig, { signal }: Patience): Promise<string> {
    const view = `Visão "${config.name}"`;
    const late = AbortSignal.timeout(secondsForColumn * 1000);
    const patience = { signal: signal === undefined ? late : AbortSignal.any([signal, late]) };
    try {
      const known = await this.#within((snapshot) => readSqlView(snapshot, config, ''), patience);
      const column = await failingColumn<K>(known, (work) => this.#within(work, patience));
      return column === null ? view : `${view}, coluna "${column}"`;
    } catch {
      return view;
    }
  }

  /** What the operator declares stands beside what the database shows: a restore may show nowhere. */
  async #epoch(snapshot: SqlSnapshot<K>): Promise<string> {
    const { engine, epoch } = this.options.source;
    return shortHash(`${engine}/${await snapshot.epoch()}/${epoch}`);
  }

  async #within<T>(work: (snapshot: SqlSnapshot<K>) => Promise<T>, patience: Patience = {}): Promise<T> {
    try {
      return await this.transaction(work, patience);
    } catch (error) {
      throw this.errorOf(error);
    }
  }
}
