import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type Bench, connect } from '../setup.ts';
import type { BenchSource } from './bench-source.ts';

const statements = (rows: number) => `
  CREATE TABLE tb_custodiado AS
  SELECT i::int AS id, 'PESSOA INVENTADA DA SILVA ' || i AS nome, 'MAE INVENTADA DE SOUZA ' || i AS nome_mae,
         date '1960-01-01' + (i % 15000)::int AS data_nascimento, CASE i % 10 WHEN 0 THEN 'F' ELSE 'M' END AS sexo,
         lpad((i * 7919 % 100000000000)::text, 11, '0') AS cpf, 'RG' || (i % 9999999) AS rg,
         2700000 + i % 103 AS naturalidade_ibge, md5(i::text) AS rji, 'SOLTEIRO' AS estado_civil,
         CASE WHEN i % 3 = 0 THEN NULL ELSE 'alcunha ' || (i % 5000) END AS alcunhas,
         timestamptz '2025-01-01' + i * interval '20 seconds' + (i % 997) * interval '1 microsecond' AS atualizado_em
    FROM generate_series(1::bigint, ${rows}) i;
  ALTER TABLE tb_custodiado ADD PRIMARY KEY (id);
  CREATE INDEX ON tb_custodiado (atualizado_em, id);
  CREATE VIEW custodiado AS SELECT * FROM tb_custodiado;
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  DO $$ BEGIN CREATE ROLE leitura LOGIN PASSWORD 'leitura'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
  GRANT SELECT ON custodiado TO leitura;`;

export interface PostgresBenchSource extends BenchSource {
  /** The connection that owns the view. */
  readonly client: Client;
}

/** @param database one of this name is made for it */
export async function postgresSource(bench: Bench, database: string): Promise<PostgresBenchSource> {
  await bench.createDatabase(database);
  const client = await connect(bench.server.url(database));
  await client.query(statements(bench.rows));
  await client.query('VACUUM ANALYZE tb_custodiado');
  const password = join(bench.folder, 'leitura');
  writeFileSync(password, 'leitura', { mode: 0o600 });
  return {
    engine: 'postgres',
    client,
    config: {
      engine: 'postgres',
      url: `postgres://leitura@127.0.0.1:${bench.server.port}/${database}`,
      password: { file: password },
    },
    execute: async (sql) => void (await client.query(sql)),
    readAlone: async () => {
      const stream = client.query(copyTo('COPY (SELECT * FROM custodiado) TO STDOUT'));
      let rows = 0;
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows++;
      }
      return rows;
    },
    close: () => client.end(),
  };
}
