// Tier: long. A person at a pseudo-terminal, six processes of init and two of central's accept, a PostgreSQL as the source.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { freePort } from '../../scripts/demo/processes.ts';
import { codeIn, enrolment, must } from '../support/enrolled.ts';
import { atTerminal, keys, type Person } from '../support/person.ts';
import { testPostgres } from '../support/postgres.ts';

// The state's guide as a person follows it, who errs: each mistake is told where it is made, costs no answer, and no
// invitation is spent on less than it asks for.

const { enter, down, up, clear, interrupt } = keys;
const password = 'S3nha-da-leitura';
const server = await testPostgres(t);
await server.admin('CREATE DATABASE siap');
await server.admin(
  `CREATE SCHEMA guarita;
  CREATE TABLE guarita.unidade (id int PRIMARY KEY, nome text);
  CREATE TABLE guarita.custodiado (id int PRIMARY KEY, nome text);
  CREATE TABLE guarita.log (seq bigint PRIMARY KEY, tabela text, chave int);
  INSERT INTO guarita.unidade VALUES (1, 'Unidade');
  INSERT INTO guarita.custodiado VALUES (1, 'Fulano');
  INSERT INTO guarita.log VALUES (1, 'PRESO', 1);
  CREATE ROLE guarita_leitura LOGIN PASSWORD '${password}';
  GRANT USAGE ON SCHEMA guarita TO guarita_leitura;
  GRANT SELECT ON ALL TABLES IN SCHEMA guarita TO guarita_leitura`,
  'siap',
);
const e = await enrolment(t);
const port = await freePort();
must(await e.invite('--views', 'unidade,custodiado,custodia'));
const init = (...more: string[]) =>
  atTerminal(t, 'agent', [
    ...['init', '--invite', e.invitation, '-c', e.agentConfig, '--state', e.agentState, '--out', e.reply],
    ...more,
  ]);
const english = /navigate|select|toggle|masked|must|invalid|force closed/i;

/** Types what is wrong, reads why, and types what is right. */
async function errs(person: Person, question: string, wrong: string, why: string, right: string) {
  await person.answers(question, wrong + enter);
  await person.sees(why);
  person.types(clear + right + enter);
}

await t.test('what is no answer is refused where it is typed; what fails later costs none', async (t) => {
  const person = init();
  await person.answers('Banco de dados do estado', enter);
  await errs(person, 'Fuso', 'América/Maceió', 'não é um fuso', 'America/Maceio');
  await errs(person, 'Servidor do banco', 'http://127.0.0.1', 'não é um servidor', '127.0.0.1');
  await errs(person, 'Porta', 'guarita', 'não é uma porta', '9');
  await errs(person, 'Nome do banco', '', 'Falta a resposta.', 'siap');
  await person.answers('Usuário', enter);
  await person.answers('Senha', password + enter);
  await person.answers('Conexão', up + enter);
  await person.answers('Esquema', `guarita_${enter}`);
  await person.sees('As respostas ficam guardadas');
  t.equal(await person.leaves(), 1);
  t.match(person.shown(), '127.0.0.1:9: ECONNREFUSED. (banco "siap", usuário "guarita_leitura".)');
  t.notMatch(person.shown(), english);
  t.notMatch(person.shown(), password);
  t.notMatch(readFileSync(`${e.agentConfig}.respostas`, 'utf8'), password);
});

/** Enter for all that was answered before. */
async function again(
  person: Person,
  right: { readonly port?: string; readonly database?: string; readonly schema?: string },
) {
  await person.sees('Enter aceita cada uma');
  for (const question of ['Banco de dados', 'Fuso', 'Servidor']) await person.answers(question, enter);
  await person.answers('Porta', (right.port ?? '') + enter);
  await person.answers('Nome do banco', (right.database ?? '') + enter);
  for (const question of ['Usuário', 'Enter mantém', 'Conexão']) await person.answers(question, enter);
  await person.answers('Esquema', (right.schema ?? '') + enter);
}

await t.test('a database, or a schema, that is none is told by its name', async (t) => {
  const other = init();
  await again(other, { port: String(server.port), database: 'siapp' });
  t.equal(await other.leaves(), 1);
  t.match(other.shown(), /banco "siapp", usuário "guarita_leitura"\. .*O servidor não tem esse banco\./);
  const person = init();
  await again(person, { database: 'siap' });
  t.equal(await person.leaves(), 1);
  t.match(person.shown(), 'em "guarita_" (a primeira, como guarita_.unidade)');
});

await t.test('a question that is broken off keeps the answers', async (t) => {
  const person = init();
  await again(person, { schema: 'guarita' });
  await person.sees('Como achar o que mudou nelas?');
  person.types(interrupt);
  t.equal(await person.leaves(), 1);
  t.match(person.shown(), 'Interrompido antes da resposta.');
  t.notMatch(person.shown(), english);
  t.notOk(existsSync(e.agentConfig));
});

await t.test(
  'a view without atualizado_em is read by the log; one that is missing spends nothing',
  async (t) => {
    const person = init();
    await again(person, {});
    await person.sees('✗ custodia: não existe, ou o usuário não pode ler: guarita.custodia');
    await person.sees('Há um log, guarita.log');
    await person.answers('Como achar o que mudou nelas?', enter);
    await person.answers('Visão custodiado', enter);
    await person.answers('Visão ou tabela do log', `guarita.logs${enter}`);
    for (const question of ['cresce a cada registro', 'com a chave (id)', 'nome da tabela']) {
      await person.answers(question, enter);
    }
    await errs(person, 'Tabelas de que vem', ',', 'Falta o nome de uma tabela.', 'PRESO, PRESO_ENDERECO');
    await person.sees('✗ custodiado: ');
    await person.answers('Visão custodiado', enter);
    // One name was wrong: all else is proposed as it was typed.
    await person.answers('com o esquema (guarita.logs)', `guarita.log${enter}`);
    for (const question of ['cada registro', 'com a chave (id)', 'nome da tabela']) {
      await person.answers(question, enter);
    }
    await person.answers('Tabelas de que vem', enter);
    await person.sees('✓ custodiado: ');
    await person.answers('Endereço em que o agente atende', up + enter);
    await errs(person, 'Endereço e porta', '127.0.0.1:guarita', 'não é um endereço', `127.0.0.1:${port}`);
    await errs(person, 'De fora: custodia.', 'talvez', 'Responda sim ou não.', 'não');
    t.equal(await person.leaves(), 1);
    t.match(person.shown(), '[views-withheld]');
    t.notMatch(person.shown(), english);
    t.notOk(existsSync(e.reply));
    t.notOk(existsSync(`${e.agentConfig}.respostas`), 'the configuration has them');
    t.match(parse(readFileSync(e.agentConfig, 'utf8')), {
      views: [
        { name: 'unidade' },
        { name: 'custodiado', changelog: { table: { values: ['PRESO', 'PRESO_ENDERECO'] } } },
      ],
    });
  },
);

await t.test('what was made since is found, and central asks the person at its terminal', async (t) => {
  await server.admin(
    `CREATE TABLE guarita.custodia (id int PRIMARY KEY, custodiado_id int);
     GRANT SELECT ON guarita.custodia TO guarita_leitura`,
    'siap',
  );
  const person = init('--without', 'unidade');
  await person.sees('Pedidas e ainda não configuradas: custodia.');
  await person.answers('Publicar também: custodia?', `s${enter}`);
  await person.answers('Como achar o que mudou nelas?', down + enter);
  t.equal(await person.leaves(), 0, person.shown());
  t.match(person.shown(), '⚠ Sem unidade: ');
  await e.serve();
  const accept = () =>
    atTerminal(
      t,
      'central',
      ['-c', join(e.folder, 'central.yaml'), 'source', 'accept', e.reply],
      e.base.environment,
    );
  const refusing = accept();
  await refusing.sees('⚠ Pedidas e não autorizadas: unidade.');
  await refusing.answers('De fora: unidade.', enter);
  t.equal(await refusing.leaves(), 1, 'silence is no word');
  const accepting = accept();
  await accepting.answers('De fora: unidade.', `sim${enter}`);
  await accepting.answers('O estado leu estes mesmos números?', `s${enter}`);
  t.equal(await accepting.leaves(), 0, accepting.shown());
  const code = codeIn({ code: 0, output: person.shown(), errors: '' });
  t.match(accepting.shown(), code);
  t.match(accepting.shown(), '✓ AL cadastrado.');
  t.notMatch(accepting.shown(), english);
});
