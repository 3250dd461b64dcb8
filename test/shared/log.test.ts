// Tier: quick. What real processes and drivers write, once each.

import { cpSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { PGlite } from '@electric-sql/pglite';
import { pino } from 'pino';
import t, { type Test } from 'tap';
import { baseError } from '../../central/base/errors.ts';
import { describeError } from '../../shared/describe-error.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { loggerOptions } from '../../shared/log.ts';
import { parsePageInfo } from '../../shared/protocol/page-header.ts';
import { paths, viewPath } from '../../shared/protocol/paths.ts';
import { generateKeyPair } from '../../shared/signing/keys.ts';
import { enrol, sampleConfig, serveAgent, writeConfig } from '../support/agent-process.ts';
import { pgliteTemplate, testFolder } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { type Answer, type Ask, send, signedRequest } from '../support/signed-requests.ts';
import { createSqlite, peopleSql, temporaryFolder } from '../support/sqlite-views.ts';

// Invariant 10: no secret, no personal data, in any log or error.

const rows = viewPath('rows', 'custodiado');

/** The log as its lines, each a JSON object. */
function linesOf(log: string): Record<string, unknown>[] {
  return log
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function requireNone(t: Test, log: string, secrets: readonly string[]): void {
  for (const secret of secrets) t.notOk(log.includes(secret), `not in the log: ${secret.slice(0, 20)}`);
}

void t.test('a process at level trace, asked with wrong passwords, grants and signatures', async (t) => {
  const folder = temporaryFolder(t);
  createSqlite(join(folder, 'estado.sqlite'), peopleSql(30));
  const config = writeConfig(folder, { ...sampleConfig(folder), log: { level: 'trace' } });
  const keys = await enrol(t, folder, config, generateKeyPair());
  const agent = { ...keys, ...(await serveAgent(t, config)) };
  const secrets: string[] = ['Pessoa'];
  const asked = async (target: string, how: Ask = {}): Promise<Answer> => {
    const request = signedRequest(agent, target, how);
    const { authorization, signature } = request.headers;
    for (const text of [authorization, signature]) if (text !== undefined) secrets.push(text.slice(10));
    return send(agent, request, undefined, how.body);
  };
  const page = await asked(`${rows}?limit=10`);
  t.equal(page.status, 200);
  const { next } = parsePageInfo(page.headers['guarita-page']);
  const basic = Buffer.from('siap:segredo123').toString('base64');
  const statuses = [
    await asked(`${rows}?after=${next}`),
    await asked(`${rows}?after=${next}x`),
    await asked(`${rows}?password=segredo123`),
    await asked(paths.views),
    await asked(rows, { grant: null, headers: { authorization: `Basic ${basic}` } }),
    await asked(rows, { grant: `${agent.grant}x` }),
    await asked(rows, { grant: 'aaaa.bbbb.cccc' }),
    await asked(rows, { key: generateKeyPair() }),
    await asked(rows, { key: null }),
    await asked(`${rows}x?senha=segredo123`),
    await asked('/v2/%zz?senha=segredo123'),
    await asked(rows, { method: 'POST', headers: { cookie: 'segredo123' } }),
    await asked(viewPath('lookup', 'custodiado'), { body: 'segredo123' }),
  ].map((answer) => answer.status);
  t.same(statuses, [200, 400, 400, 200, 401, 401, 401, 401, 401, 404, 400, 404, 400]);
  agent.child.kill('SIGTERM');
  const { code, stdout, stderr } = await agent.ended;
  t.equal(code, 0);

  const lines = linesOf(stderr);
  t.equal(lines.filter((line) => line['msg'] === 'request completed').length, statuses.length + 1);
  requireNone(t, stderr + stdout, [...secrets, agent.grant, basic, 'segredo123', next, 'after=', 'Bearer']);
  const refusal = lines.find((line) => line['code'] === 'signature-key-mismatch');
  t.match(refusal, { msg: 'request refused', err: { name: 'GuaritaError' } }, 'the error itself is logged');
  t.match(
    lines.find((line) => line['code'] === 'grant-invalid'),
    { err: { cause: { code: /^FAST_JWT_/ } } },
    'with its cause',
  );
  const incoming = lines.filter((line) => line['msg'] === 'incoming request');
  t.match(incoming[0], { req: { method: 'GET', path: rows, from: '127.0.0.1' } }, 'who asked for what');
});

void t.test('redaction of what an object carries', async (t) => {
  let text = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString('utf8');
      done();
    },
  });
  const log = pino(loggerOptions('trace'), sink);
  for (const name of ['authorization', 'password', 'signature', 'grant']) {
    log.info({ [name]: 'segredo123' });
    log.info({ headers: { [name]: 'segredo123' } });
    log.info({ req: { headers: { [name]: 'segredo123' } } });
  }
  t.equal(linesOf(text).length, 12);
  requireNone(t, text, ['segredo123']);
  t.equal(text.split('[redacted]').length - 1, 12);
});

void t.test('errors of the drivers about data', async (t) => {
  const folder = join(testFolder(t), 'base');
  cpSync(await pgliteTemplate(), folder, { recursive: true });
  const db = await PGlite.create(folder);
  t.teardown(() => db.close());
  await db.exec(`CREATE TABLE pessoa (nome text PRIMARY KEY, idade int CHECK (idade > 0))`);
  await db.exec(`INSERT INTO pessoa VALUES ('Maria', 30)`);
  await db.exec(`CREATE FUNCTION acha(n text) RETURNS int LANGUAGE plpgsql AS
    $$ BEGIN EXECUTE format('SELECT 1 FROM %I', n); RETURN 1; END $$`);
  const faults: [sql: string, state: string][] = [
    [`INSERT INTO pessoa VALUES ('Maria', 31)`, '23505'],
    [`INSERT INTO pessoa VALUES ('Maria José', -1)`, '23514'],
    [`SELECT nome::int FROM pessoa`, '22P02'],
    [`SELECT nome::timestamp FROM pessoa`, '22007'],
    [`DO $$ BEGIN RAISE 'Maria'; END $$`, 'P0001'],
    [`DO $$ BEGIN RAISE 'Maria' USING errcode = '0A000'; END $$`, '0A000'],
    [`DO $$ BEGIN RAISE 'Maria' USING errcode = 'VAZIO'; END $$`, 'VAZIO'],
    [`DO $$ BEGIN RAISE 'x' USING errcode = '28000', table = 'Maria', column = 'Maria'; END $$`, '28000'],
    [`DO $$ BEGIN RAISE 'Maria' USING errcode = '53100'; END $$`, '53100'],
    ['SELECT acha(nome) FROM pessoa', '42P01'],
    ['SELECT quote_ident(nome)::regclass FROM pessoa', '42P01'],
    [`SELECT to_tsquery(nome || ' ()') FROM pessoa`, '42601'],
  ];
  for (const [sql, state] of faults) {
    const error: unknown = await db.query(sql).catch((caught: unknown) => caught);
    t.match((error as Error).message + JSON.stringify(error), /Maria/, 'the message quotes the data');
    const raw = new GuaritaError('base-failed', `SQLSTATE ${state}.`, { cause: error });
    for (const described of [describeError(raw), describeError(baseError(error))]) {
      t.match(described, { cause: { code: state } });
      t.notMatch(JSON.stringify(described), /Maria/, `${state}: only the code is logged`);
    }
  }
  const other: unknown = await db.query('SELECT * FROM pesoa').catch((caught: unknown) => caught);
  t.match(
    describeError(baseError(other)),
    { cause: { code: '42P01', message: /pesoa/ } },
    'what is no fault of data keeps its message',
  );
  const own: unknown = await openFile('/nonexistent').catch((caught: unknown) => caught);
  t.match(describeError(own), { code: 'ENOENT', message: /nonexistent/ }, 'as do errors of the system');
});

void t.test('errors of the state database about data, in the log of the agent', async (t) => {
  const postgres = await testPostgres(t);
  await postgres.admin(`CREATE TABLE pessoa (id int, nome text, versao int);
    INSERT INTO pessoa VALUES (1, 'Maria', 1);
    CREATE VIEW custodiado AS SELECT id, nome::int AS nome, versao FROM pessoa`);
  await postgres.createReader('leitura');
  await postgres.admin('GRANT SELECT ON custodiado TO leitura');
  const folder = temporaryFolder(t);
  const source = {
    engine: 'postgres',
    url: postgres.readerUrl('leitura'),
    password: { env: 'GUARITA_DB_PASSWORD' },
  };
  const config = writeConfig(folder, { ...sampleConfig(folder), source, log: { level: 'trace' } });
  const keys = await enrol(t, folder, config, generateKeyPair());
  const served = async (password: string, target: string, environment = {}) => {
    const secret = { GUARITA_DB_PASSWORD: password };
    const agent = { ...keys, ...(await serveAgent(t, config, { ...secret, ...environment })) };
    const answer = await send(agent, signedRequest(agent, target));
    agent.child.kill('SIGTERM');
    const { stderr } = await agent.ended;
    return { answer, log: stderr };
  };

  await t.test('a value that does not fit its type', async (t) => {
    const { answer, log } = await served('leitura', rows, { PGSSLMODE: 'require' });
    t.match(log, /"option":"source.url".*PGSSLMODE is not looked at/, 'who had TLS by that alone is told');
    t.equal(answer.status, 502);
    t.notMatch(answer.body.toString('utf8'), /Maria/);
    t.match(
      linesOf(log).find((line) => line['code'] === 'view-failing'),
      { err: { cause: { code: '22P02' } } },
      'the code of the database is logged',
    );
    requireNone(t, log, ['Maria']);
  });
  await t.test('a wrong password', async (t) => {
    const { answer, log } = await served('segredo123', paths.views);
    t.equal(answer.status, 503);
    t.match(log, 'source-login-refused');
    t.notMatch(log, 'PGSSLMODE');
    requireNone(t, log + answer.body.toString('utf8'), ['segredo123']);
  });
});
