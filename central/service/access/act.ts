import type { Static, TSchema } from 'typebox';
import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { appendAudit } from '../../base/access-layer/audit.ts';
import { bodyByShort, type Person, personByCpf } from '../../base/access-layer/people.ts';
import { lockRoles } from '../../base/access-layer/roles.ts';
import type { Base, Questions, Transaction } from '../../base/base.ts';

/** Where an operator does something about access, when, and whose command it is, by the system. */
export interface ActContext {
  readonly base: Base;
  readonly now: Date;
  readonly who: string;
}

/** Something that an operator does or looks at without the web. What it takes and comes to is JSON. */
export interface Act<I extends TSchema, O> {
  readonly input: I;
  perform(input: Static<I>, context: ActContext): Promise<O>;
}

/** Declares one, so that its types are known. */
export function act<I extends TSchema, O>(input: I, perform: Act<I, O>['perform']): Act<I, O> {
  return { input, perform };
}

export const cpfSchema = Type.String({ pattern: '^[0-9]{11}$' });
export const text = Type.String({ minLength: 1, maxLength: 500 });

/** What was done, for the audit: its name in English, ids and numbers. No name, no CPF, no password. */
export type AccessEvent = Readonly<Record<string, unknown>> & { readonly event: string };

/**
 * Does something and writes it down in the same transaction, with the system's user as who. One act at a time, and none
 * beside an entry of a page: what is looked at in it holds until it ends.
 */
export function recorded<O>(
  { base, now, who }: ActContext,
  work: (tx: Transaction) => Promise<{
    readonly event: AccessEvent | null;
    /** What is of a person, beside the entry. */
    readonly terms?: Readonly<Record<string, unknown>>;
    readonly output: O;
  }>,
): Promise<O> {
  return base.transaction(async (tx) => {
    await lockRoles(tx);
    const { event, terms = null, output } = await work(tx);
    if (event !== null) {
      const body = { ...event, who, through: 'command', person: null };
      await appendAudit(tx, { kind: 'event', body, terms }, now);
    }
    return output;
  });
}

/** Throws `cpf-unknown`. */
export async function personNamed(questions: Questions, cpf: string): Promise<Person> {
  const person = await personByCpf(questions, cpf);
  if (person === null) throw new GuaritaError('cpf-unknown');
  return person;
}

/** A body that has not ended. Throws `body-unknown`. */
export async function bodyNamed(questions: Questions, short: string): Promise<{ readonly id: string }> {
  const body = await bodyByShort(questions, short);
  if (body === null) throw new GuaritaError('body-unknown', `"${short}".`);
  if (body.ended !== null) throw new GuaritaError('body-unknown', `"${short}" foi encerrado.`);
  return body;
}
