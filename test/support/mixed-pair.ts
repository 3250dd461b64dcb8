import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import { PGliteBase } from '../../central/base/pglite.ts';
import { freePort } from '../../scripts/demo/processes.ts';
import { daysAgo } from '../../shared/day.ts';
import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { query } from './bases.ts';
import { type Enrolment, enrolment } from './enrolled.ts';
import type { Ended } from './packaged.ts';
import type { Previous } from './previous.ts';

/** A central and a state of which one side is of the release before: files and folders that both releases share. */
export interface MixedPair extends Enrolment {
  /** What the release before is told to invite the state, to answer the invitation, to accept the answer. */
  readonly before: {
    invite(): Promise<Ended>;
    init(): Promise<Ended>;
    serve: () => ReturnType<Previous['serve']>;
    accept(code: string): Promise<Ended>;
    central(...args: string[]): Promise<Ended>;
    agent(...args: string[]): Promise<Ended>;
  };
  /** Runs SQL in the state's database. */
  change(sql: string): void;
  /** The rows of a view at the state, and those that the base has of it, as `id|nome`, in the same order. */
  rows(view: string): string[];
  stored(view: string): Promise<string[]>;
}

export const views = 'unidade,advogado';

/** Two views, so that both ways of finding changes are gone: units by comparison, lawyers by their watermark. */
export async function mixedPair(t: Test, previous: Previous): Promise<MixedPair> {
  const e = await enrolment(t, { emptyBase: true });
  const database = join(e.folder, 'estado.sqlite');
  const change = (sql: string) => {
    const db = new Database(database);
    db.exec(sql);
    db.close();
  };
  const columns = standardViews.find(({ name }) => name === 'advogado')?.columns ?? [];
  change(`CREATE TABLE advogado (${columns.map(({ name }) => name).join(', ')});
    CREATE UNIQUE INDEX advogado_id ON advogado (id);
    CREATE INDEX advogado_em ON advogado (atualizado_em, id);
    INSERT INTO advogado (id, nome, atualizado_em) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
      SELECT i, 'Advogada ' || i, strftime('%Y-%m-%d %H:%M:%S', 'now', '-2 days') FROM n`);
  const central = (...args: string[]) => previous.central('-c', join(e.folder, 'central.yaml'), ...args);
  const agent = (...args: string[]) => previous.agent(...args, '-c', e.agentConfig);
  const port = await freePort();
  return {
    ...e,
    before: {
      central,
      agent,
      invite: () =>
        central(
          ...['source', 'invite', 'AL', '--act', '23701421', '--begin', daysAgo(2)],
          ...['--views', views, '--out', e.invitation],
        ),
      init: () =>
        agent(
          ...['init', '--invite', e.invitation, '--state', e.agentState],
          ...['--engine', 'sqlite', '--file', database],
          ...['--time-zone', 'UTC', '--listen', `127.0.0.1:${port}`, '--out', e.reply],
        ),
      serve: () => previous.serve(e.agentConfig),
      accept: (code) => central('source', 'accept', e.reply, '--code', code),
    },
    change,
    rows: (view) => {
      const db = new Database(database, { readonly: true });
      const rows = db.prepare(`SELECT id || '|' || nome FROM ${view}`).pluck().all() as string[];
      db.close();
      return rows.sort();
    },
    stored: async (view) => {
      const base = await PGliteBase.open(join(e.centralState, 'base'));
      try {
        const rows = await query<{ row: string }>(
          base,
          `SELECT id || '|' || nome AS row FROM fonte_al.${view} WHERE _removed IS NULL`,
        );
        return rows.map(({ row }) => row).sort();
      } finally {
        await base.close();
      }
    },
  };
}

/** The base has what the state has. */
export async function sameRows(t: Test, pair: MixedPair, ...those: readonly string[]): Promise<void> {
  for (const view of those) t.same(await pair.stored(view), pair.rows(view), `${view}: row by row`);
}

/** Central of this release collects, and nothing fails. */
export async function collectAll(t: Test, pair: MixedPair): Promise<void> {
  const { output, errors } = await pair.central(['collect', '--json']);
  t.match(JSON.parse(output), [{ source: 'AL', outcome: 'complete', problem: null }], errors);
}
