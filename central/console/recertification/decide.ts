import { GuaritaError } from '../../../shared/errors.ts';
import { dueRole, recertifyRole, sayOfRole } from '../../base/access-layer/recertification.ts';
import { endRole, lockRoles, rolesOf } from '../../base/access-layer/roles.ts';
import type { Transaction } from '../../base/base.ts';
import { peopleNeeded, requireTogether } from '../access/roles.ts';

/** What somebody decides of a role that is due. */
export interface Decision {
  readonly id: string;
  /** In which they work. */
  readonly from: string;
  readonly by: string;
  readonly goesOn: boolean;
  readonly reason: string;
}

/**
 * Does it. Throws `done-already` where it is not due any more or they
 * said it before, `own-doing`, `roles-apart`.
 * @returns the event of the audit that tells of it
 */
export async function decide(
  tx: Transaction,
  { id, from, by, goesOn, reason }: Decision,
  now: Date,
): Promise<{ readonly event: string } & Readonly<Record<string, unknown>>> {
  await lockRoles(tx);
  const due = await dueRole(tx, { from, id }, now);
  if (due === null) throw new GuaritaError('done-already');
  if (due.person.id === by) throw new GuaritaError('own-doing');
  const told = { account: due.person.id, of: due.body.id, role: due.role };
  if (!goesOn) {
    await endRole(tx, id, by, now);
    return { event: 'role-ended', ...told, ended: [id] };
  }
  if (due.words.some((word) => word.by === by)) throw new GuaritaError('done-already');
  requireTogether(await rolesOf(tx, due.person.id), [], now);
  await sayOfRole(tx, { role: id, by, reason }, now);
  if (due.words.length + 1 < peopleNeeded(due.role)) return { event: 'role-recertification-said', ...told };
  await recertifyRole(tx, id, now);
  return { event: 'role-recertified', ...told, recertified: [id] };
}
