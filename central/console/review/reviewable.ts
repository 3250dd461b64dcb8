import type { Role } from '../../../shared/dictionary/roles.ts';
import type { RegisterTables } from '../../base/national-layer/link-registers.ts';
import { comparedUnseen } from '../../base/sight/compared-sight.ts';
import type { Sight } from '../../base/sight/sight.ts';

/** On whose registers somebody may say who is who. */
export interface Reviewable {
  /** Those whose rows are seen with all that is compared of them. */
  readonly roles: readonly Role[];
  /** What is compared and not seen, as `view.column`, of views that are seen. */
  readonly lacking: readonly string[];
  readonly tables: RegisterTables;
}

const people: readonly Role[] = ['custodiado', 'visitante', 'advogado'];

/**
 * Whoever does not see all that is compared would judge by less than the model, and could learn of what is hidden from
 * what they are asked: they are asked nothing of such registers.
 */
export function reviewable(sight: Sight): Reviewable {
  const seen = people.filter((role) => sight.sees(role));
  const lackingOf = (role: Role) => comparedUnseen(sight, role);
  const roles = seen.filter((role) => lackingOf(role).length === 0);
  const among = roles.length === 0 ? 'false' : `papel IN ('${roles.join("', '")}')`;
  return {
    roles,
    lacking: seen.flatMap(lackingOf),
    tables: {
      registers: `(SELECT * FROM ${sight.registers()} AS todos WHERE ${among})`,
      otherNames: sight.view('outro_nome'),
    },
  };
}
