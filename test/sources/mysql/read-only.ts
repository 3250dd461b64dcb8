import type { Test } from 'tap';
import { reasonsIn } from '../../../shared/sources/mysql/privileges.ts';
import type { TestMysql } from '../../support/mysql.ts';
import { mysqlHarness } from '../../support/mysql-harness.ts';

export async function readOnly(t: Test, server: TestMysql): Promise<void> {
  const harness = await mysqlHarness(t, server);
  const { database } = harness;
  const { name, reader, execute } = database;
  const reasons = async () => {
    const engine = harness.openEngine({ views: [] });
    try {
      return await engine.proveReadOnly();
    } finally {
      await engine.close();
    }
  };
  const writer = `w_${name}`;
  await execute('CREATE TABLE preso (id INT PRIMARY KEY, nome VARCHAR(20))');
  await execute('CREATE PROCEDURE apaga() DELETE FROM preso');
  for (const role of [writer, `${writer}_2`]) {
    await execute(`CREATE ROLE ${role}`);
    t.teardown(() => execute(`DROP ROLE IF EXISTS ${role}`));
  }
  await execute(`GRANT DELETE ON ${name}.* TO ${writer}`);
  await execute(`GRANT ${writer} TO ${writer}_2`);

  await t.test('a user who may read some columns only', async (t) => {
    await execute('CREATE TABLE parcial (id INT PRIMARY KEY, nome VARCHAR(20), segredo VARCHAR(20))');
    await execute(`INSERT INTO parcial VALUES (1, 'n', 's')`);
    await execute(`REVOKE SELECT ON ${name}.* FROM ${reader}`);
    await execute(`GRANT SELECT (id, nome) ON parcial TO ${reader}`);
    const engine = harness.openEngine({
      views: [{ name: 'parcial', key: ['id'], columns: ['id', 'nome'] }],
    });
    t.equal((await engine.examine('parcial')).rows, 1);
    t.equal((await engine.page('parcial', { after: null, until: null })).rows, 1);
    await engine.close();
    await execute(`REVOKE SELECT (id, nome) ON parcial FROM ${reader}`);
    await execute(`GRANT SELECT ON ${name}.* TO ${reader}`);
  });

  await t.test('I1: a user that may only read', async (t) => {
    t.same(await reasons(), []);
  });

  await t.test('I1: each way in which a user could write, or stand in the way of those who do', async (t) => {
    const cases: readonly (readonly [grant: string, reason: RegExp])[] = [
      ['INSERT ON preso TO @', /has INSERT on `.*`\.`preso`/],
      ['UPDATE (nome) ON preso TO @', /has UPDATE on/],
      [`DELETE ON ${name}.* TO @`, /has DELETE on/],
      ['EXECUTE ON PROCEDURE apaga TO @', /has EXECUTE on/],
      ['FILE ON *.* TO @', /has FILE on \*\.\*/],
      [`LOCK TABLES ON ${name}.* TO @`, /has LOCK TABLES/],
      [`CREATE TEMPORARY TABLES ON ${name}.* TO @`, /has CREATE TEMPORARY TABLES/],
      [`ALL ON ${name}.* TO @`, /has ALL PRIVILEGES/],
      ['SUPER ON *.* TO @', /has SUPER/],
      [`SELECT ON preso TO @ WITH GRANT OPTION`, /has GRANT OPTION/],
      [`${writer} TO @`, /has DELETE on/],
      [`${writer}_2 TO @`, /has DELETE on/],
      [`INSERT ON ${name}.* TO PUBLIC`, /has INSERT on/],
    ];
    for (const [grant, reason] of cases) {
      const sql = grant.replace('@', reader);
      await execute(`GRANT ${sql}`);
      t.match((await reasons()).join('\n'), reason, sql);
      const isGrantor = sql.endsWith('WITH GRANT OPTION');
      const revoked = isGrantor
        ? `GRANT OPTION ON preso FROM ${reader}`
        : sql.replace(/ TO (?=\S+$)/, ' FROM ');
      await execute(`REVOKE ${revoked}`);
      // Of all that is revoked, reading is given again.
      await execute(`GRANT SELECT ON ${name}.* TO ${reader}`);
    }
    t.same(await reasons(), [], 'and without them none is left');
  });

  await t.test('I1: the administrator', async (t) => {
    const { user, password } = server;
    const engine = harness.openEngine({ views: [] }, { user }, password);
    t.teardown(() => engine.close());
    t.match((await engine.proveReadOnly()).join('\n'), /ALL PRIVILEGES on \*\.\*/);
  });

  await t.test('I1: lines of SHOW GRANTS, of both products', (t) => {
    const harmless = [
      "GRANT USAGE ON *.* TO `a`@`%` IDENTIFIED BY PASSWORD '*00'",
      'GRANT SELECT, SHOW VIEW ON `s`.* TO `a`@`%`',
      'GRANT SELECT (`nome, DELETE ON x`, `b`) ON `s`.`v` TO `a`@`%`',
      'GRANT SELECT ON `INSERT ON x TO `.`v` TO `a`@`%`',
      'GRANT `papel`@`%`,`outro`@`%` TO `a`@`%`',
      'REVOKE INSERT ON `s`.* FROM `a`@`%`',
      'SET DEFAULT ROLE `papel` FOR `a`@`%`',
    ];
    for (const grant of harmless) t.same(reasonsIn(grant), [], grant);
    const telling: readonly (readonly [string, readonly string[]])[] = [
      ['GRANT SELECT, INSERT (`a`, `b`), DROP ON `s`.`v` TO `a`@`%`', ['INSERT', 'DROP']],
      ['GRANT PROXY ON `b`@`%` TO `a`@`%`', ['PROXY']],
      ['GRANT SELECT ON `s`.* TO `a`@`%` WITH GRANT OPTION', ['GRANT OPTION']],
      [
        'GRANT BACKUP_ADMIN,SYSTEM_VARIABLES_ADMIN ON *.* TO `a`@`%`',
        ['BACKUP_ADMIN', 'SYSTEM_VARIABLES_ADMIN'],
      ],
      ['GRANT EXECUTE ON PROCEDURE `s`.`p` TO `a`@`%`', ['EXECUTE']],
      [`GRANT INSERT ON "s"."v" TO "a"@"%"`, ['INSERT']],
    ];
    for (const [grant, privileges] of telling) {
      const found = reasonsIn(grant).map((reason) => /^the user has (.*?) on /.exec(reason)?.[1]);
      t.same(found, privileges, grant);
    }
    t.end();
  });
}
