import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mssql from 'mssql';
import type { Bench } from '../setup.ts';
import { type BenchSource, uniqueName } from './bench-source.ts';

/** The same rows as `postgres.ts` makes, each a batch. Numbers from 1 on: digits, joined with themselves. */
const batches = (rows: number) => [
  `CREATE TABLE tb_custodiado (id int NOT NULL PRIMARY KEY, nome varchar(100), nome_mae varchar(100),
     data_nascimento date, sexo char(1), cpf char(11), rg varchar(20), naturalidade_ibge int, rji char(32),
     estado_civil varchar(20), alcunhas varchar(100), atualizado_em datetime2(6))`,
  `WITH d AS (SELECT d FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS v (d)),
        n AS (SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d + 1000000 * h.d AS i
                FROM d AS a CROSS JOIN d AS b CROSS JOIN d AS c CROSS JOIN d AS e CROSS JOIN d AS f CROSS JOIN d AS g
               CROSS JOIN d AS h)
   INSERT INTO tb_custodiado
   SELECT i, CONCAT('PESSOA INVENTADA DA SILVA ', i), CONCAT('MAE INVENTADA DE SOUZA ', i),
          DATEADD(day, i % 15000, CONVERT(date, '1960-01-01')), IIF(i % 10 = 0, 'F', 'M'),
          RIGHT(CONCAT('00000000000', CONVERT(bigint, i) * 7919), 11), CONCAT('RG', i % 9999999), 2700000 + i % 103,
          LOWER(CONVERT(char(32), HASHBYTES('MD5', CONVERT(varchar(20), i)), 2)), 'SOLTEIRO',
          IIF(i % 3 = 0, NULL, CONCAT('alcunha ', i % 5000)),
          DATEADD(microsecond, i % 997, DATEADD(second, i * 20, CONVERT(datetime2(6), '2025-01-01')))
     FROM n WHERE i <= ${rows}`,
  `CREATE INDEX tb_custodiado_em ON tb_custodiado (atualizado_em, id)`,
  `CREATE VIEW custodiado AS SELECT * FROM tb_custodiado`,
];

/** A database of its own on this server. Written where there was no SQL Server: it has not been run yet. */
export async function sqlServerSource(
  { folder, rows }: Bench,
  name: string,
  server: URL,
): Promise<BenchSource> {
  await using made = new AsyncDisposableStack();
  const database = uniqueName(name);
  const address = { host: server.hostname, port: Number(server.port || 1433) };
  const sysadmin = {
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
  };
  const reader = { user: database, password: 'Leitura-bench-1' };
  const connect = (login: typeof reader, of: string) =>
    new mssql.ConnectionPool({
      ...{ server: address.host, port: address.port, database: of, ...login, requestTimeout: 600_000 },
      // The largest packets that encryption allows: the driver handles each by itself.
      options: { encrypt: true, trustServerCertificate: true, packetSize: 16_383 },
    }).connect();
  const admin = await connect(sysadmin, 'master');
  made.defer(() => admin.close());
  // Dropped behind the database, which ends its sessions: a login that has any cannot be.
  await admin.batch(`CREATE LOGIN ${reader.user} WITH PASSWORD = '${reader.password}'`);
  made.defer(async () => void (await admin.batch(`DROP LOGIN ${reader.user}`)));
  await admin.batch(`CREATE DATABASE ${database} COLLATE Latin1_General_100_CI_AS`);
  made.defer(async () => {
    await admin.batch(`ALTER DATABASE ${database} SET SINGLE_USER WITH ROLLBACK IMMEDIATE`);
    await admin.batch(`DROP DATABASE ${database}`);
  });
  await admin.batch(`ALTER DATABASE ${database} SET ALLOW_SNAPSHOT_ISOLATION ON`);
  const writer = await connect(sysadmin, database);
  made.defer(() => writer.close());
  for (const batch of batches(rows)) await writer.batch(batch);
  await writer.batch(`CREATE USER ${reader.user}`);
  await writer.batch(`GRANT SELECT ON custodiado TO ${reader.user}`);
  const password = join(folder, 'leitura-sqlserver');
  writeFileSync(password, reader.password, { mode: 0o600 });
  const kept = made.move();
  return {
    engine: 'sqlserver',
    config: {
      ...{ engine: 'sqlserver', ...address, database, user: reader.user, password: { file: password } },
      ...{ tls: { mode: 'encrypt' }, timeZone: 'UTC' },
    },
    execute: async (sql) => void (await writer.batch(sql)),
    readAlone: async () => {
      const pool = await connect(reader, database);
      try {
        let read = 0;
        const request = pool.request();
        request.stream = true;
        request.arrayRowMode = true;
        request.on('row', () => void read++);
        await request.batch('SELECT * FROM custodiado');
        return read;
      } finally {
        await pool.close();
      }
    },
    close: () => kept.disposeAsync(),
  };
}
