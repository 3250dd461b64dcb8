import { networkInterfaces } from 'node:os';
import { parseDocument } from 'yaml';
import type { Answers } from '../../shared/enrolment/database/answers.ts';
import { askSource } from '../../shared/enrolment/database/ask-source.ts';
import {
  askViews,
  lookForViews,
  placeOf,
  schemaNamed,
  type ViewOptions,
} from '../../shared/enrolment/database/ask-views.ts';
import { chooseModes } from '../../shared/enrolment/database/choose-modes.ts';
import { type FoundView, schemaOf } from '../../shared/enrolment/database/find-views.ts';
import type { Invitation } from '../../shared/enrolment/documents.ts';
import { asGuaritaError } from '../../shared/errors.ts';
import { rewriteFile, writePrivateFile } from '../../shared/private-file.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { confirm, isAsked } from '../../shared/prompts.ts';
import { readTextFile } from '../../shared/text-file.ts';
import type { AgentConfig } from '../config/config.ts';
import { judgeAgentConfig } from '../config/read-config.ts';
import { asOwnerOf } from '../state/as-owner.ts';
import { type ListenAddress, listenProposals, parseListen } from './listen-address.ts';

export interface ConfigOptions extends ViewOptions {
  readonly state?: string;
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
  const writePassword = (file: string, text: string) => asOwnerOf(state, () => writePrivateFile(file, text));
  const source = await askSource(options, { uf, answers, folder: state, writePassword });
  const views = await askViews(options, { source, wanted, answers, script: 'guarita-agent sql' }, context);
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
