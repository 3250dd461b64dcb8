import type { Test } from 'tap';
import { reader, type TestFirebird } from '../../support/firebird.ts';
import { firebirdHarness } from '../../support/firebird-harness.ts';

export async function readOnly(t: Test, server: TestFirebird): Promise<void> {
  const harness = await firebirdHarness(t, server);
  const execute = (sql: string) => harness.execute(sql);
  const reasons = async (changes: Parameters<typeof harness.openEngine>[1] = {}) => {
    const engine = harness.openEngine({ views: [] }, changes);
    try {
      return await engine.proveReadOnly();
    } finally {
      await engine.close();
    }
  };
  await execute('CREATE TABLE PRESO (ID INTEGER NOT NULL PRIMARY KEY, NOME VARCHAR(20))');
  await execute('CREATE SEQUENCE NUMERO');
  await execute('CREATE PROCEDURE APAGA AS BEGIN DELETE FROM PRESO; END');
  await execute('CREATE ROLE ESCRITOR');
  await execute('GRANT DELETE ON PRESO TO ROLE ESCRITOR');
  await execute('CREATE ROLE LEITURA');
  await execute('GRANT SELECT ON PRESO TO ROLE LEITURA');

  await t.test('I1: a user that may only read', async (t) => {
    t.same(await reasons(), []);
    await execute(`GRANT LEITURA TO ${reader.user}`);
    t.same(await reasons({ role: 'LEITURA' }), [], 'also by a role');
    t.same(await reasons(), []);
  });

  await t.test('I1: each way in which a user could write', async (t) => {
    const cases: readonly (readonly [grant: string, reason: RegExp])[] = [
      ['INSERT ON PRESO TO @', /insert into PRESO/],
      ['UPDATE (NOME) ON PRESO TO @', /update PRESO/],
      ['DELETE ON PRESO TO PUBLIC', /PUBLIC may delete from PRESO/],
      ['REFERENCES (ID) ON PRESO TO @', /reference PRESO/],
      ['EXECUTE ON PROCEDURE APAGA TO @', /execute APAGA/],
      ['USAGE ON SEQUENCE NUMERO TO @', /advance NUMERO/],
      ['CREATE TABLE TO @', /create SQL\$TABLES/],
      ['ALTER ANY VIEW TO PUBLIC', /alter SQL\$VIEWS/],
      ['DROP ANY TABLE TO ROLE LEITURA', /LEITURA may drop SQL\$TABLES/],
      ['ESCRITOR TO @', /ESCRITOR may delete from PRESO/],
      ['RDB$ADMIN TO @', /take on role RDB\$ADMIN/],
    ];
    for (const [grant, reason] of cases) {
      const sql = grant.replace('@', reader.user);
      await execute(`GRANT ${sql}`);
      t.match(await reasons(), [reason], sql);
      await execute(`REVOKE ${sql.replace(/ TO (?=(ROLE )?\S+$)/, ' FROM ')}`);
    }
    t.same(await reasons(), [], 'and without them none is left');
  });

  await t.test('I1: who owns what is there', async (t) => {
    const engine = harness.openEngine({ views: [] }, { user: server.user }, server.password);
    t.teardown(() => engine.close());
    t.match(await engine.proveReadOnly(), [/SYSDBA may do anything/, /owns the database/]);
  });
}
