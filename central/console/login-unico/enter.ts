import { GuaritaError } from '../../../shared/errors.ts';
import { entryFactsOf } from '../../base/access-layer/entering.ts';
import { blockedByCpf, learnEmail, personByCpf } from '../../base/access-layer/people.ts';
import type { Transaction } from '../../base/base.ts';
import { type Entering, type Opened, openFor } from '../access/open.ts';
import type { Identity, LoginUnico } from '../sign-in.ts';

interface Entered {
  readonly opened: Opened;
  readonly event: { readonly event: string } & Readonly<Record<string, unknown>>;
}

/**
 * Opens a session for whom Login Único has shown to be who they are: by their CPF, which is one of an account already, and
 * of which nothing else that was said decides. Throws `account-unknown`, `account-blocked`, `govbr-level-untold`,
 * `govbr-level-low` with the level that is wanted.
 */
export async function enter(
  tx: Transaction,
  asked: Entering,
  loginUnico: LoginUnico,
  { cpf, level, factor, email }: Identity,
): Promise<Entered> {
  const { now } = asked;
  const person = await personByCpf(tx, cpf);
  if (person === null) throw new GuaritaError('account-unknown');
  const who = { person: person.id };
  const blocked = await blockedByCpf(tx, cpf, now);
  if (blocked !== null) {
    throw new GuaritaError('account-blocked', '', { members: { ...who, why: blocked.why } });
  }
  const { roles } = await entryFactsOf(tx, person.id, now);
  const wanted = loginUnico.levelFor(roles);
  if (level === null && wanted > 1) throw new GuaritaError('govbr-level-untold', '', { members: who });
  if ((level ?? 1) < wanted) {
    throw new GuaritaError('govbr-level-low', '', { members: { ...who, level: wanted } });
  }
  if (email !== null) await learnEmail(tx, person.id, email);
  const opened = await openFor(tx, asked, { person: person.id, means: 'govbr', factor });
  const { id: session, stage, sessionsEnded } = opened;
  const told = { ...who, session, stage, level, factor, sessionsEnded };
  return { opened, event: { event: 'signed-in', means: 'govbr', ...told } };
}
