import { type Html, html } from '../html/html.ts';
import { addressOf, type NetworkView } from './address.ts';
import { type Network, registersShown } from './network.ts';
import { counted } from './words.ts';

/** Instead of a network that would not fit into what is left of the day's quota: nobody is shown. */
export function tooLargePage(network: Network, left: number, view: NetworkView, back: string): Html {
  const registers = registersShown(network).length;
  const own = network.middle.person.registers.length;
  // As many as fit where others have as many registers as these have.
  const smaller = Math.floor(((left - own) * (network.people.size - 1)) / (registers - own));
  return html`<h1>A rede não cabe na cota de hoje</h1>
    <p>Mostrá-la conta como ${counted(registers, 'consulta', 'consultas')}, uma por registro de cada pessoa, e hoje ${left === 1 ? 'resta' : 'restam'} ${counted(left, 'consulta', 'consultas')}. Ninguém foi mostrado, e nada foi contado.</p>
    <ul>
      ${
        smaller > 0 &&
        html`<li><a href="${addressOf({ ...view, most: smaller, opened: [] })}">Mostrar só ${counted(smaller, 'pessoa', 'pessoas')}</a></li>`
      }
      <li><a href="${back}">Voltar à pessoa</a></li>
      <li>Amanhã a contagem recomeça. <a href="/ajuda/cotas">Como as cotas funcionam</a></li>
    </ul>`;
}
