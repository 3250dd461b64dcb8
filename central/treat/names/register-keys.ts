import type { Role } from '../../../shared/dictionary/roles.ts';
import type { RegisterToFind } from '../../base/national-layer/search-index.ts';
import {
  birthDayKey,
  birthYearKey,
  documentColumns,
  documentForm,
  documentKey,
  placeKey,
  type WordField,
} from '../../base/national-layer/search-keys.ts';
import { wordsOfName } from './words.ts';

/** A word of a name, where it stands. */
export interface FoundWord {
  readonly text: string;
  readonly field: WordField;
}

const nameFieldOf: Readonly<Record<Role, WordField>> = {
  ...{ custodiado: 'custodiado.nome', visitante: 'visitante.nome', advogado: 'advogado.nome' },
};

/** Words of all names of a register, in their order. */
export function namesOf(register: RegisterToFind): FoundWord[] {
  const { role, nome, nome_social, alcunhas, others, nome_mae } = register;
  const of = (field: WordField, ...names: readonly (string | null)[]) =>
    names.flatMap((name) => (name === null ? [] : wordsOfName(name).map((text) => ({ text, field }))));
  const own = of(nameFieldOf[role], nome);
  if (role === 'advogado') return own;
  if (role === 'visitante') return [...own, ...of('visitante.nome_mae', nome_mae)];
  return [
    ...own,
    ...of('custodiado.nome_social', nome_social),
    ...of('custodiado.alcunhas', ...alcunhas),
    ...of('outro_nome.nome', ...others),
    ...of('custodiado.nome_mae', nome_mae),
  ];
}

/** What else it is found by. */
export function otherKeysOf(register: RegisterToFind): number[] {
  const { source, role, birth } = register;
  const keys = documentColumns.flatMap((column) => {
    const form = documentForm(register[column] ?? '');
    return form === '' ? [] : [documentKey(column, form)];
  });
  if (birth !== null && role !== 'advogado') {
    keys.push(birthDayKey(role, birth), birthYearKey(role, Number(birth.slice(0, 4))));
  }
  return [...keys, placeKey(source, role)];
}
