/** The sources that there can be, by their letters: the 27 states, and the federal prison system. */
export const stateNames = {
  AC: 'Acre',
  AL: 'Alagoas',
  AM: 'Amazonas',
  AP: 'Amapá',
  BA: 'Bahia',
  CE: 'Ceará',
  DF: 'Distrito Federal',
  ES: 'Espírito Santo',
  GO: 'Goiás',
  MA: 'Maranhão',
  MG: 'Minas Gerais',
  MS: 'Mato Grosso do Sul',
  MT: 'Mato Grosso',
  PA: 'Pará',
  PB: 'Paraíba',
  PE: 'Pernambuco',
  PI: 'Piauí',
  PR: 'Paraná',
  RJ: 'Rio de Janeiro',
  RN: 'Rio Grande do Norte',
  RO: 'Rondônia',
  RR: 'Roraima',
  RS: 'Rio Grande do Sul',
  SC: 'Santa Catarina',
  SE: 'Sergipe',
  SP: 'São Paulo',
  TO: 'Tocantins',
  BR: 'Sistema penitenciário federal',
} as const satisfies Readonly<Record<string, string>>;

export type StateCode = keyof typeof stateNames;

export function isStateCode(text: string): text is StateCode {
  return Object.hasOwn(stateNames, text);
}

export const stateCodes = Object.keys(stateNames) as readonly StateCode[];

/** `Alagoas (AL)` */
export function stateName(code: StateCode): string {
  return `${stateNames[code]} (${code})`;
}
