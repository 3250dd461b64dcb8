import type { Test } from 'tap';
import { people, peopleColumns, type Row, viewOf } from '../../support/array-source.ts';
import { afters, type MakeScene, sameRows, view } from '../../support/collect-scene.ts';

const withPhone = (rows: readonly Row[]): Row[] =>
  rows.map(([id, nome, at]) => [id, nome, `82 9${id}`, at] as Row);

/** A source that describes its views otherwise than before. */
export async function describedAnew(t: Test, scene: MakeScene): Promise<void> {
  await t.test(
    'the schema changes in mid-cycle: described again, column added, read anew, nothing lost',
    async (t) => {
      const s = scene(t);
      const addColumn = () => {
        s.source.views[0] = {
          description: viewOf('custodiado', ['id', 'nome', 'telefone', 'atualizado_em']),
          rows: withPhone(people(1, 35)),
        };
      };
      s.source.beforePage = (_asked, count) => {
        if (count === 3) addColumn();
      };
      t.match(await s.run(), { outcome: 'complete', views: [{ rows: 35, problem: null }] });
      t.equal(s.source.describes, 2);
      t.ok(afters(s).lastIndexOf(0) > 0, 'read anew from the start');
      await sameRows(t, s);
      s.source.asked.length = 0;
      t.match(
        await s.run(),
        { outcome: 'complete', views: [{ rows: 0 }] },
        'the new cursor counts from now on',
      );
    },
  );

  await t.test('the schema changes between description and first page, and between two runs', async (t) => {
    const s = scene(t);
    let changes = 0;
    s.source.beforePage = () => {
      if (changes++ > 0) return;
      s.source.views[0] = {
        description: viewOf('custodiado', ['id', 'nome', 'telefone', 'atualizado_em']),
        rows: withPhone(people(1, 35)),
      };
    };
    t.match(await s.run(), { outcome: 'complete', views: [{ rows: 35 }] });
    await sameRows(t, s);
    s.source.views[0] = {
      description: viewOf('custodiado', ['id', 'nome', 'telefone', 'sexo', 'atualizado_em']),
      rows: people(1, 37, 2).map(([id, nome, at]) => [id, nome, `82 9${id}`, 'F', at] as Row),
    };
    t.match(await s.run(), { outcome: 'complete', views: [{ rows: 37, new: 2, changed: 35 }] });
    await sameRows(t, s);
  });

  await t.test(
    'a view that changes faster than it can be read, or is gone, fails with the reason',
    async (t) => {
      const restless = scene(t);
      restless.source.beforePage = (_asked, count) => {
        restless.source.views[0] = {
          description: viewOf('custodiado', peopleColumns, { fingerprint: `shape ${count}` }),
          rows: people(1, 35),
        };
      };
      t.match(await restless.run(), { outcome: 'failed', views: [{ problem: 'schema-changed' }] });

      const gone = scene(t);
      gone.source.beforePage = () => {
        gone.source.views.length = 0;
      };
      t.match(await gone.run(), { outcome: 'failed', views: [{ problem: 'view-unknown' }] });
    },
  );

  await t.test(
    'a view that vanished from the description is reported, the others are collected',
    async (t) => {
      const s = scene(t, [view('advogado'), view('custodiado')]);
      await s.run();
      s.source.views.shift();
      const { checkpoints } = s;
      t.strictSame(checkpoints.views(s.name), ['advogado', 'custodiado']);
      t.strictSame(checkpoints.views('another source'), []);
      t.match(await s.run(), {
        outcome: 'failed',
        error: { code: 'view-unknown', detail: /advogado/ },
        views: [
          { view: 'custodiado', outcome: 'complete' },
          { view: 'advogado', outcome: 'failed', problem: 'view-unknown', rows: 0 },
        ],
      });
    },
  );

  await t.test(
    'a view that the source cannot read is reported with the reason that the source gives',
    async (t) => {
      const s = scene(t, [view('advogado'), view('custodiado')]);
      await s.run();
      s.source.views.shift();
      s.source.broken = [{ name: 'advogado', problem: 'column-missing', detail: 'Column "nome".' }];
      t.match(await s.run(), {
        outcome: 'failed',
        error: { code: 'column-missing', detail: 'Column "nome".' },
        views: [
          { view: 'custodiado', outcome: 'complete' },
          { view: 'advogado', outcome: 'failed', problem: 'column-missing' },
        ],
      });
      s.source.views.length = 0;
      t.match((await s.run()).views, [
        { view: 'advogado', problem: 'column-missing' },
        { view: 'custodiado', problem: 'view-unknown' },
      ]);
    },
  );
}
