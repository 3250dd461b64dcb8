import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type PostgresServer, startPostgres } from '../demo/postgres-server.ts';
import { freePort, type Service } from '../demo/processes.ts';
import { deploy } from './deployment.ts';

/** A source database with one view, an agent on it and a configured central, all on this machine. */
export interface Bench {
  readonly rows: number;
  readonly folder: string;
  /** File with the password of the server's superuser, who owns the bases. */
  readonly passwordFile: string;
  /** `source` of the agent's configuration. */
  readonly sourceConfig: object;
  readonly server: PostgresServer;
  readonly source: Client;
  readonly base: Client;
  readonly agent: Service;
  /** Arguments of `central … collect` into the base. */
  readonly collect: readonly string[];
  close(): Promise<void>;
}

/** 12 columns, about 210 bytes a row, as speed.md of the design measured. */
const sourceStatements = (rows: number) => `
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
  CREATE ROLE leitura LOGIN PASSWORD 'leitura';
  GRANT SELECT ON custodiado TO leitura;`;

const settings = ['shared_buffers=512MB', 'max_wal_size=4GB', 'checkpoint_timeout=30min', 'autovacuum=on'];

export async function openBench(rows: number): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'guarita-bench-'));
  const password = 'bench';
  const server = await startPostgres({
    folder,
    port: await freePort(),
    password,
    persistent: false,
    settings,
  });
  const admin = await connect(server.url('postgres'));
  for (const name of ['estado', 'nacional', 'limite']) await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const source = await connect(server.url('estado'));
  await source.query(sourceStatements(rows));
  await source.query('VACUUM ANALYZE tb_custodiado');
  const passwordFile = join(folder, 'admin');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  writeFileSync(join(folder, 'leitura'), 'leitura', { mode: 0o600 });
  const sourceConfig = {
    engine: 'postgres',
    url: `postgres://leitura@127.0.0.1:${server.port}/estado`,
    password: { file: join(folder, 'leitura') },
  };
  const deployment = await deploy({
    ...{ folder, name: 'carga', source: sourceConfig, basePassword: passwordFile },
    base: `postgres://postgres@127.0.0.1:${server.port}/nacional`,
  });
  const agent = await deployment.startAgent();
  const collect = [...deployment.central, 'collect', '--json'];
  const base = await connect(server.url('nacional'));
  return {
    ...{ rows, folder, passwordFile, sourceConfig, server, source, base, agent, collect },
    close: async () => {
      await agent.stop();
      await source.end();
      await base.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
