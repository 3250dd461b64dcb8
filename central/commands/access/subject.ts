import { cleanCpf } from '../../../shared/cleaning/documents/cpf.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { plainJson } from '../../../shared/plain-text.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { accountData, type HeldData, requestData } from '../../base/access-layer/account-data.ts';
import { appendAudit } from '../../base/access-layer/audit.ts';
import { personByCpf } from '../../base/access-layer/people.ts';
import type { Questions } from '../../base/base.ts';
import { type KnownRegister, registersOfPerson } from '../../base/national-layer/known-registers.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../../central.ts';
import { doneBy, looksAt, type ToldLook } from '../../subject/looks.ts';
import { registerData } from '../../subject/register-data.ts';
import { namedRegisters, requireRegisters } from '../link/named-registers.ts';
import { printOrWrite } from '../print-or-write.ts';
import { whoCommands } from '../who-commands.ts';

export interface SubjectOptions extends CentralOptions {
  readonly out?: string;
  readonly reveal?: boolean;
}

/** Told by `--help`. */
export const subjectHelp = `
De quem está na base: por UF, visão e id (AL custodiado 123), ou por um id que já
foi publicado; vêm todos os registros da mesma pessoa. De quem tem conta no
console, pediu acesso ou responde por um órgão: pelo CPF.

Uma linha de JSON para cada coisa: o que cada estado diz do registro, e disse
antes; o que o tratamento fez; achados; decisões; e quem consultou (quando, por
qual órgão e finalidade, sem nomes). De uma conta, também sessões e papéis.

Sem --out e sem --reveal, só conta. Fica na auditoria. O que se entrega a quem
pediu, e com que base legal, decide o controlador: veja docs/lgpd.md.
Sem servidor (PGlite), com o serviço parado.`;

/** More than a person has. */
const mostRegisters = 1000;

/** Somebody of whom it is asked: by CPF, with an account or without, or in the base. */
type Subject =
  | { readonly cpf: string; readonly account: string | null }
  | { readonly registers: readonly KnownRegister[] };

/** Throws `option-invalid`, `register-unknown`, `cpf-unknown`. */
export async function exportSubject(
  words: readonly string[],
  { out, reveal = false, ...options }: SubjectOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  await withBase(config, context, async (base) => {
    const subject = await base.snapshot((questions) => subjectOf(questions, words));
    const about =
      'account' in subject
        ? { body: { account: subject.account }, terms: { cpf: subject.cpf } }
        : { body: {}, terms: { records: subject.registers.map(({ id }) => id) } };
    const told = { event: 'subject-exported', who: whoCommands(context), through: 'command', person: null };
    const body = { ...told, ...about.body, revealed: reveal || out !== undefined };
    await base.transaction((tx) => appendAudit(tx, { kind: 'event', body, terms: about.terms }, new Date()));
    await base.snapshot(async (questions) => {
      if (out !== undefined || reveal) {
        return printOrWrite(lines(dataOf(questions, subject)), { out }, context);
      }
      const counts = new Map<string, number>();
      for await (const { part } of dataOf(questions, subject)) counts.set(part, (counts.get(part) ?? 0) + 1);
      for (const [part, count] of counts) context.print(`${part}: ${count}`);
      context.print('→ Para gravar tudo num arquivo só seu: --out ARQUIVO');
    });
  });
  if (out !== undefined) context.print('→ Tem dados pessoais: guarde-o como a própria base.');
}

async function subjectOf(questions: Questions, words: readonly string[]): Promise<Subject> {
  const [only = '', ...more] = words;
  const cpf = more.length === 0 ? cleanCpf(only, () => {}) : null;
  if (cpf !== null) {
    const person = await personByCpf(questions, cpf);
    if (person === null && (await requestData(questions, cpf).next()).done === true)
      throw new GuaritaError('cpf-unknown');
    return { cpf, account: person?.id ?? null };
  }
  const named = namedRegisters(words);
  if (named.length !== 1)
    throw new GuaritaError('option-invalid', 'Diga um registro, ou o CPF de uma conta.');
  const [register] = await requireRegisters(questions, named);
  return { registers: await registersOfPerson(questions, register?.person ?? '', mostRegisters) };
}

async function* dataOf(questions: Questions, subject: Subject): AsyncGenerator<HeldData, void> {
  if ('account' in subject) {
    yield* requestData(questions, subject.cpf);
    if (subject.account === null) return;
    yield* accountData(questions, subject.account);
    return yield* looks('done', doneBy(questions, subject.account));
  }
  for (const register of subject.registers) yield* registerData(questions, register);
  const ids = subject.registers.map(({ id }) => id);
  yield* looks('look', looksAt(questions, ids));
}

async function* looks(part: string, all: AsyncIterable<ToldLook>): AsyncGenerator<HeldData, void> {
  for await (const values of all) yield { part, values };
}

async function* lines(data: AsyncIterable<HeldData>): AsyncGenerator<string, void> {
  for await (const one of data) yield `${plainJson(one)}\n`;
}
