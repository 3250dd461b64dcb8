import { writtenDay } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { plainJson } from '../../../shared/plain-text.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { askText } from '../../../shared/prompts.ts';
import { type AccessOptions, atAccess, cpfOf, requireTerminal, shownCpf } from './ask.ts';
import { shortOf } from './bodies.ts';
import { reasonOf } from './reason.ts';
import { type TermOptions, untilOf } from './term.ts';
import { accessText, passwordText } from './words.ts';

/** People, bodies, roles, until when, last sign-in. */
export async function listAccess(options: AccessOptions, context: ProgramContext): Promise<void> {
  const access = await atAccess(options, context, 'list', {});
  if (options.json !== true) return context.print(accessText(access, options, new Date()));
  const people = access.people.map((person) => ({ ...person, cpf: shownCpf(person.cpf, options) }));
  context.print(plainJson({ ...access, people }));
}

export interface InitOptions extends AccessOptions, TermOptions {
  readonly body?: string;
  readonly bodyName?: string;
  readonly cpf?: string;
  readonly name?: string;
  readonly email?: string;
}

/**
 * The first body and the first person, who gives access to all others in the console. Asks for what no option says.
 * Throws `access-begun` where there is somebody already, `option-invalid`.
 */
export async function initAccess(options: InitOptions, context: ProgramContext): Promise<void> {
  requireTerminal(context);
  const until = untilOf(options);
  const asked = async (given: string | undefined, question: string, preset?: string) => {
    const text = (given ?? (await askText(question, { preset }))).trim();
    if (text === '') throw new GuaritaError('option-invalid', `${question} falta responder.`);
    return text;
  };
  const short = shortOf(await asked(options.body, 'Sigla do órgão:', 'SENAPPEN'));
  const bodyName = await asked(options.bodyName, 'Nome do órgão:');
  const cpf = cpfOf(await asked(options.cpf, 'CPF da primeira pessoa:'));
  const name = await asked(options.name, 'Nome dela:');
  const given = await atAccess(options, context, 'init', {
    ...{ body: { short, name: bodyName }, until },
    person: { cpf, name, email: options.email ?? null },
  });
  context.print(`✓ ${name}, em ${short}, com os três papéis de Cadastrador.`);
  context.print(passwordText(given));
  context.print('→ O papel exige um segundo fator: é cadastrado ao entrar.');
}

export interface RoleOptions extends AccessOptions, TermOptions {
  readonly name?: string;
  readonly email?: string;
}

export async function giveRole(
  [cpf, role, body]: readonly [cpf: string, role: string, body: string],
  options: RoleOptions,
  context: ProgramContext,
): Promise<void> {
  const [name, email] = [options.name ?? null, options.email ?? null];
  const until = untilOf(options);
  const input = { cpf: cpfOf(cpf), name, email, body: shortOf(body), role, until };
  await atAccess(options, context, 'roleGive', input);
  context.print(`✓ Papel ${role} em ${shortOf(body)}, até ${writtenDay(until)}.`);
}

export async function endRole(
  [cpf, role, body]: readonly [cpf: string, role: string, body: string],
  options: AccessOptions,
  context: ProgramContext,
): Promise<void> {
  await atAccess(options, context, 'roleEnd', { cpf: cpfOf(cpf), body: shortOf(body), role });
  context.print(`✓ Papel ${role} em ${shortOf(body)} encerrado: vale para o próximo clique.`);
}

/** So that it holds for another half-year, within its term. */
export async function recertifyRole(
  [cpf, role, body]: readonly [cpf: string, role: string, body: string],
  options: AccessOptions & { readonly reason: string },
  context: ProgramContext,
): Promise<void> {
  const reason = reasonOf(options);
  await atAccess(options, context, 'roleRecertify', { cpf: cpfOf(cpf), body: shortOf(body), role, reason });
  context.print(
    `✓ Papel ${role} em ${shortOf(body)} recertificado: vale por mais seis meses, dentro do prazo.`,
  );
}
