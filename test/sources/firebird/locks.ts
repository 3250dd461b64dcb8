import Firebird from 'node-firebird';
import type { Test } from 'tap';
import { firebirdError } from '../../../shared/sources/firebird/errors.ts';
import type { TestFirebird } from '../../support/firebird.ts';
import { firebirdHarness } from '../../support/firebird-harness.ts';
import { column, readCycle } from '../../support/read-cycle.ts';

/** What another session holds: the agent does not wait for it. */
export async function locks(t: Test, server: TestFirebird): Promise<void> {
  const harness = await firebirdHarness(t, server);
  await harness.execute('CREATE TABLE PRESO ("id" INTEGER NOT NULL PRIMARY KEY, "nome" VARCHAR(10))');
  await harness.insertRows?.(
    'PRESO',
    Array.from({ length: 20 }, (_, n) => [n, `'antes'`]),
  );
  const source = await harness.open(t, { views: [{ name: 'PRESO', key: ['id'] }] });
  const { host, port, user, password } = server;
  const writer = await Firebird.attachAsync({ host, port, user, password, database: harness.database.path });
  t.teardown(() => writer.detachAsync());

  await t.test('rows that another transaction has changed: as they were, without a wait', async (t) => {
    const transaction = await writer.transactionAsync({ isolation: Firebird.ISOLATION_READ_COMMITTED });
    await transaction.queryAsync(`UPDATE PRESO SET "nome" = 'depois'`);
    const { rows } = await readCycle(source, 'PRESO', { limit: 7 });
    t.same(new Set(column(rows, 1)), new Set(['antes']));
    await transaction.queryAsync('DELETE FROM PRESO WHERE "id" = 3');
    await transaction.commitAsync();
    t.equal(
      (await readCycle(source, 'PRESO')).rows.length,
      19,
      'and the writer was not in our way, nor we in its',
    );
  });

  await t.test('a table that another transaction lets nobody else write: it can be read', async (t) => {
    const transaction = await writer.transactionAsync({ isolation: Firebird.ISOLATION_SERIALIZABLE });
    await transaction.queryAsync(`UPDATE PRESO SET "nome" = 'só meu'`);
    const { rows } = await readCycle(source, 'PRESO');
    t.same(new Set(column(rows, 1)), new Set(['depois']));
    await transaction.rollbackAsync();
  });

  await t.test('a table whose definition another transaction is changing', async (t) => {
    const transaction = await writer.transactionAsync({ isolation: Firebird.ISOLATION_READ_COMMITTED });
    await transaction.queryAsync('ALTER TABLE PRESO ADD "novo" INTEGER');
    const { rows } = await readCycle(source, 'PRESO');
    t.equal(rows[0]?.fields.length, 2, 'as it was');
    await transaction.commitAsync();
    t.equal((await readCycle(source, 'PRESO')).rows[0]?.fields.length, 3);
  });

  await t.test('an error that says that somebody holds what is asked for is one to be tried again', (t) => {
    for (const name of ['DEADLOCK', 'LOCK_CONFLICT', 'LOCK_TIMEOUT', 'OBJ_IN_USE'] as const) {
      const error = Object.assign(new Error('quotes a row'), { gdscode: Firebird.GDSCode[name] });
      const { code, detail, retry, message } = firebirdError(error);
      t.match(
        { code, detail, retry },
        { code: 'source-timeout', detail: /^Firebird error \d+\.$/, retry: 'later' },
      );
      t.notMatch(message, 'quotes a row');
    }
    t.end();
  });
}
