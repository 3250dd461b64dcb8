import type { StandardView } from '../dictionary/columns.ts';

/** A table of a made-up prison system, from which the skeleton of a view reads. */
export interface ExampleTable {
  readonly name: string;
  readonly alias: string;
  /** The column that refers to `id` of the first table; null for the first table itself. */
  readonly reference: string | null;
  /** The view's columns that come from here. */
  readonly columns: readonly string[];
}

/** The column that moves when a row of an example table changes. */
export const changedColumn = 'alterado_em';

const joined = (
  name: string,
  alias: string,
  reference: string,
  columns: readonly string[],
): ExampleTable => ({
  ...{ name, alias, reference, columns },
});

/** By view: what its first table is called, and the tables joined to it. They show each way in which a view is made. */
const examples: Readonly<Record<string, readonly [string, string, ...ExampleTable[]]>> = {
  custodiado: [
    ...(['pessoa', 'p'] as const),
    joined('documento', 'd', 'pessoa_id', ['cpf', 'rg', 'rg_orgao', 'rg_uf', 'rji']),
    joined('qualificacao', 'q', 'pessoa_id', ['genero', 'cor_raca', 'estado_civil', 'escolaridade']),
  ],
  custodia: ['prisao', 'p', joined('alojamento', 'a', 'prisao_id', ['unidade_id', 'ala', 'cela'])],
  pena: [
    ...(['condenacao', 'c'] as const),
    joined('calculo', 'k', 'condenacao_id', ['dias_remidos', 'dias_detracao', 'dias_interrupcao']),
  ],
  visitante: ['visitante', 'v', joined('documento', 'd', 'visitante_id', ['cpf', 'rg', 'rg_orgao', 'rg_uf'])],
};

/** The tables of a view's skeleton, the one that has its key first. */
export function exampleTables(view: StandardView): readonly ExampleTable[] {
  const [name, alias, ...others] = examples[view.name] ?? [view.name, 't'];
  const elsewhere = new Set(others.flatMap(({ columns }) => columns));
  const own = view.columns.map((column) => column.name).filter((column) => !elsewhere.has(column));
  return [{ name, alias, reference: null, columns: own }, ...others];
}
