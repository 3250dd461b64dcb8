import { count } from '../../../shared/count-format.ts';
import { dayText } from '../../../shared/day.ts';
import { notice, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { opened } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { addressOf, type NetworkView, type ReadView, sizes } from './address.ts';
import { kindName, kindsOf, type LinkKind, linkKinds } from './kinds.ts';
import { type Around, type Network, networkBounds } from './network.ts';
import { personPathIn } from './person-path.ts';
import { kindMark, networkPicture, roleMark } from './picture.ts';
import { counted, linkWords, nameWords, personLink } from './words.ts';

export interface NetworkPage {
  readonly network: Network;
  /** `/caso/3` */
  readonly onCase: string;
  readonly read: ReadView;
  /** Of the fields as they were filled in. */
  readonly asked: Readonly<Record<'de' | 'ate', string>>;
  /** Kinds of which the grant shows nothing. */
  readonly unseen: readonly LinkKind[];
}

/** Who is linked with a person: as a picture, and as tables that say by what. */
export function networkPage(page: NetworkPage): Html {
  const { network, onCase, read } = page;
  const { middle } = network;
  const { view } = read;
  const place = { people: network.people, person: personPathIn(onCase, network.people) };
  const name = nameWords(middle.person);
  const isEmpty = middle.people.length === 0;
  return html`<h1>Rede de ${name}</h1>
    <p class="nao-impresso"><a href="${place.person(middle.person.id)}">Voltar à pessoa</a> · <a href="${`${place.person(middle.person.id)}/caminho`}">Procurar a ligação com outra pessoa</a></p>
    ${legend(page)}
    ${period(page)}
    ${isEmpty ? notice('info', 'Com estes tipos e este período não há ligação nenhuma à vista.') : shown(page)}
    ${
      !isEmpty &&
      html`<p class="nao-impresso"><a href="#ligacoes">Pular o desenho e ir para a tabela</a></p>
    <div class="rede-janela">${networkPicture(network, {
      person: place.person,
      opening: (id) =>
        view.opened.length >= networkBounds.opened
          ? null
          : addressOf({ ...view, opened: [...view.opened, addressIn(network, id)] }),
      closing: (id) => addressOf(without(view, addressIn(network, id))),
    })}</div>
    <p class="discreto nao-impresso">Numa tela pequena, deslize o desenho para o lado. Um nome leva à pessoa; o sinal + abre as ligações dela, até ${networkBounds.opened} pessoas ao mesmo tempo.</p>`
    }
    <h2 id="ligacoes">Ligações</h2>
    ${linksTable(middle, place, `Ligações de ${name}`)}
    ${network.opened.map((around) => linksTable(around, place, `Ligações de ${nameWords(around.person)}, que foi aberta`))}`;
}

const addressIn = ({ people }: Network, id: string) => people.get(id)?.address ?? '';

const without = (view: NetworkView, address: string): NetworkView => ({
  ...view,
  opened: view.opened.filter((each) => each !== address),
});

/** What each line and mark means, how many there are, and what takes them out of the picture. */
function legend({ network: { middle, opened: others }, read: { view }, unseen }: NetworkPage): Html {
  const { role } = middle.person;
  const around = [middle, ...others];
  const rows = kindsOf(role).map((kind) => {
    const isOn = view.kinds.includes(kind);
    const total = middle.kinds.find((each) => each.kind === kind)?.total ?? 0;
    const there = countIn(middle, kind);
    const kinds = isOn ? view.kinds.filter((each) => each !== kind) : [...view.kinds, kind];
    const toggled = addressOf({
      ...view,
      kinds: Object.keys(linkKinds).filter((each) => kinds.includes(each as LinkKind)) as LinkKind[],
    });
    const said = unseen.includes(kind) ? 'fora do acordo' : isOn ? inPart(there, total) : 'escondido';
    return html`<li>${kindMark(kind)} <strong>${kindName(kind, role)}</strong>: ${said}. <span class="discreto">${linkKinds[kind].about}</span> ${
      !unseen.includes(kind) &&
      html`<a class="nao-impresso" href="${toggled}">${isOn ? 'Esconder' : 'Mostrar'}<span class="sr-only"> ${kindName(kind, role)}</span></a>`
    }</li>`;
  });
  const roles = [
    ...new Set(around.flatMap(({ person, people }) => [person, ...people].map((each) => each.role))),
  ];
  const names = { custodiado: 'pessoa presa', visitante: 'visitante', advogado: 'advogado ou defensor' };
  return html`<ul class="lista rede-legenda">${rows}</ul>
    <p class="discreto">${roles.map((each) => html`${roleMark(each)} ${names[each]} `)}</p>`;
}

function countIn({ people, links }: Around, kind: LinkKind): number {
  return people.filter(({ id }) => links.get(id)?.some((link) => link.kind === kind) === true).length;
}

function inPart(there: number, total: number): string {
  return there >= total ? count.format(total) : `${count.format(there)} de ${count.format(total)}`;
}

function period({ asked, read: { view, faults } }: NetworkPage): Html {
  const isAsked = view.from !== null || view.until !== null || faults.de !== null || faults.ate !== null;
  const hidden = new URLSearchParams(addressOf({ ...view, from: null, until: null }));
  return opened(
    isAsked ? html`Período: ${spanTitle(view)}` : 'Período: todo',
    html`<form class="formulario" method="get" novalidate>
      ${[...hidden].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
      ${textField({ name: 'de', label: 'Desde o dia', value: asked.de, fault: faults.de, help: 'Por exemplo 29/05/2026.' })}
      ${textField({ name: 'ate', label: 'Até o dia', value: asked.ate, fault: faults.ate })}
      <p class="discreto">O que não tem data aparece sempre.</p>
      <p class="botoes"><button class="br-button primary" type="submit">Filtrar</button>${
        isAsked && html` <a href="${addressOf({ ...view, from: null, until: null })}">Tirar o período</a>`
      }</p>
    </form>`,
    isAsked,
  );
}

function spanTitle({ from, until }: NetworkView): string {
  const parts = [from !== null && `desde ${dayText(from)}`, until !== null && `até ${dayText(until)}`].filter(
    Boolean,
  );
  return parts.length === 0 ? 'todo' : parts.join(' ');
}

/** How much of it is shown, in which order, and how more or less is. */
function shown({ network, read: { view } }: NetworkPage): Html {
  const { middle, people } = network;
  const isPart = middle.kinds.some(({ kind, total }) => countIn(middle, kind) < total);
  const registers = [...people.values()].reduce((sum, person) => sum + person.registers.length, 0);
  return html`<p>${isPart ? 'Mostradas aqui:' : 'Ao todo:'} ${counted(middle.people.length, 'pessoa ligada', 'pessoas ligadas')}.${
    isPart &&
    ' De cada tipo vêm antes: mais visitas, mais dias juntos, mais processos ou visitantes em comum. As demais ficam de fora.'
  } Conta como ${counted(registers, 'consulta', 'consultas')}.<span class="nao-impresso"> Mostrar ao redor até: ${sizes.map(
    (size, at) =>
      html`${at > 0 && ', '}${
        size === view.most
          ? html`<strong>${size}</strong>`
          : html`<a href="${addressOf({ ...view, most: size })}">${size}</a>`
      }`,
  )}.</span></p>
  ${network.opened.map((around) => openedWords(around, view))}`;
}

function openedWords(around: Around, view: NetworkView): Html {
  const { person, kinds, people } = around;
  const closed = addressOf(without(view, person.address));
  const parts = kinds
    .filter(({ total }) => total > 0)
    .map(({ kind, total }) => `${kindName(kind, person.role).toLowerCase()} ${count.format(total)}`);
  return html`<p>Aberta: <strong>${nameWords(person)}</strong>, com ${parts.join(', ') || 'nenhuma ligação'}; ${counted(people.length, 'pessoa entrou', 'pessoas entraram')} no desenho por causa dela. <a class="nao-impresso" href="${closed}">Fechar<span class="sr-only"> ${nameWords(person)}</span></a></p>`;
}

function linksTable(around: Around, place: Parameters<typeof linkWords>[2], caption: string): Html {
  const standing = new Map(around.people.map((person) => [person.id, person]));
  const others = [...around.links.keys()].filter((id) => !standing.has(id));
  const rows = [...standing.keys(), ...others].flatMap((id) => {
    const person = place.people.get(id);
    return person === undefined ? [] : [{ person, links: around.links.get(id) ?? [] }];
  });
  return table({
    caption,
    columns: [{ label: 'Pessoa' }, { label: 'Ligada por' }],
    rows: rows.map(({ person, links }) => [
      html`${personLink(person, place)}`,
      html`${links.map((link, at) => html`${at > 0 && html`<br>`}${linkWords(link, around.person, place)}`)}`,
    ]),
    empty: 'Nenhuma.',
  });
}
