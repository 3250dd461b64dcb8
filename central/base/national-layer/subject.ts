/**
 * What is checked as one: a person in custody with all rows that name them, a visitor with their visits, a lawyer, a
 * unit, those who were born on one day (`nascimento`); and registers of any source that share a document, or name, mother
 * and birth (`identidade`). What is made of a register, a national person, waits in the same way. A view as a whole
 * (`visao`) is looked at each time.
 */
export type Subject =
  | 'custodiado'
  | 'visitante'
  | 'advogado'
  | 'unidade'
  | 'nascimento'
  | 'pessoa'
  | 'visao'
  | (typeof nationwide)[number];
/** Those that are of no one source: what registers of any share. */
export const nationwide = ['cpf', 'rji', 'oab', 'identidade'] as const;

/** The source under which a subject is kept; what the nation shares has none. */
export function keptUnder(subject: Subject, source: string): string {
  return (nationwide as readonly Subject[]).includes(subject) ? '' : source;
}
