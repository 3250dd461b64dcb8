import { hash, X509Certificate } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { withDirectHome } from '../../../central/direct/home.ts';
import { enrolledFile } from '../../../central/enrolment/enrolled-source.ts';
import { testFolder } from '../../support/bases.ts';
import { type Certificate, selfSigned } from '../../support/certificate.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { must } from '../../support/enrolled.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { untilGiven } from '../../support/postgres-harness.ts';
import { refused } from '../../support/refused-command.ts';
import { tlsFront } from '../../support/tls-front.ts';
import { directScene } from './scene.ts';
import type { MakeState } from './states.ts';

export async function overInternet(
  t: Test,
  makeBase: MakeCommandBase,
  makeState: MakeState,
  server: TestPostgres,
): Promise<void> {
  const [own, other] = [selfSigned(), selfSigned()];
  const authority = (certificate: Certificate) => {
    const file = join(testFolder(t), 'ca.pem');
    writeFileSync(file, certificate.certificate);
    return ['--tls', 'verify', '--tls-ca', file];
  };
  const { central, add, state } = await directScene(t, makeBase, makeState, 'internet');

  await t.test('a server without encryption is not read', async (t) => {
    refused(t, await add('--rule', '5', ...authority(own)), 'source-unavailable');
  });
  await t.test('nor one whose encryption ends before it, even so', async (t) => {
    const port = await tlsFront(t, server.port, own);
    const result = await add('--rule', '5', '--port', String(port), ...authority(own), '--even-so');
    refused(t, result, 'rule-unfit');
    t.match(result.errors, /sessão não está cifrada/);
    t.notOk(existsSync(enrolledFile(state, 'AL')));
  });
  await encrypt(server, own);
  await t.test('nor one with a certificate of another', async (t) => {
    refused(t, await add('--rule', '5', ...authority(other)), 'source-unavailable');
  });
  await t.test('nor that one where the environment says that no certificate is verified', async (t) => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    t.teardown(() => delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']);
    refused(t, await add('--rule', '5', ...authority(other)), 'source-unavailable');
  });
  await t.test('what is verified is, and the observation has the certificate', async (t) => {
    t.match(must(await add('--rule', '5', ...authority(own))).output, /✓ AL cadastrado pela regra 5/);
    const collected = must(await central('collect', '--json'));
    t.match(JSON.parse(collected.output), [{ outcome: 'complete', views: [{ new: 20 }] }]);
    const opened = await withDirectHome({ state }, 'AL', ({ journal }) =>
      [...journal.entries()].find(({ body }) => body.includes('session-opened')),
    );
    const certificate = hash('sha256', new X509Certificate(own.certificate).raw, 'hex');
    t.match(JSON.parse(opened?.body ?? ''), { encryption: /^TLS/, certificate });
    t.match((await central('status')).output, /regra 5: a central lê o banco, pela internet/);
  });
}

/** Has the server encrypt with this certificate, from the next connection on. */
async function encrypt(server: TestPostgres, { key, certificate }: Certificate): Promise<void> {
  const write = (name: string, text: string) =>
    server.admin(
      `COPY (SELECT unnest(string_to_array('${text.trim()}', E'\\n'))) TO PROGRAM 'cat > ${name} && chmod 600 ${name}'`,
    );
  await write('server.key', key);
  await write('server.crt', certificate);
  await server.admin('ALTER SYSTEM SET ssl = on');
  await server.admin('SELECT pg_reload_conf()');
  await untilGiven(server, `SELECT 1 FROM pg_settings WHERE name = 'ssl' AND setting = 'on'`);
}
