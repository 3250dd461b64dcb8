import { type Html, html, type Shown } from '../html/html.ts';
import { printButton } from '../html/parts.ts';
import { timeline } from '../html/svg/timeline.ts';
import { findingsPart } from './findings-part.ts';
import { headPart, madeOf } from './head-part.ts';
import { kindNames, otherKindsPart } from './other-kinds-part.ts';
import { type Place, sectionPart } from './parts.ts';
import type { PersonFacts } from './query.ts';
import { registersPart } from './registers-part.ts';
import { custody, isSeen, listed, movements, type Section } from './sections.ts';
import { timelineOf } from './timeline.ts';
import { areGone, whereNow } from './where-now.ts';
import { wherePart } from './where-part.ts';
import { decisionsPart, pairPart, pairsTable } from './why-part.ts';

export interface PersonPage {
  readonly facts: PersonFacts;
  readonly place: Place;
  /** YYYY-MM-DD in Brasília. */
  readonly today: string;
  /** Where it is said that two registers are not one person; null for whoever may not. */
  readonly reviewPath: string | null;
  /** Who looked at this person is told to auditors. */
  readonly showsLooks: boolean;
}

/** Pairs that are told in full on the page itself: the heaviest. */
const mostPairs = 1;

/** Who somebody is, where they are, and why we believe it. */
export function personPage(page: PersonPage): Html {
  const { facts, place, today, showsLooks } = page;
  const { person, findings } = facts;
  const isHeld = person.role === 'custodiado';
  const parts: readonly Part[] = [
    { path: 'cadastros', title: 'O que cada estado diz', shown: registersPart(person, place) },
    ...(isHeld ? [{ path: 'tempo', title: 'Linha do tempo', shown: timePart(facts, place, today) }] : []),
    ...listed.flatMap((section) => sectionOf(section, facts, place)),
    { path: 'achados', title: 'Achados', shown: findingsPart(findings, place) },
    { path: 'por-que', title: 'Por que é uma pessoa só', shown: whyOnePart(page) },
  ];
  return html`${headPart(person, madeOf(person), today, place)}
    ${isHeld && whereNowPart(facts, place)}
    ${otherKindsPart(facts.why.others, place)}
    <p class="botoes nao-impresso">
      <a class="br-button secondary" href="${`${place.path}/rede`}">Ver a rede</a>
      ${showsLooks && html`<a class="br-button secondary" href="${`${place.path}/consultas`}">Quem consultou</a>`}
      ${printButton()}
    </p>
    <nav class="indice nao-impresso" aria-label="Nesta página"><ul>${parts.map(
      ({ path, title }) => html`<li><a href="${`#${path}`}">${title}</a></li>`,
    )}</ul></nav>
    ${parts.map(({ path, title, shown }) => html`<h2 id="${path}">${title}</h2>${shown}`)}`;
}

interface Part {
  readonly path: string;
  readonly title: string;
  readonly shown: Shown;
}

function sectionOf(
  section: Section,
  { person, rows, named, sight }: PersonFacts,
  place: Place,
): readonly Part[] {
  if (section.by[person.role] === undefined) return [];
  const found = rows.get(section) ?? { rows: [], more: false };
  const shown = isSeen(section, sight)
    ? sectionPart(section, found, named, place)
    : html`<p>O acordo do seu órgão não inclui estes dados.</p>`;
  return [{ path: section.path, title: section.title, shown }];
}

function whereNowPart({ person, drawn, telling, named, sight }: PersonFacts, place: Place): Html {
  const now = whereNow(drawn.custodies, telling, sight.sees('custodia'));
  return wherePart(now, areGone(person), named, place);
}

function timePart(facts: PersonFacts, place: Place, today: string): Html {
  const { drawn, rows, named, sight } = facts;
  const listOf = (section: Section) => rows.get(section) ?? { rows: [], more: false };
  if (![custody, movements].some((section) => isSeen(section, sight)))
    return html`<p>O acordo do seu órgão não inclui custódias nem movimentações.</p>`;
  return html`${timeline(timelineOf(drawn.custodies, drawn.movements, named, today)) ?? html`<p>Nada tem data.</p>`}
    ${drawn.more && html`<p class="discreto">A figura mostra só as custódias e movimentações mais recentes.</p>`}
    ${[custody, movements].map(
      (section) =>
        html`<h3 id="${section.path}">${section.title}</h3>${
          isSeen(section, sight)
            ? sectionPart(section, listOf(section), named, place)
            : html`<p>O acordo do seu órgão não inclui estes dados.</p>`
        }`,
    )}`;
}

function whyOnePart({ facts: { person, why }, place, reviewPath }: PersonPage): Html {
  const { others } = why;
  const compared = [...person.registers, ...others];
  const decisions = html`${others.map(({ pair, role }) => pair !== null && html`<p>Por que também é ${kindNames[role]}:</p>${pairPart({ registers: compared, reviewPath }, pair)}`)}${decisionsPart(compared, why)}`;
  if (person.registers.length === 1) return html`<p>Há um cadastro só: nada foi juntado.</p>${decisions}`;
  if (why.model === null) {
    return html`<p>O modelo em vigor não pode ser usado por esta versão do programa: não há como explicar.</p>${decisions}`;
  }
  const left = why.pairs.slice(mostPairs);
  return html`<p>Cada par de cadastros soma pesos: o que combina conta a favor, o que difere conta contra; quanto mais raro o que combina, mais conta. Só o que o seu órgão vê é comparado aqui.</p>
    ${why.pairs.slice(0, mostPairs).map((pair) => pairPart({ registers: compared, reviewPath }, pair))}
    ${left.length > 0 && html`${pairsTable(compared, left)}<p><a href="${`${place.path}/por-que`}">Ver todos os pares por inteiro</a></p>`}
    ${decisions}
    <p class="discreto">Modelo em vigor: ${why.model}.</p>`;
}
