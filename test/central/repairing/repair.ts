import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import { examineState } from '../../../central/doctor/examine-state.ts';
import { repairState } from '../../../central/doctor/repair.ts';
import { centralStateFile, openCentralState } from '../../../central/state/state.ts';
import { pgliteBases, query, testFolder } from '../../support/bases.ts';
import { damages, fillState, pagesOf, rowsOfState } from '../../support/damaged-state.ts';
import { runs } from '../../support/runs.ts';

// Central's state is damaged in every way that a disk knows; what the base says of the cursors is what it gets back.

export async function repairs(t: Test): Promise<void> {
  const { shared: base, baseId } = await pgliteBases(t);
  const now = new Date('2026-06-10T12:00:00Z');

  /** AL has a cursor in the base, MS had one that no longer counts, RO was never loaded. */
  const views = [
    ['AL', 'custodiado', 7, 'sealed-al-7', true],
    ['AL', 'advogado', 3, 'sealed-al-3', false],
    ['MS', 'custodiado', 5, null, false],
    ['RO', 'custodiado', 0, null, false],
  ] as const;
  for (const [source, view, loads, cursor, complete] of views) {
    await query(
      base,
      `INSERT INTO guarita.view (source, view, key, columns, fingerprint, epoch, loads, cursor, cycle_complete)
       VALUES ($1, $2, '{id}', '[]', 'f', 'e', $3, $4, $5)`,
      [source, view, loads, cursor, complete],
    );
  }
  const copies = views.flatMap(([source, view, loads, cursor, complete]) =>
    cursor === null ? [] : [{ source, view, base: baseId, cursor, loads, complete: complete ? 1 : 0 }],
  );

  const repair = (folder: string, at = now) => repairState(folder, base, baseId, at);

  function checkpoints(folder: string): unknown[] {
    const db = new Database(centralStateFile(folder), { readonly: true });
    const rows = db.prepare('SELECT source, view, base, cursor, loads, complete FROM checkpoint').all();
    db.close();
    return rows;
  }

  function owed(folder: string): unknown[] {
    const db = new Database(centralStateFile(folder), { readonly: true });
    const rows = db.prepare(`SELECT source, view FROM view_state WHERE owed = 'checkpoint-lost'`).raw().all();
    db.close();
    return rows;
  }

  /** The checkpoints equal the base's copies, by as many ways as there are to be wrong. */
  function restored(t: Test, folder: string): void {
    t.match(examineState(folder), { kind: 'sound' });
    const found = checkpoints(folder);
    t.strictSame(
      new Set(found.map((row) => JSON.stringify(row))),
      new Set(copies.map((c) => JSON.stringify(c))),
    );
    const expected = [
      ['AL', 'advogado'],
      ['AL', 'custodiado'],
      ['MS', 'custodiado'],
    ];
    t.strictSame(owed(folder), expected, 'each is reconciled by the next run');
    t.equal(statSync(centralStateFile(folder)).mode & 0o077, 0);
  }

  const filled = (t: Test, runs = 60) => {
    const folder = testFolder(t);
    fillState(folder, ['AL', 'MS', 'RO'], runs);
    return { folder, file: centralStateFile(folder), before: rowsOfState(centralStateFile(folder)) };
  };

  /** Without what SQLite makes beside a file that is looked into. */
  const filesIn = (folder: string) => readdirSync(folder).filter((name) => !/sqlite-(wal|shm)$/.test(name));

  /** What is in the new file was in the old one; what the repair itself wrote down is aside. */
  function nothingInvented(t: Test, file: string, before: ReadonlyMap<string, string[]>): number {
    let rows = 0;
    for (const [table, found] of rowsOfState(file)) {
      if (table === 'view_state') continue;
      const there = new Set(before.get(table));
      t.strictSame(
        found.filter((row) => !there.has(row)),
        [],
        `${table}: nothing that was not there`,
      );
      rows += found.length;
    }
    return rows;
  }

  await t.test('any page of the file is overwritten', async (t) => {
    const { file, before } = filled(t);
    const sound = readFileSync(file);
    const most = [...before].reduce(
      (sum, [table, rows]) => sum + (table === 'view_state' ? 0 : rows.length),
      0,
    );
    let best = 0;
    // The first is the file's header; of those after it the quick tier has every fourth.
    for (let page = 0; page < pagesOf(file); page += page === 0 ? 1 : runs(4, 1)) {
      const folder = testFolder(t);
      const damaged = centralStateFile(folder);
      writeFileSync(damaged, sound, { mode: 0o600 });
      damages.page(damaged, page);
      if (examineState(folder).kind === 'sound') continue;
      const bytes = readFileSync(damaged);
      const { movedTo } = await repair(folder);
      restored(t, folder);
      best = Math.max(best, nothingInvented(t, damaged, before));
      t.ok(bytes.equals(readFileSync(movedTo ?? '')), 'the damaged file is kept as it was');
    }
    t.ok(best > most * 0.9, `${best} of ${most} rows were saved where a leaf was hit`);
  });

  await t.test('the rows on both sides of what cannot be read are saved', async (t) => {
    const { folder, file, before } = filled(t);
    const whole = before.get('receipt')?.length ?? 0;
    // Two leaves of the receipts, far apart: what lies between them is reached by neither end.
    const db = new Database(file, { readonly: true });
    const leaf = (share: number) =>
      db
        .prepare(
          `SELECT pageno FROM dbstat WHERE name = 'receipt' AND pagetype = 'leaf' ORDER BY path LIMIT 1
            OFFSET (SELECT count(*) FROM dbstat WHERE name = 'receipt' AND pagetype = 'leaf') * ${share} / 100`,
        )
        .pluck()
        .get() as number;
    const pages = [leaf(30), leaf(70)];
    db.close();
    for (const page of pages) damages.page(file, page - 1);
    const { salvaged } = await repair(folder);
    restored(t, folder);
    nothingInvented(t, file, before);
    const { rows = 0, whole: isWhole } = salvaged.find(({ table }) => table === 'receipt') ?? {};
    t.equal(isWhole, false);
    t.ok(rows >= whole - 20 && rows < whole, `${rows} of ${whole} receipts`);
    t.match(
      salvaged.filter(({ table }) => table !== 'receipt'),
      Array.from({ length: 4 }, () => ({ whole: true })),
    );
  });

  await t.test('the file is cut, empty, something else, or gone', async (t) => {
    for (const kind of ['truncate', 'empty', 'foreign', 'remove'] as const) {
      await t.test(kind, async (t) => {
        const { folder, file, before } = filled(t, 120);
        damages[kind](file);
        t.match(examineState(folder), { kind: kind === 'remove' ? 'absent' : 'damaged' });
        const left = existsSync(file) ? readFileSync(file) : null;
        const done = await repair(folder);
        t.match(done, {
          made: true,
          restored: [
            { source: 'AL', view: 'advogado' },
            { source: 'AL', view: 'custodiado' },
          ],
          readAnew: [{ source: 'MS', view: 'custodiado' }],
        });
        restored(t, folder);
        const saved = nothingInvented(t, file, before);
        if (kind === 'truncate') t.ok(saved > 100, `${saved} rows of the half that is left`);
        if (left === null) t.equal(done.movedTo, null);
        else t.ok(left.equals(readFileSync(done.movedTo ?? '')));
        const after = readFileSync(file);
        const names = filesIn(folder);
        t.match(
          await repair(folder),
          { movedTo: null, made: false, salvaged: [], restored: [], readAnew: [] },
          'run again, it changes nothing',
        );
        t.strictSame(filesIn(folder), names);
        t.ok(after.equals(readFileSync(file)));
      });
    }
  });

  await t.test('a log of writes that is left behind does not get into the new file', async (t) => {
    const { folder, file } = filled(t);
    const other = testFolder(t);
    fillState(other, ['XX'], 1);
    const open = openCentralState(other);
    open.checkpoints.save(1, 'XX', 'custodiado', { base: baseId, cursor: 'c', loads: 1, complete: true });
    writeFileSync(`${file}-wal`, readFileSync(`${centralStateFile(other)}-wal`));
    open.close();
    damages.remove(file);
    await repair(folder);
    restored(t, folder);
    t.ok(
      readdirSync(folder).some((name) => /damaged-.*-wal$/.test(name)),
      'and is kept',
    );
  });

  await t.test('a sound file: only the checkpoints that central would not go on from', async (t) => {
    const { folder, before } = filled(t);
    const state = openCentralState(folder);
    const al = { source: 'AL', base: baseId, complete: true } as const;
    // Ahead of a base that was restored, and behind it by a page whose run was killed.
    state.checkpoints.save(1, 'AL', 'custodiado', { ...al, cursor: 'sealed-al-9', loads: 9 });
    state.checkpoints.save(1, 'AL', 'advogado', { ...al, cursor: 'sealed-al-2', loads: 2 });
    state.checkpoints.save(1, 'MS', 'custodiado', { ...al, base: 'another', cursor: 'c', loads: 2 });
    state.close();
    const done = await repair(folder);
    t.match(done, { movedTo: null, made: false, restored: [{ source: 'AL', view: 'custodiado' }] });
    const again = openCentralState(folder);
    t.match(again.checkpoints.find('AL', 'custodiado'), { cursor: 'sealed-al-7', loads: 7 });
    t.match(
      again.checkpoints.find('AL', 'advogado'),
      { cursor: 'sealed-al-2', loads: 2 },
      'that one is right',
    );
    t.match(again.checkpoints.find('MS', 'custodiado'), { base: 'another' }, 'nothing is invented for it');
    t.equal(again.views.find('AL', 'custodiado')?.owed, 'base-changed');
    t.equal(again.views.find('AL', 'advogado'), undefined, 'and owes nothing');
    again.close();
    nothingInvented(t, centralStateFile(folder), before);
  });

  await t.test('what is not damage is left alone', async (t) => {
    const { folder, file } = filled(t);
    const db = new Database(file);
    db.pragma('user_version = 99');
    db.close();
    await t.rejects(repair(folder), { code: 'state-newer' });
    t.strictSame(filesIn(folder), ['central.sqlite']);
    const fresh = testFolder(t);
    mkdirSync(centralStateFile(fresh));
    await t.rejects(repair(fresh), { code: 'state-unwritable' });
    t.strictSame(readdirSync(fresh), ['central.sqlite']);
  });
}
