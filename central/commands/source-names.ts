import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { sourceNames } from '../enrolment/source-names.ts';

/** Throws `option-invalid` for what names no state. */
export function sourceNameOf(name: string): string {
  const uf = name.toUpperCase();
  if (sourceNames.includes(uf)) return uf;
  throw new GuaritaError('option-invalid', `"${name}" não é a sigla de um estado, nem BR (sistema federal).`);
}

/** All views of the dictionary, or those of a list. Throws `option-invalid` for those that it does not have. */
export function viewsNamed(list: string | undefined): string[] {
  const known = standardViews.map(({ name }) => name);
  if (list === undefined) return known;
  const named = list.split(',').map((name) => name.trim());
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const wrong = unknown.map((name) => `"${name}"`).join(', ');
    throw new GuaritaError('option-invalid', `--views: ${wrong} não há; há: ${known.join(', ')}.`);
  }
  return [...new Set(named)];
}
