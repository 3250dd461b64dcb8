/** A rule by its name: code and view together. */
interface RuleName {
  readonly code: string;
  readonly view: string;
}

/** These rules, or all but these. */
export type SomeRules = { readonly only: readonly RuleName[] } | { readonly allBut: readonly RuleName[] };

/**
 * A condition on the columns `regra` and `visao` of a table.
 * @param parameters gets what it needs
 */
export function ofRules(table: string, which: SomeRules, parameters: unknown[]): string {
  const [how, rules] = 'only' in which ? ['IN', which.only] : ['NOT IN', which.allBut];
  const [codes, views] = [rules.map(({ code }) => code), rules.map(({ view }) => view)].map(
    (names) => `$${parameters.push(names)}::text[]`,
  );
  return `(${table}.regra, ${table}.visao) ${how} (SELECT * FROM unnest(${codes}, ${views}))`;
}
