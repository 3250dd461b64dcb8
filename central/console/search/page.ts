import { ufs } from '../../../shared/cleaning/documents/uf-table.ts';
import { regime as regimes } from '../../../shared/dictionary/codes/custody.ts';
import { type Role, roles } from '../../../shared/dictionary/roles.ts';
import type { Sight } from '../../base/sight/sight.ts';
import { checkField } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { selectField, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { icon } from '../html/icons.ts';
import { opened } from '../html/parts.ts';
import type { Asked, SearchFaults } from './asked.ts';
import type { SearchField } from './fields.ts';
import { resultsPart } from './results.ts';
import type { Searched } from './search.ts';

export interface SearchPage {
  /** `/caso/3` */
  readonly path: string;
  readonly filled: Readonly<Partial<Record<SearchField, string>>>;
  readonly faults: SearchFaults;
  readonly asked: Asked;
  readonly sight: Sight;
  /** Null: nothing was looked for. */
  readonly result: Searched | null;
}

export function searchPage(page: SearchPage): Html {
  const { faults, result } = page;
  return html`<h1>Buscar uma pessoa</h1>
    ${faultSummary(faults)}
    ${searchForm(page)}
    ${result !== null && Object.keys(faults).length === 0 && resultsPart({ ...page, result })}`;
}

const moreFields: readonly SearchField[] = [
  ...(['mae', 'nascimento', 'idade_de', 'idade_ate', 'estado', 'unidade', 'regime'] as const),
  ...(['custodia', 'tipo'] as const),
];

/** By GET, so that a search has an address, and the page before it is a step back. */
function searchForm({ path, filled, faults, asked, sight, result }: SearchPage): Html {
  const field = (name: SearchField) => ({
    ...{ name, value: filled[name] ?? '', fault: faults[name] ?? null },
  });
  const isOpen =
    moreFields.some((name) => filled[name] !== undefined || faults[name] !== undefined) ||
    result?.found.tooMany === true;
  return html`<form class="formulario" method="get" action="${`${path}/busca`}" role="search" novalidate>
  ${textField({
    ...{ ...field('q'), label: 'Nome ou documento', type: 'search', maxLength: 200 },
    help: 'Nome, alcunha, CPF, RG, RJI, número do processo, OAB. Também juntos: “José Silva 1980”.',
    isRequired: true,
  })}
  ${opened(
    'Mais campos',
    html`<div class="campos">
    ${textField({ ...field('mae'), label: 'Nome da mãe' })}
    ${textField({ ...field('nascimento'), label: 'Nascimento', help: '31/01/1980, 01/1980 ou 1980.', maxLength: 20 })}
    ${textField({ ...field('idade_de'), label: 'Idade, a partir de', inputMode: 'numeric', maxLength: 3 })}
    ${textField({ ...field('idade_ate'), label: 'Idade, até', inputMode: 'numeric', maxLength: 3 })}
    ${selectField({ ...field('estado'), label: 'Estado', choices: stateChoices(sight) })}
    ${
      sight.sees('custodia') &&
      html`${sight.sees('unidade') && textField({ ...field('unidade'), label: 'Unidade', help: 'Palavras do nome da unidade em que está.' })}
    ${selectField({ ...field('custodia'), label: 'Situação', choices: custodyChoices })}
    ${selectField({ ...field('regime'), label: 'Regime', choices: regimeChoices })}`
    }
    ${selectField({ ...field('tipo'), label: 'Tipo de pessoa', choices: roleChoices(sight) })}
    </div>`,
    isOpen,
  )}
  ${checkField({ name: 'parecidos', label: 'Incluir nomes parecidos, ainda que haja iguais', isChecked: asked.wide })}
  <p class="botoes"><button class="br-button primary" type="submit">${icon('magnifying-glass')} Buscar</button></p>
</form>`;
}

const any = { value: '', label: 'Qualquer' };

function stateChoices({ states }: Sight) {
  return [any, ...(states ?? ufs).toSorted().map((uf) => ({ value: uf, label: uf }))];
}

const custodyChoices = [
  any,
  { value: 'sim', label: 'Em custódia' },
  { value: 'nao', label: 'Fora de custódia' },
];
const regimeChoices = [any, ...regimes.values.map(({ code, label }) => ({ value: code, label }))];

export const roleNames: Readonly<Record<Role, string>> = {
  ...{ custodiado: 'Pessoa custodiada', visitante: 'Visitante', advogado: 'Advogado(a)' },
};

function roleChoices(sight: Sight) {
  const seen = roles.filter((role) => sight.sees(role));
  return [any, ...seen.map((role) => ({ value: role, label: roleNames[role] }))];
}
