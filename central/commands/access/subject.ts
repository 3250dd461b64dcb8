import { cleanCpf } from '../../../shared/cleaning/documents/cpf.ts';
import { count } from '../../../shared/count-format.ts';
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
import { cutAt, registerData } from '../../subject/register-data.ts';
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
  | { readonly registers: readonly KnownRegister[]; readonly isCut: boolean };

/** Throws `option-invalid`, `register-unknown`, `cpf-unknown`. @param most registers of a person that are told */
export async function exportSubject(
  words: readonly string[],
  { out, reveal = false, ...options }: SubjectOptions,
  context: ProgramContext,
  most = mostRegisters,
): Promise<void> {
  const config = readCentralConfig(options, context);
  await withBase(config, context, async (base) => {
    const subject = await base.snapshot((questions) => subjectOf(questions, words, most));
    const about =
      'account' in subject
        ? { body: { account: subject.account }, terms: { cpf: subject.cpf } }
        : { body: {}, terms: { records: subject.registers.map(({ id }) => id) } };
    const told = { event: 'subject-exported', who: whoCommands(context), through: 'command', person: null };
    const body = { ...told, ...about.body, revealed: reveal || out !== undefined };
    await base.transaction((tx) => appendAudit(tx, { kind: 'event', body, terms: about.terms }, new Date()));
    await base.snapshot(async (questions) => {
      const cuts: HeldData[] = [];
      const data = noting(dataOf(questions, subject), cuts);
      const warn = () => {
        for (const { values } of cuts) context.print(cutText(values as Cut));
      };
      if (out !== undefined || reveal) {
        await printOrWrite(lines(data), { out }, context);
        // What is printed is of lines of JSON alone, of which one says it.
        return out === undefined ? undefined : warn();
      }
      const counts = new Map<string, number>();
      for await (const { part } of data) counts.set(part, (counts.get(part) ?? 0) + 1);
      for (const [part, times] of counts) context.print(`${part}: ${times}`);
      warn();
      context.print('→ Para gravar tudo num arquivo só seu: --out ARQUIVO');
    });
  });
  if (out !== undefined) context.print('→ Tem dados pessoais: guarde-o como a própria base.');
}

async function subjectOf(questions: Questions, words: readonly string[], most: number): Promise<Subject> {
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
  const all = await registersOfPerson(questions, register?.person ?? '', most + 1);
  return { registers: all.slice(0, most), isCut: all.length > most };
}

async function* dataOf(questions: Questions, subject: Subject): AsyncGenerator<HeldData, void> {
  if ('account' in subject) {
    yield* requestData(questions, subject.cpf);
    if (subject.account === null) return;
    yield* accountData(questions, subject.account);
    return yield* looks('done', doneBy(questions, subject.account));
  }
  if (subject.isCut) yield cutAt('register', subject.registers.length);
  for (const register of subject.registers) yield* registerData(questions, register);
  const ids = subject.registers.map(({ id }) => id);
  yield* looks('look', looksAt(questions, ids));
}

/** Notes what was cut as it passes. */
async function* noting(data: AsyncIterable<HeldData>, cuts: HeldData[]): AsyncGenerator<HeldData, void> {
  for await (const one of data) {
    if (one.part === 'cut') cuts.push(one);
    yield one;
  }
}

interface Cut {
  readonly of: string;
  readonly told: number;
}

function cutText({ of, told }: Cut): string {
  return `! Há mais do que isto: de "${of}" vieram só ${count.format(told)}. O resto está na base.`;
}

async function* looks(part: string, all: AsyncIterable<ToldLook>): AsyncGenerator<HeldData, void> {
  for await (const values of all) yield { part, values };
}

async function* lines(data: AsyncIterable<HeldData>): AsyncGenerator<string, void> {
  for await (const one of data) yield `${plainJson(one)}\n`;
}
