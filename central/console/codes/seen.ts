import { GuaritaError } from '../../../shared/errors.ts';
import type { Place } from '../../base/access-layer/sessions.ts';
import { sightOf } from '../../base/sight/sight.ts';
import { type CodedColumn, codedColumn } from '../../codes/assignable.ts';

/** Whether a body sees a column of a state, by one of its agreements. */
export function seesColumn({ grants }: Place, state: string): (view: string, column: string) => boolean {
  const sights = grants.map(sightOf).filter((sight) => sight.seesState(state));
  return (view, column) => sights.some((sight) => sight.sees(view, column));
}

/** The coded column of that name that a body sees of a state. Throws `page-unknown`, `grant-lacking`. */
export function seenColumn(place: Place, state: string, name: string): CodedColumn {
  const coded = named(name);
  if (!seesColumn(place, state)(coded.view, coded.column.name)) throw new GuaritaError('grant-lacking');
  return coded;
}

function named(name: string): CodedColumn {
  try {
    return codedColumn(name);
  } catch (error) {
    throw new GuaritaError('page-unknown', '', { cause: error });
  }
}
