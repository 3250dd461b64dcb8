import Type from 'typebox';
import { dayOf } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { exportedSeen, findingsOnPage } from '../../base/national-layer/findings-seen.ts';
import { typedViews } from '../../base/national-layer/typed-views.ts';
import { sightOf } from '../../base/sight/sight.ts';
import { rules } from '../../treat/rules/all.ts';
import { findingsCsv } from '../../words/findings-csv.ts';
import { columnOf, toldRule } from '../../words/rule-words.ts';
import { lookingRoles } from '../access/roles.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { toldOf } from './judge.ts';
import { mostLines, rowsPage, unseenPage } from './rows-page.ts';
import { seenIn, unseenOf } from './seen-rules.ts';
import { requireRule, requireState, ruleParams } from './state-routes.ts';

const onPage = 25;

/** Rows are people's, so they are shown in a case, as far as they are seen, by no more than the begin of their key. */
const people = {
  method: 'GET',
  who: 'case',
  roles: lookingRoles,
  views: ['custodiado'],
  showsPeople: true,
} as const;

const rows = route({
  ...{ ...people, path: '/achados/:uf/:visao/:regra', params: ruleParams },
  query: Type.Object({
    id: Type.Optional(Type.String({ maxLength: 500 })),
    item: Type.Optional(Type.String({ maxLength: 500 })),
  }),
  async answer(asked) {
    const { base, place, grant, query, params, case: onCase } = asked;
    const { uf, visao, regra } = params;
    await requireState(base, place, uf);
    requireRule(visao, regra);
    const sight = sightOf(grant);
    if (!sight.seesState(uf)) throw new GuaritaError('grant-lacking');
    const title = `${regra} em ${uf}`;
    const path = `/caso/${onCase.number}/achados/${uf}/${visao}/${regra}`;
    const told = toldRule(regra, visao);
    const among = seenIn(visao, sight, grant, regra);
    if (among === null || among.rules.length === 0) {
      const own = rules.filter(({ code, view }) => code === regra && view === visao);
      const unseen = among === null ? [visao] : own.flatMap((rule) => unseenOf(rule, sight));
      const look = { terms: null, found: 0, shown: [] };
      return { title, look, main: unseenPage({ state: uf, view: visao, told, unseen }) };
    }
    const after = [query.id ?? '', query.item ?? ''] as const;
    const { findings, next } = await base.snapshot(
      (questions) =>
        findingsOnPage(
          questions,
          uf,
          among,
          { people: sight.view('custodiado'), names: namesOf(visao), after, most: onPage },
          (questions, found) => toldOf(questions, sight, grant, found),
        ),
      { use: 'pages' },
    );
    return {
      title,
      look: {
        terms: null,
        found: findings.length,
        shown: [...new Set(findings.flatMap(({ register }) => register ?? []))],
      },
      main: rowsPage({
        ...{ state: uf, view: visao, told, findings, case: onCase.number },
        first: query.id === undefined ? null : path,
        next: next === null ? null : `${path}?${new URLSearchParams({ id: next[0], item: next[1] })}`,
      }),
    };
  },
});

/** For the state: all that is seen of it, masked. Who is in it nobody can tell from it. */
const file = route({
  ...{ ...people, path: '/achados/:uf', params: Type.Object({ uf: Type.String({ maxLength: 60 }) }) },
  async answer({ base, place, grant, params: { uf }, now }) {
    await requireState(base, place, uf);
    const sight = sightOf(grant);
    if (!sight.seesState(uf)) throw new GuaritaError('grant-lacking');
    const all = typedViews.flatMap(({ view }) => seenIn(view.name, sight, grant) ?? []);
    const seenColumn: typeof columnOf = (finding) => {
      const column = columnOf(finding);
      return column !== null && sight.sees(finding.view, column) ? column : null;
    };
    const lines: string[] = [];
    const found = exportedSeen(base, uf, all, {
      ...{ columnOf: seenColumn, most: mostLines },
      judge: (questions, found) => toldOf(questions, sight, grant, found),
    });
    for await (const line of findingsCsv(found, false)) {
      lines.push(line);
    }
    return {
      name: `achados-${uf}-${dayOf(now)}.csv`,
      ...{ mediaType: 'text/csv; charset=utf-8', content: lines.join('') },
      look: { terms: { state: uf }, found: lines.length - 1, shown: [] },
      event: { event: 'findings-exported', state: uf },
    };
  },
});

function namesOf(view: string): 'itself' | 'custodiado' | 'nobody' {
  const typed = typedViews.find((each) => each.view.name === view);
  if (typed?.role !== null && typed?.role !== undefined) return 'itself';
  return typed?.columns.some(({ name }) => name === 'custodiado_id') === true ? 'custodiado' : 'nobody';
}

export const findingRowRoutes: readonly ConsoleRoute[] = [rows, file];
