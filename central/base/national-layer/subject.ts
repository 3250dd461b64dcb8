/**
 * What is checked as one: a person in custody with all rows that name them, a visitor with their visits, a lawyer, a
 * unit, those who were born on one day (`nascimento`); registers of any source that share a document, or name, mother
 * and birth (`identidade`), or belong to one national person (`pessoas`, by its id). What is made of these, the person
 * itself (`pessoa`), waits in the same way; and so do registers that are linked: by what they are found (`registro`),
 * with whom they are compared (`par`), with whom they are one person (`grupo`); and those that are to be found by something
 * else than before (`busca`). A view as a whole (`visao`) is looked at each time.
 */
export type Subject =
  | 'custodiado'
  | 'visitante'
  | 'advogado'
  | 'unidade'
  | 'nascimento'
  | 'pessoa'
  | 'visao'
  | 'busca'
  | (typeof shared)[number]
  | (typeof linking)[number];
/** What registers of any source share, and rules look at. */
export const shared = ['cpf', 'rji', 'oab', 'identidade', 'pessoas'] as const;
/** Steps of linkage, in their order; their keys are `natal_id`, those of `par` where a register is compared (`chave.lugar`). */
export const linking = ['registro', 'par', 'grupo'] as const;
/** Those that rules look at, by keys. */
export type CheckedSubject = Exclude<Subject, 'pessoa' | 'visao' | 'busca' | (typeof linking)[number]>;
/** Those that are of no one source. */
const nationwide: readonly Subject[] = [...shared, 'par', 'grupo', 'pessoa'];

/** The source under which a subject is kept; what the nation shares has none. */
export function keptUnder(subject: Subject, source: string): string {
  return nationwide.includes(subject) ? '' : source;
}
