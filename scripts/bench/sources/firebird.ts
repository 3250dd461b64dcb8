import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Firebird from 'node-firebird';
import type { Bench } from '../setup.ts';
import { type BenchSource, uniqueName } from './bench-source.ts';

/** The same rows as `postgres.ts` makes, but for `rji`: Firebird 3 has no MD5. */
const statements = (rows: number) => [
  `CREATE TABLE tb_custodiado ("id" INTEGER NOT NULL PRIMARY KEY, "nome" VARCHAR(100), "nome_mae" VARCHAR(100),
     "data_nascimento" DATE, "sexo" CHAR(1), "cpf" CHAR(11), "rg" VARCHAR(20), "naturalidade_ibge" INTEGER,
     "rji" CHAR(32), "estado_civil" VARCHAR(20), "alcunhas" VARCHAR(100), "atualizado_em" TIMESTAMP)`,
  `EXECUTE BLOCK AS DECLARE i INTEGER = 1; BEGIN
     WHILE (i <= ${rows}) DO BEGIN
       INSERT INTO tb_custodiado VALUES (:i, 'PESSOA INVENTADA DA SILVA ' || :i, 'MAE INVENTADA DE SOUZA ' || :i,
         DATEADD(MOD(:i, 15000) DAY TO DATE '1960-01-01'), IIF(MOD(:i, 10) = 0, 'F', 'M'),
         LPAD(MOD(CAST(:i AS BIGINT) * 7919, 100000000000), 11, '0'), 'RG' || MOD(:i, 9999999), 2700000 + MOD(:i, 103),
         LPAD(HASH('x' || :i), 32, '0'), 'SOLTEIRO', IIF(MOD(:i, 3) = 0, NULL, 'alcunha ' || MOD(:i, 5000)),
         DATEADD(CAST(:i AS BIGINT) * 20 SECOND TO TIMESTAMP '2025-01-01 00:00:00'));
       i = i + 1;
     END
   END`,
  'CREATE INDEX tb_custodiado_em ON tb_custodiado ("atualizado_em", "id")',
  'CREATE VIEW "custodiado" AS SELECT * FROM tb_custodiado',
];

/** Rows that the driver is asked for at once: one that has only half of an answer begins to decode it anew. */
const rowsAtOnce = 240;

/** A database of its own on this server. */
export async function firebirdSource(
  { folder, rows }: Bench,
  name: string,
  server: URL,
): Promise<BenchSource> {
  await using made = new AsyncDisposableStack();
  const unique = uniqueName(name);
  const database = `${decodeURIComponent(server.pathname.slice(1))}${unique}.fdb`;
  const address = { host: server.hostname, port: Number(server.port || 3050), database };
  const reader = { user: unique.toUpperCase(), password: 'leitura' };
  const admin = {
    ...{ ...address, user: decodeURIComponent(server.username) },
    ...{ password: decodeURIComponent(server.password), encoding: 'UTF8' as const },
  };
  await (await Firebird.createAsync({ ...admin, defaultCharset: 'WIN1252' })).detachAsync();
  made.defer(() => Firebird.dropAsync(admin));
  const writer = await Firebird.attachAsync(admin);
  made.defer(() => writer.detachAsync());
  for (const statement of statements(rows)) await writer.queryAsync(statement);
  await writer.queryAsync(`CREATE USER ${reader.user} PASSWORD '${reader.password}' USING PLUGIN Srp`);
  made.defer(async () => void (await writer.queryAsync(`DROP USER ${reader.user} USING PLUGIN Srp`)));
  await writer.queryAsync(`GRANT SELECT ON "custodiado" TO USER ${reader.user}`);
  const password = join(folder, 'leitura-firebird');
  writeFileSync(password, reader.password, { mode: 0o600 });
  const kept = made.move();
  return {
    engine: 'firebird',
    config: {
      ...{ engine: 'firebird', ...address, user: reader.user, password: { file: password } },
      timeZone: 'UTC',
    },
    execute: async (sql) => void (await writer.queryAsync(sql)),
    readAlone: async () => {
      // What the driver does least with: a byte is a character. By itself it lets one new user in sixteen never log in
      // (`shared/sources/firebird/srp.ts`), so not as the reader.
      const connection = await Firebird.attachAsync({ ...admin, encoding: 'NONE' });
      try {
        return await countRows(connection, 'SELECT * FROM "custodiado"');
      } finally {
        await connection.detachAsync();
      }
    },
    close: () => kept.disposeAsync(),
  };
}

async function countRows(connection: Firebird.Database, sql: string): Promise<number> {
  const transaction = await connection.transactionAsync({ readOnly: true });
  const statement = await transaction.newStatementAsync(sql);
  await statement.executeAsync(transaction);
  for (let read = 0; ; ) {
    const batch = (await statement.fetchAsync(transaction, rowsAtOnce)) as {
      readonly data: readonly unknown[];
      readonly fetched: boolean;
    };
    read += batch.data.length;
    if (!batch.fetched) continue;
    await transaction.commitAsync();
    return read;
  }
}
