import type { Test } from 'tap';
import { type CollectSourceOptions, collectSource } from '../../central/collect/collect-source.ts';
import { openCentralState } from '../../central/state/state.ts';
import { createLogger } from '../../shared/log.ts';
import { ArraySource, type ArrayView, people, peopleColumns, viewOf } from './array-source.ts';
import { query, type TestBases, testFolder } from './bases.ts';
import { TappedBase } from './tapped-base.ts';

const log = createLogger('silent', 'test');
let sources = 0;

/** A loss of more than a fifth of the rows, or of five, is not believed without asking. */
export const limits = { shrink: { share: 0.2, rows: 5 }, maxRowBytes: 1024 * 1024 };

/** 35 people, unless told otherwise. */
export const view = (
  name: string,
  rows = people(1, 35),
  changes: Partial<ArrayView['description']> = {},
): ArrayView => ({
  description: viewOf(name, peopleColumns, changes),
  rows,
});

/** A source, its own state of central, and a way to run it as often as the test wants. */
function scene(t: Test, bases: TestBases, views: ArrayView[] = [view('custodiado')]) {
  const name = `S${sources++}`;
  const { baseId } = bases;
  const folder = testFolder(t);
  const state = openCentralState(folder);
  t.teardown(() => state.close());
  const source = new ArraySource(...views);
  const base = new TappedBase(bases.shared);
  const pauses: number[] = [];
  const stopping = new AbortController();
  const run = (changes: Partial<CollectSourceOptions> = {}) =>
    collectSource({
      name,
      source,
      run: state.runs.begin(name),
      base,
      baseId,
      state,
      log,
      reconcile: false,
      only: null,
      ...limits,
      stop: stopping.signal,
      onProgress: () => undefined,
      pause: async (milliseconds) => void pauses.push(milliseconds),
      ...changes,
    });
  const stored = (view = 'custodiado', columns = 'id, nome, atualizado_em', where = 'true') =>
    query<Record<string, string>>(
      base,
      `SELECT ${columns} FROM fonte_${name.toLowerCase()}.${view} WHERE ${where} ORDER BY id`,
    );
  const { checkpoints } = state;
  return { name, folder, state, checkpoints, source, base, baseId, pauses, stopping, run, stored };
}

export type Scene = ReturnType<typeof scene>;
export type MakeScene = (t: Test, views?: ArrayView[]) => Scene;

/** Scenes on one and the same base, each with a source of its own name. */
export function scenesOn(bases: TestBases): MakeScene {
  return (t, views) => scene(t, bases, views);
}

/** How many rows the cursor has behind it. */
export const place = (cursor: string | null | undefined) =>
  cursor === null || cursor === undefined ? 0 : (JSON.parse(cursor) as unknown[])[2];

/** The places from which the pages were asked for. */
export const afters = (s: Scene) => s.source.asked.map(({ after }) => place(after));

/** The base has what the source has; what else it has is marked as removed. */
export async function sameRows(t: Test, s: Scene, index = 0): Promise<void> {
  const { description, rows } = s.source.views[index] ?? view('');
  const columns = description.columns.map(({ name }) => name).join(', ');
  const found = await s.stored(description.name, columns, '_removed IS NULL');
  t.strictSame(
    found.map((row) => Object.values(row)),
    [...rows].sort(([a], [b]) => String(a).localeCompare(String(b))),
    `${description.name}: the base equals the source`,
  );
}
