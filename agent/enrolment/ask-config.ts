import { networkInterfaces } from 'node:os';
import { parseDocument } from 'yaml';
import type { Invitation } from '../../shared/enrolment/documents.ts';
import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import { readSecret } from '../../shared/options/secrets.ts';
import { rewriteFile } from '../../shared/private-file.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { confirm, isAsked } from '../../shared/prompts.ts';
import type { SourceConfig } from '../../shared/sources/source-config.ts';
import { readTextFile } from '../../shared/text-file.ts';
import type { AgentConfig } from '../config/config.ts';
import { judgeAgentConfig } from '../config/read-config.ts';
import type { Answers } from './answers.ts';
import { askSource, type SourceOptions } from './ask-source.ts';
import { chooseModes } from './choose-modes.ts';
import { type FoundView, findViews, relationIn, schemaOf, type ViewPlace, viewLine } from './find-views.ts';
import { type ListenAddress, listenProposals, parseListen } from './listen-address.ts';

export interface ConfigOptions extends SourceOptions {
  readonly state?: string;
  readonly schema?: string;
  readonly listen?: string;
  readonly listenAnywhere?: boolean;
}

interface Asked {
  readonly invitation: Invitation;
  /** What is looked for: of the views that central asks for, those that are meant to be granted. */
  readonly wanted: readonly string[];
  readonly defaultState: string;
  readonly answers: Answers;
}

/**
 * What goes into a new configuration, as told or as asked. Throws `option-invalid`, `view-missing`, `views-withheld`,
 * `config-invalid`, and what the database does.
 */
export async function askConfig(
  options: ConfigOptions,
  { invitation: { uf, from }, wanted, defaultState, answers }: Asked,
  context: ProgramContext,
): Promise<Record<string, unknown>> {
  // What was told is judged before anything is asked.
  const told = toldListen(options);
  const state = options.state ?? defaultState;
  const source = await askSource(options, { uf, state, answers });
  const schema = await askSchema(options, answers);
  const place = placeOf(source, schema, context);
  const found = await lookForViews(place, wanted, context);
  if (found.every(({ config }) => config === null)) throw noneFound(place, wanted);
  const chosen = await chooseModes(found, { place, answers, log: null }, context);
  const views = chosen.flatMap(({ config }) => config ?? []);
  if (views.length === 0)
    throw new GuaritaError('views-withheld', `De fora: ${wanted.join(', ')}. Não sobra visão a publicar.`);
  const listen = told ?? (await askListen(options, answers));
  const allow = from.length === 0 ? {} : { allow: from };
  const config = { id: uf, uf, state, listen: { ...listen, ...allow }, source, views };
  judgeAgentConfig(config, context.environment);
  return config;
}

interface Completing {
  readonly schema: string | undefined;
  readonly wanted: readonly string[];
  /** Views that are to be published, told beforehand. */
  readonly also: readonly string[];
  readonly answers: Answers;
}

/**
 * Looks again for views that a configuration lacks: they may have been made since, or were left out on purpose, so they
 * are put in by the state's word alone; what else the file says stays as it is. Throws what the database does.
 */
export async function completeConfig(
  file: string,
  { source, views }: Pick<AgentConfig, 'source' | 'views'>,
  { schema: told, wanted, also, answers }: Completing,
  context: ProgramContext,
): Promise<void> {
  const missing = wanted.filter((name) => !views.some((view) => view.name === name));
  if (missing.length === 0) return;
  context.print(`Pedidas e ainda não configuradas: ${missing.join(', ')}.`);
  const schemas = views.map((view) => schemaOf(source.engine, view));
  const schema = told === undefined ? (schemas.find((each) => each !== null) ?? null) : schemaNamed(told);
  const place = placeOf(source, schema, context);
  const found = (await lookForViews(place, missing, context)).filter(({ config }) => config !== null);
  const agreed = await agreedTo(found, also, context);
  const log = views.find(({ changelog }) => changelog !== undefined)?.changelog ?? null;
  const chosen = await chooseModes(agreed, { place, answers, log }, context);
  const configs = chosen.flatMap(({ config }) => config ?? []);
  if (configs.length === 0) return;
  const document = parseDocument(readTextFile(file));
  for (const config of configs) document.addIn(['views'], document.createNode(config));
  judgeAgentConfig(document.toJS(), context.environment);
  rewriteFile(file, document.toString({ lineWidth: 0 }));
}

/** Those that the state publishes as well: told beforehand, or agreed to. */
async function agreedTo(
  found: readonly FoundView[],
  also: readonly string[],
  { print }: ProgramContext,
): Promise<readonly FoundView[]> {
  const untold = found.flatMap(({ name }) => (also.includes(name) ? [] : name));
  if (untold.length === 0) return found;
  if (isAsked() && (await confirm(`Publicar também: ${untold.join(', ')}?`))) return found;
  if (!isAsked()) print(`→ Para publicar também: --also ${untold.join(',')}`);
  return found.filter(({ name }) => also.includes(name));
}

function placeOf(source: SourceConfig, schema: string | null, { environment }: ProgramContext): ViewPlace {
  const password = 'password' in source ? readSecret(source.password, environment) : null;
  return { source, schema, password };
}

/** Where the engine is told on the command line, so is all else: then none is the user's own names. */
async function askSchema({ engine, schema }: ConfigOptions, answers: Answers): Promise<string | null> {
  if (schema !== undefined || engine !== undefined) return schemaNamed(schema ?? '-');
  const preset = 'guarita';
  return schemaNamed(
    await answers.text('schema', 'Esquema (ou prefixo) das visões; "-" se nenhum', { preset }),
  );
}

function schemaNamed(told: string): string | null {
  return told === '-' || told === '' ? null : told;
}

async function lookForViews(
  place: ViewPlace,
  wanted: readonly string[],
  context: ProgramContext,
): Promise<FoundView[]> {
  const found = await findViews(place, wanted);
  context.print('Visões:');
  for (const view of found) context.print(viewLine(view));
  return found;
}

function noneFound(place: ViewPlace, [first = '']: readonly string[]): GuaritaError {
  const { schema } = place;
  const relation = relationIn(place, first);
  const isPrefix = schema !== null && relation.toLowerCase().startsWith(`${schema.toLowerCase()}_`);
  const hint =
    isPrefix && schema.endsWith('_')
      ? `O prefixo vai sem o sublinhado do fim: "${schema.replace(/_+$/, '')}".`
      : 'Confira o esquema e as permissões; "guarita-agent sql" dá o roteiro ao DBA.';
  return new GuaritaError(
    'view-missing',
    `Nenhuma foi achada ${schema === null ? 'sem esquema' : `em "${schema}"`} (a primeira, como ${relation}). ${hint}`,
  );
}

function toldListen({ listen, listenAnywhere }: ConfigOptions): ListenAddress | null {
  return listen === undefined ? null : parseListen(listen, listenAnywhere === true);
}

async function askListen(options: ConfigOptions, answers: Answers): Promise<ListenAddress> {
  const anywhere = options.listenAnywhere === true;
  const proposals = listenProposals(networkInterfaces());
  const other = 'outro';
  const chosen = await answers.choice('listen', 'Endereço em que o agente atende (o da VPN)', [
    ...proposals.map(({ host, label }) => ({ name: label, value: host })),
    { name: 'outro…', value: other },
  ]);
  if (chosen !== other) return parseListen(chosen.includes(':') ? `[${chosen}]` : chosen, anywhere);
  const typed = await answers.text('listenOther', 'Endereço e porta (10.8.0.5:8443)', {
    check: (text) => faultIn(() => parseListen(text, anywhere)),
  });
  return parseListen(typed, anywhere);
}

function faultIn(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return asGuaritaError(error).detail;
  }
}
