import { codeForm } from './code-form.ts';
import type { CodeList, Implication } from './code-list.ts';

/**
 * The national value of what a state writes; undefined where the dictionary knows none, as for what only stands in the
 * place of a value (`NÃO INFORMADO`).
 */
export function findCode(list: CodeList, text: string): string | undefined {
  return indexOf(list).codes.get(codeForm(text));
}

/** What it says of other columns of the row: national values by column, none for most. */
export function impliedBy(list: CodeList, text: string): Implication['columns'] {
  return indexOf(list).implied.get(codeForm(text)) ?? {};
}

interface Index {
  readonly codes: ReadonlyMap<string, string>;
  readonly implied: ReadonlyMap<string, Implication['columns']>;
}

const indexes = new WeakMap<CodeList, Index>();

function indexOf(list: CodeList): Index {
  const known = indexes.get(list);
  if (known !== undefined) return known;
  const codes = list.values.flatMap(({ code, label, spellings }) =>
    [code, label, ...spellings].map((spelling) => [codeForm(spelling), code] as const),
  );
  const implied = list.implies.map(({ spelling, columns }) => [codeForm(spelling), columns] as const);
  const index = { codes: new Map(codes), implied: new Map(implied) };
  indexes.set(list, index);
  return index;
}
