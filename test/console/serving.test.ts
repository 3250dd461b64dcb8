// Tier: quick. Real listening, with and without TLS; a service on a base in process and one on PostgreSQL, and the console alone.

import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get as getHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { get as getHttps, type RequestOptions } from 'node:https';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import Value from 'typebox/value';
import { stringify } from 'yaml';
import { consoleRole, consoleRoleStatements } from '../../central/base/access-layer/console-role.ts';
import type { Base } from '../../central/base/base.ts';
import { type ConsoleConfig, consoleSchema } from '../../central/console/config.ts';
import { serveConsole } from '../../central/console/listen.ts';
import { freePort } from '../../scripts/demo/processes.ts';
import { createLogger } from '../../shared/log.ts';
import { centralDatabase, query, testFolder, tierBases } from '../support/bases.ts';
import { centralFolder } from '../support/central-folder.ts';
import { selfSigned } from '../support/certificate.ts';
import { runCommand } from '../support/commands.ts';
import { until } from '../support/deferred.ts';
import { testPostgres } from '../support/postgres.ts';
import { doctorOfConsole } from './serving/doctor.ts';

const log = createLogger('silent', 'test');

function configOf(said: Partial<ConsoleConfig>) {
  return { ...(Value.Default(consoleSchema, said) as ConsoleConfig), port: said.port ?? 0 };
}

/** A console that listens, until the test ends. */
async function served(t: Test, base: Base, said: Partial<ConsoleConfig>, environment = {}) {
  const console = await serveConsole(configOf(said), { base, log, environment, state });
  t.teardown(() => console.close());
  return console;
}

interface Got {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** One request on a connection of its own; rejects where there is none. */
async function got(url: string, options: RequestOptions = {}): Promise<Got> {
  const get = url.startsWith('https:') ? getHttps : getHttp;
  const request = get(url, { agent: false, ...options });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return { status: response.statusCode, headers: response.headers };
}

/** The address that a service prints, once it has. */
async function printed(lines: readonly string[], ended: Promise<unknown>): Promise<string> {
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const line = () => lines.find((each) => each.startsWith('console em '));
  await until('its address', () => line() !== undefined || isOver);
  return line()?.slice('console em '.length) ?? '';
}

/** Of a real certificate, in a folder of the test's: what the configuration says, and the environment. */
function certified(t: Test) {
  const [own, other] = [selfSigned(), selfSigned()];
  const certificate = join(testFolder(t), 'console.pem');
  writeFileSync(certificate, own.certificate);
  return { certificate, ca: own.certificate, key: own.key, otherKey: other.key };
}

const bases = await tierBases(t);
/** Consoles of one base have one key. */
const state = testFolder(t);

void t.test('where others could read what is sent, it does not start', async (t) => {
  const { certificate, key, otherKey } = certified(t);
  const certificateKey = { env: 'KEY' };
  const refused: readonly (readonly [Partial<ConsoleConfig>, RegExp, Record<string, string>?])[] = [
    [{ host: '0.0.0.0' }, /loopback/],
    [{ host: '::' }, /loopback/],
    [{ trustProxy: ['10.0.0.5'] }, /console\.origin/],
    [{ trustProxy: ['proxy.local'], origin: 'https://c.exemplo' }, /console\.trustProxy: "proxy\.local"/],
    [{ trustProxy: ['10.0.0.0/33'], origin: 'https://c.exemplo' }, /console\.trustProxy/],
    [{ origin: 'http://console.exemplo' }, /console\.origin/],
    [{ certificate }, /console\.certificateKey/],
    [{ certificate: `${certificate}x`, certificateKey }, /console\.certificate/, { KEY: key }],
    [{ certificate, certificateKey }, /console\.certificate/, { KEY: otherKey }],
    [{ certificate, certificateKey }, /console\.certificate/, { KEY: 'x' }],
  ];
  for (const [said, detail, environment = {}] of refused) {
    const started = serveConsole(configOf(said), {
      base: bases.shared,
      log,
      environment,
      state: testFolder(t),
    });
    await t.rejects(started, { code: 'config-invalid', detail }, JSON.stringify(said));
  }
});

void t.test('TLS by its own certificate', async (t) => {
  const { certificate, ca, key } = certified(t);
  const said = { host: '0.0.0.0', certificate, certificateKey: { env: 'KEY' } };
  const { url } = await served(t, bases.shared, said, { KEY: key });
  t.match(url, /^https:\/\//);
  const { port } = new URL(url);
  const { status, headers } = await got(`https://localhost:${port}/`, { ca });
  t.ok(status !== undefined && status < 500);
  t.match(headers, { 'strict-transport-security': /max-age=\d{8}/, 'cache-control': 'no-store' });
  await t.rejects(got(`https://localhost:${port}/`), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  await t.rejects(got(`http://localhost:${port}/`), 'not without');
});

void t.test('for whom a proxy asks is believed of those that are named', async (t) => {
  const { shared } = bases;
  const origin = 'https://console.exemplo';
  const from = async () => {
    const rows = await query<{ from: string }>(
      shared,
      `SELECT corpo::jsonb ->> 'from' AS from FROM acesso.auditoria ORDER BY numero DESC LIMIT 1`,
    );
    return rows[0]?.from;
  };
  const port = await freePort();
  const ask = async (said: Partial<ConsoleConfig>, forwarded: string) => {
    const console = await serveConsole(configOf({ port, ...said }), {
      base: shared,
      log,
      environment: {},
      state,
    });
    try {
      await got(`http://127.0.0.1:${port}/`, { headers: { 'x-forwarded-for': forwarded } });
      return await from();
    } finally {
      await console.close();
    }
  };
  t.equal(await ask({}, '203.0.113.9'), '127.0.0.1', 'of nobody by itself');
  t.equal(await ask({ origin, trustProxy: ['127.0.0.1'] }, '203.0.113.9'), '203.0.113.9');
  t.equal(
    await ask({ origin, trustProxy: ['127.0.0.0/8'] }, '198.51.100.1, 203.0.113.9'),
    '203.0.113.9',
    'what somebody told the proxy is not believed',
  );
  await t.rejects(
    ask({ origin, trustProxy: ['192.0.2.1'] }, '203.0.113.9'),
    { code: 'ECONNRESET' },
    'without TLS nobody but the proxy is talked to',
  );
});

void t.test('in a service, over its base in process', async (t) => {
  const central = centralFolder(t);
  const service = await central.serve({ console: { port: 0 }, schedule: '0 3 * * *' });
  const url = await printed(service.lines, service.ended);
  t.ok(((await got(`${url}/`)).status ?? 500) < 500);
  t.equal((await service.stop()).code, 0);
  await t.rejects(got(`${url}/`), { code: 'ECONNREFUSED' });
  const base = await (await central.base()).open();
  t.teardown(() => base.close());
  t.match(await query(base, 'SELECT rolcanlogin FROM pg_roles WHERE rolname = $1', [consoleRole]), [
    { rolcanlogin: false },
  ]);
});

void t.test('over a base on a server', async (t) => {
  const server = bases.server ?? (await testPostgres(t));
  const { name, base, url: ownerUrl } = await centralDatabase(t, server, 'console_serving');
  await server.admin(
    `${consoleRoleStatements(consoleRole, { logsIn: true })}; ALTER ROLE ${consoleRole} PASSWORD 'dela'`,
    name,
  );
  const environment = { OWNER: 'admin', OWN: 'dela' };
  const login = {
    url: ownerUrl.replace('postgres@', `${consoleRole}@`),
    password: { env: 'OWN' },
  };
  const owner = { url: ownerUrl, password: { env: 'OWNER' } };
  const folder = testFolder(t);
  const file = join(folder, 'central.yaml');
  const start = (command: string, config: object) => {
    writeFileSync(file, stringify({ state: join(folder, 'state'), log: { level: 'silent' }, ...config }));
    const stopping = new AbortController();
    const lines: string[] = [];
    const ended = runCommand('central', ['-c', file, command], {
      environment,
      stop: stopping.signal,
      onOutput: (line) => void lines.push(line),
    });
    const stop = () => {
      stopping.abort();
      return ended;
    };
    return { lines, ended, stop };
  };

  await t.test('the service refuses to serve it without a login of its own', async (t) => {
    const { code, errors } = await start('serve', { base: owner, console: { port: 0 } }).ended;
    t.equal(code, 2);
    t.match(errors, /console\.base: .*"guarita-central base sql"/);
  });

  await t.test('the service and the console alone, at the same time', async (t) => {
    const service = start('serve', { base: owner, console: { port: 0, base: login } });
    const first = await printed(service.lines, service.ended);
    // Another machine has nothing of central's folder, and knows no password but its own.
    const elsewhere = (console: object) =>
      start('console', { state: join(folder, 'elsewhere'), console: { port: 0, base: login, ...console } });
    t.match(await elsewhere({}).ended, { code: 1, errors: /forget-key.*\[console-key-other\]/s });
    const alone = elsewhere({ secretKey: { file: join(folder, 'state', 'console-key') } });
    const second = await printed(alone.lines, alone.ended);
    for (const url of [first, second]) t.ok(((await got(`${url}/`)).status ?? 500) < 500);
    t.equal((await alone.stop()).code, 0);
    await t.rejects(got(`${second}/`), { code: 'ECONNREFUSED' });
    t.ok(((await got(`${first}/`)).status ?? 500) < 500);
    t.equal((await service.stop()).code, 0);
  });

  await t.test('doctor looks at what it needs', async (t) => {
    const { certificate, key, otherKey } = certified(t);
    const doctor = async (console: object, KEY = key) => {
      Object.assign(environment, { KEY });
      const { output, errors } = await start('doctor', { base: owner, console }).ended;
      t.equal(errors, '');
      return output.split('\n').filter((line) => line.includes('console'));
    };
    const said = { port: 8080, base: login, certificate, certificateKey: { env: 'KEY' }, host: '0.0.0.0' };
    t.match(await doctor(said), [
      /^✓ console: 0\.0\.0\.0, porta 8080: TLS próprio$/,
      /^✓ certificado do console: até 31\/12\/2049/,
      /^✓ arquivos do console: /,
      /^✓ chave do console: /,
      /^✓ usuário do console na base: /,
    ]);
    t.match(await doctor(said, otherKey), [/^✗ console: .*\[config-invalid\]$/]);
    t.match(
      (await doctor({ ...said, base: { ...owner } })).join('\n'),
      /^✗ usuário do console .*superusuário/m,
    );
    t.match((await doctor({ port: 8080 })).join(), /✓ console: .*só nesta máquina.*✗ usuário do console/s);
    t.same(await doctor({}), [], 'none is served from here');
  });

  await t.test('doctor: its key and its audit', async (t) => {
    const doctor = async (console: object, KEY = '') => {
      Object.assign(environment, { KEY });
      return (await start('doctor', { base: owner, console: { base: login, ...console } }).ended).output;
    };
    await doctorOfConsole(t, { base, state: join(folder, 'state'), doctor });
  });

  await t.test('what it does not start with', async (t) => {
    const tried = async (console: object) => (await start('console', { console }).ended).errors;
    t.match(await tried({ port: 0, base: owner }), /superusuário.*\[console-role-too-strong\]/s);
    t.match(await tried({ port: 0 }), /console\.base.*\[config-invalid\]/s);
    t.match(await tried({ base: login }), /console\.port.*\[config-invalid\]/s);
    t.match(await tried({ port: 0, base: { ...login, password: { env: 'NONE' } } }), /\[secret-missing\]/);
    await server.admin(`ALTER ROLE ${consoleRole} PASSWORD 'outra'`);
    t.match(await tried({ port: 0, base: login }), /\[base-unavailable\]/);
  });
});
