import { existsSync } from 'node:fs';
import { agreementTerm } from '../../shared/act.ts';
import { allowedAddresses } from '../../shared/allowed-addresses.ts';
import { writtenDay } from '../../shared/day.ts';
import { namesAmong, requireWord } from '../../shared/enrolment/withheld.ts';
import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import { readGivenFile, writeGivenFile } from '../../shared/given-file.ts';
import { problems } from '../../shared/problems/catalogue.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { confirm } from '../../shared/prompts.ts';
import { readCertificate } from '../../shared/signing/certificates.ts';
import { type CentralOptions, readCentralConfig, sourcesNamed } from '../central.ts';
import { type CentralConfig, hasLeft, isDirectEntry, recordOf, type SourceEntry } from '../config.ts';
import { type AcceptableReply, judgeReply } from '../enrolment/accept.ts';
import { adoptWhenKnown } from '../enrolment/adopt.ts';
import { departureOf, noteEnd } from '../enrolment/end.ts';
import {
  type EnrolledSource,
  enrolledFile,
  isDirect,
  keptOf,
  readDirect,
  readRecord,
  type SourceRecord,
  writeRecord,
} from '../enrolment/enrolled-source.ts';
import { readGrantFacts } from '../enrolment/grant-facts.ts';
import { closeInvitation, createInvitation } from '../enrolment/invite.ts';
import { renewTrust } from '../enrolment/renew.ts';
import { readGrant, trustOf } from '../enrolment/trust.ts';
import { centralIdentities } from '../identities.ts';
import { openEntry, openTrusted, readIdentities } from '../service/collect-entry.ts';
import { oweFirstLoad } from '../service/owe-first-load.ts';
import { openCentralState } from '../state/state.ts';
import { ownTerm, renewDirect } from './direct/term.ts';
import { sourceNameOf, viewsNamed } from './source-names.ts';

export interface InviteOptions extends CentralOptions {
  readonly act: string;
  readonly begin: string;
  readonly months: string;
  readonly views?: string;
  readonly from?: string;
  readonly out?: string;
}

/** Writes the invitation of a state, a file to be sent to its IT. */
export async function inviteSource(
  name: string,
  options: InviteOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const uf = sourceNameOf(name);
  const views = viewsNamed(options.views);
  const from = options.from?.split(',').map((address) => address.trim()) ?? [];
  allowedAddresses(from, '--from');
  const term = agreementTerm(options.begin, Number(options.months));
  const identity = await centralIdentities(config).current();
  const invitation = { uf, act: options.act, term, views, from };
  const text = createInvitation(config.state, identity, invitation, new Date());
  const file = options.out ?? `${uf}.convite.json`;
  writeGivenFile(file, text);
  context.print(
    [
      `Convite de ${uf} gravado em ${file}: ACT ${options.act}, visões ${views.join(', ')}.`,
      `→ Envie o arquivo ao estado. Lá: guarita-agent init --invite ${uf}.convite.json`,
      `→ A resposta entra com: guarita-central source accept ${uf}.resposta.json (o convite vale 30 dias).`,
    ].join('\n'),
  );
}

export interface AcceptOptions extends CentralOptions {
  /** The code as the state's IT read it out, or `true` for a trial without a person. */
  readonly code?: string;
  readonly schedule?: string;
  readonly again?: boolean;
  /** Views without which the state is enrolled all the same. */
  readonly without?: string;
}

/** Enrols a state by its reply: compares the code by phone, then reads one page as proof. */
export async function acceptSource(
  file: string,
  options: AcceptOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const identity = await centralIdentities(config).current();
  const { state } = config;
  const text = readGivenFile(file);
  const judge = () =>
    judgeReply(text, file, { state, identity, now: new Date(), again: options.again === true });
  const judged = judge();
  tell(judged, context);
  const without = namesAmong(options.without, judged.withheld, '--without: não ficou de fora');
  await requireWord(judged.withheld, without, 'Cadastrar sem elas?');
  await requireSameCode(judged.code, options.code);
  const { page, before } = await readOnePage(config, judged.source);
  // Who was asked, or was waited for, took their time: the state may have been taken off since, and its invitation back.
  judge();
  const record = enrolledFile(state, judged.source.uf);
  const known = knownOf(record);
  const source = { ...judged.source, schedule: options.schedule ?? null, ...keptOf(known) };
  const isKnown = known !== null && isSameAgent(known, source);
  // Before the record: what is cut short between the two is done again by another acceptance.
  if (!isKnown) beginJournal(state, source.uf, before);
  writeRecord(record, source);
  closeInvitation(state, source.uf, judged.reply.invitation);
  oweFirstLoad(state, source.uf);
  context.print(
    [
      `✓ Conectou, conferiu os dois certificados e leu uma página de ${page.view}: ${page.rows} linhas.`,
      `✓ ${source.uf} cadastrado.`,
      `→ Primeira carga: o serviço, se está no ar, começa já; senão, quando for iniciado, ou guarita-central collect ${source.uf}.`,
      ...laterOf(judged),
    ].join('\n'),
  );
}

/** What is known of a state that was enrolled before. */
function knownOf(record: string): SourceRecord | null {
  return existsSync(record) ? readRecord(record) : null;
}

/** Whether it is the same agent, enrolled again: its journal goes on. */
function isSameAgent(before: SourceRecord, source: EnrolledSource): boolean {
  if (isDirect(before)) return false;
  const thumbprints = ({ certificates }: EnrolledSource) =>
    certificates.map(({ pem }) => readCertificate(pem).key.thumbprint);
  const known = thumbprints(before);
  return thumbprints(source).every((thumbprint) => known.includes(thumbprint));
}

/** The journal of another agent begins anew, after the last receipt of those before. */
function beginJournal(folder: string, source: string, lastOfOthers: number): void {
  const state = openCentralState(folder);
  try {
    state.journals.begin(source, lastOfOthers);
  } finally {
    state.close();
  }
}

/** Asks the agents for their present grants, and takes up again those whose agreement was extended. */
export async function renewSources(
  names: readonly string[],
  options: CentralOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const identities = await readIdentities(config);
  const state = openCentralState(config.state);
  let failure: unknown = null;
  for (const source of sourcesNamed(config, names)) {
    if (recordOf(source) === null) continue;
    // Named, it is told how it comes back.
    if (hasLeft(source) && names.length === 0) continue;
    try {
      if (isDirectEntry(source)) {
        const { act, end } = await renewDirect(config, source);
        context.print(`✓ ${source.uf}: ACT ${act}, até ${writtenDay(end)}.`);
        continue;
      }
      if (!('record' in source)) continue;
      const open = () =>
        openEntry({ source, config, state }, identities, (view, receipt) =>
          state.journals.receive(null, source.uf, view, receipt),
        );
      await renewTrust({ record: source.record, open, next: identities.next, now: new Date() });
      const { act, end } = readGrantFacts(readGrant(source));
      context.print(`✓ ${source.uf}: ACT ${act}, até ${writtenDay(end)}.`);
    } catch (error) {
      const known = asGuaritaError(error);
      noteEnd(recordOf(source) ?? '', known, new Date());
      const { code } = known;
      context.print(`✗ ${source.uf}: [${code}] ${problems[code].pt.title}`);
      failure ??= error;
    }
  }
  state.close();
  await adoptWhenKnown(config);
  if (failure !== null) throw failure;
}

/** Names of the states that are known, and what is held of each. */
export function listSources(options: CentralOptions & { json?: boolean }, context: ProgramContext): void {
  const config = readCentralConfig(options, context);
  const rows = config.sources.map((source) => ({ uf: source.uf, ...placeOf(source), ...termOf(source) }));
  if (options.json === true) context.print(JSON.stringify(rows));
  else if (rows.length === 0) context.print('Nenhum estado cadastrado. → guarita-central source invite AL …');
  else {
    for (const { uf, rule, url, act, end, ended, left } of rows) {
      const over = left === null ? '  (encerrado)' : `  (saiu em ${writtenDay(left.at)})\n    ${left.reason}`;
      context.print(
        `${uf}  regra ${rule}  ${url}  ACT ${act ?? '?'} até ${end ?? '?'}${ended === null ? '' : over}`,
      );
    }
  }
}

/** By which rule a source is read, and where. */
function placeOf(source: SourceEntry): { readonly rule: number; readonly url: string } {
  if (!isDirectEntry(source)) return { rule: 2, url: source.url };
  const { engine } = readDirect(source.direct).source;
  return { rule: source.rule, url: `banco (${engine})` };
}

function termOf(source: SourceEntry) {
  const record = recordOf(source);
  const known = record === null ? null : readRecord(record);
  const over = { ended: known?.ended?.at ?? null, left: known === null ? null : departureOf(known) };
  try {
    const { act, end } = isDirectEntry(source) ? ownTerm(source) : readGrantFacts(readGrant(source));
    return { act, end: writtenDay(end), ...over };
  } catch {
    return { act: null, end: null, ...over };
  }
}

function tell({ reply, source, code, views, withheld }: AcceptableReply, { print }: ProgramContext): void {
  print(
    [
      `Resposta de ${source.uf}, agente em ${reply.url}, versão ${reply.software}.`,
      `Visões autorizadas: ${views.join(', ')}.`,
      ...(withheld.length === 0 ? [] : [`⚠ Pedidas e não autorizadas: ${withheld.join(', ')}.`]),
      '',
      'Compare por telefone com o que o "guarita-agent init" mostrou no estado:',
      `    ${code}`,
      '',
    ].join('\n'),
  );
}

/** How what was left out comes in later. */
function laterOf({ source: { uf }, withheld, views }: AcceptableReply): string[] {
  if (withheld.length === 0) return [];
  const all = [...views, ...withheld].join(',');
  return [
    `→ Ficaram de fora: ${withheld.join(', ')}. Quando o estado as tiver: novo convite (guarita-central source invite ${uf} --act … --begin … --views ${all}), e a resposta entra com --again.`,
  ];
}

/** Throws `document-foreign` when the code is not the one that the state sees. */
async function requireSameCode(code: string, given: string | undefined): Promise<void> {
  const same =
    given === undefined
      ? await confirm('O estado leu estes mesmos números?')
      : given.replaceAll(/\D/g, '') === code.replaceAll(' ', '');
  if (!same)
    throw new GuaritaError('document-foreign', 'O código não é o que o estado vê: não use esta resposta.');
}

/** Throws what a request to an agent throws: then the state is not enrolled. */
async function readOnePage(
  config: CentralConfig,
  enrolled: EnrolledSource,
): Promise<{ page: { view: string; rows: number }; before: number }> {
  const identities = await readIdentities(config);
  // The journal of who is only about to be enrolled is no line that central holds.
  const target = { url: enrolled.url, trust: trustOf(enrolled, new Date()), heldEntry: () => null };
  const state = openCentralState(config.state);
  const before = state.journals.lastReceipt(enrolled.uf);
  const source = openTrusted(target, config, identities, (view, receipt) =>
    state.runs.saveReceipt(null, enrolled.uf, view, receipt),
  );
  try {
    const { views, broken } = await source.describe();
    const [view] = views;
    if (view === undefined) {
      throw new GuaritaError(broken[0]?.problem ?? 'view-not-granted', broken[0]?.detail ?? '', {
        elsewhere: true,
      });
    }
    const { rows } = await source.page(view.name, { after: null, until: null });
    return { page: { view: view.name, rows }, before };
  } finally {
    await source.close();
    state.close();
  }
}
