// Tier: long. A whole life over some twenty real processes, all of them at level trace.
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { freePort } from '../../scripts/demo/processes.ts';
import { daysAgo } from '../../shared/day.ts';
import { runAgent, serveAgent } from '../support/agent-process.ts';
import { pgliteTemplate, testFolder } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { type Ended, spawnProgram } from '../support/program-process.ts';

// Invariant 10 over a whole life of an agent and a central: whatever they print, log and hand on is searched for all
// that must not be in it. Every program is a process of its own, at level trace.

const readerPassword = 'S3nha-da-leitura';
const dbaPassword = 'S3nha-do-dba';
const person = 'MARIA INVENTADA DOS TESTES';

/** A database of the state: one view of the dictionary, made-up people, a reader and a DBA. */
async function stateDatabase(t: Test) {
  const server = await testPostgres(t);
  await server.admin('CREATE DATABASE siap');
  const run = (sql: string) => server.admin(sql, 'siap');
  await run(`CREATE SCHEMA guarita;
    CREATE TABLE public.advogados (id int PRIMARY KEY, nome text, atualizado_em timestamptz NOT NULL);
    INSERT INTO public.advogados SELECT i, '${person} ' || i, now() - interval '1 day' FROM generate_series(1, 40) i;
    CREATE VIEW guarita.advogado AS SELECT id, nome, atualizado_em FROM public.advogados;
    CREATE ROLE guarita_leitura LOGIN PASSWORD '${readerPassword}';
    GRANT USAGE ON SCHEMA guarita TO guarita_leitura;
    GRANT SELECT ON guarita.advogado TO guarita_leitura;
    CREATE ROLE dba SUPERUSER LOGIN PASSWORD '${dbaPassword}';`);
  return server;
}

/** Every file under a folder. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** The private half of a key file. */
function privateHalf(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { d: string }).d;
}

await t.test('J1: a whole life', async (t) => {
  const folder = testFolder(t);
  const file = (name: string) => join(folder, name);
  const server = await stateDatabase(t);
  writeFileSync(file('senha'), readerPassword, { mode: 0o600 });
  // As the first command would make it, and with fewer buffers to clear at each that follows.
  mkdirSync(file('central'), { mode: 0o700 });
  cpSync(await pgliteTemplate(), file('central/base'), { recursive: true });
  writeFileSync(
    file('central.yaml'),
    JSON.stringify({ state: file('central'), log: { level: 'trace' }, base: {} }),
  );
  /** Everything that was said, and by what. */
  const said = new Map<string, string>();
  const heard = (what: string, { code, stdout, stderr }: Ended, expected: number) => {
    said.set(`${what} (${said.size})`, stdout + stderr);
    t.equal(code, expected, `${what}: ${stderr.slice(-300)}`);
    return stdout;
  };
  const central = async (args: readonly string[], expected = 0) =>
    heard(
      `central ${args.join(' ')}`,
      await spawnProgram(t, 'central', ['-c', file('central.yaml'), ...args]).ended,
      expected,
    );
  const environment = { GUARITA_LOG_LEVEL: 'trace' };
  const agent = async (args: readonly string[], expected = 0, more: Record<string, string> = {}) =>
    heard(
      `agent ${args.join(' ')}`,
      await runAgent(t, [...args, '-c', file('agent.yaml')], { ...environment, ...more }),
      expected,
    );
  const code = (output: string) => /^ {4}([\d ]{35})$/m.exec(output)?.[1] ?? '';

  const begin = daysAgo(2);
  await central([
    ...['source', 'invite', 'AL', '--act', '23701421', '--begin', begin, '--months', '60'],
    ...['--views', 'advogado', '--out', file('AL.convite.json')],
  ]);
  const init = (password: string) => [
    ...[
      'init',
      '--invite',
      file('AL.convite.json'),
      '--state',
      file('agent'),
      '--out',
      file('AL.resposta.json'),
    ],
    ...['--engine', 'postgres', '--host', '127.0.0.1', '--port', String(server.port), '--database', 'siap'],
    ...['--user', 'guarita_leitura', '--password-file', password, '--time-zone', 'America/Maceio'],
    ...['--schema', 'guarita', '--tls', 'off', '--even-so'],
  ];
  const listen = ['--listen', `127.0.0.1:${await freePort()}`];
  writeFileSync(file('errada'), `${readerPassword}-errada`, { mode: 0o600 });
  await agent([...init(file('errada')), ...listen], 1);
  const inited = await agent([...init(file('senha')), ...listen]);
  const serving = await serveAgent(t, file('agent.yaml'), environment);
  const processFiles = ['cmdline', 'environ'].map((name) =>
    readFileSync(`/proc/${serving.child.pid}/${name}`, 'latin1'),
  );
  said.set('process list', processFiles.join('\n'));
  await central(['source', 'accept', file('AL.resposta.json'), '--code', code(inited)]);
  await central(['collect', 'AL']);
  await central(['reconcile', 'AL']);
  await agent(['doctor']);
  await agent(['keys', 'rotate']);
  await central(['keys', 'rotate']);
  await central(['collect', 'AL']);
  await server.admin('ALTER VIEW guarita.advogado RENAME TO sumida', 'siap');
  await central(['collect', 'AL'], 1);
  await server.admin('ALTER VIEW guarita.sumida RENAME TO advogado', 'siap');
  await server.admin(`ALTER ROLE guarita_leitura PASSWORD 'outra'`);
  await agent(['doctor'], 2);
  await agent(['journal', 'export', '--out', file('AL.journal')]);
  await agent(['act', 'report']);
  await agent(['support', '--out', file('suporte.json')]);
  const bundle = JSON.parse(readFileSync(file('suporte.json'), 'utf8')) as Record<string, object>;
  t.match(bundle, {
    versoes: { agente: String },
    configuracao: { id: 'AL', source: { password: { file: file('senha') } } },
    doctor: { health: 'critical', checks: [{ check: 'config', health: 'ok' }] },
    acordo: { estado: 'active' },
    diario: { faults: [] },
    pedidos: [{ visao: null }],
  });
  for (const [name, part] of Object.entries(bundle)) {
    if (name !== 'log') t.notOk('falhou' in Object(part), `${name} could be told`);
  }
  await central(['receipts', 'compare', file('AL.journal')]);
  await central(['status'], 2);
  await agent(
    ['act', 'revoke', '--reason', 'fim dos testes', '--yes', '--database', '--dba-user', 'dba'],
    0,
    { GUARITA_DBA_PASSWORD: dbaPassword },
  );
  await central(['collect', 'AL']);
  serving.child.kill('SIGTERM');
  const ended = await serving.ended;
  said.set('the agent’s log', ended.stderr + ended.stdout);

  const reply = JSON.parse(readFileSync(file('AL.resposta.json'), 'utf8')) as { document: { grant: string } };
  const secrets: Record<string, string> = {
    'the reader’s password': readerPassword,
    'the DBA’s password': dbaPassword,
    'a person': person.split(' ')[1] ?? person,
    'the agent’s key': privateHalf(file('agent/agent.key.jwk')),
    'central’s key': privateHalf(file('central/central.key.jwk')),
    'the grant': reply.document.grant.split('.')[2] ?? '',
  };
  const files = filesIn(folder).filter((name) => !name.startsWith(file('central/base/')));
  t.ok(files.length > 10, 'what they wrote');
  for (const [name, secret] of Object.entries(secrets)) {
    t.ok(secret.length >= 9, `${name} is known to this test`);
    for (const [what, text] of said) t.notOk(text.includes(secret), `${name} is not in: ${what}`);
    const where = files.filter((one) => readFileSync(one, 'latin1').includes(secret));
    const allowed = new Map([
      ['the reader’s password', ['errada', 'senha']],
      ['the agent’s key', ['agent/agent.key.jwk']],
      ['central’s key', ['central/central.key.jwk']],
      // The reply as it was sent, in the agent's own folder too: it can be written again where it was lost.
      ['the grant', ['AL.resposta.json', 'agent/resposta.json']],
    ]).get(name);
    t.same(where.sort(), (allowed ?? []).map(file).sort(), `${name} is in no other file`);
  }
});
