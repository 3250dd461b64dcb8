import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { stringify } from 'yaml';
import { writtenDay } from '../../shared/day.ts';
import { worst } from '../../shared/doctor/health.ts';
import { type Invitation, type Presented, readInvitation } from '../../shared/enrolment/documents.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { readSecret } from '../../shared/options/secrets.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { askText, choose, confirm } from '../../shared/prompts.ts';
import type { SourceConfig } from '../../shared/sources/source-config.ts';
import { defaultFolders } from '../config/default-folders.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { examine } from '../doctor/examine.ts';
import { reportText } from '../doctor/report.ts';
import { askSource, type SourceOptions } from '../enrolment/ask-source.ts';
import { type FoundView, findViews } from '../enrolment/find-views.ts';
import { agentUrl, type ListenAddress, listenProposals, parseListen } from '../enrolment/listen-address.ts';
import { acceptInvitation, requireUnused } from '../enrolment/reply.ts';
import { withHome } from '../home.ts';

export interface InitOptions extends SourceOptions {
  readonly invite: string;
  readonly config?: string;
  readonly state?: string;
  readonly schema?: string;
  readonly listen?: string;
  readonly listenAnywhere?: boolean;
  readonly address?: string;
  readonly out?: string;
  /** Goes on although `doctor` found something to mend. */
  readonly evenSo?: boolean;
}

/** Enrols this agent by the invitation of a central: asks, looks, checks, writes configuration and reply. */
export async function init(options: InitOptions, context: ProgramContext): Promise<void> {
  const { print } = context;
  const now = new Date();
  const text = readInvitationFile(options.invite);
  const invitation = readInvitation(text, options.invite, now);
  const { uf, act, views } = invitation.document;
  print(
    `Convite da central para ${uf}: ACT ${act.number}, de ${writtenDay(act.begin)} a ${writtenDay(act.end)}; visões ${views.join(', ')}.`,
  );
  const folders = defaultFolders(context.environment);
  const file = options.config ?? folders.config;
  if (existsSync(file)) print(`Usando a configuração que já existe em ${file}.`);
  else writeConfig(file, await askConfig(options, invitation, folders.state, context));
  const config = readAgentConfig(file, context.environment);
  if (config.uf !== uf)
    throw new GuaritaError(
      'document-foreign',
      `${options.invite}: é de ${uf}; este agente é de ${config.uf}.`,
    );
  await withHome(config, (home) => requireUnused(home, invitation.document, options.invite));
  await requireHealthy(file, options, context);
  const granted = config.views.map(({ name }) => name).filter((name) => views.includes(name));
  if (granted.length === 0)
    throw new GuaritaError('view-not-granted', `A configuração não tem nenhuma de: ${views.join(', ')}.`);
  const url = agentUrl(config.listen, options.address);
  const reply = await withHome(config, (home) => {
    requireUnused(home, invitation.document, options.invite);
    return acceptInvitation(home, {
      ...{ invitation: invitation.document, text, central: invitation.certificate },
      ...{ id: config.id, url, views: granted, now },
    });
  });
  const out = options.out ?? `${uf}.resposta.json`;
  writeFileSync(out, reply.text, { mode: 0o600 });
  print(ending(file, out, uf, reply.code));
}

function ending(config: string, out: string, uf: string, code: string): string {
  return [
    `✓ Configuração em ${config}`,
    `✓ Resposta em ${out}`,
    '',
    'A central vai ler, por telefone, um código. Tem de ser este:',
    `    ${code}`,
    '',
    '→ Ponha o agente em serviço: guarita-agent install (ou, para experimentar, guarita-agent serve)',
    `→ Depois envie ${out} à central: guarita-central source accept ${uf}.resposta.json`,
  ].join('\n');
}

function readInvitationFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new GuaritaError('document-unreadable', `"${file}".`, { cause: error });
  }
}

async function askConfig(
  options: InitOptions,
  { document }: Presented<Invitation>,
  defaultState: string,
  context: ProgramContext,
): Promise<Record<string, unknown>> {
  const { uf, views, from } = document;
  const state = options.state ?? defaultState;
  const source = await askSource(options, { uf, state });
  const found = await lookForViews(source, options, views, context);
  const listen = await askListen(options);
  const allow = from.length === 0 ? {} : { allow: from };
  return {
    id: uf,
    uf,
    state,
    listen: { ...listen, ...allow },
    source,
    views: found.flatMap(({ config }) => config ?? []),
  };
}

async function lookForViews(
  source: SourceConfig,
  options: InitOptions,
  wanted: readonly string[],
  { environment, print }: ProgramContext,
): Promise<FoundView[]> {
  const password = 'password' in source ? readSecret(source.password, environment) : null;
  const isAsked = options.engine === undefined && options.schema === undefined;
  const told = isAsked
    ? await askText('Esquema (ou prefixo) das visões; "-" se nenhum', 'guarita')
    : options.schema;
  const schema = told === undefined || told === '-' || told === '' ? null : told;
  const found = await findViews({ source, password, wanted, schema });
  print('Visões:');
  for (const { name, config, said } of found) print(`  ${config === null ? '✗' : '✓'} ${name}: ${said}`);
  if (found.every(({ config }) => config === null)) {
    throw new GuaritaError(
      'view-missing',
      'Nenhuma foi achada: confira esquema e permissões ("guarita-agent sql" dá o roteiro ao DBA).',
    );
  }
  return found;
}

async function askListen(options: InitOptions): Promise<ListenAddress> {
  const anywhere = options.listenAnywhere === true;
  if (options.listen !== undefined) return parseListen(options.listen, anywhere);
  const proposals = listenProposals(networkInterfaces());
  const other = 'outro';
  const chosen = await choose('Endereço em que o agente atende (o da VPN)', [
    ...proposals.map(({ host, label }) => ({ name: label, value: host })),
    { name: 'outro…', value: other },
  ]);
  const host = chosen === other ? await askText('Endereço e porta', '10.8.0.5:8443') : chosen;
  return parseListen(
    host.includes(':') && !host.startsWith('[') && !host.includes('.') ? `[${host}]` : host,
    anywhere,
  );
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
): Promise<void> {
  // The agreement is what this is about to make.
  const checks = (await examine({ configFile, context })).filter(({ check }) => check !== 'agreement');
  const health = worst(checks.map((check) => check.health));
  context.print(reportText({ at: new Date().toISOString(), health, checks }));
  if (health !== 'critical' || options.evenSo === true) return;
  if (process.stdin.isTTY && (await confirm('Há o que corrigir (✗). Responder à central mesmo assim?')))
    return;
  throw new GuaritaError('enrolment-unready', `Configuração em ${configFile}.`);
}
