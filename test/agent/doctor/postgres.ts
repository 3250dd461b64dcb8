import type { Test } from 'tap';
import { freePort } from '../../../scripts/demo/processes.ts';
import { writeConfig } from '../../support/agent-process.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';
import { agentConfig, checkOf, day, examine, password, people, standardTable, uncheckedOf } from './scene.ts';
import { onServer, postgresTypes } from './server.ts';

/** The way to a server, the login, and what the user may do. */
export async function doctorOnPostgres(t: Test, server: TestPostgres): Promise<void> {
  for (const role of ['leitor', 'gravador']) {
    await server.admin(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
  }
  await server.admin(
    `${standardTable('custodiado', postgresTypes)} ${people([[1, day(1)]])}
     GRANT SELECT ON custodiado TO leitor, gravador; GRANT UPDATE ON custodiado TO gravador`,
  );
  const source = (user: string, port = server.port) => ({
    engine: 'postgres',
    url: `postgres://${user}@127.0.0.1:${port}/postgres`,
    password: { env: 'SENHA' },
  });
  const examineSource = (given: object) => {
    const folder = temporaryFolder(t);
    return examine(t, writeConfig(folder, agentConfig(folder, { source: given })));
  };

  const well = await examineSource(source('leitor'));
  t.strictSame([well.code, well.troubles], [0, []]);

  const port = await freePort();
  const unreachable = await examineSource(source('leitor', port));
  t.strictSame([unreachable.code, unreachable.troubles], [2, ['route critical']]);
  t.match(checkOf(unreachable, 'route')?.message, `127.0.0.1:${port}: ECONNREFUSED`);
  t.match(uncheckedOf(unreachable), [/^tls: /, /^login: .*depende de: rota até o banco/]);

  const refused = await examineSource(source('ninguem'));
  t.strictSame([refused.code, refused.troubles], [2, ['login critical']]);
  t.match(checkOf(refused, 'login')?.message, '[source-login-refused]');

  const writable = await examineSource(source('gravador'));
  t.strictSame([writable.code, writable.troubles], [2, ['read-only critical']]);
  t.match(checkOf(writable, 'read-only')?.message, /custodiado.*\[source-writable\]$/);
  t.match(checkOf(writable, 'rows', 'custodiado')?.health, 'unchecked', 'I1: nothing of a view is read');

  const allowed = await examineSource({ ...source('gravador'), allowWritableUser: true });
  t.strictSame([allowed.code, allowed.troubles], [1, ['read-only warning']]);
  t.match(checkOf(allowed, 'read-only')?.next, /^Aceito por "allowWritableUser"/);
  t.match(checkOf(allowed, 'rows', 'custodiado')?.health, 'ok');

  await onServer(t, server);
}
