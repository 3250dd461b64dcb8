import type { Test } from 'tap';
import { writeConfig } from '../../support/agent-process.ts';
import { connect, type TestMysql } from '../../support/mysql.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';
import { agentConfig, checkOf, day, examine, password, people, standardTable } from './scene.ts';

const types = {
  ...{ text: 'VARCHAR(100)', integer: 'BIGINT', decimal: 'DECIMAL(12, 2)', date: 'DATE' },
  ...{ timestamp: 'DATETIME(6)', boolean: 'BOOLEAN', bytes: 'LONGBLOB' },
} as const;

/** A server that shows no plan to who may only read the view. */
export async function doctorOnMysql(t: Test, server: TestMysql): Promise<void> {
  const admin = await connect(server);
  const [database, user] = [`doctor_${process.pid}`, `doctor_${process.pid}`];
  t.teardown(async () => {
    await admin.query(`DROP DATABASE IF EXISTS ${database}`);
    await admin.query(`DROP USER IF EXISTS ${user}`);
    admin.destroy();
  });
  await admin.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
  await admin.query(`USE ${database}`);
  await admin.query(`SET SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')`);
  await admin.query(standardTable('custodiado', types));
  await admin.query(`CREATE VIEW custodiados AS SELECT * FROM custodiado`);
  await admin.query(`CREATE USER ${user} IDENTIFIED BY '${password}'`);
  await admin.query(`GRANT SELECT ON custodiados TO ${user}`);
  const insert = (rows: number) =>
    admin.query(people(Array.from({ length: rows }, (_, row) => [row + 1, day(1)])));
  await insert(3);
  const folder = temporaryFolder(t);
  const config = agentConfig(folder, {
    source: {
      ...{ engine: 'mysql', host: server.host, port: server.port, database, user },
      ...{ password: { env: 'SENHA' }, tls: { mode: 'off' }, timeZone: 'UTC' },
    },
    views: [{ name: 'custodiado', relation: 'custodiados', key: ['id'], watermark: 'atualizado_em' }],
  });
  const path = writeConfig(folder, config);
  const small = await examine(t, path);
  t.strictSame([small.code, small.troubles], [0, []]);
  t.equal(checkOf(small, 'order', 'custodiado')?.message, 'pequena, dispensa índice');

  const [[before]] = (await admin.query('SELECT @@GLOBAL.read_only AS value')) as unknown as [
    [{ value: number }],
  ];
  t.teardown(() => admin.query(`SET GLOBAL read_only = ${before.value}`));
  await admin.query('SET GLOBAL read_only = 1');
  const following = await examine(t, path);
  t.strictSame(following.troubles, []);
  t.match(checkOf(following, 'replica')?.message, 'se for uma réplica');
  await admin.query(`SET GLOBAL read_only = ${before.value}`);

  await admin.query(`CREATE VIEW lidos AS SELECT *, NOW() AS lido_em, RAND() AS sorteio FROM custodiado`);
  await admin.query(`GRANT SELECT ON lidos TO ${user}`);
  const read = { name: 'custodiado', relation: 'lidos', key: ['id'], watermark: 'atualizado_em' };
  const unsteady = await examine(t, writeConfig(temporaryFolder(t), { ...config, views: [read] }), {
    waits: true,
  });
  t.strictSame(unsteady.troubles, ['steady custodiado warning']);
  t.match(checkOf(unsteady, 'steady', 'custodiado')?.message, /: lido_em, sorteio\.$/);

  await admin.query('DELETE FROM custodiado');
  await insert(5001);
  const large = await examine(t, path);
  t.strictSame([large.code, large.troubles], [0, []], 'nothing that the state could mend');
  t.match(checkOf(large, 'order', 'custodiado'), {
    message:
      /^o banco não mostra a este usuário se um índice serve.* CREATE INDEX guarita_custodiado ON <tabela> \(atualizado_em, id\);/,
  });

  await admin.query(`GRANT SELECT ON custodiado TO ${user}`);
  await admin.query(`GRANT SHOW VIEW ON custodiados TO ${user}`);
  const shown = await examine(t, path);
  t.match(checkOf(shown, 'order', 'custodiado')?.message, /^Nenhum índice serve/, 'once it may see the plan');
}
