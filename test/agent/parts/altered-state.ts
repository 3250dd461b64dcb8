import { join } from 'node:path';
import type { Test } from 'tap';
import { CursorSeal } from '../../../agent/state/cursor-seal.ts';
import { openAgentState } from '../../../agent/state/state.ts';
import { viewPath } from '../../../shared/protocol/paths.ts';
import { writeConfig } from '../../support/agent-process.ts';
import { agreeIn } from '../../support/agreement.ts';
import { runCommand } from '../../support/commands.ts';
import { peopleAgent } from '../../support/people-agent.ts';
import { ask } from '../../support/signed-requests.ts';
import { createSqlite, peopleSql, sqliteDefaults, temporaryFolder } from '../../support/sqlite-views.ts';

// A state file in which somebody else has been at work: told as what it is, and never an error that nobody foresaw.

export async function alteredState(t: Test): Promise<void> {
  await t.test('a secret of cursors that is none', (t) => {
    for (const secret of ['1234567', "x'0102030405'", "'text of thirty-two letters, or so'"]) {
      const db = openAgentState(temporaryFolder(t));
      t.ok(new CursorSeal(db), 'it makes one of its own');
      db.exec(`UPDATE secret SET value = ${secret}`);
      t.throws(() => new CursorSeal(db), { code: 'state-altered' }, secret);
      db.close();
    }
    t.end();
  });

  await t.test('a table that is gone', async (t) => {
    for (const table of ['nonce', 'client_key', 'signed_record']) {
      const agent = await peopleAgent(t, 3);
      agent.state.exec(`DROP TABLE ${table}`);
      const answer = await ask(agent, viewPath('rows', 'custodiado'));
      t.match(answer.body.toString(), /"urn:guarita:problem:state-unwritable"/, table);
    }
  });

  await t.test('the same, where a command or the start meets it', async (t) => {
    const folder = temporaryFolder(t);
    const state = join(folder, 'state');
    const file = join(folder, 'estado.sqlite');
    createSqlite(file, peopleSql(3));
    const views = [{ name: 'custodiado', key: ['id'], watermark: 'versao' }];
    const listen = { port: 0, tls: false };
    const log = { level: 'silent' };
    const config = writeConfig(folder, {
      ...{ id: 'AL', uf: 'AL', state, listen, source: { ...sqliteDefaults, file }, views, log },
    });
    await agreeIn(state);
    const db = openAgentState(state);
    db.exec('DROP TABLE signed_record');
    t.match(await runCommand('agent', ['act', 'status', '-c', config]), {
      code: 1,
      errors: /\[state-unwritable\]/,
    });
    db.exec('DROP TABLE nonce');
    const served = await runCommand('agent', ['serve', '-c', config]);
    t.match(served.errors, '[state-unwritable]');
    t.notMatch(served.errors, 'internal');
    db.close();
  });
}
