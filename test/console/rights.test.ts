// Tier: quick. What the console may do in the base is a role of the server: a real PostgreSQL, and a base in process; more of each in rights.long.test.ts.

import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import t, { type Test } from 'tap';
import { appendAudit } from '../../central/base/access-layer/audit.ts';
import { openCase } from '../../central/base/access-layer/cases.ts';
import {
  consoleRights,
  consoleRole,
  consoleRoleStatements,
} from '../../central/base/access-layer/console-role.ts';
import { roleFaults } from '../../central/base/access-layer/console-role-faults.ts';
import { outbox } from '../../central/base/access-layer/outbox-migration.ts';
import { addBody, addPerson } from '../../central/base/access-layer/people.ts';
import { giveRole } from '../../central/base/access-layer/roles.ts';
import { openSession } from '../../central/base/access-layer/sessions.ts';
import type { Base } from '../../central/base/base.ts';
import { consoleBaseInProcess, proveConsoleRole } from '../../central/base/console-base.ts';
import { recordCodeMap } from '../../central/base/decided-layer/code-maps.ts';
import { PostgresBase } from '../../central/base/postgres.ts';
import { html } from '../../central/console/html/html.ts';
import { route } from '../../central/console/route.ts';
import { newSecret } from '../../central/console/secrets.ts';
import { openPostgresBase, pgliteBases, postgresBases, query } from '../support/bases.ts';
import { runCommand } from '../support/commands.ts';
import { type TestPostgres, testPostgres } from '../support/postgres.ts';
import { isLong } from '../support/runs.ts';
import { granters, powers } from './rights/powers.ts';
import { consoleScene } from './scene.ts';

const now = new Date('2026-11-29T12:00:00Z');
const later = new Date('2027-11-29T12:00:00Z');

/** What no console may do, whatever is asked of it. */
const refused: readonly string[] = [
  'SELECT * FROM correio.carta',
  `UPDATE acesso.auditoria SET elo = 'x'`,
  `UPDATE acesso.auditoria SET termos = NULL`,
  `DELETE FROM acesso.auditoria`,
  `TRUNCATE acesso.auditoria`,
  `ALTER TABLE acesso.auditoria DISABLE TRIGGER ALL`,
  `DROP TABLE acesso.auditoria`,
  `CREATE TRIGGER outro BEFORE INSERT ON acesso.auditoria FOR EACH ROW EXECUTE FUNCTION decidido.somente_acrescenta()`,
  `INSERT INTO acesso.auditoria_dia (dia, numero, elo, chave, assinatura) VALUES ('2026-01-01', 1, 'x', 'x', 'x')`,
  `DELETE FROM acesso.auditoria_dia`,
  ...[
    'orgao',
    'pessoa',
    'papel',
    'concessao',
    'sessao',
    'senha',
    'fator',
    'chave',
    'voto',
    'caso',
    'alarme',
    'emergencia',
    'uso',
  ].map((table) => `DELETE FROM acesso.${table}`),
  `UPDATE acesso.chave SET prova = 'x'`,
  `UPDATE acesso.caso SET finalidade = 'outra'`,
  `INSERT INTO decidido.modelo (versao, modelo, quem, por_meio, quando) VALUES ('x', '{}', 'x', 'x', now())`,
  `INSERT INTO decidido.modelo_adotado (versao, quem, por_meio, motivo, quando) VALUES ('x', 'x', 'x', 'x', now())`,
  `INSERT INTO decidido.esquecido (esquecimento, tabela, linhas) VALUES (gen_random_uuid(), 'x', 1)`,
  `UPDATE decidido.de_para SET codigo = 'x'`,
  `DELETE FROM decidido.vinculo`,
  `UPDATE nacional.pessoa SET id = id`,
  `DELETE FROM nacional.registro`,
  `TRUNCATE nacional.achado`,
  `UPDATE guarita.migration SET version = 99`,
  `DELETE FROM guarita.job`,
  `SELECT nextval('guarita.change')`,
  `INSERT INTO fonte_al.unidade VALUES ('2', 'x')`,
  `UPDATE fonte_al.unidade SET nome = 'x'`,
  `CREATE TABLE acesso.minha (x int)`,
  `CREATE TABLE public.minha (x int)`,
  `CREATE TABLE nacional.minha (x int)`,
  `CREATE SCHEMA minha`,
  `CREATE FUNCTION acesso.minha() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
  `CREATE VIEW public.minha AS SELECT 1`,
  `CREATE ROLE outra`,
  `ALTER ROLE ${consoleRole} SUPERUSER`,
  `ALTER ROLE ${consoleRole} BYPASSRLS`,
  `GRANT pg_write_all_data TO ${consoleRole}`,
  `COPY acesso.pessoa TO PROGRAM 'cat'`,
  `COPY acesso.pessoa FROM '/etc/passwd'`,
  `SELECT pg_read_file('/etc/passwd')`,
  `CREATE TEMP TABLE minha (x int)`,
  `LOCK TABLE acesso.auditoria IN ACCESS EXCLUSIVE MODE`,
  `SET LOCAL session_replication_role = replica`,
];

/** What its pages do. */
async function work(base: Base): Promise<void> {
  const [body, person, session] = [randomUUID(), randomUUID(), randomUUID()];
  const cpf = String(BigInt(`0x${person.replaceAll('-', '')}`) % 10n ** 11n).padStart(11, '0');
  await base.transaction(async (tx) => {
    await addBody(tx, { id: body, short: body, name: 'Órgão' }, now);
    await addPerson(tx, { id: person, cpf, name: 'Fulana', email: null }, now);
    const term = { from: now, until: later };
    await giveRole(tx, { id: randomUUID(), person, body, role: 'agente', ...term, givenBy: null });
    const digest = Buffer.from(newSecret());
    const how = { stage: 'aberta', means: 'senha', factor: true } as const;
    const where = { address: '::1', browser: 'test' };
    await openSession(tx, { id: session, digest, person, limit: later, ...how, ...where }, now);
    await openCase(tx, session, { body, purpose: 'auditoria', reference: 'x' }, now);
    await appendAudit(tx, { kind: 'event', body: { event: 'tested' }, terms: { a: 1 } }, now);
    const said = { code: null, who: person, through: 'console', reason: null };
    await recordCodeMap(tx, { source: 'AL', column: 'custodia.regime', word: body, ...said });
  });
  await base.snapshot(async (questions) => {
    for (const table of ['nacional.pessoa', 'guarita.published', 'decidido.vinculo', 'fonte_al.unidade']) {
      await questions.query(`SELECT count(*) FROM ${table}`);
    }
  });
}

/** @param own the base as a page has it */
async function holds(t: Test, own: Base): Promise<void> {
  await t.resolves(work(own), 'what it is for');
  t.same(await own.snapshot(roleFaults), []);
  // In one transaction: a connection on which one has failed is not used again.
  await own.transaction(async (tx) => {
    for (const sql of refused) {
      await tx.query('SAVEPOINT tried');
      await t.rejects(tx.query(sql), { code: '42501' }, sql);
      await tx.query('ROLLBACK TO SAVEPOINT tried');
    }
  });
}

/** A state, as it is when the role is made; and one that comes later. */
const enrol = (
  state: string,
) => `CREATE SCHEMA fonte_${state}; CREATE TABLE fonte_${state}.unidade (id text, nome text);
  INSERT INTO fonte_${state}.unidade VALUES ('1', 'Presídio')`;

const { shared, server } = await postgresBases(t, await testPostgres(t));

void t.test('every table of acesso and decidido has its line', async (t) => {
  const tables = await query<{ name: string }>(
    shared,
    `SELECT format('%s.%s', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('acesso', 'decidido') AND c.relkind IN ('r', 'p') ORDER BY 1`,
  );
  t.same(
    Object.keys(consoleRights).sort(),
    tables.map(({ name }) => name),
  );
});

void t.test('a role made by the printed script', (t) => onServer(t, server));

async function onServer(t: Test, server: TestPostgres): Promise<void> {
  await server.admin(`CREATE DATABASE direitos TEMPLATE ${server.migrated} STRATEGY file_copy`);
  const client = new Client({ connectionString: server.url('direitos') });
  await client.connect();
  t.teardown(() => client.end());
  const admin = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows;
  await admin(enrol('al'));
  const printed = await runCommand('central', ['base', 'sql']);
  t.equal(printed.code, 0);
  const script = printed.output;
  t.match(script, /^--.*\n.*\n.*psql /m, 'it says how it is run');
  await admin(script);
  await admin(`ALTER ROLE ${consoleRole} PASSWORD 'dela'`);
  const url = `postgres://${consoleRole}@127.0.0.1:${server.port}/direitos`;
  const own = new PostgresBase({ url, password: 'dela', connections: 2, timeoutSeconds: 20 });
  t.teardown(() => own.close());

  await t.test('does its work and nothing else', async (t) => {
    await proveConsoleRole(own);
    await holds(t, own);
    for (const sql of ['SET ROLE postgres', 'SET SESSION AUTHORIZATION postgres']) {
      await t.rejects(
        own.transaction((tx) => tx.query(sql)),
        { code: 'base-failed', detail: 'SQLSTATE 42501.' },
        sql,
      );
    }
  });

  await t.test('reads what comes later, and the script may be run again', async (t) => {
    await admin(`${enrol('ro')}; CREATE TABLE nacional.nova (x int); CREATE TABLE acesso.nova (x int)`);
    t.same(await own.snapshot(roleFaults), []);
    t.match(await query(own, 'SELECT nome FROM fonte_ro.unidade'), [{ nome: 'Presídio' }]);
    await t.rejects(query(own, 'INSERT INTO acesso.nova VALUES (1)'), {
      code: 'base-failed',
      detail: 'SQLSTATE 42501.',
    });
    // Letters come after the role in a base that is older than they are: they are not given with all else.
    await admin(`DROP SCHEMA correio CASCADE; ${outbox}`);
    t.same(await own.snapshot(roleFaults), []);
    await admin(script);
    await proveConsoleRole(own);
  });

  await admin(granters);
  const [{ version }] = (await admin(`SELECT current_setting('server_version_num')::int AS version`)) as [
    { version: number },
  ];
  await t.test('each fault is named, and the start refused; the script takes it away', async (t) => {
    const told = new Set<string>();
    for (const [done, fault, undone = script] of powers(version)) {
      await admin(done);
      t.strictSame(
        (await own.snapshot(roleFaults)).filter(({ what }) => what === fault.what),
        [fault],
        done,
      );
      // By what is refused of each kind, and by what is left at the end; of each power itself in the long tier.
      if (isLong || !told.has(fault.problem)) {
        await t.rejects(proveConsoleRole(own), { code: fault.problem, detail: fault.what }, done);
      }
      told.add(fault.problem);
      await admin(undone);
      if (isLong) t.strictSame(await own.snapshot(roleFaults), [], `${done}: undone`);
    }
    t.strictSame(await own.snapshot(roleFaults), [], 'all are undone');
  });

  await t.test('a login for which the triggers of the audit do not act', async (t) => {
    await admin(`ALTER ROLE ${consoleRole} SET session_replication_role = replica`);
    const later = new PostgresBase({ url, password: 'dela', connections: 1, timeoutSeconds: 20 });
    t.teardown(() => later.close());
    await t.rejects(proveConsoleRole(later), {
      code: 'console-role-too-strong',
      detail: 'session_replication_role: replica',
    });
    await admin(`ALTER ROLE ${consoleRole} RESET session_replication_role`);
  });

  await t.test('what it handed on goes with what it was given', async (t) => {
    await admin(`GRANT SELECT ON acesso.pessoa TO ${consoleRole} WITH GRANT OPTION`);
    await own.transaction((tx) => tx.execute('GRANT SELECT ON acesso.pessoa TO grupo'));
    await admin(script);
    t.same(await own.snapshot(roleFaults), []);
    const [{ reads }] = (await admin(
      `SELECT has_table_privilege('grupo', 'acesso.pessoa', 'SELECT') AS reads`,
    )) as [{ reads: boolean }];
    t.equal(reads, false);
  });

  await t.test('one that may read nothing is told so', async (t) => {
    await admin(`REVOKE USAGE ON SCHEMA guarita FROM ${consoleRole}`);
    await t.rejects(proveConsoleRole(own), { code: 'console-role-lacking' });
    await admin(script);
  });

  await t.test('a base of another version', async (t) => {
    const [{ last }] = (await admin('SELECT max(version) AS last FROM guarita.migration')) as [
      { last: number },
    ];
    await admin(`INSERT INTO guarita.migration (version) VALUES (${last + 1})`);
    await t.rejects(proveConsoleRole(own), { code: 'base-newer' });
    await admin(`DELETE FROM guarita.migration WHERE version >= ${last}`);
    await t.rejects(proveConsoleRole(own), { code: 'base-older' });
    await server.admin('CREATE DATABASE vazia');
    const empty = openPostgresBase(server, 'vazia');
    t.teardown(() => empty.close());
    await t.rejects(proveConsoleRole(empty), { code: 'base-older' });
  });
}

void t.test('names that are none', async (t) => {
  for (const name of ['pg_x', 'Console', 'x"; DROP', '']) {
    t.match(await runCommand('central', ['base', 'sql', '--role', name]), {
      code: 2,
      errors: /\[option-invalid\]/,
    });
  }
  const { output } = await runCommand('central', ['base', 'sql', '--role', 'outro_nome']);
  t.match(output, 'ALTER ROLE "outro_nome" LOGIN');
  t.notMatch(output, 'TO "guarita_console"');
});

void t.test('a page cannot write elsewhere, whatever it asks for', async (t) => {
  const writing = (path: string, sql: string) =>
    route({
      ...{ method: 'GET', path, who: 'anyone' },
      answer: async ({ base }) => {
        await base.transaction((tx) => tx.execute(sql), { use: 'pages' });
        return { title: 'Gravou', main: html`<h1>Gravou</h1>` };
      },
    });
  const { app } = await consoleScene(t, shared, [
    writing('/nacional', 'DELETE FROM nacional.pessoa'),
    writing('/auditoria', 'DELETE FROM acesso.auditoria'),
    writing('/acesso', `UPDATE acesso.pessoa SET nome = nome`),
  ]);
  const status = async (url: string) => (await app.inject({ method: 'GET', url })).statusCode;
  t.equal(await status('/nacional'), 500);
  t.equal(await status('/auditoria'), 500);
  t.equal(await status('/acesso'), 200);
});

void t.test('in process each transaction takes the role on', async (t) => {
  const { shared } = await pgliteBases(t);
  await shared.transaction((tx) => tx.execute(enrol('al')));
  const own = await consoleBaseInProcess(shared);
  await holds(t, own);
  // Nothing of it is left behind: central, which has the same connection, goes on as it was.
  await query(shared, 'UPDATE guarita.migration SET applied = applied');
  await shared.transaction((tx) => tx.execute(enrol('ro')));
  t.match(await query(own, 'SELECT nome FROM fonte_ro.unidade'), [{ nome: 'Presídio' }]);
  // What another version left is mended at the next start.
  await query(shared, `GRANT UPDATE ON acesso.auditoria TO ${consoleRole}`);
  await query(shared, `REVOKE INSERT ON acesso.sessao FROM ${consoleRole}`);
  t.equal((await own.snapshot(roleFaults)).length, 2);
  const mended = await consoleBaseInProcess(shared);
  t.same(await mended.snapshot(roleFaults), []);
  // All of it once more.
  if (isLong) await holds(t, mended);
  t.match(consoleRoleStatements(consoleRole, { logsIn: false }), 'NOLOGIN');
});
