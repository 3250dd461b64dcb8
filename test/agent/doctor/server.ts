import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { writeConfig } from '../../support/agent-process.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';
import {
  agentConfig,
  checkOf,
  custodiado,
  day,
  type ExamineOptions,
  examine,
  password,
  people,
  person,
  standardTable,
  type Types,
} from './scene.ts';

export const postgresTypes: Types = {
  ...{ text: 'text', integer: 'bigint', decimal: 'numeric', date: 'date' },
  ...{ timestamp: 'timestamptz', boolean: 'boolean', bytes: 'bytea' },
};

interface Given extends ExamineOptions {
  readonly database?: string;
  readonly host?: string;
  /** In the place of the reference to the variable. */
  readonly secret?: Readonly<Record<string, unknown>>;
  readonly view?: Readonly<Record<string, unknown>>;
}

/** What only a server has: users, encryption, character sets, types that it insists on. Its user is `leitor`. */
export async function onServer(t: Test, server: TestPostgres): Promise<void> {
  const examineAs = (
    t: Test,
    { database = 'postgres', host = '127.0.0.1', secret, view, ...options }: Given,
  ) => {
    const folder = temporaryFolder(t);
    const source = {
      engine: 'postgres',
      url: `postgres://leitor@${host}:${server.port}/${database}`,
      ...(secret ?? { password: { env: 'SENHA' } }),
    };
    const config = agentConfig(folder, { source, views: [{ ...custodiado, ...view }] });
    return examine(t, writeConfig(folder, config), options);
  };

  await t.test('a password that is wrong, that is in a file, that is not given', async (t) => {
    const wrong = await examineAs(t, { environment: { SENHA: `${password}x` } });
    t.strictSame([wrong.code, wrong.troubles], [2, ['login critical']]);
    t.match(checkOf(wrong, 'login')?.message, /SQLSTATE 28P01\. \[source-login-refused\]$/);
    const file = join(temporaryFolder(t), 'senha');
    writeFileSync(file, `${password}\n`, { mode: 0o600 });
    const inFile = await examineAs(t, { secret: { password: { file } }, environment: {} });
    t.strictSame([inFile.code, inFile.troubles], [0, []]);
    const none = await examineAs(t, { secret: {}, environment: {} });
    t.strictSame(none.troubles, ['login critical']);
    t.match(checkOf(none, 'login')?.message, /\[source-login-refused\]$/);
    const elsewhere = await examineAs(t, { database: 'nenhum' });
    t.strictSame(elsewhere.troubles, ['login critical'], 'a database that is not there');
  });

  await t.test('what is not encrypted, and leaves this machine as far as anyone can tell', async (t) => {
    const examined = await examineAs(t, { host: '0.0.0.0' });
    t.strictSame([examined.code, examined.troubles], [1, ['tls warning']]);
    t.match(checkOf(examined, 'tls')?.next, 'sslmode=verify-full');
  });

  await t.test('types that are not those of the dictionary', async (t) => {
    const changes = {
      nome: null,
      NOME: 'text',
      cpf: 'numeric(11)',
      rg: 'bytea',
      alcunhas: 'text[]',
    };
    await server.admin('CREATE DATABASE tipos');
    await server.admin(
      `${standardTable('custodiado', postgresTypes, changes)} GRANT SELECT ON custodiado TO leitor;`,
      'tipos',
    );
    const { code, report } = await examineAs(t, { database: 'tipos' });
    t.equal(code, 2);
    t.match(
      report.checks.filter(({ check, subject }) => check === 'dictionary' && subject !== null),
      [
        { health: 'critical', message: 'Colunas com maiúsculas: NOME; o dicionário usa minúsculas.' },
        { health: 'warning', message: /^A coluna "cpf" é numeric\(11,0\); no dicionário, texto\.$/ },
        { health: 'critical', message: 'A coluna "rg" é bytea; no dicionário, texto.' },
      ],
    );
  });

  await t.test('a view without SELECT for the user', async (t) => {
    await server.admin(`CREATE VIEW visitante AS SELECT * FROM custodiado`);
    const examined = await examineAs(t, { view: { name: 'visitante' } });
    t.strictSame([examined.code, examined.troubles], [2, ['view visitante critical']]);
    t.match(checkOf(examined, 'view', 'visitante'), { message: /\[view-missing\]$/, next: /dê SELECT nela/ });
  });

  await t.test('a database that does not say how it keeps text, and text that is not UTF-8', async (t) => {
    await server.admin(`CREATE DATABASE bytes TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'`);
    await server.admin(
      `${standardTable('custodiado', postgresTypes)} ${people([
        [1, day(1)],
        [2, day(2)],
      ])}
       UPDATE custodiado SET nome_mae = E'Concei\\xe7\\xe3o' WHERE id = 2;
       GRANT SELECT ON custodiado TO leitor;`,
      'bytes',
    );
    const examined = await examineAs(t, { database: 'bytes' });
    t.strictSame([examined.code, examined.troubles], [1, ['text custodiado warning']]);
    t.match(checkOf(examined, 'characters')?.message, 'SQL_ASCII');
    t.equal(
      checkOf(examined, 'text', 'custodiado')?.message,
      '1 de 2 linhas têm texto ilegível em: nome_mae.',
    );
    t.notMatch(examined.text, /Concei/);
  });

  await t.test(
    'values that treatment will have something to say of, in the words of this engine',
    async (t) => {
      await server.admin('CREATE DATABASE valores');
      await server.admin(
        `${standardTable('custodia', postgresTypes)} GRANT SELECT ON custodia TO leitor;
       INSERT INTO custodia (id, custodiado_id, unidade_id, entrada, saida, regime, monitoracao, so_atual, atualizado_em)
         VALUES (1, 7, 1, '2026-01-05', '1900-01-01', 'Semi-Aberto', true, false, '${day(1)}'),
           (2, 7, NULL, 'infinity', NULL, '${person}', NULL, NULL, '${day(2)}'),
           (3, NULL, 1, '2026-01-05', '2200-06-15', NULL, false, NULL, '${day(3)}')`,
        'valores',
      );
      const examined = await examineAs(t, { database: 'valores', view: { name: 'custodia' } });
      t.equal(examined.code, 1);
      t.match(
        examined.report.checks.filter(({ check }) => check === 'values'),
        [
          {
            message:
              'Vazias, e toda linha deveria ter: natureza (3), unidade_id (1), custodiado_id (1); amostra de 3 linhas.',
          },
          { message: /^Datas que o sistema escreve quando não sabe .*: saida \(1\), entrada \(1\); amostra/ },
          { message: /^Datas no futuro: saida \(1\); amostra de 3 linhas\.$/ },
          { message: 'Fora da lista nacional: regime (1); amostra de 3 linhas.' },
        ],
      );
    },
  );

  await t.test('an order that no index serves', async (t) => {
    await server.admin('CREATE DATABASE ordem');
    await server.admin(
      `${standardTable('custodiado', postgresTypes)} GRANT SELECT ON custodiado TO leitor;
       INSERT INTO custodiado (id, nome, nome_mae, sexo, data_nascimento, atualizado_em)
         SELECT i, '${person}', '${person}', 'F', '1990-05-21', '${day(1)}' FROM generate_series(1, 5001) i;
       ANALYZE custodiado`,
      'ordem',
    );
    const unserved = await examineAs(t, { database: 'ordem' });
    t.strictSame([unserved.code, unserved.troubles], [1, ['order custodiado warning']]);
    await server.admin('CREATE INDEX por_marca ON custodiado (atualizado_em, id)', 'ordem');
    const served = await examineAs(t, { database: 'ordem' });
    t.strictSame([served.code, served.troubles], [0, []]);
  });

  await t.test('columns that change by being read', async (t) => {
    await server.admin('CREATE DATABASE instavel');
    await server.admin(
      `${standardTable('custodiado', postgresTypes)} ${people([
        [1, day(1)],
        [2, day(2)],
      ])}
       CREATE VIEW vista AS SELECT *, now() AS lido_em, random() < 2 AS sempre, random() AS sorteio FROM custodiado;
       GRANT SELECT ON vista TO leitor;`,
      'instavel',
    );
    const examined = await examineAs(t, { database: 'instavel', view: { relation: 'vista' } });
    t.strictSame([examined.code, examined.troubles], [1, ['steady custodiado warning']]);
    t.match(checkOf(examined, 'steady', 'custodiado')?.message, /: lido_em, sorteio\.$/);
  });

  await t.test('the clock', async (t) => {
    const examined = await examineAs(t, { clock: () => Date.now() + 3_600_000 });
    t.strictSame([examined.code, examined.troubles], [2, ['clock critical']]);
    t.match(checkOf(examined, 'clock')?.message, 'O do banco está 60 min atrasado');
  });
}
