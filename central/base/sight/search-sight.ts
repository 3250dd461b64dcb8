import { documentColumns, motherFields, type WordField, wordFields } from '../national-layer/search-keys.ts';
import type { Sight } from './sight.ts';

/** By what a body finds people. */
export interface SearchSight {
  /**
   * SQL to stand after FROM, as the relations of a sight: registers that are seen, with what they are found by (`chaves`,
   * search-keys.ts). Of its words those count that stand in a field that is seen, and no others.
   */
  readonly registers: string;
  /** Fields of names that are seen. */
  readonly names: readonly WordField[];
  /** The same of mothers' names. */
  readonly mothers: readonly WordField[];
}

/** What conditions of a search look at, and what tells whose a register is. */
const columns = [
  ...['fonte', 'papel', 'id', 'natal_id', 'pessoa_id', 'data_nascimento', 'removido'],
  ...documentColumns.flatMap((column) => (column === 'oab' ? ['oab_uf', 'oab_numero'] : column)),
];

export function searchSightOf(sight: Sight): SearchSight {
  const seen = wordFields.filter((field) => {
    const [view = '', column = ''] = field.split('.');
    // Whose another name is, is told by this.
    return sight.sees(view, column) && (view !== 'outro_nome' || sight.sees(view, 'custodiado_id'));
  });
  return {
    registers: `(SELECT r.*, b.chaves FROM nacional.busca AS b JOIN ${sight.registers(columns)} AS r ON r.natal_id = b.registro)`,
    names: seen.filter((field) => !motherFields.includes(field)),
    mothers: seen.filter((field) => motherFields.includes(field)),
  };
}
