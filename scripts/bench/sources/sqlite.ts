import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Bench } from '../setup.ts';
import type { BenchSource } from './bench-source.ts';

export function sqliteSource({ folder, rows }: Bench, name: string): Promise<BenchSource> {
  const file = join(folder, `${name}.sqlite`);
  createFile(file, rows);
  return Promise.resolve({
    engine: 'sqlite',
    config: { engine: 'sqlite', file, timeZone: 'UTC' },
    execute: (sql) => Promise.resolve(withDatabase(file, (db) => void db.exec(sql))),
    readAlone: () =>
      Promise.resolve(
        withDatabase(file, (db) => {
          let read = 0;
          for (const row of db.prepare('SELECT * FROM custodiado').raw().iterate())
            read += row === null ? 0 : 1;
          return read;
        }),
      ),
    close: () => Promise.resolve(),
  });
}

/** The same rows as `postgres.ts` makes. */
function createFile(file: string, rows: number): void {
  withDatabase(file, (db) => {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = OFF');
    db.exec(`
      CREATE TABLE tb_custodiado (id INTEGER PRIMARY KEY, nome TEXT, nome_mae TEXT, data_nascimento DATE, sexo TEXT,
        cpf TEXT, rg TEXT, naturalidade_ibge INTEGER, rji TEXT, estado_civil TEXT, alcunhas TEXT,
        atualizado_em DATETIME);
      INSERT INTO tb_custodiado
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
      SELECT i, 'PESSOA INVENTADA DA SILVA ' || i, 'MAE INVENTADA DE SOUZA ' || i,
             date('1960-01-01', (i % 15000) || ' days'), CASE i % 10 WHEN 0 THEN 'F' ELSE 'M' END,
             printf('%011d', i * 7919 % 100000000000), 'RG' || (i % 9999999), 2700000 + i % 103,
             lower(hex(randomblob(16))), 'SOLTEIRO',
             CASE WHEN i % 3 = 0 THEN NULL ELSE 'alcunha ' || (i % 5000) END,
             strftime('%Y-%m-%d %H:%M:%f', '2025-01-01', (i * 20) || ' seconds') FROM n;
      CREATE INDEX tb_custodiado_em ON tb_custodiado (atualizado_em, id);
      CREATE VIEW custodiado AS SELECT * FROM tb_custodiado;
      ANALYZE`);
  });
}

function withDatabase<T>(file: string, work: (db: Database.Database) => T): T {
  const db = new Database(file);
  try {
    return work(db);
  } finally {
    db.close();
  }
}
