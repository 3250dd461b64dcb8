import Type from 'typebox';
import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { asGuaritaError } from '../../shared/errors.ts';
import { completed } from '../../shared/options/read-config.ts';
import { problemOf } from '../../shared/problems/catalogue.ts';
import { openEngine } from '../../shared/sources/registry.ts';
import { type SourceConfig, sourceSchema } from '../../shared/sources/source-config.ts';
import type { ViewConfig } from '../../shared/sources/view-config.ts';
import { relationOf } from '../database-scripts/script.ts';

const sourceAlone = Type.Object({ source: sourceSchema });

/** A view of the dictionary, as it was found in the state database or not. */
export interface FoundView {
  readonly name: string;
  /** What goes into the configuration; null when it was not found. */
  readonly config: ViewConfig | null;
  /** What people read. */
  readonly said: string;
}

export interface ViewSearch {
  readonly source: SourceConfig;
  readonly password: string | null;
  /** Names of the views asked for. */
  readonly wanted: readonly string[];
  /** Schema in which they are looked for; none: where the user's own names lead. */
  readonly schema: string | null;
}

/** Looks for the views that central asks for, and compares them with the dictionary. Throws the errors of `describe`. */
export async function findViews({
  source: told,
  password,
  wanted,
  schema,
}: ViewSearch): Promise<FoundView[]> {
  // What was told, and for the rest what the configuration will mean.
  const { source } = completed(sourceAlone, { source: told }) as { source: SourceConfig };
  const proposed = wanted.map((name) => proposal(name, source.engine, schema));
  const pages = { bytes: 4 * 1024 * 1024, rows: 100_000 };
  const engine = await openEngine({ source, password, views: proposed, pages });
  try {
    const { views, broken } = await engine.describe();
    return proposed.map((config): FoundView => {
      const { name } = config;
      const found = views.find((view) => view.name === name);
      if (found !== undefined) return { name, config, said: columnsSaid(name, found.columns) };
      const problem = broken.find((view) => view.name === name);
      const why =
        problem === undefined
          ? 'não encontrada.'
          : `${problemOf(problem.problem).pt.title} ${problem.detail}`;
      return { name, config: null, said: why };
    });
  } catch (error) {
    throw asGuaritaError(error);
  } finally {
    await engine.close();
  }
}

function proposal(name: string, engine: SourceConfig['engine'], schema: string | null): ViewConfig {
  const standard = standardViews.find((view) => view.name === name);
  const watermark = standard?.watermark ?? null;
  return {
    name,
    ...(schema === null ? {} : { relation: relationOf(engine, schema, name) }),
    key: [...(standard?.key ?? ['id'])],
    ...(watermark === null ? { mode: 'snapshot' as const } : { watermark }),
  };
}

/** How the columns that a view has compare with those of the dictionary. */
function columnsSaid(name: string, columns: readonly { readonly name: string }[]): string {
  const standard = standardViews.find((view) => view.name === name)?.columns ?? [];
  const has = new Set(columns.map((column) => column.name.toLowerCase()));
  const missing = standard.filter((column) => !has.has(column.name));
  const required = missing.filter((column) => column.required).map((column) => column.name);
  if (required.length > 0) return `faltam colunas obrigatórias: ${required.join(', ')}`;
  if (missing.length === 0) return `${columns.length} colunas, todas as do dicionário`;
  return `${columns.length} colunas; do dicionário faltam, opcionais: ${missing.map((column) => column.name).join(', ')}`;
}
