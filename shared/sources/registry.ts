import type { Engine, EngineOptions } from './engine.ts';
import { PostgresSource } from './postgres.ts';
import { SqliteSource } from './sqlite.ts';

/** The engines, a line each: a literal, because a packaged binary cannot scan its disk for them. */
export function openEngine(options: EngineOptions): Engine {
  const { source } = options;
  switch (source.engine) {
    case 'postgres':
      return new PostgresSource({ ...options, source });
    case 'sqlite':
      return new SqliteSource({ ...options, source });
  }
}
