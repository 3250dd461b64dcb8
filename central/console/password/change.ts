import { GuaritaError } from '../../../shared/errors.ts';
import { askLetter } from '../../base/access-layer/asked-letters.ts';
import { forgetBrowsers } from '../../base/access-layer/browsers.ts';
import { entryFactsOf } from '../../base/access-layer/entering.ts';
import { changePassword, type HeldPassword, type LocalAccount } from '../../base/access-layer/passwords.ts';
import {
  endSessionsOf,
  moveSession,
  type SessionFacts,
  type Stage,
} from '../../base/access-layer/sessions.ts';
import type { Base, Transaction } from '../../base/base.ts';
import { faultOf } from '../access/new-password.ts';
import { stageOf } from '../access/open.ts';
import { hashPassword, isPassword } from '../access/passwords.ts';
import { ownTargets, tryPassword } from '../access/try-password.ts';
import { digestOf, newSecret } from '../secrets.ts';
import { writtenWait } from '../written-wait.ts';

export interface ChangeForm {
  readonly current: string;
  readonly chosen: string;
  readonly repeated: string;
}

/** What was wrong, by field. */
export type ChangeFaults = Readonly<Partial<Record<keyof ChangeForm, string>>>;

/** What was wrong; or what changes it, by which it is changed. */
export type Change = { readonly faults: ChangeFaults } | { change(tx: Transaction): Promise<Changed> };

interface Changed {
  readonly secret: string;
  readonly stage: Stage;
  readonly sessionsEnded: number;
}

interface Asking {
  readonly base: Base;
  readonly session: SessionFacts;
  readonly now: Date;
  readonly kept: { readonly browser?: string };
}

/**
 * Changes the password of who is signed in, by the one before or, in the session that a temporary one opened, without it:
 * it was shown there. All other sessions end, and this one goes on under another secret.
 * Throws `sign-in-busy`; `form-stale` where it was changed meanwhile.
 */
export async function changeOwn(
  { base, session, now, kept }: Asking,
  account: LocalAccount & HeldPassword,
  { current, chosen, repeated }: ChangeForm,
): Promise<Change> {
  const { person, hash, known } = account;
  const fault = await faultOf(chosen, known);
  if (fault !== null) return { faults: { chosen: fault } };
  if (chosen !== repeated) return { faults: { repeated: 'As duas senhas novas não são iguais.' } };
  const isForced = session.stage === 'trocar-senha';
  if (!isForced) {
    const tried = await tryPassword(
      base,
      { targets: ownTargets(person), password: current, stored: hash },
      now,
    );
    if (tried.kind === 'waits') {
      return { faults: { current: `Houve tentativas demais. Espere ${writtenWait(tried.milliseconds)}.` } };
    }
    if (tried.kind === 'wrong') return { faults: { current: 'Não é a sua senha atual.' } };
  }
  // Of who has not shown the one before nothing is told by it: they came by it.
  const isSame = isForced
    ? await isPassword(chosen, hash)
    : chosen.normalize('NFC') === current.normalize('NFC');
  if (isSame) return { faults: { chosen: 'É a mesma de antes: escolha outra.' } };
  const to = await hashPassword(chosen);
  const secret = newSecret();
  return {
    change: async (tx) => {
      if (!(await changePassword(tx, account, to, now))) throw new GuaritaError('form-stale');
      const sessionsEnded = await endSessionsOf(
        tx,
        { person, but: session.id, why: 'password-changed' },
        now,
      );
      await askLetter(tx, 'password-changed', person, now);
      await forgetBrowsers(tx, { person, but: kept.browser === undefined ? null : digestOf(kept.browser) });
      const { means, factor } = session;
      const stage = isForced
        ? stageOf(await entryFactsOf(tx, person, now), { means, factor })
        : session.stage;
      const isMoved = await moveSession(tx, session.id, { digest: digestOf(secret), stage, factor }, now);
      if (!isMoved) throw new GuaritaError('form-stale');
      return { secret, stage, sessionsEnded };
    },
  };
}
