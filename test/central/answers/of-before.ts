import Database from 'better-sqlite3';
import type { Test } from 'tap';
import { centralStateFile, openCentralState } from '../../../central/state/state.ts';
import { doubtInWords } from '../../../central/status/doubt-words.ts';
import { loss } from '../../support/answer-scene.ts';
import { testFolder } from '../../support/bases.ts';

/** A file of before answers were kept, with a doubt that waits in it. */
export function ofBefore(t: Test): void {
  const folder = testFolder(t);
  const before = openCentralState(folder);
  before.attentions.open(1, { ...loss, code: 'column-lost', detail: 'View "custodiado": "nome".' });
  const [waited] = before.attentions.all();
  before.close();
  const db = new Database(centralStateFile(folder));
  db.exec('DROP TABLE answer; DROP TABLE central; ALTER TABLE attention DROP COLUMN columns');
  db.exec('ALTER TABLE run_view DROP COLUMN forgotten');
  db.exec('DROP TABLE journal_line; DROP TABLE journal_break; DROP TABLE journal_begun');
  db.exec('DROP INDEX receipt_journal; DROP INDEX receipt_asked');
  for (const column of ['asked_id', 'asked_hash', 'journal_id', 'journal_hash']) {
    db.exec(`ALTER TABLE receipt DROP COLUMN ${column}`);
  }
  db.pragma('user_version = 5');
  db.close();

  const state = openCentralState(folder);
  t.teardown(() => state.close());
  const [waits] = state.attentions.all();
  t.strictSame(waits, waited, 'it is the same doubt, of the same name');
  t.equal(waits === undefined ? '' : doubtInWords(waits, null).includes('"'), false);
  state.answers.decide('AL', null, 'accepted', { who: 'ana', reason: null, refs: [waits?.ref ?? ''] });
  t.match(state.answers.after(0, 9), [{ decision: 'accepted', ref: waited?.ref }]);
  t.match(state.id, /^[0-9a-f]{32}$/);
  t.end();
}
