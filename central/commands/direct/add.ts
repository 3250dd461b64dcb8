import { existsSync } from 'node:fs';
import { agreementTerm } from '../../../shared/act.ts';
import { type Agreement, requireInForce } from '../../../shared/agreement/agreement.ts';
import { count } from '../../../shared/count-format.ts';
import { writtenDay } from '../../../shared/day.ts';
import { condensed } from '../../../shared/doctor/condensed.ts';
import { worst } from '../../../shared/doctor/health.ts';
import { checkLines } from '../../../shared/doctor/report.ts';
import { type ExaminedSource, examineSource } from '../../../shared/doctor/source/examine-source.ts';
import { sourceCheckNames } from '../../../shared/doctor/source/names.ts';
import { keepingAnswers } from '../../../shared/enrolment/database/answers.ts';
import { askSource } from '../../../shared/enrolment/database/ask-source.ts';
import { askViews, type ViewOptions } from '../../../shared/enrolment/database/ask-views.ts';
import { namesAmong, requireWord } from '../../../shared/enrolment/withheld.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { writePrivateFile } from '../../../shared/private-file.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { confirm, isAsked } from '../../../shared/prompts.ts';
import { openConfigured } from '../../../shared/sources/open-engine.ts';
import { pagesOf } from '../../../shared/sources/source-config.ts';
import { type CentralOptions, readCentralConfig } from '../../central.ts';
import type { CentralConfig, DirectRule } from '../../config.ts';
import { requireEncrypted, requireFit, requireFitName } from '../../direct/fit.ts';
import { directHomeFile, withDirectHome } from '../../direct/home.ts';
import type { DirectSource } from '../../enrolment/direct-source.ts';
import { departureOf } from '../../enrolment/end.ts';
import {
  completeDirect,
  enrolledFile,
  isDirect,
  keptOf,
  readRecord,
  sourceFolder,
  writeRecord,
} from '../../enrolment/enrolled-source.ts';
import { oweFirstLoad } from '../../service/owe-first-load.ts';
import { sourceNameOf, viewsNamed } from '../source-names.ts';
import { whoCommands } from '../who-commands.ts';

export interface AddOptions extends CentralOptions, ViewOptions {
  readonly rule: string;
  readonly act: string;
  readonly begin: string;
  readonly months: string;
  readonly views?: string;
  /** Views that it is agreed to go without. */
  readonly without?: string;
  readonly schedule?: string;
  /** Puts what is told in the place of what was: another address, another agreement (of the same one, what was declared holds on). */
  readonly again?: boolean;
  /** Enrols although something is to be mended. */
  readonly evenSo?: boolean;
}

/** Told by `--help`. */
export const addHelp = `
Regra 1: a central lê o banco do estado pela VPN. Regra 5: pela internet, só com cifra e certificado conferido.
Pergunta o que não for dito, acha as visões, confere tudo o que o "guarita-agent doctor" confere (o usuário não pode
gravar) e guarda o acordo em registro assinado. Fora do prazo do acordo o banco não é aberto, nem para conferir.
Com agente (regra 2), que é o preferido: source invite. Qual regra serve a quem: docs/formas-de-transferencia.md.`;

/** Enrols a state whose database central reads itself. */
export async function addDirect(name: string, options: AddOptions, context: ProgramContext): Promise<void> {
  const config = readCentralConfig(options, context);
  const uf = sourceNameOf(name);
  const rule = ruleOf(options.rule);
  const file = enrolledFile(config.state, uf);
  const kept = keptFrom(config, uf, file, options.again === true);
  const wanted = wantedOf(options);
  const term = agreementTerm(options.begin, Number(options.months));
  const begun = agreementOf(options.act, term, wanted);
  await requireStanding(config, uf, begun);
  const standing = {
    uf,
    enrolled: new Date().toISOString(),
    schedule: options.schedule ?? null,
    ended: null,
  };
  const { record, rows } = await keepingAnswers(file, context, async (answers) => {
    const folder = sourceFolder(config.state, uf);
    const source = await askSource(options, { uf, answers, folder, writePassword: writePrivateFile });
    requireFit(rule, source);
    await requireFitName(rule, source);
    const script = `guarita-central source sql ${uf} --engine ${source.engine}`;
    const views = await askViews(options, { source, wanted, answers, script }, context);
    const missing = wanted.filter((name) => !views.some((view) => view.name === name));
    await requireWord(missing, [], 'Cadastrar sem elas?');
    const made = completeDirect({ rule, ...standing, ...kept, source, views });
    return { record: made, rows: await requireHealthy(made, options, context) };
  });
  const views = record.views.map((view) => view.name);
  const agreement = await withDirectHome(config, uf, ({ agreements, journal }) => {
    const standing = agreements.beginStanding({ ...begun, views });
    journal.event({ event: 'source-added', rule, views, by: whoCommands(context) });
    return standing;
  });
  writeRecord(file, { ...record, rows });
  oweFirstLoad(config.state, uf);
  context.print(
    [
      `✓ ${uf} cadastrado pela regra ${rule}: ACT ${agreement.number}, até ${writtenDay(agreement.end)}; visões ${views.join(', ')}.`,
      '  Sem agente, a prova são as observações da central (guarita-central receipts verify), e a auditoria do próprio banco.',
      `→ Primeira carga: o serviço, se está no ar, começa já; senão, quando for iniciado, ou guarita-central collect ${uf}.`,
    ].join('\n'),
  );
}

function ruleOf(text: string): DirectRule {
  if (text === '1') return 1;
  if (text === '5') return 5;
  throw new GuaritaError(
    'option-invalid',
    `--rule: "${text}"; por aqui, 1 ou 5 (2, com agente: source invite).`,
  );
}

/** What is looked for: of the views asked for, those that it is not agreed to go without. Throws `option-invalid`. */
function wantedOf({ views, without: list }: AddOptions): string[] {
  const asked = viewsNamed(views);
  const without = namesAmong(list, asked, '--without: não se pede');
  const wanted = asked.filter((name) => !without.includes(name));
  if (wanted.length > 0) return wanted;
  throw new GuaritaError('option-invalid', '--without: não sobra visão a ler.');
}

/** Throws `already-enrolled`; of one that was here before, what is kept of it. */
function keptFrom(
  config: CentralConfig,
  uf: string,
  file: string,
  again: boolean,
): ReturnType<typeof keptOf> {
  if (config.sources.some((source) => source.uf === uf && 'agentKey' in source)) {
    throw new GuaritaError('already-enrolled', `${uf}: está em "sources", na configuração.`);
  }
  if (!existsSync(file)) return {};
  const known = readRecord(file);
  const isHere = departureOf(known) === null;
  if (isHere && !isDirect(known)) {
    throw new GuaritaError(
      'option-invalid',
      `${uf} tem agente (regra 2): antes, guarita-central source end ${uf}.`,
    );
  }
  if (isHere && !again) throw new GuaritaError('already-enrolled', `${uf}.`);
  return keptOf(known);
}

function agreementOf(
  act: string,
  term: ReturnType<typeof agreementTerm>,
  views: readonly string[],
): Agreement {
  return {
    number: act,
    begin: term.begin.toISOString(),
    end: term.end.toISOString(),
    views: [...views],
    extensions: [],
    declared: 'active',
    reason: null,
  };
}

/** Outside of the agreement the database is not opened, not even to check. */
async function requireStanding(config: CentralConfig, uf: string, begun: Agreement): Promise<void> {
  // Of a state that never was here, nothing is made before it is enrolled.
  if (!existsSync(directHomeFile(config.state, uf))) requireInForce(begun, Date.now());
  else await withDirectHome(config, uf, ({ agreements }) => void agreements.standing(begun));
}

/** All that an agent's `doctor` checks of a database. Throws `source-unready`, `rule-unfit`; returns the rows of each view. */
async function requireHealthy(
  { rule, source, views }: DirectSource,
  options: AddOptions,
  context: ProgramContext,
): Promise<ExaminedSource['rows']> {
  const engine = await openConfigured({ source, views, pages: pagesOf() }, context);
  const pause = context.pause === undefined ? {} : { pause: context.pause };
  const examined = await examineSource({
    ...{ config: { source, views }, engine, clock: Date.now, signal: context.stop, onStep: () => undefined },
    ...pause,
  });
  const { checks, rows } = examined;
  context.print(
    [...checkLines(condensed(checks, 'view'), sourceCheckNames), '', costOf(examined, views)].join('\n'),
  );
  if (examined.session !== null) requireEncrypted(rule, examined.session);
  if (worst(checks.map(({ health }) => health)) !== 'critical' || options.evenSo === true) return rows;
  if (isAsked() && (await confirm('Há o que corrigir (✗). Cadastrar mesmo assim?'))) return rows;
  throw new GuaritaError('source-unready');
}

/** What crosses the line because there is no agent: digests are made here, of whole views. */
function costOf({ bytes }: ExaminedSource, views: DirectSource['views']): string {
  const sum = (names: readonly string[]) => names.reduce((total, name) => total + (bytes[name] ?? 0), 0);
  const all = sum(Object.keys(bytes));
  const each = sum(views.filter(({ mode }) => mode === 'snapshot').map((view) => view.name));
  const daily =
    each === 0 ? '' : ` Cada coleta, ${megabytes(each)}: as visões sem marca d’água vêm inteiras.`;
  return `Pela rede, sem agente: cada conferência completa traz ${megabytes(all)}.${daily}`;
}

function megabytes(bytes: number): string {
  return `${count.format(Math.ceil(bytes / 1e6))} MB`;
}
