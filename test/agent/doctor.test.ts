import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { doctor } from '../../agent/commands/doctor.ts';
import { checkNames } from '../../agent/doctor/check.ts';
import { checkOrder } from '../../agent/doctor/check-rows.ts';
import type { ViewFacts } from '../../agent/doctor/facts.ts';
import type { DoctorReport } from '../../agent/doctor/report.ts';
import { stateFiles } from '../../agent/state.ts';
import { freePort } from '../../scripts/demo/processes.ts';
import { ExitCode } from '../../shared/program.ts';
import { readOrCreateKeyPair } from '../../shared/signing/keys.ts';
import { testPostgres } from '../support/postgres.ts';
import { createSqlite, temporaryFolder } from '../support/sqlite-views.ts';
import { troublesOf } from './sql/script-scene.ts';

const secret = 'Senha-Secreta-4711';
const columns = {
  id: 'INTEGER',
  nome: 'TEXT',
  oab_numero: 'TEXT',
  oab_uf: 'TEXT',
  cpf: 'TEXT',
  atualizado_em: 'DATETIME',
};
const view = { name: 'advogado', key: ['id'], watermark: 'atualizado_em' };

interface SceneOptions {
  /** Of the table of lawyers: names to types. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly constraints?: string;
  readonly rows?: readonly string[];
  readonly source?: Readonly<Record<string, unknown>>;
  readonly views?: readonly Readonly<Record<string, unknown>>[];
}

/** An agent that may serve lawyers from a file of SQLite, but for what a test changes; and the command over it. */
async function scene(t: Test, options: SceneOptions = {}) {
  const folder = temporaryFolder(t);
  const state = join(folder, 'state');
  mkdirSync(state, { mode: 0o700 });
  readOrCreateKeyPair(stateFiles(state).key);
  const file = join(folder, 'estado.sqlite');
  const declared = Object.entries(options.columns ?? columns).map(([name, type]) => `"${name}" ${type}`);
  createSqlite(
    file,
    `CREATE TABLE advogado (${declared.join(', ')}${options.constraints ?? ', PRIMARY KEY (id)'});
     CREATE INDEX ordem ON advogado (atualizado_em, id);
     ${(options.rows ?? [lawyer(1), lawyer(2)]).map((row) => `INSERT INTO advogado VALUES (${row});`).join('\n')}`,
  );
  const config = join(folder, 'agent.yaml');
  const source = { engine: 'sqlite', file, timeZone: 'UTC', ...options.source };
  const listen = { host: '127.0.0.1', port: await freePort() };
  const write = (changes: Readonly<Record<string, unknown>> = {}) =>
    writeFileSync(
      config,
      JSON.stringify({
        id: 'AL',
        uf: 'AL',
        state,
        listen,
        source,
        views: options.views ?? [view],
        ...changes,
      }),
    );
  write();
  const run = async (json = false, clock?: () => number) => {
    const lines: string[] = [];
    const print = (line: string) => void lines.push(line);
    const context = { environment: { SENHA: secret }, print, stop: new AbortController().signal };
    let code = 0;
    try {
      await doctor({ config, json }, context, clock);
    } catch (error) {
      if (!(error instanceof ExitCode)) throw error;
      code = error.code;
    }
    const output = lines.join('\n');
    if (output.includes(secret)) throw new Error('the password is told');
    return { code, output };
  };
  const report = async (clock?: () => number) => {
    const { code, output } = await run(true, clock);
    const told = JSON.parse(output) as DoctorReport;
    return { code, ...told, troubles: troublesOf(told) };
  };
  return { folder, state, file, config, listen, write, run, report };
}

/** A row of the table, as SQL. */
function lawyer(id: number | string, mark = `'2020-01-01 00:00:00.000'`): string {
  return `${id}, 'Advogada ${id}', '123', 'AL', '11122233344', ${mark}`;
}

/** What is told of one check. */
function messagesOf({ checks }: DoctorReport, name: string): string[] {
  return checks
    .filter(({ check }) => check === name)
    .map(({ message, next }) => [message, next ?? ''].join(' → '));
}

void t.test('all is well: each thing is named, and the exit code is 0', async (t) => {
  const s = await scene(t);
  const { code, health, at, checks, troubles } = await s.report();
  t.strictSame([code, health, troubles], [0, 'ok', []]);
  t.match(at, /^\d{4}-\d\d-\d\dT.*Z$/);
  const looked = new Set(checks.map(({ check }) => check));
  t.strictSame([...looked].sort(), Object.keys(checkNames).sort(), 'everything that it can look at');
  for (const check of checks)
    t.strictSame(Object.keys(check), ['check', 'subject', 'health', 'message', 'next']);
  const { output } = await s.run();
  t.match(output, /^✓ visão advogado: 6 colunas; .*2 linhas; .*sem repetidas.*textos legíveis/m);
  t.match(output, /✓ Tudo em ordem: pode servir\.$/);
  t.notMatch(output, /^[!✗–]/m);
  t.notMatch(output, 'Advogada', 'no value of a row is told');
});

void t.test('the configuration', async (t) => {
  const s = await scene(t);
  s.write({ listen: { port: 'oito' } });
  const { code, troubles } = await s.report();
  t.equal(code, 2);
  t.match(troubles[0], /^config critical .*listen\.port.*\[config-invalid\]/s);
  t.match(
    (await s.run()).output,
    /^✗ configuração: .*\n {2}→ .*\n– não verificado \(depende de: configuração\): rota/ms,
  );
  rmSync(s.config);
  t.match((await s.report()).troubles[0], /^config critical .*agent\.yaml/s, 'none at all');
});

void t.test('the route', async (t) => {
  const s = await scene(t);
  rmSync(s.file);
  const { code, troubles } = await s.report();
  t.equal(code, 2);
  t.match(troubles[0], /^route critical .*estado\.sqlite": ENOENT/s);
  t.match(
    (await s.run()).output,
    /^✗ rota até o banco: .*\n {2}→ .+\n– não verificado \(depende de: rota até o banco\): /m,
  );
  const port = await freePort();
  s.write({
    source: {
      engine: 'mysql',
      host: '127.0.0.1',
      port,
      database: 'siap',
      user: 'x',
      password: { env: 'SENHA' },
    },
  });
  t.match(
    (await s.report()).troubles[0],
    new RegExp(`^route critical .*127\\.0\\.0\\.1:${port}: ECONNREFUSED`, 's'),
  );
});

void t.test('login, privileges, encryption and character set, on a server', async (t) => {
  const server = await testPostgres(t);
  for (const name of ['leitor', 'gravador'])
    await server.admin(`CREATE ROLE ${name} LOGIN PASSWORD '${secret}'`);
  await server.admin(
    `CREATE TABLE advogado (id integer PRIMARY KEY, nome text, oab_numero text, oab_uf text, cpf text, atualizado_em timestamptz);
     GRANT SELECT ON advogado TO leitor, gravador; GRANT UPDATE ON advogado TO gravador;
     CREATE INDEX ON advogado (atualizado_em, id)`,
  );
  const source = (user: string) => ({
    engine: 'postgres',
    url: `postgres://${user}@127.0.0.1:${server.port}/postgres`,
    password: { env: 'SENHA' },
  });
  const s = await scene(t);
  s.write({ source: source('ninguem') });
  const refused = await s.report();
  t.equal(refused.code, 2);
  t.match(refused.troubles.join('\n'), /^login critical .*\[source-login-refused\]$/m);
  t.match(messagesOf(refused, 'read-only'), [/depende de: login/]);

  s.write({ source: source('gravador') });
  const writable = await s.report();
  t.equal(writable.code, 2);
  t.match(writable.troubles[0], /^read-only critical .*advogado.*\[source-writable\]/s);
  t.match(messagesOf(writable, 'rows'), [/depende de: só leitura/], 'no row is read');

  s.write({ source: { ...source('gravador'), allowWritableUser: true } });
  const allowed = await s.report();
  t.strictSame([allowed.code, allowed.troubles], [1, ['read-only warning']]);
  t.match((await s.run()).output, /^! só leitura: .*\n {2}→ Aceito por "allowWritableUser"/m);

  s.write({ source: source('leitor') });
  t.strictSame((await s.report()).troubles, []);
});

void t.test('clock and time zone', async (t) => {
  const s = await scene(t);
  for (const [seconds, troubles, code] of [
    [3, [], 0],
    [60, ['clock warning'], 1],
    [-60, ['clock warning'], 1],
  ] as const) {
    const found = await s.report(() => Date.now() + seconds * 1000);
    t.strictSame([found.troubles, found.code], [troubles, code], `${seconds} s`);
  }
  const far = await s.report(() => Date.now() - 3600_000);
  t.equal(far.code, 2);
  t.match(messagesOf(far, 'clock'), [/O do banco está 60 min adiantado.*→ Acerte os dois por NTP/]);
  s.write({ source: { engine: 'sqlite', file: s.file, timeZone: 'America/Maceió' } });
  t.match((await s.report()).troubles.join('\n'), /"America\/Maceió" não é um fuso|timeZone/);
});

void t.test('a view against the dictionary', async (t) => {
  const { nome: _nome, cpf: _cpf, ...without } = columns;
  const s = await scene(t, {
    columns: { ...without, oab_uf: 'BLOB', apelido: 'TEXT' },
    rows: [`1, '1', 'AL', '2020-01-01 00:00:00.000', 'x'`],
    views: [view, { name: 'visita', key: ['id'] }],
  });
  const { code, troubles, ...report } = await s.report();
  t.equal(code, 2);
  const told = messagesOf(report, 'dictionary').join('\n');
  t.match(told, /Faltam colunas obrigatórias: nome\. → .*guarita-agent sql --part views --views advogado/);
  t.match(told, /Faltam colunas opcionais: cpf\./);
  t.match(told, /A coluna "oab_uf" é BLOB; no dicionário, texto\./);
  t.match(troubles.join('\n'), /^view visita critical .*\[view-missing\]$/m, 'and one that is missing');
  t.match(
    messagesOf(report, 'rows').join('\n'),
    /1 linhas\b.*não verificado/s,
    'the other one is looked at all the same',
  );
  const extra = await scene(t, { columns: { ...columns, apelido: 'TEXT' }, rows: [`${lawyer(1)}, 'x'`] });
  const { code: fine, ...well } = await extra.report();
  t.equal(fine, 0);
  t.match(messagesOf(well, 'dictionary'), [
    /colunas e tipos conferem; e mais: apelido/,
    /não configuradas: /,
  ]);
});

void t.test('the rows of a view', async (t) => {
  const s = await scene(t, {
    constraints: '',
    rows: [
      lawyer(1),
      lawyer(1),
      lawyer('NULL'),
      lawyer(2, 'NULL'),
      lawyer(3).replace(`'Advogada 3'`, `CAST(X'e7e36f' AS TEXT)`),
    ],
  });
  const { code, troubles, ...report } = await s.report();
  t.equal(code, 2);
  t.match(messagesOf(report, 'keys'), [
    /^1 chaves \(id\) estão em mais de uma linha/,
    /^1 linhas têm chave \(id\) nula/,
  ]);
  t.match(messagesOf(report, 'watermarks'), [/^1 linhas têm "atualizado_em" nula.*COALESCE/]);
  t.match(messagesOf(report, 'text'), [/^1 de \d linhas têm texto ilegível em: nome\./]);
  t.ok(troubles.includes('watermarks advogado warning') && troubles.includes('text advogado warning'));
});

void t.test('an index that serves the order, where a view is large', async (t) => {
  const many = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
    SELECT i, 'Pessoa', '1', 'AL', '1', '2020-01-01 00:00:00.000' FROM n`;
  const s = await scene(t, { rows: [] });
  createSqlite(s.file, `INSERT INTO advogado ${many}`);
  t.strictSame((await s.report()).troubles, []);
  createSqlite(s.file, 'DROP INDEX ordem');
  const { code, troubles, ...report } = await s.report();
  t.strictSame([code, troubles], [1, ['order advogado warning']]);
  t.match(messagesOf(report, 'order'), [
    /Nenhum índice serve.*→ .*CREATE INDEX guarita_advogado ON <tabela> \(atualizado_em, id\)/,
  ]);
  t.match((await s.run()).output, /! Pode servir; veja os pontos de atenção\.$/);
});

void t.test('a database that does not show how it reads a view', (t) => {
  const value = { order: 'hidden', rows: 6000 } as Extract<ViewFacts['look'], { kind: 'done' }>['value'];
  const told = checkOrder({ config: view, look: { kind: 'done', value } } as ViewFacts);
  t.match(told, [{ health: 'warning', message: /não mostra a este usuário/, next: /EXPLAIN.*CREATE INDEX/ }]);
  const few = { ...value, rows: 100 };
  t.match(checkOrder({ config: view, look: { kind: 'done', value: few } } as ViewFacts), [{ health: 'ok' }]);
  t.end();
});

void t.test('the agent itself: folder, key, port', async (t) => {
  const s = await scene(t);
  chmodSync(s.state, 0o755);
  t.match((await s.report()).troubles[0], /^state-folder /);
  chmodSync(s.state, 0o700);
  rmSync(stateFiles(s.state).key);
  t.strictSame((await s.report()).troubles, ['key warning']);
  readOrCreateKeyPair(stateFiles(s.state).key);
  const other = createServer((socket) => socket.destroy()).listen(s.listen);
  await once(other, 'listening');
  t.teardown(() => other.close());
  const { code, troubles } = await s.report();
  t.equal(code, 2);
  t.match(troubles, [/^listen critical .*EADDRINUSE/]);
});
