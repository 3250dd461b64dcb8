import { accountOf } from '../../base/access-layer/passwords.ts';
import type { SessionFacts } from '../../base/access-layer/sessions.ts';
import type { Base } from '../../base/base.ts';
import { ownTargets, tryPassword } from '../access/try-password.ts';
import { writtenWait } from '../written-wait.ts';

/** Who entered without a password has to have done so this short a while ago. */
export const recentMinutes = 10;

/**
 * Whether somebody shows once more who they are, before what would help who sits down at their browser (ASVS 7.5.2): by
 * their password; who has none, by having entered just now. What was wrong, in their language, or null.
 * Throws `sign-in-busy`.
 */
export async function unconfirmed(
  { base, session, now }: { readonly base: Base; readonly session: SessionFacts; readonly now: Date },
  password: string,
): Promise<string | null> {
  const { id: person } = session.person;
  const account = await base.snapshot((questions) => accountOf(questions, person), { use: 'pages' });
  const stored = account?.hash ?? null;
  if (stored === null) {
    const isRecent = now.getTime() - Date.parse(session.began) < recentMinutes * 60_000;
    return isRecent ? null : 'Saia, entre de novo e faça isto em seguida.';
  }
  const tried = await tryPassword(base, { targets: ownTargets(person), password, stored }, now);
  if (tried.kind === 'waits') {
    return `Houve tentativas demais. Espere ${writtenWait(tried.milliseconds)} e tente de novo.`;
  }
  return tried.kind === 'right' ? null : 'Não é a sua senha.';
}
