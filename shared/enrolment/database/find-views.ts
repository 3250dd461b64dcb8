import Type from 'typebox';
import { relationOf } from '../../database-scripts/script.ts';
import { usualLog } from '../../database-scripts/usual-log.ts';
import { standardViews } from '../../dictionary/standard-views.ts';
import { connectTo } from '../../doctor/source/route.ts';
import { asGuaritaError, GuaritaError } from '../../errors.ts';
import { completed } from '../../options/read-config.ts';
import { problemOf } from '../../problems/catalogue.ts';
import type { Engine } from '../../sources/engine.ts';
import { openEngine } from '../../sources/registry.ts';
import { type SourceConfig, sourceSchema } from '../../sources/source-config.ts';
import type { ViewConfig } from '../../sources/view-config.ts';
import type { BrokenView } from '../../sources/view-source.ts';

const sourceAlone = Type.Object({ source: sourceSchema });

/** A view of the dictionary, as it was found in the state database or not. */
export interface FoundView {
  readonly name: string;
  /** What goes into the configuration; null when it was not found. */
  readonly config: ViewConfig | null;
  /** What people read. */
  readonly said: string;
  readonly columns: readonly string[];
  /** Whether it has all that the base cannot do without. */
  readonly isFit: boolean;
  /** The column by which the dictionary finds its changes, where that is not there or of no use: by the next best mode. */
  readonly lacks: string | null;
}

/** A view as people read it. */
export function viewLine({ name, config, said, isFit }: FoundView): string {
  return `  ${config !== null && isFit ? '✓' : '✗'} ${name}: ${said}`;
}

/** Where views are looked for. */
export interface ViewPlace {
  readonly source: SourceConfig;
  readonly password: string | null;
  /** Schema, or what their names begin with; null: where the user's own names lead. */
  readonly schema: string | null;
}

/**
 * Looks for the views that central asks for, and compares them with the dictionary. One whose changes cannot be found by
 * the dictionary's column is proposed to be compared as a whole. Throws the errors of `describe`, saying where.
 */
export async function findViews(place: ViewPlace, wanted: readonly string[]): Promise<FoundView[]> {
  const first = await tryViews(
    place,
    wanted.map((name) => proposal(place, name)),
  );
  const lacking = first.filter(({ lacks }) => lacks !== null).map(({ name }) => name);
  if (lacking.length === 0) return first;
  const second = await tryViews(
    place,
    lacking.map((name) => snapshotOf(proposal(place, name))),
  );
  return first.map((view) => {
    const again = second.find(({ name }) => name === view.name);
    return again === undefined ? view : { ...again, lacks: again.config === null ? null : view.lacks };
  });
}

/** What the database shows of views as they would be configured. Throws the errors of `describe`, saying where. */
export function tryViews(place: ViewPlace, proposed: readonly ViewConfig[]): Promise<FoundView[]> {
  return withEngine(place, proposed, async (engine) => {
    const { views, broken } = await engine.describe();
    return proposed.map((config): FoundView => {
      const { name } = config;
      const found = views.find((view) => view.name === name);
      if (found !== undefined) {
        const columns = found.columns.map((column) => column.name);
        return { name, config, ...compared(name, columns), columns, lacks: null };
      }
      const problem = broken.find((view) => view.name === name);
      const said = faultSaid(config, problem);
      return { name, config: null, said, columns: [], isFit: false, lacks: lackedBy(config, problem) };
    });
  });
}

/** The name of a log of changes beside the views, when there is one as the guide has it; else null. */
export async function findLog(place: ViewPlace): Promise<string | null> {
  const relation = relationIn(place, usualLog.name);
  const [log] = await tryViews(place, [
    { name: usualLog.name, relation, key: [usualLog.watermark], mode: 'snapshot' },
  ]);
  const has = [usualLog.key, usualLog.table].every((name) => log?.columns.includes(name));
  return has ? relation : null;
}

/** What a view, or a log, is called in the configuration. */
export function relationIn({ source, schema }: ViewPlace, name: string): string {
  return schema === null ? name : relationOf(source.engine, schema, name);
}

/** The schema in which a configured view is, for others to be looked for there, too; null where its name says none. */
export function schemaOf(engine: SourceConfig['engine'], { name, relation }: ViewConfig): string | null {
  if (typeof relation !== 'string') return null;
  const length = relation.length - name.length - 1;
  const schemas = [relation.slice(0, length), relation.slice(0, length).toLowerCase()];
  return schemas.find((schema) => schema !== '' && relationOf(engine, schema, name) === relation) ?? null;
}

/** The same view, compared as a whole at each collection. */
export function snapshotOf(config: ViewConfig): ViewConfig {
  const { watermark: _, changelog: __, ...view } = config;
  return { ...view, mode: 'snapshot' };
}

function proposal(place: ViewPlace, name: string): ViewConfig {
  const standard = standardViews.find((view) => view.name === name);
  const watermark = standard?.watermark ?? null;
  return {
    name,
    ...(place.schema === null ? {} : { relation: relationIn(place, name) }),
    key: [...(standard?.key ?? ['id'])],
    ...(watermark === null ? { mode: 'snapshot' as const } : { watermark }),
  };
}

/** A missing column may be that of the key: then the second look says so. */
function lackedBy({ watermark }: ViewConfig, problem: BrokenView | undefined): string | null {
  const isOfColumn = problem?.problem === 'column-missing' || problem?.problem === 'watermark-unusable';
  return isOfColumn ? (watermark ?? null) : null;
}

function faultSaid({ name, relation = name }: ViewConfig, problem: BrokenView | undefined): string {
  if (problem === undefined || problem.problem === 'view-missing') {
    // What comes after the names is what the database says of the reason.
    const [, reason] = /\): (.+)$/s.exec(problem?.detail ?? '') ?? [];
    const missing = `não existe, ou o usuário não pode ler: ${[relation].flat().join('.')}`;
    if (reason === undefined) return missing;
    // A right to some columns only: PostgreSQL says which.
    const isOfColumns = /\b(?:MySQL error 114[23]|SQL Server error 230)\b/.test(reason);
    const how = ' Se o direito é só de algumas colunas, liste-as em "columns", na configuração.';
    return `${missing}. ${reason}${isOfColumns ? how : ''}`;
  }
  return `${problemOf(problem.problem).pt.title} ${problem.detail}`;
}

/** How the columns that a view has compare with those of the dictionary. */
function compared(name: string, columns: readonly string[]): Pick<FoundView, 'said' | 'isFit'> {
  const standard = standardViews.find((view) => view.name === name)?.columns ?? [];
  const has = new Set(columns.map((column) => column.toLowerCase()));
  const missing = standard.filter((column) => !has.has(column.name));
  const required = namesOf(missing.filter((column) => column.required));
  if (required !== '') return { said: `faltam colunas obrigatórias: ${required}`, isFit: false };
  const count = `${columns.length} colunas`;
  const said =
    missing.length === 0
      ? `${count}, todas as do dicionário`
      : `${count}; do dicionário faltam, opcionais: ${namesOf(missing)}`;
  return { said, isFit: true };
}

function namesOf(columns: readonly { readonly name: string }[]): string {
  return columns.map(({ name }) => name).join(', ');
}

async function withEngine<T>(
  { source: told, password }: ViewPlace,
  views: readonly ViewConfig[],
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  // What was told, and for the rest what the configuration will mean.
  const { source } = completed(sourceAlone, { source: told }) as { source: SourceConfig };
  const pages = { bytes: 4 * 1024 * 1024, rows: 100_000 };
  const engine = await openEngine({ source, password, views: [...views], pages });
  try {
    await connectTo(engine.address, source);
    return await work(engine);
  } catch (error) {
    throw saidWhere(error, engine, source);
  } finally {
    await engine.close();
  }
}

/** Which server, database and user it was: what a person has just typed. */
function saidWhere(error: unknown, { address }: Engine, source: SourceConfig): GuaritaError {
  const known = asGuaritaError(error);
  if (!known.code.startsWith('source-') || 'file' in source) return known;
  const url = 'url' in source ? new URL(source.url) : null;
  const [database, user] =
    'url' in source
      ? [decodeURIComponent(url?.pathname.slice(1) ?? ''), decodeURIComponent(url?.username ?? '')]
      : [source.database, source.user];
  const server = address === null ? 'socket local' : `${address.host}:${address.port}`;
  const where = `banco "${database}", usuário "${user}"`;
  // A route that is none was told with the server already.
  const detail = known.detail.startsWith(server)
    ? `${known.detail} (${where}.)`
    : `${server}, ${where}. ${known.detail}`.trim();
  const isUnknown = /SQLSTATE 3D000|MySQL error 1049/.test(known.detail);
  const words = isUnknown ? `${detail} O servidor não tem esse banco.` : detail;
  return new GuaritaError(known.code, words, { cause: known.cause });
}
