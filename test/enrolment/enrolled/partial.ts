import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import { parse, stringify } from 'yaml';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { codeIn, type Enrolment, enrolment, must } from '../../support/enrolled.ts';
import { refused } from '../../support/refused-command.ts';

function inState({ folder }: Enrolment, sql: string): void {
  const db = new Database(join(folder, 'estado.sqlite'));
  db.exec(sql);
  db.close();
}

/** The configuration as somebody's editor leaves it: its lines. */
function byHand({ agentConfig }: Enrolment): string[] {
  const { source, ...others } = parse(readFileSync(agentConfig, 'utf8')) as Record<string, object>;
  const { engine, file, timeZone } = source as { engine: string; file: string; timeZone: string };
  const long = `source: { engine: ${engine}, file: ${file}, timeZone: ${timeZone} } # o banco do sistema`;
  const text = `# Conferida em 3/2, com o DBA.\n${long}\n${stringify(others)}`;
  writeFileSync(agentConfig, Buffer.from(`\uFEFF${text}`, 'utf16le'));
  chmodSync(agentConfig, 0o640);
  return text.trimEnd().split('\n');
}

/** As the commonest old system has it: nothing says when a row changed. */
const old = `CREATE TABLE custodiado (id INTEGER PRIMARY KEY, nome);
  INSERT INTO custodiado VALUES (1, 'Fulano'), (2, 'Beltrana')`;

/** No invitation is spent on less than was asked for without the word of both sides. */
export async function partial(t: Test, makeBase: MakeCommandBase): Promise<void> {
  let bases = 0;
  const elsewhere = (t: Test) => enrolment(t, { makeBase, name: `partial_${bases++}` });
  const asking = ['--views', 'unidade,custodiado,custodia'];
  const viewsIn = ({ agentConfig }: Enrolment) =>
    (parse(readFileSync(agentConfig, 'utf8')) as { views: Record<string, unknown>[] }).views;
  const namesIn = (e: Enrolment) => viewsIn(e).map(({ name }) => name);

  await t.test('a view without atualizado_em is proposed to be compared as a whole', async (t) => {
    const e = await elsewhere(t);
    inState(e, `${old}; CREATE TABLE log (seq INTEGER PRIMARY KEY, tabela, chave)`);
    must(await e.invite('--views', 'unidade,custodiado'));
    const inited = must(await e.init());
    t.match(inited.output, /Sem atualizado_em que sirva: custodiado\.\n.*snapshot.*\n.*Há um log, log:/);
    t.match(viewsIn(e)[1], { name: 'custodiado', mode: 'snapshot', watermark: undefined });
    await e.serve();
    const accepted = must(await e.accept('--code', codeIn(inited)));
    t.match(accepted.output, 'Visões autorizadas: unidade, custodiado.');
    t.notMatch(accepted.output, /não autorizadas|de fora/);
  });

  await t.test(
    'E6: what is not there spends no invitation, is looked for again, or is left out by name',
    async (t) => {
      const e = await elsewhere(t);
      must(await e.invite(...asking));
      const first = await e.init();
      refused(t, first, 'views-withheld');
      t.match(first.errors, 'De fora: custodiado, custodia.');
      t.same(namesIn(e), ['unidade']);

      inState(e, old);
      const lines = byHand(e);
      const second = await e.init();
      refused(t, second, 'views-withheld');
      t.match(
        second.output,
        /Pedidas e ainda não configuradas: custodiado, custodia\.\n.*\n {2}✓ custodiado/,
      );
      t.match(second.output, '→ Para publicar também: --also custodiado\n');
      t.match(second.errors, 'De fora: custodiado, custodia.');
      const third = await e.init('--also', 'custodiado');
      refused(t, third, 'views-withheld');
      t.match(third.errors, 'De fora: custodia.');
      t.same(namesIn(e), ['unidade', 'custodiado']);
      const written = readFileSync(e.agentConfig, 'utf8').split('\n');
      t.strictSame(
        lines.filter((line) => !written.includes(line)),
        [],
        'all else is as it was',
      );
      t.equal(statSync(e.agentConfig).mode & 0o777, 0o640);

      refused(t, await e.init('--without', 'custodio'), 'option-invalid');
      refused(t, await e.init('--also', 'custodio'), 'option-invalid');
      refused(t, await e.init('--without', 'custodiado'), 'views-withheld');
      const inited = must(await e.init('--without', 'custodia'));
      t.match(inited.output, '⚠ Sem custodia: ');

      await e.serve();
      const unsaid = await e.accept('--code', codeIn(inited));
      refused(t, unsaid, 'views-withheld');
      t.match(unsaid.output, '⚠ Pedidas e não autorizadas: custodia.');
      t.equal((await e.central(['source', 'list'])).output.includes('https'), false, 'not enrolled');
      const slip = await e.accept('--code', codeIn(inited), '--without', 'custodia,unidade');
      refused(t, slip, 'option-invalid');
      t.match(slip.errors, '--without: não ficou de fora unidade.');
      const accepted = must(await e.accept('--code', codeIn(inited), '--without', 'custodia'));
      t.match(accepted.output, /Ficaram de fora: custodia\..*--views unidade,custodiado,custodia/);

      await t.test('and comes in by another invitation', async (t) => {
        inState(e, 'CREATE TABLE custodia (id INTEGER PRIMARY KEY, custodiado_id)');
        must(await e.invite(...asking));
        const again = must(await e.init('--also', 'custodia'));
        const answer = must(await e.accept('--code', codeIn(again), '--again'));
        t.match(answer.output, 'Visões autorizadas: unidade, custodiado, custodia.');
      });
    },
  );

  await t.test('what is no answer is refused by its name before a database is asked', async (t) => {
    const e = await elsewhere(t);
    must(await e.invite());
    const server = ['--engine', 'postgres', '--database', 'siap', '--user', 'leitura', '--no-password'];
    for (const [option, value] of [
      ['--port', 'guarita'],
      ['--port', '0'],
      ['--host', 'http://banco'],
      ['--listen', '127.0.0.1:guarita'],
    ] as const) {
      const result = await e.init(...server, '--host', '127.0.0.1', option, value);
      refused(t, result, 'option-invalid');
      t.match(result.errors, value);
    }
    const nothing = await e.init('--without', 'unidade');
    refused(t, nothing, 'option-invalid');
    t.match(nothing.errors, '--without: não sobra visão a publicar.');
    refused(t, await e.init('--state', ''), 'config-invalid');
    t.notOk(existsSync(e.agentConfig), 'none that cannot be read is written');
    const closed = await e.init(...server, '--host', '127.0.0.1', '--port', '9', '--tls', 'off');
    refused(t, closed, 'source-unavailable');
    t.match(closed.errors, '127.0.0.1:9: ECONNREFUSED. (banco "siap", usuário "leitura".)');
    const named = await e.init('--schema', 'guarita_');
    refused(t, named, 'view-missing');
    t.match(named.errors, /em "guarita_" \(a primeira, como guarita__unidade\)\..*"guarita"/);
  });
}
