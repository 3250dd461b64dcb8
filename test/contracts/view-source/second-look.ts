import type { Test } from 'tap';
import type { Engine } from '../../../shared/sources/engine.ts';
import {
  createRecords,
  insert,
  records,
  type SourceHarness,
  type SourceSettings,
} from '../../support/source-harness.ts';

/** What `doctor` learns of rows by looking at them twice: of an engine itself, there is no way to ask an agent. */
export async function secondLook(
  t: Test,
  harness: SourceHarness & { openEngine(settings: SourceSettings): Engine },
): Promise<void> {
  const view = await createRecords(harness, 'duas vezes');
  await insert(
    harness,
    view.name,
    records(harness, 5, (id) => harness.fromNow(-3600 - id)),
  );
  const engine = harness.openEngine({ views: [view] });
  t.teardown(() => engine.close());
  const { kept } = await engine.examine(view.name);
  t.same(await engine.examineAgain(view.name, kept), { rows: 5, changed: [] });

  const [table, id, mark, body] = [view.name, 'id', 'mark', 'body'].map((name) => harness.quote(name));
  await harness.execute(`UPDATE ${table} SET ${body} = ${harness.text('outro')} WHERE ${id} < 4`);
  await harness.execute(`UPDATE ${table} SET ${mark} = ${harness.fromNow(-1)} WHERE ${id} = 2`);
  const columns = { mark: { column: 'mark', rows: 1 }, body: { column: 'body', rows: 3 } };
  t.same(await engine.examineAgain(view.name, kept), { rows: 5, changed: [columns.mark, columns.body] });

  await harness.execute(`DELETE FROM ${table} WHERE ${id} > 3`);
  const changed = [{ column: 'id', rows: 2 }, columns.mark, columns.body];
  t.same(
    await engine.examineAgain(view.name, kept),
    { rows: 5, changed },
    'keys that are not there any more',
  );

  await harness.execute(`UPDATE ${table} SET ${mark} = ${harness.fromNow(3600)}`);
  const ahead = await engine.examine(view.name);
  t.same(
    await engine.examineAgain(view.name, ahead.kept),
    { rows: 3, changed: [] },
    'of rows that no page has yet',
  );
}
