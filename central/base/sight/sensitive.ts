/**
 * What is shown only where a body's grant names it, though it names the view: fields as `view.column`, by why.
 * LGPD (Lei 13.709/2018), art. 5, II: health, racial origin and what concerns sexual life are sensitive data.
 */
export const sensitiveFields: Readonly<Record<string, string>> = {
  'custodiado.cor_raca': 'origem racial: LGPD, art. 5º, II',
  'custodiado.genero': 'vida sexual: LGPD, art. 5º, II',
  'saude.tipo': 'saúde: LGPD, art. 5º, II',
  'saude.inicio': 'saúde: LGPD, art. 5º, II',
  'saude.fim': 'saúde: LGPD, art. 5º, II',
};

/** The same of whole rows: those of a view that are not there for a body whose grant does not name them. */
export const sensitiveRows = {
  /** Links of lawyers: who defends whom. */
  'vinculo.advogados': 'sigilo profissional: Lei 8.906/1994, art. 7º',
  /** Visitors under 18 with their visits and links; one whose birth date is not known is not among them. */
  'visitante.menores': 'crianças e adolescentes: LGPD, art. 14',
} as const satisfies Readonly<Record<string, string>>;

export type SensitiveRows = keyof typeof sensitiveRows;

/** All that a grant may name as sensitive, with its reason. */
export const sensitive: Readonly<Record<string, string>> = { ...sensitiveFields, ...sensitiveRows };
