import { dayAfter, dayOf, daysBetween } from '../../../shared/day.ts';
import type { Body, Reached } from '../../base/access-layer/bodies.ts';

interface StepRule {
  readonly code: keyof Reached;
  readonly name: string;
  /** Who has to do it. */
  readonly by: 'órgão' | 'SENAPPEN' | 'órgão e SENAPPEN';
  /** When it counts as done, in words. */
  readonly shownBy: string;
}

/** Within so many days of its request a body becomes one that uses the system. */
export const bodyDays = 10;

/** How it does, in order. */
const rules: readonly StepRule[] = [
  {
    ...{ code: 'agreement', name: 'Acordo assinado', by: 'órgão e SENAPPEN' },
    shownBy: 'uma concessão, ou a proposta de uma, traz o número do acordo',
  },
  {
    ...{ code: 'registrars', name: 'Cadastradores indicados', by: 'órgão e SENAPPEN' },
    shownBy: 'os três papéis de cadastrador têm alguém no órgão',
  },
  {
    ...{ code: 'structures', name: 'Estruturas cadastradas', by: 'órgão' },
    shownBy: 'o órgão tem a primeira estrutura',
  },
  {
    ...{ code: 'grant', name: 'Concessão em vigor', by: 'SENAPPEN' },
    shownBy: 'a primeira concessão começa a valer',
  },
  {
    ...{ code: 'work', name: 'Primeira pessoa trabalhando', by: 'órgão' },
    shownBy: 'alguém do órgão informa uma finalidade',
  },
];

/** A step of a body, as it stands on a day. */
export interface BodyStep extends StepRule {
  /** Until when, YYYY-MM-DD. */
  readonly due: string;
  /** The instant at which it was reached, ISO 8601; null where it was not. */
  readonly done: string | null;
  readonly isLate: boolean;
  /** Days until it is due, below zero once that has passed; null where it is done. */
  readonly daysLeft: number | null;
}

/** @param today YYYY-MM-DD; none of the central body, which was there first, and of one that has ended */
export function bodySteps(
  { created, reached, isCentral, ended }: Pick<Body, 'created' | 'reached' | 'isCentral' | 'ended'>,
  today: string,
): readonly BodyStep[] {
  if (isCentral || ended !== null) return [];
  const due = dayAfter(dayOf(new Date(created)), bodyDays);
  return rules.map((rule) => {
    const done = reached[rule.code];
    const seen = done === null ? today : dayOf(new Date(done));
    return {
      ...rule,
      due,
      done,
      isLate: seen > due,
      daysLeft: done === null ? daysBetween(today, due) : null,
    };
  });
}
