import type { Engine, EngineOptions } from './engine.ts';
import { PostgresSource } from './postgres.ts';
import type { PostgresConfig, SqliteConfig } from './source-config.ts';
import { SqliteSource } from './sqlite.ts';

/** The engines, one line each: a literal, because a packaged binary cannot scan its disk for them. */
const engines = {
  postgres: (options: EngineOptions<PostgresConfig>): Engine => new PostgresSource(options),
  sqlite: (options: EngineOptions<SqliteConfig>): Engine => new SqliteSource(options),
};

export function openEngine(options: EngineOptions): Engine {
  const { source } = options;
  switch (source.engine) {
    case 'postgres':
      return engines.postgres({ ...options, source });
    case 'sqlite':
      return engines.sqlite({ ...options, source });
  }
}
