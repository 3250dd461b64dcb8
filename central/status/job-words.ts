import { isTreatKind, type JobKind, type JobOutcome, type JobReason } from '../state/jobs.ts';

/** What jobs are called where people read of them. */
export const kindNames: Readonly<Record<JobKind, string>> = {
  collect: 'coleta',
  reconcile: 'conferência',
  treat: 'tratamento',
  'treat-full': 'tratamento de tudo',
  'treat-type': 'tratamento: tipos',
  'treat-check': 'tratamento: regras',
  'treat-link': 'tratamento: quem é quem',
  'treat-consolidate': 'tratamento: pessoas',
};

/** What of a job is counted as its parts. */
export function partsOf(kind: JobKind): string {
  return isTreatKind(kind) ? 'partes' : 'visões';
}

/** Why a job was made. */
export const reasonNames: Readonly<Record<JobReason, string>> = {
  schedule: 'no horário',
  missed: 'perdida',
  asked: 'pedida',
  enrolled: 'estado novo',
  retry: 'nova tentativa',
  interrupted: 'interrompida',
  decided: 'decidida',
  collected: 'depois da coleta',
};

/** How it ended. */
export const outcomeNames: Readonly<Record<JobOutcome, string>> = {
  complete: 'completa',
  failed: 'falhou',
  'needs-attention': 'aguarda decisão',
  ended: 'acordo encerrado',
  cancelled: 'cancelada',
  joined: 'feita junto com outra',
};

/** `28/11, 23:16`: what jobs are told of lies within days. */
export function shortInstant(timeZone: string): Intl.DateTimeFormat {
  const twoDigits = { day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat('pt-BR', { ...twoDigits, timeZone });
}
