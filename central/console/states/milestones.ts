import { dayAfter, dayOf, daysBetween } from '../../../shared/day.ts';

/** What is known of how far a state has come, for its milestones. Instants are ISO 8601 in UTC. */
export interface MilestoneFacts {
  /** First instant of the agreement; null where it is not known. */
  readonly begin: string | null;
  /** When central enrolled the agent: it had connected, compared the certificates, and read a page. */
  readonly enrolled: string | null;
  /** When the base was first told of each view that the state grants; null of one that it never was. */
  readonly views: readonly (string | null)[];
  /** Whether each of them was collected to its end. */
  readonly areCollected: boolean;
  /** The first day on which the state was treated, YYYY-MM-DD. */
  readonly treated: string | null;
}

type StepCode = 'vpn' | 'hospedagem' | 'visoes' | 'usuario' | 'primeira-conexao' | 'publicacao';

interface StepRule {
  readonly code: StepCode;
  readonly days: 20 | 45 | 60;
  readonly name: string;
  /** Who has to do it. */
  readonly by: 'estado' | 'SENAPPEN' | 'estado e SENAPPEN';
  /** When it counts as done, in words. */
  readonly shownBy: string;
  /** The day on which it was, by what is known; null: not done, as far as is known. */
  readonly done: (facts: MilestoneFacts) => string | null;
}

/**
 * The milestones of an agreement, as the work plan between SENAPPEN and SERIS-AL has them: what has to be there 20, 45
 * and 60 days after it began. Who owes a step is who alone can do it: the state has the machine, the database and its
 * user (docs/guia-do-estado.md), SENAPPEN the collection and the console; a VPN has two ends.
 */
export const stepRules: readonly StepRule[] = [
  {
    ...{ code: 'vpn', days: 20, name: 'VPN', by: 'estado e SENAPPEN' },
    shownBy: 'a central conecta no agente do estado',
    done: firstContact,
  },
  {
    ...{ code: 'hospedagem', days: 20, name: 'Hospedagem do agente', by: 'estado' },
    shownBy: 'a central conecta no agente do estado',
    done: firstContact,
  },
  {
    ...{ code: 'visoes', days: 45, name: 'Visões', by: 'estado' },
    shownBy: 'a central recebe todas as visões autorizadas',
    done: ({ views }) => (views.length === 0 ? null : lastDay(views)),
  },
  {
    ...{ code: 'usuario', days: 45, name: 'Usuário do banco', by: 'estado' },
    shownBy: 'a central lê linhas do banco pelo agente',
    done: firstContact,
  },
  {
    ...{ code: 'primeira-conexao', days: 45, name: 'Primeira conexão', by: 'SENAPPEN' },
    shownBy: 'a primeira coleta chega à base nacional',
    done: ({ views }) => firstDay(views),
  },
  {
    ...{ code: 'publicacao', days: 60, name: 'Publicação', by: 'SENAPPEN' },
    shownBy: 'todas as visões autorizadas estão coletadas e tratadas',
    done: published,
  },
];

/** A step of a state's agreement, as it stands on a day. */
export interface Step extends Omit<StepRule, 'done'> {
  /** Until when, YYYY-MM-DD; null where nobody knows when the agreement began. */
  readonly due: string | null;
  /** Since which day it is done; null where it is not. */
  readonly done: string | null;
  /** Days until it is due, below zero once that has passed; null where it is done or its day is not known. */
  readonly daysLeft: number | null;
}

/** @param today YYYY-MM-DD */
export function stepsOf(facts: MilestoneFacts, today: string): Step[] {
  const begin = facts.begin === null ? null : dayOf(new Date(facts.begin));
  return stepRules.map((rule) => {
    const due = begin === null ? null : dayAfter(begin, rule.days);
    const done = rule.done(facts);
    return { ...rule, due, done, daysLeft: due === null || done !== null ? null : daysBetween(today, due) };
  });
}

/** What is to be done next; null when all is. */
export function nextStep<S extends Pick<Step, 'done'>>(steps: readonly S[]): S | null {
  return steps.find(({ done }) => done === null) ?? null;
}

export function isOverdue({ daysLeft }: Pick<Step, 'daysLeft'>): boolean {
  return daysLeft !== null && daysLeft < 0;
}

/** A state may have been enrolled anew, or the base exchanged: the earlier of the two is nearer to the truth. */
function firstContact({ enrolled, views }: MilestoneFacts): string | null {
  return firstDay([enrolled, ...views]);
}

function published({ views, areCollected, treated }: MilestoneFacts): string | null {
  const whole = views.length === 0 || !areCollected ? null : lastDay(views);
  if (whole === null || treated === null) return null;
  return treated > whole ? treated : whole;
}

function firstDay(instants: readonly (string | null)[]): string | null {
  const [first] = instants.filter((instant) => instant !== null).toSorted();
  return first === undefined ? null : dayOf(new Date(first));
}

/** Null where one of them is not known. */
function lastDay(instants: readonly (string | null)[]): string | null {
  const known = instants.filter((instant) => instant !== null).toSorted();
  const last = known.at(-1);
  return last === undefined || known.length < instants.length ? null : dayOf(new Date(last));
}
