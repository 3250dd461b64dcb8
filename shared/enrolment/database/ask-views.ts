import { GuaritaError } from '../../errors.ts';
import { readSecret } from '../../options/secrets.ts';
import type { ProgramContext } from '../../program.ts';
import type { SourceConfig } from '../../sources/source-config.ts';
import type { ViewConfig } from '../../sources/view-config.ts';
import type { Answers } from './answers.ts';
import type { SourceOptions } from './ask-source.ts';
import { chooseModes } from './choose-modes.ts';
import { type FoundView, findViews, relationIn, type ViewPlace, viewLine } from './find-views.ts';

export interface ViewOptions extends SourceOptions {
  readonly schema?: string;
}

interface Asked {
  readonly source: SourceConfig;
  /** What is looked for, by the names of the dictionary. */
  readonly wanted: readonly string[];
  readonly answers: Answers;
  /** The command that prints the script for the DBA. */
  readonly script: string;
}

/**
 * The views that are found in a state's database, as they are to be read. Throws `option-invalid`, `view-missing`,
 * `views-withheld`, and what the database does.
 */
export async function askViews(
  options: ViewOptions,
  { source, wanted, answers, script }: Asked,
  context: ProgramContext,
): Promise<ViewConfig[]> {
  const place = placeOf(source, await askSchema(options, answers), context);
  const found = await lookForViews(place, wanted, context);
  if (found.every(({ config }) => config === null)) throw noneFound(place, wanted, script);
  const chosen = await chooseModes(found, { place, answers, log: null }, context);
  const views = chosen.flatMap(({ config }) => config ?? []);
  if (views.length > 0) return views;
  throw new GuaritaError('views-withheld', `De fora: ${wanted.join(', ')}. Não sobra visão a publicar.`);
}

export function placeOf(
  source: SourceConfig,
  schema: string | null,
  { environment }: ProgramContext,
): ViewPlace {
  const password = 'password' in source ? readSecret(source.password, environment) : null;
  return { source, schema, password };
}

export function schemaNamed(told: string): string | null {
  return told === '-' || told === '' ? null : told;
}

/** Looks for views, and tells of each what was found. Throws the errors of `describe`. */
export async function lookForViews(
  place: ViewPlace,
  wanted: readonly string[],
  context: ProgramContext,
): Promise<FoundView[]> {
  const found = await findViews(place, wanted);
  context.print('Visões:');
  for (const view of found) context.print(viewLine(view));
  return found;
}

/** Where the engine is told on the command line, so is all else: then none is the user's own names. */
async function askSchema({ engine, schema }: ViewOptions, answers: Answers): Promise<string | null> {
  if (schema !== undefined || engine !== undefined) return schemaNamed(schema ?? '-');
  const preset = 'guarita';
  return schemaNamed(
    await answers.text('schema', 'Esquema (ou prefixo) das visões; "-" se nenhum', { preset }),
  );
}

function noneFound(place: ViewPlace, [first = '']: readonly string[], script: string): GuaritaError {
  const { schema } = place;
  const relation = relationIn(place, first);
  const isPrefix = schema !== null && relation.toLowerCase().startsWith(`${schema.toLowerCase()}_`);
  const hint =
    isPrefix && schema.endsWith('_')
      ? `O prefixo vai sem o sublinhado do fim: "${schema.replace(/_+$/, '')}".`
      : `Confira o esquema e as permissões; "${script}" dá o roteiro ao DBA.`;
  return new GuaritaError(
    'view-missing',
    `Nenhuma foi achada ${schema === null ? 'sem esquema' : `em "${schema}"`} (a primeira, como ${relation}). ${hint}`,
  );
}
