import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { SqlServerConfig } from '../../../shared/sources/source-config.ts';
import { addressOf, driverConfig } from '../../../shared/sources/sqlserver/config.ts';
import { agreesToEncrypt } from '../../../shared/sources/sqlserver/socket.ts';
import { selfSigned } from '../../support/certificate.ts';
import { preloginAnswer } from '../../support/tds-login.ts';
import { messageTypes } from '../../support/tds-packets.ts';
import { temporaryParent } from '../../support/temporary-parent.ts';
import { sqlServerScene } from './scene.ts';

const config: SqlServerConfig = {
  ...{ engine: 'sqlserver', host: '10.0.0.5', database: 'siap', user: 'leitura', tls: { mode: 'verify' } },
  ...{ allowWritableUser: false, settleSeconds: 60, overlapSeconds: 60, overlapCount: 10, epoch: '' },
  ...{ timeoutSeconds: 60, scanTimeoutSeconds: 3600 },
};

/** From the configuration to a session. */
export async function connecting(t: Test): Promise<void> {
  await t.test('what the driver is told of a configuration', (t) => {
    const connector = () => undefined;
    const told = (changes: Partial<SqlServerConfig>, ca: string | null = null) =>
      driverConfig({ ...config, ...changes }, 'senha', { connector, ca });
    t.match(told({}), {
      ...{ server: '10.0.0.5', database: 'siap', user: 'leitura', password: 'senha' },
      ...{ domain: undefined, pool: { max: 4, min: 0 } },
      options: {
        ...{ port: 1433, instanceName: undefined, encrypt: true, trustServerCertificate: false, connector },
        ...{ connectTimeout: 10_000, requestTimeout: 60_000, dateFormat: 'ymd', language: 'us_english' },
        ...{ cryptoCredentialsDetails: undefined, textsize: 2_147_483_647, maxRetriesOnTransientErrors: 0 },
      },
    });
    t.match(told({ tls: { mode: 'encrypt' } }).options, { encrypt: true, trustServerCertificate: true });
    t.match(told({ tls: { mode: 'off' } }).options, { encrypt: false });
    t.match(told({}, 'PEM').options, {
      trustServerCertificate: false,
      cryptoCredentialsDetails: { ca: 'PEM' },
    });
    t.match(told({ instance: 'SIAP' }).options, { instanceName: 'SIAP', port: undefined });
    t.match(told({ instance: 'SIAP', port: 50_000 }).options, { instanceName: undefined, port: 50_000 });
    t.match(told({ domain: 'SEAP' }), { domain: 'SEAP', user: 'leitura' }, 'NTLM');
    t.match(told({ timeoutSeconds: 3 }).options, { connectTimeout: 3000, requestTimeout: 3000 });
    t.end();
  });

  await t.test('where it listens, as far as that is known', (t) => {
    t.same(addressOf(config), { host: '10.0.0.5', port: 1433 });
    t.same(addressOf({ ...config, instance: 'SIAP' }), null);
    t.same(addressOf({ ...config, instance: 'SIAP', port: 1444 }), { host: '10.0.0.5', port: 1444 });
    t.end();
  });

  await t.test('the session: what is told of itself, and how it is set up', async (t) => {
    const scene = await sqlServerScene(t);
    const source = scene.open(t, { views: [] });
    const facts = await source.session();
    t.match(facts, { encryption: null, clock: '2026-03-01T12:00:00.1234567Z' });
    const [login] = scene.server.logins;
    t.match(login, {
      user: 'guarita_leitura',
      database: 'siap',
      application: 'guarita-agent',
      language: 'us_english',
    });
    const settings = scene.server.batches.join('\n');
    for (const setting of [
      ...[/set dateformat ymd/, /set language us_english/, /set ansi_nulls on/, /set arithabort on/],
      ...[/set quoted_identifier on/, /set textsize 2147483647/, /SET LOCK_TIMEOUT 10000/],
      ...[/SET DEADLOCK_PRIORITY LOW/, /SET XACT_ABORT ON/, /ISOLATION LEVEL READ COMMITTED/],
    ]) {
      t.match(settings, setting);
    }
  });

  await encryption(t);
  await instances(t);
}

async function encryption(t: Test): Promise<void> {
  const certificate = selfSigned();
  const folder = mkdtempSync(join(temporaryParent(), 'guarita-tds-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, certificate.certificate);

  await t.test('TLS: with an authority of its own, and without looking', async (t) => {
    const scene = await sqlServerScene(t, { certificate });
    for (const host of ['127.0.0.1', 'localhost']) {
      const source = scene.open(t, { views: [], tls: { mode: 'verify', ca }, host });
      t.match(await source.session(), { encryption: 'TLS, verify' }, host);
    }
    const source = scene.open(t, { views: [], tls: { mode: 'encrypt' } });
    t.match(await source.session(), { encryption: 'TLS, encrypt' });
    const logins = scene.server.logins.map(({ user }) => user);
    t.same(new Set(logins), new Set(['guarita_leitura']));
  });

  await t.test('TLS: a certificate that is not known, or of another server, gets no login', async (t) => {
    const foreign = await sqlServerScene(t, { certificate: selfSigned() });
    const source = foreign.open(t, { views: [], tls: { mode: 'verify', ca } });
    await t.rejects(source.session(), { code: 'source-unavailable' });
    await t.rejects(foreign.open(t, { views: [], tls: { mode: 'verify' } }).session(), {
      code: 'source-unavailable',
    });
    const elsewhere = selfSigned('elsewhere.example');
    writeFileSync(join(folder, 'elsewhere.pem'), elsewhere.certificate);
    const other = await sqlServerScene(t, { certificate: elsewhere });
    const tls = { mode: 'verify', ca: join(folder, 'elsewhere.pem') } as const;
    await t.rejects(other.open(t, { views: [], tls, host: 'localhost' }).session(), {
      code: 'source-unavailable',
    });
    t.same([...foreign.server.logins, ...other.server.logins], [], 'no login was sent');
  });

  await t.test('TLS: a server that says that it has none gets no login, in either mode', async (t) => {
    for (const mode of ['verify', 'encrypt'] as const) {
      const scene = await sqlServerScene(t);
      const source = scene.open(t, { views: [], tls: { mode } });
      await t.rejects(source.session(), { code: 'source-unavailable' }, mode);
      t.same(scene.server.messages, [messageTypes.prelogin], 'nothing behind the first question');
    }
  });

  await t.test('TLS off: a server that demands it is not reached', async (t) => {
    const scene = await sqlServerScene(t, { certificate });
    await t.rejects(scene.open(t, { views: [] }).session(), { code: 'source-unavailable' });
    t.same(scene.server.logins, []);
  });

  await t.test('the answer to PRELOGIN', (t) => {
    t.equal(agreesToEncrypt(preloginAnswer(true)), true);
    t.equal(agreesToEncrypt(preloginAnswer(false)), false);
    for (const broken of ['', 'ff', '0100', '01000600010000', '0000060006ff']) {
      t.equal(agreesToEncrypt(Buffer.from(broken, 'hex')), false, broken);
    }
    t.end();
  });
}

/** The port at which the SQL Server Browser is asked; the driver knows no other. */
const browserPort = 1434;

async function instances(t: Test): Promise<void> {
  await t.test('a named instance: its port is what the SQL Server Browser says', async (t) => {
    const scene = await sqlServerScene(t);
    const browser = createSocket('udp4');
    browser.on('message', (_question, { port, address }) => {
      const told = `ServerName;BANCO;InstanceName;SIAP;IsClustered;No;Version;15.0.2000.5;tcp;${scene.server.port};;`;
      browser.send(Buffer.concat([Buffer.from([5, told.length, 0]), Buffer.from(told)]), port, address);
    });
    const isBound = await new Promise<boolean>((resolve) => {
      browser.once('error', () => resolve(false));
      browser.bind(browserPort, '127.0.0.1', () => resolve(true));
    });
    if (!isBound) {
      t.plan(0, `port ${browserPort} is taken on this machine`);
      return;
    }
    t.teardown(async () => {
      browser.close();
      await once(browser, 'close');
    });
    const found = scene.open(t, { views: [], instance: 'siap' });
    t.match(await found.session(), { clock: '2026-03-01T12:00:00.1234567Z' });
    const missing = scene.open(t, { views: [], instance: 'OUTRA' });
    await t.rejects(missing.session(), { code: 'source-unavailable' });
  });
}
