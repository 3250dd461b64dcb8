import { count } from '../../shared/count-format.ts';
import { writtenMoment } from '../../shared/day.ts';
import { isTreatKind, type JobKind, type JobOutcome, type JobReason } from '../state/jobs.ts';
import type { JobRow } from './jobs.ts';

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

/** How a job under way goes on: since when, until about when, how far. */
export function progressWords({ due, begun, until, progress, kind, expectedRows }: JobRow): string[] {
  const of = expectedRows === null ? '' : ` de cerca de ${count.format(expectedRows)}`;
  return [
    `desde ${writtenMoment(begun ?? due)}`,
    ...(until === null ? [] : [`até cerca de ${writtenMoment(until)}`]),
    ...(progress === null
      ? []
      : [
          `${progress.done} de ${progress.total} ${partsOf(kind)}`,
          `${count.format(progress.rows)}${of} linhas`,
        ]),
  ];
}
