import { inspect } from 'node:util';
import type { Test } from 'tap';
import { describeError } from '../../../shared/describe-error.ts';
import type { TestMysql } from '../../support/mysql.ts';
import { mysqlHarness } from '../../support/mysql-harness.ts';

const person = 'Fulano de Tal';

/** What a server says of a value or by a function of the state's own, and what it says of a login. */
export async function errors(t: Test, server: TestMysql): Promise<void> {
  const harness = await mysqlHarness(t, server);
  const { execute } = harness.database;
  const quoting = [
    { name: 'recusa', as: { number: 1045, code: 'ER_ACCESS_DENIED_ERROR', problem: 'source-login-refused' } },
    { name: 'falha', as: { number: 1644, code: 'ER_SIGNAL_EXCEPTION', problem: 'view-failing' } },
  ];
  await execute('CREATE TABLE pessoa (id INT PRIMARY KEY, nome VARCHAR(99))');
  await execute(`INSERT INTO pessoa VALUES (1, '${person}'), (2, 'x')`);

  await t.test('I10: what a server quotes of a row is in no part of the error', async (t) => {
    for (const { name, as } of quoting) {
      await execute(`CREATE FUNCTION f_${name}(n VARCHAR(99)) RETURNS INT DETERMINISTIC
        BEGIN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = n, MYSQL_ERRNO = ${as.number}; RETURN 1; END`);
      // Without it the server shows no column of the view.
      await execute(`GRANT EXECUTE ON FUNCTION f_${name} TO ${harness.database.reader}`);
      await execute(`CREATE VIEW ${name} AS SELECT id, f_${name}(nome) AS valor FROM pessoa`);
      const engine = harness.openEngine({ views: [{ name, key: ['id'] }] });
      t.teardown(() => engine.close());
      const error: unknown = await engine
        .page(name, { after: null, until: null })
        .catch((error: unknown) => error);
      t.notMatch(inspect(error, { depth: 20, showHidden: true }), /Fulano|Tal/, name);
      const cause = { name: 'MysqlError', code: as.code, sqlState: '45000', message: undefined };
      t.match(describeError(error), { code: as.problem, cause }, name);
    }
  });

  await t.test('a login that is refused says whose, and from where', async (t) => {
    const engine = harness.openEngine({ views: [] }, { user: 'ninguem' }, 'errada');
    t.teardown(() => engine.close());
    const error: unknown = await engine.describe().catch((error: unknown) => error);
    t.match(describeError(error), {
      code: 'source-login-refused',
      cause: { code: 'ER_ACCESS_DENIED_ERROR', message: /Access denied for user 'ninguem'@/ },
    });
  });
}
