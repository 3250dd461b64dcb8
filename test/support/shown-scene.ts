import type { Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import type { SourceEntry } from '../../central/config.ts';
import { shownParts } from '../../central/service/published/parts.ts';
import { Publisher } from '../../central/service/publisher.ts';
import { type CentralState, openCentralState } from '../../central/state/state.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { createLogger } from '../../shared/log.ts';
import { query, testFolder } from './bases.ts';
import { HandClock } from './hand-clock.ts';

const log = createLogger('silent', 'test');

/** What is due when, and of whom; nothing of it is asked for. */
export const scheduled = {
  ...{ schedule: '0 3 * * *', timeZone: 'America/Sao_Paulo' },
  reconcile: { schedule: '0 4 * * 0', views: [{ view: 'custodiado', schedule: '0 5 * * *' }] },
  sources: ['AL', 'RO', 'MS'].map((uf) => ({ uf, url: 'http://127.0.0.1:1', agentKey: '-', grant: '-' })),
};

/** The tables that the service writes, in an order in which they can be filled. */
const shownTables = [
  ...['job', 'run', 'run_view', 'source', 'invitation', 'view_state', 'attention', 'schedule', 'answer'],
  'published',
] as const;

/** A base that can be out of reach, and that can lose the word of a commit on its way back. */
export class UnsureBase implements Base {
  readonly #base: Base;
  fails: 'before' | 'after' | null = null;

  constructor(base: Base) {
    this.#base = base;
  }

  get atOnce(): number {
    return this.#base.atOnce;
  }

  get stepMilliseconds(): number {
    return this.#base.stepMilliseconds;
  }

  transaction: Base['transaction'] = async (work, options) => {
    const { fails } = this;
    if (fails === 'before') throw new GuaritaError('base-unavailable');
    const result = await this.#base.transaction(work, options);
    if (fails === 'after') throw new GuaritaError('base-unavailable');
    return result;
  };

  snapshot: Base['snapshot'] = (work, options) => {
    if (this.fails !== null) return Promise.reject(new GuaritaError('base-unavailable'));
    return this.#base.snapshot(work, options);
  };

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Central's folder, and a service that shows it in a base: it may be killed and begun again. */
export class ShownScene {
  base: UnsureBase;
  readonly folder: string;
  readonly clock: HandClock;
  state: CentralState;
  publisher: Publisher;
  #base: Base;
  readonly #sources: () => readonly SourceEntry[];

  constructor(
    t: Test,
    base: Base,
    clock = new HandClock(1_800_000_000_123),
    sources: () => readonly SourceEntry[] = () => scheduled.sources,
  ) {
    this.#base = base;
    this.#sources = sources;
    this.base = new UnsureBase(base);
    this.folder = testFolder(t);
    this.clock = clock;
    this.state = openCentralState(this.folder);
    this.publisher = this.#begin();
    t.teardown(() => this.state.close());
  }

  #begin(): Publisher {
    const { clock } = this;
    const config = { ...scheduled, state: this.folder };
    const parts = shownParts(this.state, config, this.#sources, clock);
    return new Publisher(this.base, parts, { central: this.state.id, version: '9' }, { clock, log });
  }

  /** Something changed: after a moment it is shown, or could not be. */
  async shows(milliseconds = 2000): Promise<void> {
    this.publisher.changed();
    this.clock.pass(milliseconds);
    await this.publisher.settled();
  }

  /** The process is killed, and begun again, perhaps on another base. */
  kill(base = this.#base): void {
    this.state.close();
    this.clock.forget();
    this.#base = base;
    this.base = new UnsureBase(base);
    this.state = openCentralState(this.folder);
    this.publisher = this.#begin();
  }

  /** Another process looks into the same folder. */
  elsewhere(): CentralState {
    return openCentralState(this.folder);
  }

  /** All that the base shows, but for when it was and how often. */
  async shown(): Promise<Record<string, unknown[]>> {
    const { published: _published, ...shown } = await this.copy();
    return shown;
  }

  /** A copy of what the base has of it. */
  async copy(): Promise<Record<string, unknown[]>> {
    const all = shownTables.map(async (table): Promise<[string, unknown[]]> => {
      const rows = await query<{ row: unknown }>(
        this.#base,
        `SELECT row_to_json(t) AS row FROM guarita.${table} t ORDER BY t::text COLLATE "C"`,
      );
      return [table, rows.map(({ row }) => row)];
    });
    return Object.fromEntries(await Promise.all(all));
  }

  /** The base is as it was then. */
  async restore(copy: Readonly<Record<string, unknown[]>>): Promise<void> {
    await this.#base.transaction(async (tx) => {
      for (const table of shownTables.toReversed()) await tx.execute(`DELETE FROM guarita.${table}`);
      for (const table of shownTables) {
        await tx.query(
          `INSERT INTO guarita.${table} SELECT * FROM jsonb_populate_recordset(NULL::guarita.${table}, $1::jsonb)`,
          [JSON.stringify(copy[table] ?? [])],
        );
      }
    });
  }
}
