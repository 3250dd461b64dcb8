import { type Html, html } from '../html/html.ts';
import { brazilMap } from '../html/svg/brazil-map.ts';
import { type Filling, patterns, swatch } from '../html/svg/patterns.ts';
import { stateNames } from './names.ts';
import type { Overview } from './overview.ts';
import { type Situation, situations, situationsInOrder, situationText } from './situations.ts';

const fillingOf: Readonly<Record<Situation, Filling>> = {
  critical: 'trama-cruzada',
  warning: 'trama-diagonal',
  preparing: 'trama-pontos',
  ok: 'trama-cheia',
  ended: 'trama-linhas',
  none: 'trama-vazia',
};

/** The states on a map with its legend; the federal system has no place on it. */
export function statesMap(states: readonly Overview[]): Html {
  const drawn = states.map(({ code, situation }) => ({
    state: code,
    href: `/estados/${code}`,
    words: `${stateNames[code]}: ${situations[situation].name}`,
    sign: situations[situation].sign,
    filling: fillingOf[situation],
  }));
  return html`<div class="mapa-e-legenda">${patterns()}
    ${brazilMap('Mapa do Brasil, com a situação de cada estado', drawn)}
    <div class="legenda"><h2>Legenda</h2>
    <ul>${situationsInOrder.map((situation) => legendLine(situation, states))}</ul>
    <p class="discreto">Contornos: @svg-maps/brazil, de Victor Cazanave, CC BY 4.0, arredondados.</p></div>
  </div>`;
}

function legendLine(situation: Situation, states: readonly Overview[]): Html {
  const count = states.filter((state) => state.situation === situation).length;
  return html`<li>${swatch(fillingOf[situation])} ${situationText(situation)}: ${count}</li>`;
}
