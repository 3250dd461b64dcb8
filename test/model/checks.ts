import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { CursorSeal } from '../../agent/state/cursor-seal.ts';
import { type KeptPage, verifyPage } from '../../shared/protocol/verify-page.ts';
import { columns, type ViewName, views } from './state-database.ts';
import { shrink, type World } from './world.ts';

interface StoredRow {
  readonly values: readonly (string | null)[];
  readonly change: string;
  readonly removed: boolean;
  readonly removedRun: string | null;
}

type Stored = ReadonlyMap<string, StoredRow>;

const noRows: Stored = new Map();

async function lastChange({ base }: World): Promise<string> {
  const { rows } = await base.query<{ n: string }>(
    'SELECT CASE WHEN is_called THEN last_value ELSE 0 END::text AS n FROM guarita.change',
  );
  return rows[0]?.n ?? '';
}

/** Rows as they were when that number of change was the last one, of the rows and of their versions. */
function asOf(view: ViewName, change: string): string {
  const of = [...columns, '_removed', '_removed_run'].join(', ');
  return `(SELECT ${of}, _from AS _change FROM (
      SELECT ${of}, _change AS _from, NULL AS _to FROM fonte_al.${view}
      UNION ALL SELECT ${of}, _from, _to FROM fonte_al_versao.${view}) all_versions
    WHERE _from <= ${change} AND coalesce(_to > ${change}, true))`;
}

/** Changes that are not of exactly one page, with digests that are as many as were signed. */
function unpaged(view: ViewName): string {
  return `SELECT s.change::text AS change FROM (
      SELECT _change AS change, _digest AS digest, _removed IS NULL AS live FROM fonte_al.${view}
      UNION ALL SELECT _from, _digest, _removed IS NULL FROM fonte_al_versao.${view}
      UNION ALL SELECT _to, NULL, false FROM fonte_al_versao.${view}) s
    LEFT JOIN guarita.pagina p ON p.source = 'AL' AND p.view = $1
     AND s.change > p.after_change AND s.change <= p.last_change
    GROUP BY s.change
    HAVING count(DISTINCT p.last_change) <> 1 OR bool_or(p.signature IS NULL)
        OR bool_or(live AND position(int8send(s.digest) IN p.digests) = 0)`;
}

/** What the base holds of a view, by id. @param change as it was when that was the last change */
async function storedRows({ base }: World, view: ViewName, change?: string): Promise<Stored> {
  const table = `fonte_al.${view}`;
  const there = await base.query<{ found: string | null }>('SELECT to_regclass($1)::text AS found', [table]);
  if ((there.rows[0]?.found ?? null) === null) return noRows;
  const { rows } = await base.query<(string | null)[]>({
    text: `SELECT ${columns.join(', ')}, _change::text, (_removed IS NOT NULL)::text, _removed_run::text
             FROM ${change === undefined ? table : asOf(view, change)} rows`,
    rowMode: 'array',
  });
  return new Map(
    rows.map((row) => {
      const values = row.slice(0, columns.length);
      const [change = '', removed, removedRun = null] = row.slice(columns.length);
      return [values[0] ?? '', { values, change: change ?? '', removed: removed === 'true', removedRun }];
    }),
  );
}

interface QuarantinedRow {
  readonly view: string;
  readonly key: readonly (string | null)[];
  readonly code: string;
  readonly copies: number;
}

async function quarantined({ base }: World): Promise<QuarantinedRow[]> {
  const { rows } = await base.query<QuarantinedRow>(
    'SELECT view, key, code, copies FROM guarita.quarantine WHERE resolved IS NULL',
  );
  return rows;
}

function byKey(rows: readonly (readonly (string | null)[])[]): Map<string | null, (string | null)[][]> {
  const groups = new Map<string | null, (string | null)[][]>();
  for (const row of rows) groups.set(row[0] ?? null, [...(groups.get(row[0] ?? null) ?? []), [...row]]);
  return groups;
}

function fail(what: string, details: unknown): never {
  throw new Error(`${what}: ${JSON.stringify(details)}`);
}

/** What must hold after every run of central, however it ended. */
export class Witness {
  readonly #world: World;
  #stored = new Map<ViewName, Stored>();
  #isBelieved = false;
  readonly #seen = new Map<ViewName, { change: string; rows: Stored }[]>();
  #begins = new Map<string, { epoch: string; from: string | null }>();

  constructor(world: World) {
    this.#world = world;
  }

  /** A person accepted another history, or a loss: of the next run a view may begin anew, and have lost rows. */
  believeNext(): void {
    this.#begins = new Map();
    this.#isBelieved = true;
  }

  async look(): Promise<void> {
    for (const view of views) await this.#nothingWasWrittenTwice(view);
    await this.#noWatermarkWentBack();
    this.#isBelieved = false;
  }

  /** A row that has the values that it had was not written again (invariant 4). The source stood still meanwhile. */
  async #nothingWasWrittenTwice(view: ViewName): Promise<void> {
    const before = this.#stored.get(view) ?? noRows;
    const after = await storedRows(this.#world, view);
    // Of a key that stands twice, one row may be loaded over the other, and back.
    const source = byKey(await this.#world.state.rows(view));
    for (const [id, row] of before) {
      const now = after.get(id) ?? fail('a row has vanished from the base', { view, id });
      const same = isDeepStrictEqual(now.values, row.values) && now.removed === row.removed;
      if (same && now.change !== row.change && (source.get(id)?.length ?? 0) < 2) {
        fail('an equal row was written again', { view, id, before: row, now });
      }
    }
    this.#isNoGreatLoss(view, before, after);
    await this.#pastIsKept(view, after);
    this.#stored.set(view, after);
  }

  /** Of what is kept of earlier runs each state that was seen then can be read back, and each change has its page. */
  async #pastIsKept(view: ViewName, now: Stored): Promise<void> {
    if (now.size === 0) return;
    const seen = [...(this.#seen.get(view) ?? []), { change: await lastChange(this.#world), rows: now }];
    this.#seen.set(view, seen);
    for (const { change, rows } of seen) {
      const then = await storedRows(this.#world, view, change);
      for (const [id, row] of rows) {
        const kept = then.get(id);
        const same = isDeepStrictEqual(kept?.values, row.values) && kept?.removed === row.removed;
        if (!same) fail('what a row was is not kept', { view, id, change, row, kept });
      }
      if (then.size !== rows.size) fail('rows were there that were not', { view, change });
    }
    const { rows } = await this.#world.base.query<{ change: string }>(unpaged(view), [view]);
    if (rows.length > 0) fail('changes without the page that they came with', { view, rows });
  }

  /** What a run may mark as removed without being told that it is meant, whenever the view was empty for a moment. */
  #isNoGreatLoss(view: ViewName, before: Stored, after: Stored): void {
    const live = (rows: Stored) => [...rows.values()].filter(({ removed }) => !removed).length;
    const [had, has] = [live(before), live(after)];
    const { share, rows } = shrink;
    if (this.#isBelieved || had - has <= Math.max(rows, Math.floor(had * share))) return;
    fail('rows were marked as removed that nobody was asked about', { view, had, has });
  }

  /** Where each view's next cycle begins never moves back within one history (invariant 5). */
  async #noWatermarkWentBack(): Promise<void> {
    for (const { view, epoch, from } of this.#cursors()) {
      const before = this.#begins.get(view);
      this.#begins.set(view, { epoch, from });
      if (before === undefined || before.epoch !== epoch || before.from === null) continue;
      if (from === null) fail('a watermark became null', { view, before });
      const type = view === 'por_instante' ? 'timestamptz' : 'bigint';
      const { rows } = await this.#world.base.query<{ back: boolean }>(
        `SELECT $1::${type} < $2::${type} AS back`,
        [from, before.from],
      );
      if (rows[0]?.back === true) fail('a watermark went back', { view, before, from });
    }
  }

  /** The checkpoints, opened with the agent's own secret. */
  #cursors(): { view: string; epoch: string; from: string | null }[] {
    const agent = new Database(join(this.#world.agentFolder, 'agent.sqlite'));
    const central = new Database(join(this.#world.centralFolder, 'central.sqlite'));
    try {
      const seal = new CursorSeal(agent);
      const there = central.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'checkpoint'`).get();
      if (there === undefined) return [];
      const rows: unknown = central.prepare('SELECT view, cursor FROM checkpoint').all();
      return (rows as { view: string; cursor: string }[]).map(({ view, cursor }) => {
        const parts: unknown = JSON.parse(Buffer.from(seal.open(cursor), 'base64url').toString('utf8'));
        const [, , , epoch, from] = parts as [unknown, unknown, unknown, string, string | null];
        return { view, epoch, from };
      });
    } finally {
      agent.close();
      central.close();
    }
  }
}

/** Each page that wrote something is shown to be the agent's by what the base keeps of it. */
async function pagesAreProven({ base }: World): Promise<void> {
  const { rows } = await base.query<KeptPage>(
    `SELECT view, signature_base AS "signatureBase", signature, public_key AS "publicKey", digests
       FROM guarita.pagina`,
  );
  for (const page of rows) {
    const verdict = verifyPage(page);
    if ('flaw' in verdict) fail('a page is not proven', { view: page.view, verdict });
  }
}

/** The dust has settled: the base has what the source has (invariant 3), or says of a row why not (9). */
export async function sameAsSource(world: World): Promise<void> {
  await pagesAreProven(world);
  const open = await quarantined(world);
  for (const view of views) {
    const stored = await storedRows(world, view);
    const source = byKey(await world.state.rows(view));
    for (const [id, rows] of source) {
      const held = open.filter((entry) => entry.view === view && (entry.key[0] ?? null) === id);
      const copies = held.reduce((sum, entry) => sum + entry.copies, 0);
      if (id === null || rows.length > 1) {
        const code = id === null ? 'key-empty' : 'key-repeated';
        if (copies !== rows.length || held.some((entry) => entry.code !== code)) {
          fail('quarantine does not hold the rows of a key', { view, id, rows, held });
        }
        continue;
      }
      if (held.length > 0) fail('a sound row is in quarantine', { view, id, held });
      const row = stored.get(id) ?? fail('a row is missing', { view, id });
      if (!isDeepStrictEqual(row.values, rows[0])) fail('a row differs', { view, id, row, rows });
      if (row.removed) fail('a row is marked as removed and is there', { view, id });
    }
    for (const [id, row] of stored) {
      if (source.has(id)) continue;
      if (!row.removed || row.removedRun === null) fail('a removed row is not marked', { view, id, row });
    }
    for (const { key } of open.filter((entry) => entry.view === view)) {
      if (!source.has(key[0] ?? null)) fail('quarantine holds a row that is gone', { view, key });
    }
  }
}
