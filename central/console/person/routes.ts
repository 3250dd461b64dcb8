import Type from 'typebox';
import { dayOf } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { looksAtRecords } from '../../base/access-layer/audit-search.ts';
import { sightOf } from '../../base/sight/sight.ts';
import { lookingRoles } from '../access/roles.ts';
import { html } from '../html/html.ts';
import { pages } from '../html/parts.ts';
import { type ConsoleRoute, type Look, route } from '../route.ts';
import { findPerson, type SeenPerson } from './find-person.ts';
import { callName, madeOf } from './head-part.ts';
import { looksPage } from './looks-page.ts';
import { originOf } from './origin.ts';
import { originPage } from './origin-page.ts';
import { personPage } from './page.ts';
import { type Place, sectionPage } from './parts.ts';
import { personPath } from './paths.ts';
import { personFacts } from './query.ts';
import { cursorText, namesIn, readCursor, rowsOf } from './rows.ts';
import { isSeen, type Section, sections } from './sections.ts';
import { whyOne } from './why-one.ts';
import { pairPart } from './why-part.ts';

const path = '/pessoa/:id';
const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const shows = { who: 'case', views: ['custodiado'], roles: lookingRoles, showsPeople: true } as const;

/** Who somebody is, where they are, and why we believe it. */
const page = route({
  ...{ method: 'GET', path, params, ...shows },
  async answer({ base, grant, params: { id }, case: onCase, roles, now, locale, signal }) {
    const facts = await base.snapshot((questions) => personFacts(questions, grant, id, locale), {
      use: 'pages',
      signal,
    });
    if (facts === null) throw new GuaritaError('page-unknown');
    const { person, named, why } = facts;
    const others = why.others.map(({ natal }) => natal);
    // By one address alone, whichever of their registers it was that led here.
    if (person.id !== id) return { goTo: personPath(onCase.number, person.id), look: looked([], 1) };
    const made = madeOf(person);
    return {
      title: callName(person, made),
      look: looked([...person.registers.map(({ natal }) => natal), ...others, ...named.shown], 1),
      main: personPage({
        ...{ facts, place: placeOf(onCase.number, person), today: dayOf(now) },
        reviewPath: roles.includes('revisor') ? `/caso/${onCase.number}/vinculacao` : null,
        showsLooks: roles.includes('auditor'),
      }),
    };
  },
});

const onPage = 50;

/** All rows of one of its sections, a page at a time. */
const sectionRoutes = sections.map((section: Section) =>
  route({
    ...{ method: 'GET', path: `${path}/${section.path}`, params, ...shows },
    query: Type.Object({ apos: Type.Optional(Type.String({ maxLength: 4000 })) }),
    async answer({ base, grant, params: { id }, query: { apos }, case: onCase, signal }) {
      const after = apos === undefined ? null : readCursor(apos);
      const sight = sightOf(grant);
      const found = await base.snapshot(
        async (questions) => {
          const person = await findPerson(questions, sight, id);
          if (person === null || section.by[person.role] === undefined || !isSeen(section, sight))
            return null;
          const rows = await rowsOf(questions, sight, section, person, { most: onPage, after });
          const shown = rows.slice(0, onPage);
          return { person, rows, shown, named: await namesIn(questions, sight, shown, person) };
        },
        { use: 'pages', signal },
      );
      if (found === null) throw new GuaritaError('page-unknown');
      const { person, rows, shown, named } = found;
      const place = placeOf(onCase.number, person);
      const own = `${place.path}/${section.path}`;
      const last = shown.at(-1);
      return {
        title: section.title,
        look: looked([...person.registers.map(({ natal }) => natal), ...named.shown], shown.length),
        main: sectionPage({
          ...{ section, rows: shown, named, place, name: callName(person, madeOf(person)) },
          first: after === null ? null : own,
          next:
            rows.length > onPage && last !== undefined
              ? `${own}?apos=${encodeURIComponent(cursorText(last))}`
              : null,
        }),
      };
    },
  }),
);

/** Pairs of a page of them. */
const mostPairs = 6;

/** Why all registers are one person, where there are too many pairs for their page. */
const whyRoute = route({
  ...{ method: 'GET', path: `${path}/por-que`, params, ...shows },
  query: Type.Object({ apos: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,3}$' })) }),
  async answer({ base, grant, params: { id }, query: { apos }, case: onCase, roles, locale, signal }) {
    const sight = sightOf(grant);
    const found = await base.snapshot(
      async (questions) => {
        const person = await findPerson(questions, sight, id);
        return person === null ? null : { person, why: await whyOne(questions, sight, person, locale) };
      },
      { use: 'pages', signal },
    );
    if (found === null) throw new GuaritaError('page-unknown');
    const { person, why } = found;
    const place = placeOf(onCase.number, person);
    const from = Number(apos ?? 0);
    const own = `${place.path}/por-que`;
    const reviewPath = roles.includes('revisor') ? `/caso/${onCase.number}/vinculacao` : null;
    return {
      title: 'Por que é uma pessoa só',
      look: looked(
        person.registers.map(({ natal }) => natal),
        why.pairs.length,
      ),
      main: html`<h1>Por que é uma pessoa só</h1>
        <p>Os pares de cadastros de <a href="${place.path}">${callName(person, madeOf(person))}</a>, os de mais peso primeiro.</p>
        ${why.pairs.length === 0 && html`<p>Não há par que explicar.</p>`}
        ${why.pairs.slice(from, from + mostPairs).map((pair) => pairPart({ registers: person.registers, reviewPath }, pair))}
        ${pages({
          first: from === 0 ? null : own,
          next: why.pairs.length > from + mostPairs ? `${own}?apos=${from + mostPairs}` : null,
        })}`,
    };
  },
});

/** Where a row of theirs came from, back to what the state signed. */
const originRoute = route({
  ...{ method: 'GET', path: `${path}/origem/:visao/:fonte/:chave`, ...shows },
  params: Type.Object({
    ...params.properties,
    visao: Type.String({ maxLength: 100 }),
    fonte: Type.String({ maxLength: 100 }),
    chave: Type.String({ maxLength: 1000 }),
  }),
  async answer({ base, grant, params: { id, visao, fonte, chave }, case: onCase, signal }) {
    const sight = sightOf(grant);
    const found = await base.snapshot(
      async (questions) => {
        const person = await findPerson(questions, sight, id);
        if (person === null) return null;
        const origin = await originOf(questions, sight, person, { view: visao, source: fonte, id: chave });
        return origin === null ? null : { person, origin };
      },
      { use: 'pages', signal },
    );
    if (found === null) throw new GuaritaError('page-unknown');
    const { person, origin } = found;
    return {
      title: 'De onde veio',
      look: looked(
        person.registers.map(({ natal }) => natal),
        1,
      ),
      main: originPage(origin, callName(person, madeOf(person)), placeOf(onCase.number, person)),
    };
  },
});

/** Who was shown this person. */
const looksRoute = route({
  ...{ method: 'GET', path: `${path}/consultas`, params, ...shows, roles: ['auditor'] },
  query: Type.Object({ antes: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,15}$' })) }),
  async answer({ base, grant, params: { id }, query: { antes }, case: onCase, signal }) {
    const before = antes === undefined ? null : Number(antes);
    const found = await base.snapshot(
      async (questions) => {
        const person = await findPerson(questions, sightOf(grant), id);
        if (person === null) return null;
        const records = person.registers.map(({ natal }) => natal);
        return {
          person,
          records,
          entries: await looksAtRecords(questions, records, { before, most: onPage + 1 }),
        };
      },
      { use: 'pages', signal },
    );
    if (found === null) throw new GuaritaError('page-unknown');
    const { person, records, entries } = found;
    const shown = entries.slice(0, onPage);
    const place = placeOf(onCase.number, person);
    const own = `${place.path}/consultas`;
    return {
      title: 'Quem consultou',
      look: looked(records, shown.length),
      event: { event: 'record-looks-listed' },
      main: looksPage(shown, {
        ...{ name: callName(person, madeOf(person)), place },
        first: before === null ? null : own,
        next: entries.length > onPage ? `${own}?antes=${shown.at(-1)?.id}` : null,
      }),
    };
  },
});

export const personRoutes: readonly ConsoleRoute[] = [
  page,
  ...sectionRoutes,
  whyRoute,
  originRoute,
  looksRoute,
];

function placeOf(number: number, { id, role }: SeenPerson): Place {
  return { number, path: personPath(number, id), role };
}

/** Nothing was asked for: a page was opened. */
function looked(shown: readonly string[], found: number): Look {
  return { terms: null, found, shown: [...new Set(shown)] };
}
