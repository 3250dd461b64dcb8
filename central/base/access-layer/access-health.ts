import type { Questions } from '../base.ts';
import { instant } from '../instants.ts';
import { recertifyBy, roleIsDue } from './in-force.ts';
import { countWithRoles } from './listing.ts';

/** What of who may enter somebody should look after. */
export interface AccessHealth {
  /** People who let others in, now or once their term begins. */
  readonly autorizadores: number;
  /** Roles that lapse within the time of notice unless they are looked at anew. */
  readonly lapsing: number;
  /** When the first of them does, ISO 8601; null without any. */
  readonly first: string | null;
}

/** Null where nobody was ever given a role: the console is not in use. */
export async function accessHealth(questions: Questions, now: Date): Promise<AccessHealth | null> {
  const [found] = await questions.query<Omit<AccessHealth, 'autorizadores'> & { readonly isUsed: boolean }>(
    `SELECT EXISTS (SELECT FROM acesso.papel) AS "isUsed", count(*)::int AS lapsing,
            ${instant(`min(${recertifyBy('r')})`)} AS first
       FROM acesso.papel r JOIN acesso.orgao o ON o.id = r.orgao
      WHERE ${roleIsDue('r', '$1::timestamptz')} AND o.encerrado IS NULL`,
    [now],
  );
  if (found === undefined || !found.isUsed) return null;
  const { lapsing, first } = found;
  return { autorizadores: await countWithRoles(questions, ['cadastrador-autorizador'], now), lapsing, first };
}
