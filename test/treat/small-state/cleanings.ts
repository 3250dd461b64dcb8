import { type Cleaning, thisCleaning } from '../../../central/treat/type/cleaning.ts';

/** By view, of which column the other cleaning understands nothing: such as rules of rows, persons and the nation look at. */
const lost: Readonly<Record<string, string>> = {
  ...{ unidade: 'situacao', custodiado: 'cpf', visitante: 'data_nascimento', advogado: 'oab_uf' },
  ...{ custodia: 'saida', movimentacao: 'instante', pena: 'inicio', vinculo: 'pessoa_id', foto: 'tipo' },
};

const rowCleaner: Cleaning['rowCleaner'] = (view, columns, context) => {
  const clean = thisCleaning.rowCleaner(view, columns, context);
  const name = lost[view.name];
  const at = view.columns.findIndex((column) => column.name === name);
  return (given) => {
    const { values, notes } = clean(given);
    if (at < 0 || values[at] === null) return { values, notes };
    return { values: values.with(at, null), notes: [...notes, `${name}:unreadable`] };
  };
};

/** This one, and one of another version that comes to something else. */
export const cleanings: readonly Cleaning[] = [thisCleaning, { version: 'other', rowCleaner }];
