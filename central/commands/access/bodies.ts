import { agreementTerm, lastInstantOf } from '../../../shared/act.ts';
import { daysAgo } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { plainJson, plainText } from '../../../shared/plain-text.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { isId } from '../../console/ids.ts';
import { type AccessOptions, atAccess, cpfOf, listOf } from './ask.ts';
import { grantsText } from './words.ts';

export async function addBody(
  short: string,
  name: string,
  options: AccessOptions,
  context: ProgramContext,
): Promise<void> {
  await atAccess(options, context, 'bodyAdd', { short: shortOf(short), name });
  context.print(
    `✓ Órgão ${shortOf(short)} criado. Falta dizer o que pode ver: "access grant add ${shortOf(short)}".`,
  );
}

/** Throws `body-unknown`; `option-invalid` of the central one. */
export async function endBody(
  short: string,
  { reason, ...options }: AccessOptions & { readonly reason: string },
  context: ProgramContext,
): Promise<void> {
  await atAccess(options, context, 'bodyEnd', { short: shortOf(short), reason });
  context.print(`✓ Órgão ${shortOf(short)} encerrado: seus papéis e concessões deixam de valer.`);
}

/** Throws `body-unknown`; `option-invalid` of the one that is it. */
export async function makeCentral(
  short: string,
  { reason, ...options }: AccessOptions & { readonly reason: string },
  context: ProgramContext,
): Promise<void> {
  await atAccess(options, context, 'bodyCentral', { short: shortOf(short), reason });
  context.print(`✓ ${shortOf(short)} é o órgão central: quem é cadastrador ali cuida de todos os órgãos.`);
}

export interface AuthorityOptions extends AccessOptions {
  readonly name: string;
  readonly office: string;
  readonly email: string;
  readonly cpf: string;
}

/** Throws `option-invalid`, `body-unknown`. */
export async function setAuthority(
  short: string,
  { name, office, email, cpf, ...options }: AuthorityOptions,
  context: ProgramContext,
): Promise<void> {
  const authority = { short: shortOf(short), name, office, email, cpf: cpfOf(cpf) };
  const { brought } = await atAccess(options, context, 'bodyAuthority', authority);
  context.print(`✓ ${plainText(name)} responde por ${shortOf(short)} e autoriza quem pede acesso ali.`);
  if (brought > 0) context.print(`→ Pedidos que esperavam pela autoridade, enviados a ela: ${brought}.`);
}

export interface GrantOptions extends AccessOptions {
  readonly agreement: string;
  readonly views: string;
  readonly purposes: string;
  readonly sensitive?: string;
  readonly hidden?: string;
  readonly states?: string;
  readonly personQuota: string;
  readonly bodyQuota: string;
  /** First and last day, YYYY-MM-DD. */
  readonly begin?: string;
  readonly until: string;
}

/** Throws `option-invalid`, naming what no view, field, state or purpose is. */
export async function addGrant(short: string, options: GrantOptions, context: ProgramContext): Promise<void> {
  const { id } = await atAccess(options, context, 'grantAdd', {
    body: shortOf(short),
    agreement: options.agreement,
    views: listOf(options.views),
    sensitive: listOf(options.sensitive),
    hidden: listOf(options.hidden),
    states: listOf(options.states?.toUpperCase()),
    purposes: listOf(options.purposes),
    personQuota: quotaOf(options.personQuota, '--person-quota'),
    bodyQuota: quotaOf(options.bodyQuota, '--body-quota'),
    from: agreementTerm(options.begin ?? daysAgo(0), 1).begin.toISOString(),
    to: lastInstantOf(options.until).toISOString(),
  });
  context.print(`✓ Concessão ${id} para ${shortOf(short)}, até ${options.until}.`);
}

export async function endGrant(id: string, options: AccessOptions, context: ProgramContext): Promise<void> {
  if (!isId(id)) {
    throw new GuaritaError('option-invalid', 'Dê a concessão como "access grant list" a mostra.');
  }
  await atAccess(options, context, 'grantEnd', { id });
  context.print('✓ Concessão encerrada: o próximo clique já é recusado.');
}

export async function listGrants(
  short: string | undefined,
  options: AccessOptions,
  context: ProgramContext,
): Promise<void> {
  const body = short === undefined ? null : shortOf(short);
  const grants = await atAccess(options, context, 'grants', { body });
  context.print(options.json === true ? plainJson(grants) : grantsText(grants));
}

/** A body's short name, in capitals. Throws `option-invalid`. */
export function shortOf(given: string): string {
  const short = given.trim().toUpperCase();
  if (/^[A-Z][A-Z0-9-]{1,29}$/.test(short)) return short;
  throw new GuaritaError(
    'option-invalid',
    'Sigla do órgão: letras sem acento, números e hífen, como DPE-AL.',
  );
}

function quotaOf(text: string, option: string): number {
  const quota = Number(text);
  if (/^\d{1,7}$/.test(text) && quota >= 1 && quota <= 1_000_000) return quota;
  throw new GuaritaError('option-invalid', `${option}: um número de 1 a 1000000.`);
}
