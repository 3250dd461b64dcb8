import type { Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { holdMark } from '../../central/base/national-layer/marks.ts';
import { typedView } from '../../central/base/national-layer/typed-views.ts';
import { storedSince } from '../../central/base/national-layer/write-rows.ts';
import { changedStates } from '../../central/base/source-layer/changed-states.ts';
import { treat } from '../../central/treat/treat.ts';
import { thisCleaning } from '../../central/treat/type/cleaning.ts';
import { markOf } from '../../central/treat/type/type-view.ts';
import { given, today } from './bad-input/given.ts';

/** A row that only says each day that it changed: what is read of it stays the same, however long it has been so. */
export async function settledStates(t: Test, base: Base): Promise<void> {
  const view = typedView('unidade');
  if (view === undefined) throw new Error('there is no such view');
  const source = 'PI';
  const row = (day: number) => [['1', 'Unidade', `2026-01-${String(day).padStart(2, '0')} 00:00:00`]];
  const columns = ['id', 'nome', 'atualizado_em'];
  const loader = await given(base, source, 'unidade', columns, row(1));
  const type = () => treat(base, { sources: [source], rules: [], step: 'type', today });
  await type();
  for (let day = 2; day < 7; day++) {
    await loader.load(row(day));
    const read = await base.transaction(async (tx) => {
      const { change: after, settled } = await holdMark(tx, markOf({ source, view, cleaning: thisCleaning }));
      const known = (ids: readonly string[]) => storedSince(tx, view, source, ids);
      const of = { source, view: 'unidade', columns };
      const changed = await changedStates(tx, { ...of, after, settled, most: 10, known });
      let states = 0;
      for await (const { rows } of changed ?? []) for (const row of rows) states += row.states.length;
      return states;
    });
    t.equal(read, 2, `day ${day}: what it was, and what it is`);
    await type();
  }
}
