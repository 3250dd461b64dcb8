import { inspect } from 'node:util';
import type { Test } from 'tap';
import { describeError } from '../../../shared/describe-error.ts';
import { reader, type TestFirebird } from '../../support/firebird.ts';
import { firebirdHarness } from '../../support/firebird-harness.ts';

const views = [{ name: 'V', key: ['ID'] }];

/** What a server says of a value. */
export async function errors(t: Test, server: TestFirebird): Promise<void> {
  const harness = await firebirdHarness(t, server);
  await harness.execute('CREATE TABLE PESSOA (ID INTEGER NOT NULL PRIMARY KEY, NOME VARCHAR(20))');
  await harness.execute(`INSERT INTO PESSOA VALUES (1, 'Fulano de Tal')`);
  await harness.execute('CREATE VIEW V AS SELECT ID, CAST(NOME AS INTEGER) AS NUMERO FROM PESSOA');
  await harness.execute(`GRANT SELECT ON V TO ${reader.user}`);
  const engine = harness.openEngine({ views });
  t.teardown(() => engine.close());

  await t.test('I10: what a server quotes of a row is in no part of the error', async (t) => {
    const error: unknown = await engine
      .page('V', { after: null, until: null })
      .catch((error: unknown) => error);
    t.notMatch(inspect(error, { depth: 20, showHidden: true }), /Fulano/);
    t.match(describeError(error), {
      code: 'view-failing',
      cause: { name: 'FirebirdError', code: Number, message: /^[A-Z_]+$/ },
    });
  });
}
