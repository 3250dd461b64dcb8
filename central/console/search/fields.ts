import Type, { type Static } from 'typebox';

/** Longer than anything that is looked for; what is longer than that is said on the page. */
const text = Type.Optional(Type.String({ maxLength: 10_000 }));

/** What is asked for, as the address has it. */
export const searchQuery = Type.Object({
  /** The one box. */
  q: text,
  mae: text,
  /** A day, a month or a year. */
  nascimento: text,
  idade_de: text,
  idade_ate: text,
  estado: text,
  unidade: text,
  regime: text,
  /** `sim`: in custody; `nao`: not. */
  custodia: text,
  tipo: text,
  /** Also names that are only like it, though some were found as it is written. */
  parecidos: text,
  /** The page behind this place in the order. */
  depois: text,
});
export type SearchQuery = Static<typeof searchQuery>;
export type SearchField = Exclude<keyof SearchQuery, 'parecidos' | 'depois'>;

export const searchFields: readonly SearchField[] = [
  ...(['q', 'mae', 'nascimento', 'idade_de', 'idade_ate', 'estado', 'unidade', 'regime'] as const),
  ...(['custodia', 'tipo'] as const),
];

/** What was filled in, without blanks around it; nothing of what was not. */
export function filledIn(query: SearchQuery): Readonly<Partial<Record<SearchField, string>>> {
  return Object.fromEntries(
    searchFields.flatMap((name) => {
      const value = query[name]?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}
