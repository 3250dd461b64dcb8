import { GuaritaError } from '../../shared/errors.ts';
import type { Questions } from '../base/base.ts';
import { findRow, type StoredView, storedViews } from '../base/source-layer/row-history.ts';
import { keyText } from '../words/mask.ts';

/** A row that a command names, by which change it came to be what it is now, and how many states of it are kept. */
export interface NamedRow {
  readonly of: StoredView;
  readonly firstSeen: string;
  readonly change: string;
  readonly states: number;
}

/**
 * The row that a command names by what the base alone knows: no source need be enrolled. Throws `option-invalid` for
 * what the base does not hold or a key of other columns, and `row-unknown`.
 */
export async function namedRow(
  questions: Questions,
  uf: string,
  view: string,
  key: readonly string[],
): Promise<NamedRow> {
  const source = uf.toUpperCase();
  const views = await storedViews(questions, source);
  const of = views.find((each) => each.view === view);
  if (of === undefined) {
    const there = views.map((each) => each.view).join(', ');
    const names = there === '' ? 'não há nada dessa sigla' : `há: ${there}`;
    throw new GuaritaError('option-invalid', `A base não tem a visão "${view}" de "${source}"; ${names}.`);
  }
  if (of.key.length !== key.length) {
    throw new GuaritaError('option-invalid', `A chave de "${view}" é: ${of.key.join(', ')}.`);
  }
  const row = await findRow(questions, of, key);
  if (row === null) throw new GuaritaError('row-unknown', `${source} ${view}, ${keyText(key, false)}.`);
  return { of, ...row };
}
