import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2';
import { createConnection as connectWithPromises } from 'mysql2/promise';
import type { Bench } from '../setup.ts';
import { type BenchSource, uniqueName } from './bench-source.ts';

/** The same rows as `postgres.ts` makes. Numbers from 1 on: digits, joined with themselves. */
const statements = (rows: number) => [
  `CREATE TABLE tb_custodiado (id INT PRIMARY KEY, nome VARCHAR(100), nome_mae VARCHAR(100), data_nascimento DATE,
     sexo CHAR(1), cpf CHAR(11), rg VARCHAR(20), naturalidade_ibge INT, rji CHAR(32), estado_civil VARCHAR(20),
     alcunhas VARCHAR(100), atualizado_em DATETIME(6), KEY (atualizado_em, id))`,
  `CREATE TABLE d (d INT)`,
  `INSERT INTO d VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)`,
  `INSERT INTO tb_custodiado
   SELECT i, CONCAT('PESSOA INVENTADA DA SILVA ', i), CONCAT('MAE INVENTADA DE SOUZA ', i),
          DATE_ADD('1960-01-01', INTERVAL i % 15000 DAY), IF(i % 10 = 0, 'F', 'M'),
          LPAD(i * 7919 % 100000000000, 11, '0'), CONCAT('RG', i % 9999999), 2700000 + i % 103, MD5(i), 'SOLTEIRO',
          IF(i % 3 = 0, NULL, CONCAT('alcunha ', i % 5000)),
          DATE_ADD(DATE_ADD('2025-01-01', INTERVAL i * 20 SECOND), INTERVAL i % 997 MICROSECOND)
     FROM (SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d + 1000000 * h.d AS i
             FROM d a, d b, d c, d e, d f, d g, d h) n
    WHERE i <= ${rows}`,
  `CREATE VIEW custodiado AS SELECT * FROM tb_custodiado`,
  `ANALYZE TABLE tb_custodiado`,
];

/** A database of its own on this server. */
export async function mysqlSource({ folder, rows }: Bench, name: string, server: URL): Promise<BenchSource> {
  await using made = new AsyncDisposableStack();
  const database = uniqueName(name);
  const reader = { user: database, password: 'leitura' };
  const client = await connectWithPromises({ uri: server.href });
  made.defer(() => client.end());
  await client.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
  made.defer(async () => void (await client.query(`DROP DATABASE ${database}`)));
  await client.query(`USE ${database}`);
  for (const statement of statements(rows)) await client.query(statement);
  await client.query(`CREATE USER ${reader.user} IDENTIFIED BY '${reader.password}'`);
  made.defer(async () => void (await client.query(`DROP USER ${reader.user}`)));
  await client.query(`GRANT SELECT ON ${database}.custodiado TO ${reader.user}`);
  const password = join(folder, 'leitura-mysql');
  writeFileSync(password, reader.password, { mode: 0o600 });
  const address = { host: server.hostname, port: Number(server.port || 3306), database };
  const kept = made.move();
  return {
    engine: 'mysql',
    config: {
      ...{ engine: 'mysql', ...address, user: reader.user, password: { file: password } },
      ...{ tls: { mode: 'off' }, timeZone: 'UTC' },
    },
    execute: async (sql) => void (await client.query(sql)),
    readAlone: async () => {
      const connection = createConnection({ ...address, ...reader });
      try {
        let read = 0;
        const sql = 'SELECT * FROM custodiado';
        // What the driver does least with: the bytes of each value.
        const query = connection.query({ sql, rowsAsArray: true, typeCast: false });
        query.on('result', () => void read++);
        await once(query, 'end');
        return read;
      } finally {
        connection.destroy();
      }
    },
    close: () => kept.disposeAsync(),
  };
}
