import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { sourceSchema } from '../../../central/base/names.ts';
import { loadPage } from '../../../central/base/source-layer/load-page.ts';
import {
  type Doubt,
  prepareView as prepare,
  readFacts,
  type ViewTarget,
} from '../../../central/base/source-layer/source-schema.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { ViewDescription } from '../../../shared/sources/view-source.ts';
import { linesOf, people, peopleColumns, type Row, viewOf } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { believeAll, ordinary } from '../../support/loader.ts';

const prepareView = (base: Base, source: string, view: ViewDescription) =>
  prepare(base, source, view, believeAll);

const load = (base: Base, target: ViewTarget, rows: readonly Row[]) =>
  loadPage(base, target, { lines: linesOf(rows), rows: rows.length }, ordinary(target.loads));

interface Column {
  readonly name: string;
  readonly type: string;
  readonly collation: string | null;
  readonly required: boolean;
}

function columnsOf(base: Base, target: ViewTarget): Promise<Column[]> {
  return query<Column>(
    base,
    `SELECT attname AS name, atttypid::regtype::text AS type, attnotnull AS required,
            nullif(collname, 'default') AS collation
       FROM pg_attribute LEFT JOIN pg_collation c ON c.oid = attcollation
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [target.table],
  );
}

/** Tables of a view follow what the source says of its columns. */
export async function sourceSchemas(t: Test, bases: TestBases): Promise<void> {
  const base = bases.shared;

  await t.test('a view is given its table, all columns text, its key compared byte by byte', async (t) => {
    const target = await prepareView(base, 'PA', viewOf('custodiado', peopleColumns));
    t.match(target, { table: '"fonte_pa"."custodiado"', loads: 0, notices: [] }, 'as the design says');
    const columns = await columnsOf(base, target);
    t.strictSame(
      columns.filter(({ name }) => !name.startsWith('_')),
      [
        { name: 'id', type: 'text', collation: 'C', required: true },
        { name: 'nome', type: 'text', collation: null, required: false },
        { name: 'atualizado_em', type: 'text', collation: null, required: false },
      ],
    );
    const [known] = await query(base, `SELECT * FROM guarita.view WHERE source = 'PA'`);
    t.match(known, {
      view: 'custodiado',
      key: ['id'],
      fingerprint: target.view.fingerprint,
      epoch: 'first',
      loads: 0,
    });
  });

  await t.test('prepared again: nothing to say, and the loads so far', async (t) => {
    const view = viewOf('custodiado', peopleColumns);
    await load(base, await prepareView(base, 'PB', view), people(1, 3));
    const again = await prepareView(base, 'PB', view);
    t.match(again, { loads: 1, notices: [] });
    t.equal((await query(base, `SELECT * FROM ${again.table}`)).length, 3);
  });

  await t.test('the same view of two sources: two tables', async (t) => {
    const view = viewOf('custodiado', peopleColumns);
    await load(base, await prepareView(base, 'PC', view), people(1, 2));
    const other = await prepareView(base, 'PD', view);
    t.equal(other.loads, 0);
    t.equal((await query(base, `SELECT * FROM ${other.table}`)).length, 0);
    t.not(sourceSchema('PC'), sourceSchema('PD'));
  });

  await t.test(
    'a column that comes is added, with a notice; one that goes stays, with what it last held',
    async (t) => {
      const before = viewOf('custodiado', ['id', 'nome', 'alcunha', 'em']);
      await load(base, await prepareView(base, 'PE', before), [['1', 'ANA', 'NINA', 'x']]);
      const now = viewOf('custodiado', ['id', 'nome', 'telefone', 'em']);
      const target = await prepareView(base, 'PE', now);
      t.strictSame(target.notices, ['column "telefone" was added', 'column "alcunha" was dropped']);
      await load(base, target, [
        ['1', 'ANA', '99', 'x'],
        ['2', 'BIA', '88', 'x'],
      ]);
      const stored = await query(base, `SELECT id, alcunha, telefone FROM ${target.table} ORDER BY id`);
      t.strictSame(stored, [
        { id: '1', alcunha: 'NINA', telefone: '99' },
        { id: '2', alcunha: null, telefone: '88' },
      ]);
      const back = await prepareView(base, 'PE', before);
      t.strictSame(back.notices, ['column "alcunha" was added', 'column "telefone" was dropped']);
      await load(base, back, [['1', 'ANA', 'NINA II', 'x']]);
      t.match(await query(base, `SELECT alcunha FROM ${target.table} WHERE id = '1'`), [
        { alcunha: 'NINA II' },
      ]);
    },
  );

  await t.test('a column of another type: a notice, and the table as it was', async (t) => {
    const before = viewOf('custodiado', peopleColumns);
    const first = await prepareView(base, 'PF', before);
    const columns = before.columns.map((column) =>
      column.name === 'nome' ? { ...column, type: 'varchar' } : column,
    );
    const now: ViewDescription = { ...before, columns, fingerprint: 'retyped' };
    const target = await prepareView(base, 'PF', now);
    t.strictSame(target.notices, ['column "nome" was text, is now varchar']);
    t.strictSame(await columnsOf(base, target), await columnsOf(base, first));
    t.strictSame((await prepareView(base, 'PF', now)).notices, [], 'said once');
  });

  await t.test('another key is refused, and nothing is changed by it', async (t) => {
    const view = viewOf('custodiado', peopleColumns, { key: ['id'] });
    await prepareView(base, 'PG', view);
    for (const key of [['nome'], ['id', 'nome'], []]) {
      const changed = viewOf('custodiado', [...peopleColumns, 'nova'], { key, fingerprint: key.join() });
      await t.rejects(prepareView(base, 'PG', changed), { code: 'key-changed', retry: 'no' });
    }
    const again = await prepareView(base, 'PG', view);
    t.strictSame(again.notices, []);
    t.notOk((await columnsOf(base, again)).some(({ name }) => name === 'nova'));
    const two = viewOf('vinculo', ['a', 'b', 'em'], { key: ['a', 'b'] });
    await prepareView(base, 'PG', two);
    await t.rejects(
      prepareView(base, 'PG', { ...two, key: ['b', 'a'] }),
      { code: 'key-changed' },
      'order counts',
    );
  });

  await t.test('names that need quoting', async (t) => {
    const names = [
      'Chave "dupla"',
      'select',
      'Nome',
      'nome',
      `aspas ' e ; --`,
      'ção 中 🙂',
      'com\\barra',
      '$1',
      'em',
    ];
    const view = viewOf(`Visão "x"; DROP SCHEMA guarita CASCADE; --`, names);
    const target = await prepareView(base, 'PH', view);
    const row = names.map((name) => `valor de ${name}`);
    t.match(await load(base, target, [row]), { new: 1 });
    t.match(await load(base, { ...target, loads: 1 }, [[...row.slice(0, -1), 'outro']]), { changed: 1 });
    const [stored] = await query<Record<string, string>>(base, `SELECT * FROM ${target.table}`);
    t.match(stored, Object.fromEntries(names.map((name, i) => [name, name === 'em' ? 'outro' : row[i]])));
    const more = viewOf(view.name, [...names, 'nova "coluna"']);
    t.match(await prepareView(base, 'PH', more), { notices: ['column "nova "coluna"" was added'] });
    t.match(await load(base, { ...target, view: more, loads: 2 }, [[...row, null]]), { changed: 1 });
  });

  await t.test('names as long as PostgreSQL takes them, alike but for their last letter', async (t) => {
    const long = (last: string) => 'á'.repeat(31) + last;
    const view = viewOf('v'.repeat(63), ['id', long('1'), long('2'), 'em']);
    const target = await prepareView(base, 'PI', view);
    await load(base, target, [['1', 'um', 'dois', 'x']]);
    t.match(await query(base, `SELECT * FROM ${target.table}`), [{ [long('1')]: 'um', [long('2')]: 'dois' }]);
  });

  await t.test('many views at once, and the same view twice at once', async (t) => {
    const views = ['a', 'b', 'c'].map((name) => viewOf(name, peopleColumns));
    const targets = await Promise.all([...views, ...views].map((view) => prepareView(base, 'PJ', view)));
    t.strictSame(
      targets.map(({ loads }) => loads),
      targets.map(() => 0),
    );
    t.match(await query(base, `SELECT count(*)::int AS n FROM guarita.view WHERE source = 'PJ'`), [{ n: 3 }]);
  });

  const first = viewOf('custodiado', ['id', 'nome', 'alcunha', 'em']);
  const restored = { ...first, epoch: 'second' };
  const narrowed = viewOf('custodiado', ['id', 'nome', 'em']);

  /** What is doubted, when everything or nothing is believed. */
  async function doubtsOf(source: string, view: ViewDescription, believes: boolean) {
    const doubts: Doubt[] = [];
    const believe = (doubt: Doubt) => {
      doubts.push(doubt);
      return believes;
    };
    const target = await prepare(base, source, view, believe).catch((error: unknown) => error);
    return { doubts, target };
  }

  await t.test('C8: another epoch, a lost column: not believed, nothing is changed', async (t) => {
    await load(base, await prepareView(base, 'DA', first), [['1', 'ANA', 'NINA', 'x']]);
    const before = await query(base, `SELECT * FROM guarita.view WHERE source = 'DA'`);
    for (const [view, code, subject] of [
      [restored, 'epoch-changed', 'second'],
      [narrowed, 'column-lost', narrowed.fingerprint],
      [{ ...narrowed, epoch: 'second' }, 'epoch-changed', 'second'],
    ] as const) {
      const { doubts, target } = await doubtsOf('DA', view, false);
      t.match(doubts, [{ code, subject }]);
      t.match(target, { code, detail: doubts[0]?.detail });
      t.strictSame(await query(base, `SELECT * FROM guarita.view WHERE source = 'DA'`), before);
    }
    const asking = prepare(base, 'DA', restored, () => {
      throw new GuaritaError('stopped');
    });
    await t.rejects(asking, { code: 'stopped' }, 'what the one who is asked throws ends it too');
    t.strictSame(await query(base, `SELECT * FROM guarita.view WHERE source = 'DA'`), before);
    const { doubts, target } = await doubtsOf('DA', first, false);
    t.strictSame(doubts, [], 'a source that is again as it was is not doubted');
    t.match(target, { cursor: 'after 0', cycleComplete: false, epochChanged: false, schemaChanged: false });
  });

  await t.test('C8: believed, it is taken over, and the cursor does not count any more', async (t) => {
    await load(base, await prepareView(base, 'DB', first), [['1', 'ANA', 'NINA', 'x']]);
    const anew = { cursor: null, cycleComplete: false, loads: 1, rows: 1, isNew: false };
    const one = await doubtsOf('DB', restored, true);
    t.match(one, {
      doubts: [{ code: 'epoch-changed' }],
      target: { ...anew, epochChanged: true, schemaChanged: false },
    });
    const both = await doubtsOf('DB', { ...narrowed, epoch: 'third' }, true);
    t.match(both, {
      doubts: [{ code: 'epoch-changed' }, { code: 'column-lost', detail: 'Visão "custodiado": "alcunha".' }],
      target: { ...anew, epochChanged: true, schemaChanged: true, notices: ['column "alcunha" was dropped'] },
    });
    t.strictSame(await query(base, `SELECT cursor, cycle_complete FROM guarita.view WHERE source = 'DB'`), [
      { cursor: null, cycle_complete: false },
    ]);
    const again = await doubtsOf('DB', { ...narrowed, epoch: 'third' }, false);
    t.match(again, { doubts: [], target: { epochChanged: false, schemaChanged: false } }, 'asked once');
    const stored = await query(base, `SELECT alcunha FROM fonte_db.custodiado`);
    t.strictSame(stored, [{ alcunha: 'NINA' }], 'a lost column keeps what it last held');
  });

  await t.test('a column that comes, or another type, is no doubt, but a change of shape', async (t) => {
    await load(base, await prepareView(base, 'DC', narrowed), [['1', 'ANA', 'x']]);
    const { doubts, target } = await doubtsOf('DC', first, false);
    t.strictSame(doubts, []);
    t.match(target, { schemaChanged: true, epochChanged: false, cursor: null, loads: 1 });
  });

  await t.test('the base keeps its own copy of the cursor, and counts the rows', async (t) => {
    const target = await prepareView(base, 'DD', first);
    t.match(target, { isNew: true, cursor: null, cycleComplete: false, rows: 0 });
    const page = { lines: linesOf([['1', 'ANA', null, 'x']]), rows: 1 };
    const options = { ...ordinary(0), cursor: { next: 'c1', complete: true } };
    await loadPage(base, target, page, options);
    t.match(await prepareView(base, 'DD', first), {
      cursor: 'c1',
      cycleComplete: true,
      rows: 1,
      isNew: false,
    });
    await loadPage(base, target, page, { ...options, expectedLoads: 1, cursor: null });
    t.match(
      await prepareView(base, 'DD', first),
      { cursor: 'c1', cycleComplete: true },
      'a lookup moves no cursor',
    );
    await loadPage(base, target, { lines: Buffer.alloc(0), rows: 0 }, { ...ordinary(2) });
    t.match(await prepareView(base, 'DD', first), { cursor: 'after 2', cycleComplete: false, loads: 3 });
    t.equal(await readFacts(base, 'DD', 'custodiado'), 1);
    t.equal(await readFacts(base, 'DD', 'outra'), null);
  });
}
