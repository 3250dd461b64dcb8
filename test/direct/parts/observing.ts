import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import { directHomeFile } from '../../../central/direct/home.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { must } from '../../support/enrolled.ts';
import { refused } from '../../support/refused-command.ts';
import { directScene } from './scene.ts';
import type { MakeState } from './states.ts';

export async function observing(t: Test, makeBase: MakeCommandBase, makeState: MakeState): Promise<void> {
  const { central, add, state, folder } = await directScene(t, makeBase, makeState, 'observado');
  must(await add());
  must(await central('reconcile'));
  const file = join(folder, 'AL.observacoes');
  const within = <T>(work: (db: Database.Database) => T): T => {
    const db = new Database(directHomeFile(state, 'AL'));
    try {
      return work(db);
    } finally {
      db.close();
    }
  };

  await t.test('each question is written down with what came, and no value of a row', (t) => {
    const bodies = within((db) => db.prepare('SELECT body FROM journal_entry').pluck().all()) as string[];
    const observed = bodies.map((body) => JSON.parse(body) as { event: string; question?: string });
    for (const question of ['describe', 'page', 'digests']) {
      t.ok(
        observed.some((one) => one.event === 'observed' && one.question === question),
        question,
      );
    }
    t.match(
      observed.find(({ question }) => question === 'page'),
      { view: 'advogado', rows: 20, bytes: Number, digest: /^[\w-]{43}$/, epoch: String, complete: true },
    );
    t.match(
      observed.find(({ event }) => event === 'session-opened'),
      { product: String },
    );
    t.notMatch(bodies.join(), 'Advogado 1');
    t.end();
  });

  await t.test('they are verified as they are kept, and as they were exported', async (t) => {
    t.match(must(await central('receipts', 'verify', 'AL')).output, /✓ AL: \d+ registros .*íntegras/);
    must(await central('receipts', 'export', 'AL', '--out', file));
    t.match(must(await central('receipts', 'verify', 'AL', '--file', file)).output, /íntegras/);
    refused(t, await central('receipts', 'compare', file, '--uf', 'AL'), 'option-invalid');
    const lines = readFileSync(file, 'utf8').split('\n');
    const cut = lines.filter((line) => !line.includes('\\"question\\":\\"digests\\"'));
    t.ok(cut.length < lines.length);
    writeFileSync(file, cut.join('\n'));
    refused(t, await central('receipts', 'verify', 'AL', '--file', file), 'receipts-broken');
  });

  await t.test('what somebody else changed or cut is told, and nothing is read on', async (t) => {
    within((db) => db.exec('DELETE FROM journal_entry WHERE id = (SELECT max(id) FROM journal_entry)'));
    refused(t, await central('receipts', 'verify', 'AL'), 'receipts-broken');
    t.match(JSON.parse((await central('collect', '--json')).output), [
      { outcome: 'failed', problem: 'state-altered' },
    ]);
  });
}
