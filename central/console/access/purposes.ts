/** Why a person is looked for. A body's grant names those that are its own. */
export const purposes = {
  'execucao-penal': {
    name: 'Execução penal',
    reference: 'Número do processo de execução',
    form: 'cnj',
  },
  'processo-criminal': {
    name: 'Processo criminal em curso',
    reference: 'Número do processo',
    form: 'cnj',
  },
  investigacao: {
    name: 'Investigação',
    reference: 'Número do inquérito ou procedimento',
  },
  'assistencia-juridica': {
    name: 'Assistência jurídica',
    reference: 'Número do atendimento ou processo',
  },
  'gestao-prisional': {
    name: 'Gestão prisional',
    reference: 'Número do processo administrativo (SEI)',
  },
  'ordem-judicial': {
    name: 'Cumprimento de ordem judicial',
    reference: 'Número da ordem e do processo',
  },
  'qualidade-dos-dados': {
    name: 'Correção e qualidade dos dados',
    reference: 'Número do chamado ou procedimento',
  },
  auditoria: {
    name: 'Auditoria',
    reference: 'Número do procedimento de auditoria',
  },
} as const satisfies Record<string, PurposeWords>;

interface PurposeWords {
  readonly name: string;
  /** What the reference is, as its field is called. */
  readonly reference: string;
  /** `cnj`: the number of a process at a court; without one it is whatever the body's own numbers are. */
  readonly form?: 'cnj';
}

export type Purpose = keyof typeof purposes;

export function isPurpose(code: string): code is Purpose {
  return Object.hasOwn(purposes, code);
}
