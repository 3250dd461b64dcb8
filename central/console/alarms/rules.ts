import type { BodyFacts, PersonFacts } from '../../base/access-layer/alarm-facts.ts';
import { limits } from './limits.ts';

/** What an auditor reads of a rule. */
interface RuleWords {
  readonly name: string;
  /** What was measured and what the limit is, in a sentence. */
  readonly what: string;
}

/** How much of what was found, and from how much on an auditor should see it; null: not judged. */
interface Judged {
  readonly measure: number;
  readonly limit: number | null;
}

type Judge<F> = (facts: F) => Judged;

/** Of somebody at work in a body. */
export const personRules = {
  volume: {
    name: 'Muito mais consultas que de costume',
    what: 'Consultas no dia; o limite é três vezes a mediana dos dias da própria pessoa nos trinta anteriores, e nunca menos de 60.',
    judge: ({ today, before }) => ({
      measure: today.looks,
      limit: unusual(before.map(({ looks }) => looks)),
    }),
  },
  'cota-pessoa': {
    name: 'Cota da pessoa quase esgotada',
    what: 'Consultas no dia; o limite é 80% da cota diária da pessoa.',
    judge: ({ today, quota }) => ({ measure: today.looks, limit: shareOf(quota) }),
  },
  'fora-de-hora': {
    name: 'Consultas à noite ou no fim de semana',
    what: 'Consultas entre 22h e 5h, no sábado ou no domingo, de quem não costuma trabalhar nesses horários.',
    judge: ({ today, before }) => ({
      measure: today.offHours,
      limit:
        before.filter(({ offHours }) => offHours > 0).length >= limits.offHoursHabit.value
          ? null
          : limits.offHours.value,
    }),
  },
  'muitas-pessoas': {
    name: 'Muitas pessoas diferentes em pouco tempo',
    what: 'Registros diferentes mostrados em dez minutos.',
    judge: ({ lately }) => ({ measure: lately, limit: limits.lately.value }),
  },
  recusas: {
    name: 'Muitos pedidos recusados',
    what: 'Pedidos do dia recusados porque a pessoa não podia fazê-los.',
    judge: ({ today }) => ({ measure: today.refusals, limit: limits.refusals.value }),
  },
  emergencia: {
    name: 'Emergência declarada',
    what: 'Emergências declaradas no dia. Cada uma é revista em Emergências.',
    judge: ({ emergencies }) => ({ measure: emergencies, limit: 1 }),
  },
} as const satisfies Readonly<Record<string, RuleWords & { readonly judge: Judge<PersonFacts> }>>;

/** Of a body as a whole. */
export const bodyRules = {
  'cota-orgao': {
    name: 'Cota do órgão quase esgotada',
    what: 'Consultas do órgão no dia; o limite é 80% da cota diária do órgão.',
    judge: ({ looks, quota }) => ({ measure: looks, limit: shareOf(quota) }),
  },
} as const satisfies Readonly<Record<string, RuleWords & { readonly judge: Judge<BodyFacts> }>>;

/** What is counted where it is noticed. */
export const otherRules = {
  'registro-vigiado': {
    name: 'Consulta a registro vigiado',
    what: 'Registros mostrados que são vigiados.',
  },
  'emergencia-vencida': {
    name: 'Emergência sem revisão no prazo',
    what: 'Emergências cujo prazo de revisão terminou neste dia sem que ninguém as revisse.',
  },
  'entradas-falhas': {
    name: 'Muitas tentativas de entrada sem sucesso',
    what: 'Tentativas seguidas contra uma mesma conta ou de um mesmo endereço.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;

const words: Readonly<Record<string, RuleWords>> = { ...personRules, ...bodyRules, ...otherRules };

/** Of an alarm that an older version raised, by a rule that there is no more, its code. */
export function ruleWords(rule: string): RuleWords {
  return Object.hasOwn(words, rule) ? (words[rule] as RuleWords) : { name: rule, what: '' };
}

/** Rules that find something, with what they found. */
export function noticedBy<F>(
  rules: Readonly<Record<string, { readonly judge: Judge<F> }>>,
  facts: F,
): readonly { readonly rule: string; readonly measure: number; readonly limit: number }[] {
  return Object.entries(rules).flatMap(([rule, { judge }]) => {
    const { measure, limit } = judge(facts);
    return limit === null || measure < limit ? [] : [{ rule, measure, limit }];
  });
}

/** From how many looks on a day is unusual for who has had these before; null where too few are known. */
function unusual(before: readonly number[]): number | null {
  const worked = before.filter((looks) => looks > 0).toSorted((one, other) => one - other);
  if (worked.length < limits.usualDays.value) return null;
  const middle = worked.length / 2;
  const [low = 0, high = 0] = [worked[Math.ceil(middle) - 1], worked[Math.floor(middle)]];
  return Math.max(limits.usualLeast.value, Math.ceil(((low + high) / 2) * limits.usualTimes.value));
}

function shareOf(quota: number | null): number | null {
  return quota === null ? null : Math.ceil((quota * limits.quotaShare.value) / 100);
}
