import { existsSync } from 'node:fs';
import { stringify } from 'yaml';
import { writtenDay } from '../../shared/day.ts';
import { worst } from '../../shared/doctor/health.ts';
import { keepingAnswers } from '../../shared/enrolment/database/answers.ts';
import { type Invitation, type Presented, readInvitation } from '../../shared/enrolment/documents.ts';
import { namesAmong, requireWord } from '../../shared/enrolment/withheld.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { readGivenFile, requireWritable, writeGivenFile } from '../../shared/given-file.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { confirm, isAsked } from '../../shared/prompts.ts';
import type { AgentConfig } from '../config/config.ts';
import { defaultFolders } from '../config/default-folders.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { type Examined, examine } from '../doctor/examine.ts';
import { reportText } from '../doctor/report.ts';
import { askConfig, type ConfigOptions, completeConfig } from '../enrolment/ask-config.ts';
import { agentUrl } from '../enrolment/listen-address.ts';
import { acceptInvitation, keptReply, type MadeReply, requireUnused } from '../enrolment/reply.ts';
import { withHome } from '../home.ts';

export interface InitOptions extends ConfigOptions {
  readonly invite: string;
  readonly config?: string;
  readonly address?: string;
  readonly out?: string;
  /** Goes on although `doctor` found something to mend. */
  readonly evenSo?: boolean;
  /** Views that central asks for and is not to be granted. */
  readonly without?: string;
  /** Views that the configuration lacks and is to publish from now on, without a question. */
  readonly also?: string;
}

/** Enrols this agent by the invitation of a central: asks, looks, checks, writes configuration and reply. */
export async function init(options: InitOptions, context: ProgramContext): Promise<void> {
  const { print } = context;
  const now = new Date();
  const text = readGivenFile(options.invite);
  const invitation = readInvitation(text, options.invite, now);
  const { uf, act, views } = invitation.document;
  print(
    `Convite da central para ${uf}: ACT ${act.number}, de ${writtenDay(act.begin)} a ${writtenDay(act.end)}; visões ${views.join(', ')}.`,
  );
  const out = options.out ?? `${uf}.resposta.json`;
  requireWritable(out);
  const without = namesAmong(options.without, views, '--without: o convite não pede');
  const wanted = views.filter((name) => !without.includes(name));
  if (wanted.length === 0) throw new GuaritaError('option-invalid', '--without: não sobra visão a publicar.');
  const also = namesAmong(options.also, wanted, '--also: o convite não pede, ou --without deixa de fora,');
  const file = options.config ?? defaultFolders(context.environment).config;
  const known = existsSync(file) ? configOf(file, options, invitation.document, context) : null;
  const lost = known === null ? null : await lostReply(known, options, { invitation, out });
  if (lost !== null) {
    writeReply(out, lost, context);
    print(ending({ config: file, out, uf, withheld: [], code: lost.code }));
    return;
  }
  const asked = { invitation: invitation.document, wanted };
  const config =
    known === null
      ? await makeConfig(file, options, asked, context)
      : await completed(file, known, { schema: options.schema, wanted, also }, context);
  const url = agentUrl(config.listen, options.address);
  const counted = await requireHealthy(file, options, context);
  const granted = wanted.filter((name) => config.views.some((view) => view.name === name));
  if (granted.length === 0)
    throw new GuaritaError('view-not-granted', `A configuração não tem nenhuma de: ${views.join(', ')}.`);
  const withheld = views.filter((name) => !granted.includes(name));
  await requireWord(withheld, without, 'Responder à central sem elas? O convite só vale uma vez.');
  const reply = await withHome(config, (home) => {
    requireUnused(home, invitation.document, options.invite);
    return acceptInvitation(home, {
      ...{ invitation: invitation.document, text, central: invitation.certificate },
      ...{ id: config.id, folder: config.state, url, views: granted, now },
      rows: Object.fromEntries(
        granted.flatMap((view) => (Object.hasOwn(counted, view) ? [[view, counted[view] ?? 0]] : [])),
      ),
    });
  });
  writeReply(out, reply, context);
  print(ending({ config: file, out, uf, withheld, code: reply.code }));
}

/** The configuration as it is in its file. Throws also `document-foreign`. */
function configOf(
  file: string,
  { invite }: InitOptions,
  { uf }: Invitation,
  { environment }: ProgramContext,
): AgentConfig {
  const config = readAgentConfig(file, environment);
  if (config.uf === uf) return config;
  throw new GuaritaError('document-foreign', `${invite}: é de ${uf}; este agente é de ${config.uf}.`);
}

/**
 * The reply to an invitation that was answered, where its file is not there as it was made; null for one that was not
 * answered. Throws `document-used`.
 */
function lostReply(
  config: AgentConfig,
  { invite }: InitOptions,
  { invitation: { document }, out }: { readonly invitation: Presented<Invitation>; readonly out: string },
): Promise<MadeReply | null> {
  return withHome(config, (home) => {
    const kept = keptReply(home, document, config.state);
    if (kept !== null && !(existsSync(out) && readGivenFile(out) === kept.text)) return kept;
    requireUnused(home, document, invite);
    return null;
  });
}

function writeReply(out: string, { text }: MadeReply, { print }: ProgramContext): void {
  try {
    writeGivenFile(out, text, 0o600);
  } catch (error) {
    print('O convite está respondido, e a resposta, guardada: rode o mesmo comando para gravá-la de novo.');
    throw error;
  }
}

/** The configuration that there is, with the views that it lacked. */
async function completed(
  file: string,
  config: AgentConfig,
  wanted: Omit<Parameters<typeof completeConfig>[2], 'answers'>,
  context: ProgramContext,
): Promise<AgentConfig> {
  context.print(`Usando a configuração que já existe em ${file}.`);
  await keepingAnswers(file, context, (answers) =>
    completeConfig(file, config, { ...wanted, answers }, context),
  );
  return readAgentConfig(file, context.environment);
}

/** Asks for what was not told; until the file is written, the answers are kept beside it. */
async function makeConfig(
  file: string,
  options: InitOptions,
  asked: { readonly invitation: Invitation; readonly wanted: readonly string[] },
  context: ProgramContext,
): Promise<AgentConfig> {
  const defaultState = defaultFolders(context.environment).state;
  await keepingAnswers(file, context, async (answers) =>
    writeConfig(file, await askConfig(options, { ...asked, defaultState, answers }, context)),
  );
  return configOf(file, options, asked.invitation, context);
}

interface Ending {
  readonly config: string;
  readonly out: string;
  readonly uf: string;
  readonly code: string;
  readonly withheld: readonly string[];
}

function ending({ config, out, uf, code, withheld }: Ending): string {
  return [
    `✓ Configuração em ${config}`,
    `✓ Resposta em ${out}`,
    ...(withheld.length === 0
      ? []
      : [`⚠ Sem ${withheld.join(', ')}: entram depois, por um convite novo da central.`]),
    '',
    'A central vai ler, por telefone, um código. Tem de ser este:',
    `    ${code}`,
    '',
    '→ Ponha o agente em serviço: guarita-agent install (ou, para experimentar, guarita-agent serve)',
    `→ Depois envie ${out} à central: guarita-central source accept ${uf}.resposta.json`,
  ].join('\n');
}

/** Written beside nothing else: the folder may be of the administrator. */
function writeConfig(file: string, config: Record<string, unknown>): void {
  writePrivateFile(
    file,
    `# Configuração do guarita-agent; "guarita-agent config sample" mostra tudo o que há.\n${stringify(config)}`,
  );
}

async function requireHealthy(
  configFile: string,
  options: InitOptions,
  context: ProgramContext,
): Promise<Examined['rows']> {
  const { checks: all, rows } = await examine({ configFile, context });
  // The agreement is what this is about to make.
  const checks = all.filter(({ check }) => check !== 'agreement');
  const health = worst(checks.map((check) => check.health));
  context.print(reportText({ at: new Date().toISOString(), health, checks }));
  if (health !== 'critical' || options.evenSo === true) return rows;
  if (isAsked() && (await confirm('Há o que corrigir (✗). Responder à central mesmo assim?'))) return rows;
  throw new GuaritaError('enrolment-unready', `Configuração em ${configFile}.`);
}
