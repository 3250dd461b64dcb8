import type { Engine, EngineOptions } from './engine.ts';

/**
 * The engines, a line each: a literal, because a packaged binary cannot scan its disk for them. Only the one that is
 * asked for is loaded: each brings a driver of some megabytes.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { source } = options;
  switch (source.engine) {
    case 'postgres': {
      const { PostgresSource } = await import('./postgres/source.ts');
      return new PostgresSource({ ...options, source });
    }
    case 'sqlserver': {
      const { SqlServerSource } = await import('./sqlserver/source.ts');
      return new SqlServerSource({ ...options, source });
    }
    case 'mysql': {
      const { MysqlSource } = await import('./mysql/source.ts');
      return new MysqlSource({ ...options, source });
    }
    case 'firebird': {
      const { FirebirdSource } = await import('./firebird/source.ts');
      return new FirebirdSource({ ...options, source });
    }
    case 'sqlite': {
      const { SqliteSource } = await import('./sqlite/source.ts');
      return new SqliteSource({ ...options, source });
    }
  }
}
