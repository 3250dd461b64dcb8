import type { FastifyRequest } from 'fastify';
import { GuaritaError } from '../../../shared/errors.ts';
import { sessionOf } from '../../base/access-layer/sessions.ts';
import type { Transaction } from '../../base/base.ts';
import { allow } from '../enforce.ts';
import type { Act, ConsoleRoute } from '../route.ts';
import { digestOf } from '../secrets.ts';

/**
 * Does what a route does, where who asks may still: it was judged before what they sent had arrived, and since then they may
 * have been blocked or lost a role. What needs a place of work is judged behind it, as it may have waited for a lock: it
 * changes nothing of who does it. What is done to one's own session is judged before. Throws what `allow` does.
 */
export async function doIfStillAllowed(
  tx: Transaction,
  request: FastifyRequest,
  { needs }: Pick<ConsoleRoute, 'needs'>,
  { act }: Act,
  now: () => Date,
): ReturnType<Act['act']> {
  const judge = async () => {
    const { session, case: onCase, cookies } = request.asker;
    if (session === null || cookies.session === null || needs.who === 'anyone') return;
    const at = now();
    const facts = await sessionOf(tx, digestOf(cookies.session), at);
    const { place } = allow(needs, { session: facts, case: onCase, now: at });
    // Another body was chosen meanwhile: it was done in the name of the one before.
    if (isAtWork && place?.id !== request.allowed?.place?.id) throw new GuaritaError('form-stale');
  };
  const isAtWork = needs.who === 'member' || needs.who === 'case';
  if (!isAtWork) await judge();
  const told = await act(tx);
  if (isAtWork) await judge();
  return told;
}
