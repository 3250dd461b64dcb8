/** The standard views whose rows are people: what somebody is to a prison. */
export const roles = ['custodiado', 'visitante', 'advogado'] as const;
export type Role = (typeof roles)[number];
