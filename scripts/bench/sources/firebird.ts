import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Firebird from 'node-firebird';
import type { Bench } from '../setup.ts';
import type { BenchSource } from './bench-source.ts';

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
  'GRANT SELECT ON "custodiado" TO LEITURA_BENCH',
];

/** A database of its own on the server that `GUARITA_TEST_FIREBIRD_URL` names. */
export async function firebirdSource({ folder, rows }: Bench, name: string): Promise<BenchSource> {
  const url = new URL(process.env['GUARITA_TEST_FIREBIRD_URL'] ?? '');
  const server = { host: url.hostname, port: Number(url.port || 3050) };
  const database = `${decodeURIComponent(url.pathname.slice(1))}bench-${name}.fdb`;
  const admin = {
    ...{ ...server, database, user: decodeURIComponent(url.username) },
    ...{ password: decodeURIComponent(url.password), encoding: 'UTF8' as const },
  };
  await (await Firebird.createAsync({ ...admin, defaultCharset: 'WIN1252' })).detachAsync();
  const writer = await Firebird.attachAsync(admin);
  const reader = { user: 'LEITURA_BENCH', password: 'leitura' };
  await writer.queryAsync(
    `CREATE OR ALTER USER ${reader.user} PASSWORD '${reader.password}' USING PLUGIN Srp`,
  );
  for (const statement of statements(rows)) await writer.queryAsync(statement);
  const password = join(folder, 'leitura-firebird');
  writeFileSync(password, reader.password, { mode: 0o600 });
  return {
    engine: 'firebird',
    config: {
      ...{ engine: 'firebird', ...server, database, user: reader.user, password: { file: password } },
      timeZone: 'UTC',
    },
    execute: async (sql) => void (await writer.queryAsync(sql)),
    readAlone: async () => {
      let read = 0;
      await new Promise<void>((resolve, reject) => {
        const done = (error: unknown) => (error ? reject(error) : resolve());
        writer.sequentially('SELECT * FROM "custodiado"', [], () => void read++, done, true);
      });
      return read;
    },
    close: async () => {
      await writer.detachAsync();
      await Firebird.dropAsync(admin);
    },
  };
}
