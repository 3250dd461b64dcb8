import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Place } from '../../base/access-layer/sessions.ts';
import type { Base } from '../../base/base.ts';
import { sourcesHeld } from '../../base/national-layer/treated-sources.ts';
import { ruleCodes, toldRule } from '../../words/rule-words.ts';
import { findingReaders, lookingRoles } from '../access/roles.ts';
import { seenAmong, statesSeen } from '../access/states-seen.ts';
import { choiceAt } from '../case-path.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { rulePage, statePage, statesPage } from './page.ts';
import { ruleDays, stateDetail, stateFigures } from './query.ts';

/** How a state's data are is no matter of people: it is told without a purpose, by state, view and rule. */
const told = { method: 'GET', who: 'member', roles: findingReaders } as const;

const states = route({
  ...{ ...told, path: '/achados' },
  answer: async ({ base, place }) => {
    const figures = await base.snapshot(
      async (questions) => stateFigures(questions, seenAmong(place, await sourcesHeld(questions))),
      { use: 'pages' },
    );
    return { title: 'Achados', main: statesPage(figures) };
  },
});

const text = Type.String({ maxLength: 60 });

const state = route({
  ...{ ...told, path: '/achados/:uf', params: Type.Object({ uf: text }) },
  answer: async ({ base, place, params: { uf } }) => {
    await requireState(base, place, uf);
    const detail = await base.snapshot((questions) => stateDetail(questions, uf), { use: 'pages' });
    return { title: `Achados de ${uf}`, main: statePage(uf, detail) };
  },
});

export const ruleParams = Type.Object({ uf: text, visao: text, regra: text });

const rule = route({
  ...{ ...told, path: '/achados/:uf/:visao/:regra', params: ruleParams },
  answer: async ({ base, place, roles, params: { uf, visao, regra } }) => {
    await requireState(base, place, uf);
    requireRule(visao, regra);
    const days = await base.snapshot((questions) => ruleDays(questions, uf, visao, regra), { use: 'pages' });
    const mayLook = roles.some((role) => lookingRoles.includes(role));
    return {
      title: `${regra} em ${uf}`,
      main: rulePage({
        ...{ state: uf, view: visao, told: toldRule(regra, visao), days },
        rows: mayLook ? choiceAt(`/achados/${uf}/${visao}/${regra}`) : null,
      }),
    };
  },
});

/**
 * Throws `grant-lacking` for what the body does not see, whether or not there is anything of it, which is not told either;
 * `page-unknown` for a state of which there is nothing.
 */
export async function requireState(base: Base, place: Place, uf: string): Promise<void> {
  const seen = statesSeen(place);
  if (seen !== null && !seen.includes(uf)) throw new GuaritaError('grant-lacking');
  const held = await base.snapshot((questions) => sourcesHeld(questions), { use: 'pages' });
  if (!held.includes(uf)) throw new GuaritaError('page-unknown');
}

/** Throws `page-unknown` for what is no rule of a view. */
export function requireRule(view: string, code: string): void {
  if (!ruleCodes(view).includes(code)) throw new GuaritaError('page-unknown');
}

export const findingStateRoutes: readonly ConsoleRoute[] = [states, state, rule];
