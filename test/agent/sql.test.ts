// Tier: quick. What the DBA runs, once, on SQLite.
import t from 'tap';
import { scriptEngines, scriptParts } from '../../shared/database-scripts/script.ts';
import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { runCommand } from '../support/commands.ts';
import { scriptTests } from './sql/script-tests.ts';
import { sqliteScripts } from './sql/sqlite.ts';

const sql = (...args: string[]) => runCommand('agent', ['sql', ...args]);

for (const engine of scriptEngines) {
  void t.test(
    `${engine}: each view of the dictionary, and nothing that a client could stumble over`,
    async (t) => {
      for (const part of scriptParts) {
        const { code, output } = await sql('--engine', engine, '--part', part);
        t.equal(code, 0);
        const comments = output.split('\n').filter((line) => line.startsWith('--'));
        t.notMatch(
          comments.join('\n'),
          `'`,
          `${part}: some clients look for the end of a text in comments, too`,
        );
        t.notMatch(output, /undefined|\[object/);
      }
      const { output } = await sql('--engine', engine);
      for (const { name, columns, watermark } of standardViews) {
        t.match(output, new RegExp(`VIEW \\S*${name} AS`, 'i'));
        t.match(
          output,
          new RegExp(
            `name: ${name}, .*key: \\[id\\]${watermark === null ? ' ' : `, watermark: ${watermark}`}`,
          ),
        );
        for (const { name: column, about } of columns) {
          const [meaning = ''] = about.split(/[.;:]/);
          const isTold = (line: string) => line.includes(' AS ') && line.endsWith(`: ${meaning}`);
          const isIt = (line: string) => new RegExp(` AS "?${column}"?,? -- `).test(line);
          t.ok(
            output.split('\n').some((line) => isIt(line) && isTold(line)),
            `${name}.${column}, with what it means`,
          );
        }
      }
      t.notMatch(output, /REVOKE .* FROM guarita_leitura/i, 'revocation only when it is asked for');
    },
  );
}

void t.test('names are the DBA’s to choose, and never SQL', async (t) => {
  const options = ['--schema', 'visoes', '--user', 'agente', '--views', 'foto,visita', '--from', '10.0.0.9'];
  const { output } = await sql('--engine', 'mysql', ...options);
  t.match(output, 'VIEW visoes.foto AS');
  t.match(output, `GRANT SELECT ON visoes.visita TO 'agente'@'10.0.0.9';`);
  t.notMatch(output, /custodiado AS$|guarita_leitura|<IP_DE_QUEM_LE>/m);
  for (const bad of [
    ['--schema', 'x; DROP TABLE y'],
    ['--user', 'a b'],
    ['--user', `a'b`],
    ['--user', 'a'.repeat(32)],
    ['--database', `siap'`],
    ['--database', 'si\nap'],
    ['--from', `%'`],
    ['--part', 'tudo'],
    ['--engine', 'oracle'],
  ]) {
    const { code, errors, output } = await sql('--engine', 'postgres', ...bad);
    t.match([code, output], [2, ''], bad.join(' '));
    t.match(errors, `✗ Valor inválido para "${bad[0]}`);
  }
  t.match(await sql('--engine', 'oracle'), {
    errors: /É um de: postgres, sqlserver, mysql, firebird, sqlite\./,
  });
  t.match(await sql(), { code: 2, errors: /Falta a opção "--engine/ });
  t.match(await sql('--engine', 'sqlite', '--views', 'foto,fotos'), {
    code: 1,
    errors: /"fotos".*\[view-unknown\]/s,
  });
});

void t.test('on SQLite', async (t) => scriptTests(t, 'sqlite', await sqliteScripts(t)));
