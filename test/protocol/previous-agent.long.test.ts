// Tier: long. A whole life of real programs of two releases; needs GUARITA_TEST_PREVIOUS.
import { join } from 'node:path';
import t from 'tap';
import type { RequestBody } from '../../shared/journal/entry.ts';
import { versionOfPath } from '../../shared/protocol/version.ts';
import { codeIn, must } from '../support/enrolled.ts';
import { readJournal } from '../support/journal.ts';
import { collectAll, mixedPair, sameRows, views } from '../support/mixed-pair.ts';
import { mustHave, previousRelease } from '../support/previous.ts';

// V2: the present central with an agent of 0.1.0, which speaks version 1 of the protocol.

t.setTimeout(600_000);
const previous = previousRelease(t);

if (previous !== null) {
  await t.test('an agent of 0.1.0, central of this release', async (t) => {
    const pair = await mixedPair(t, previous);
    must(await pair.invite('--views', views));
    const code = codeIn({ code: 0, output: mustHave(await pair.before.init()), errors: '' });
    const serving = await pair.before.serve();
    t.match(must(await pair.accept('--code', code)).output, /versão 0\.1\.0/);
    await collectAll(t, pair);
    await sameRows(t, pair, 'unidade', 'advogado');

    await t.test('what changes is collected, what is removed is reconciled', async (t) => {
      pair.change(`UPDATE advogado SET nome = 'Advogada de novo', atualizado_em = strftime('%Y-%m-%d %H:%M:%S', 'now', '-1 hour') WHERE id = 7;
        INSERT INTO advogado (id, nome, atualizado_em) VALUES (31, 'Advogada nova', strftime('%Y-%m-%d %H:%M:%S', 'now', '-1 hour'));
        UPDATE unidade SET nome = 'Unidade de novo' WHERE id = 7`);
      await collectAll(t, pair);
      await sameRows(t, pair, 'unidade', 'advogado');
      pair.change(`DELETE FROM advogado WHERE id = 3; UPDATE advogado SET nome = 'Sem rastro' WHERE id = 4;
        DELETE FROM unidade WHERE id = 3`);
      must(await pair.central(['reconcile', 'AL']));
      await sameRows(t, pair, 'unidade', 'advogado');
    });
    await t.test('T3 the grant is renewed, and keys rotate on both sides', async (t) => {
      mustHave(await pair.before.agent('act', 'extend', '--until', '2099-01-01', '--document', 'aditivo 1'));
      t.match(must(await pair.central(['source', 'renew', 'AL'])).output, '2099');
      mustHave(await pair.before.agent('keys', 'rotate'));
      must(await pair.central(['keys', 'rotate']));
      await collectAll(t, pair);
      await collectAll(t, pair);
      t.notMatch(
        must(await pair.central(['keys', 'show'])).output,
        /próxima/,
        'the agent knows the next one',
      );
      t.notMatch(
        mustHave(await pair.before.agent('keys', 'show')),
        /próxima/,
        'and central that of the agent',
      );
    });
    await t.test('J4 both tell the same story of the line, refusals of version 2 included', async (t) => {
      const journal = join(pair.folder, 'AL.journal');
      mustHave(await pair.before.agent('journal', 'export', '--out', journal));
      t.match(must(await pair.central(['receipts', 'compare', journal])).output, 'a mesma história');
      const { entries } = await readJournal(journal);
      const requests = entries
        .filter(({ kind }) => kind === 'request')
        .map(({ body }) => JSON.parse(body) as RequestBody);
      const asked = (version: number, status: number) =>
        requests.filter((one) => versionOfPath(one.resource) === version && one.status === status);
      t.not(asked(1, 200).length, 0, 'version 1 it was');
      t.equal(asked(2, 200).length, 0);
      t.ok(
        asked(2, 404).every(({ problem }) => problem === 'route-unknown'),
        'it knows nothing of versions',
      );
      t.equal(asked(1, 200).length + asked(2, 404).length, requests.length, 'and nothing else was refused');
    });
    await t.test('the agent is upgraded afterwards', async (t) => {
      serving.child.kill('SIGTERM');
      await serving.ended;
      await pair.serve();
      pair.change(`INSERT INTO unidade (id, nome) VALUES (21, 'Unidade nova')`);
      await collectAll(t, pair);
      await sameRows(t, pair, 'unidade', 'advogado');
    });
  });
}
