import { checkField } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { notice, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { table } from '../html/table.ts';
import { type Chain, type ChainStep, chainBounds } from './chain.ts';
import type { SeenPerson } from './people.ts';
import { personPathIn } from './person-path.ts';
import { kindMark } from './picture.ts';
import { counted, linkWords, nameWords, personLink } from './words.ts';

export interface ChainPage {
  readonly person: SeenPerson;
  /** `/caso/3` */
  readonly onCase: string;
  readonly asked: { readonly ate: string; readonly isByUnit: boolean };
  readonly fault: string | null;
  readonly found: FoundChain | null;
}

export interface FoundChain {
  readonly to: SeenPerson;
  readonly chain: Chain;
  readonly steps: readonly ChainStep[];
  /** Everybody who is named. */
  readonly people: ReadonlyMap<string, SeenPerson>;
}

/** By whom and what two people are linked, if they are: the shortest way there is. */
export function chainPage({ person, onCase, asked, fault, found }: ChainPage): Html {
  const people = new Map([[person.id, person], ...(found?.people ?? [])]);
  const place = { people, person: personPathIn(onCase, people) };
  return html`<h1>Ligação entre duas pessoas</h1>
    <p>De ${personLink(person, place)}. <a href="${`${place.person(person.id)}/rede`}">Ver a rede</a></p>
    ${faultSummary({ ate: fault })}
    ${found !== null && result(person, found, place)}
    <form class="formulario" method="get" novalidate>
      ${textField({ name: 'ate', label: 'Até quem', value: asked.ate, fault, isRequired: true, help: 'Cole o endereço da página da outra pessoa, ou o número que está nele.' })}
      ${checkField({ name: 'unidade', label: 'Aceitar também quem só esteve na mesma unidade, no mesmo período', isChecked: asked.isByUnit })}
      <p class="botoes"><button class="br-button primary" type="submit">Procurar</button></p>
    </form>
    <p class="discreto">São seguidos visitantes, advogados, processos e celas em comum, até ${chainBounds.steps} passos, lendo as ligações de até ${counted(chainBounds.people, 'pessoa', 'pessoas')}.</p>`;
}

function result(
  person: SeenPerson,
  { to, chain, steps }: FoundChain,
  place: Parameters<typeof linkWords>[2],
): Html {
  const names = html`<strong>${nameWords(person)}</strong> e <strong>${nameWords(to)}</strong>`;
  const { people, read, isWhole } = chain;
  if (people === null) {
    const said = isWhole
      ? html`Não há ligação entre ${names} no que o seu órgão vê: todas as pessoas ligadas a uma delas foram olhadas.`
      : html`Não foi achada ligação entre ${names} em até ${counted(chain.steps, 'passo', 'passos')}. Foram lidas as ligações de ${counted(read, 'pessoa', 'pessoas')}; o limite é ${chainBounds.steps} passos e ${counted(chainBounds.people, 'pessoa', 'pessoas')}. Pode haver uma ligação mais longa.`;
    return notice('info', said);
  }
  if (steps.length === 0) return notice('info', html`As duas são a mesma pessoa: ${names}.`);
  return html`${notice('success', html`${names} estão ligados em ${counted(steps.length, 'passo', 'passos')}. Não há ligação mais curta entre os tipos que foram seguidos.`)}
    <ol class="caminho">${[person, ...steps.map((step) => step.to)].map(
      (each, at) =>
        html`<li>${at > 0 && html`<span>${steps[at - 1]?.links.map(({ kind }) => kindMark(kind))}</span> `}${html`<a href="${place.person(each.id)}">${nameWords(each)}</a>`}</li>`,
    )}</ol>
    ${table({
      caption: 'De passo em passo',
      columns: [{ label: 'De' }, { label: 'A' }, { label: 'Ligados por' }],
      rows: steps.map(({ from, to: next, links }) => [
        personLink(from, place),
        personLink(next, place),
        html`${links.map((link, at) => html`${at > 0 && html`<br>`}${linkWords(link, from, place)}`)}`,
      ]),
      empty: 'Nenhum.',
    })}`;
}
