import { type Role, roles } from '../../../shared/dictionary/roles.ts';
import type { Questions } from '../../base/base.ts';
import { pairsOf } from '../../base/national-layer/identities.ts';
import { comparedUnseen } from '../../base/sight/compared-sight.ts';
import type { Sight } from '../../base/sight/sight.ts';
import { thresholds } from '../../treat/link/model/thresholds.ts';
import type { SeenPerson } from './find-person.ts';

/** A register of another kind that is the same person's: of a visitor who is held as well. */
export interface OtherKind {
  readonly natal: string;
  readonly source: string;
  readonly role: Role;
  readonly key: string;
  /** As they wish to be called; null where no name is known. */
  readonly name: string | null;
  /** To which register of the person it belongs, by `natal_id`. */
  readonly own: string;
  /** By which decision; null where the two weigh enough. */
  readonly decision: number | null;
}

/** More than anybody has. */
const most = 20;

/**
 * The same person under other kinds, in one order, where of both registers all is seen that is compared: on something of it
 * each of these pairs rests, also where somebody decided it. Of one other register the first pair alone.
 */
export async function otherKinds(
  questions: Questions,
  sight: Sight,
  { role, registers }: SeenPerson,
): Promise<readonly OtherKind[]> {
  const areCompared = (of: Role) => sight.sees(of) && comparedUnseen(sight, of).length === 0;
  const others = roles.filter((other) => other !== role && areCompared(other));
  if (others.length === 0 || !areCompared(role)) return [];
  const ids = registers.map(({ natal }) => natal);
  const pairs = (await pairsOf(questions, ids, thresholds.automatic)).toSorted(
    (a, b) => ids.indexOf(a.own) - ids.indexOf(b.own),
  );
  if (pairs.length === 0) return [];
  const found = await questions.query<Omit<OtherKind, 'own' | 'decision'>>(
    `SELECT r.natal_id::text AS natal, r.fonte AS source, r.papel AS role, r.id AS key,
            coalesce(r.nome_social, r.nome) AS name
       FROM ${sight.registers()} AS r WHERE r.natal_id = ANY ($1::uuid[]) AND r.papel = ANY ($2::text[])
      ORDER BY r.fonte, r.papel, r.id LIMIT ${most}`,
    [pairs.map(({ other }) => other), others],
  );
  return found.flatMap((register) => {
    const pair = pairs.find(({ other }) => other === register.natal);
    return pair === undefined ? [] : [{ ...register, own: pair.own, decision: pair.decision }];
  });
}
