import { wholeNameForm } from '../../../shared/cleaning/name-form.ts';
import type { Questions } from '../../base/base.ts';
import type { Sight } from '../../base/sight/sight.ts';
import type { UnitKey } from './conditions.ts';

export interface Unit extends UnitKey {
  readonly name: string;
}

/** More units of one name than anybody means. */
const mostUnits = 50;

/** Units whose name has all these words, by name; null where there are more than anybody means. */
export async function unitsNamed(
  questions: Questions,
  sight: Sight,
  words: readonly string[],
): Promise<readonly Unit[] | null> {
  const all = await questions.query<Unit>(
    `SELECT fonte AS source, id, nome AS name FROM ${sight.view('unidade', ['fonte', 'id', 'nome', 'removido'])} AS u
      WHERE nome IS NOT NULL AND removido IS NULL ORDER BY nome, fonte, id`,
  );
  const found = all.filter(({ name }) => {
    const form = ` ${wholeNameForm(name)} `;
    return words.every((word) => form.includes(` ${word}`));
  });
  return found.length > mostUnits ? null : found;
}

const unitWords =
  /^(?:PRESIDIO|PENITENCIARI|CADEIA|COMPLEXO|COLONIA|CDP|CASA|CENTRO|UNIDADE|HOSPITAL|DELEGACIA|NUCLEO)/;

/** Whether words may be those of a unit's name. */
export function maybeUnit(words: readonly string[]): boolean {
  return words.some((word) => unitWords.test(word));
}
