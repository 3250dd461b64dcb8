import type { Sight } from '../../base/sight/sight.ts';
import { notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { pages } from '../html/parts.ts';
import { table } from '../html/table.ts';
import type { Asked } from './asked.ts';
import type { SearchField } from './fields.ts';
import type { Tried } from './find.ts';
import { searchLimits } from './limits.ts';
import { whatTells, whereNow, whoIs, why } from './person-words.ts';
import type { Searched } from './search.ts';

interface Results {
  readonly path: string;
  readonly filled: Readonly<Partial<Record<SearchField, string>>>;
  readonly asked: Asked;
  readonly sight: Sight;
  readonly result: Searched;
}

/** What a search came to: people, or what was tried and what may be. */
export function resultsPart(results: Results): Html {
  const { result, filled, asked, path } = results;
  const { found, people, isFirst, next, units } = result;
  const address = (more: Readonly<Record<string, string>>) =>
    `${path}/busca?${new URLSearchParams({ ...filled, ...(asked.wide && { parecidos: 'sim' }), ...more }).toString()}`;
  const hasNames = asked.words.length + asked.mother.length > 0;
  const asWritten = found.tried.at(-1) === 'as-written' && hasNames;
  return html`<section aria-labelledby="resultado"><h2 id="resultado">${title(results)}</h2>
    ${units.length > 0 && unitLinks(results)}
    ${found.tooMany && tooMany()}
    ${!found.tooMany && found.people.length === 0 && nobody(results)}
    ${found.people.length > 0 && !asWritten && hasNames && notice('info', 'Com o nome como foi escrito não há todos estes: vêm também nomes parecidos, e primeiro os mais próximos. Veja em cada um por que veio.')}
    ${people.length > 0 && list(results)}
    ${pages({ first: isFirst ? null : address({}), next: next === null ? null : address({ depois: next }) })}
    ${
      asWritten &&
      found.people.length > 0 &&
      html`<p>Não é nenhuma destas pessoas? <a href="${address({ parecidos: 'sim' })}">Buscar também nomes parecidos</a>.</p>`
    }</section>`;
}

function title({ result: { found } }: Results): string {
  if (found.tooMany) return 'São pessoas demais';
  const { length } = found.people;
  if (length === 0) return 'Ninguém foi encontrado';
  return length === 1 ? '1 pessoa encontrada' : `${length.toLocaleString('pt-BR')} pessoas encontradas`;
}

function list({ path, asked, result: { people }, sight }: Results): Html {
  return table({
    caption: 'Pessoas encontradas, as mais próximas do que se buscou primeiro',
    columns: [
      ...[{ label: 'Pessoa' }, { label: 'Mãe, nascimento e documentos' }, { label: 'Onde está' }],
      { label: 'Por que veio' },
    ],
    rows: people.map((person) => [
      ...[whoIs(person, path), whatTells(person, asked), whereNow(person, sight), why(person, asked)],
    ]),
    empty: '',
  });
}

function tooMany(): Html {
  return notice(
    'warning',
    html`<p>Mais de ${searchLimits.registers.toLocaleString('pt-BR')} registros têm o que foi escrito, e nenhum é mostrado. Acrescente, em “Mais campos” ou ao lado do nome:</p>
    <ul><li>o ano ou a data de nascimento;</li><li>o nome da mãe;</li><li>o estado;</li><li>mais um sobrenome.</li></ul>`,
  );
}

const triedWords: Readonly<Record<Tried, string>> = {
  'as-written': 'nomes escritos assim, com o mesmo som ou abreviados (Souza e Sousa, Zé e José)',
  like: 'nomes com uma letra errada, trocada, a mais ou a menos; duas, nas palavras de sete letras ou mais',
  'without-a-word': 'pessoas a quem falta uma das palavras',
};

const fieldsSearched = [
  ['custodiado.nome_social', 'nome social'],
  ['custodiado.alcunhas', 'alcunhas'],
  ['outro_nome.nome', 'outros nomes'],
  ['custodiado.nome_mae', 'nome da mãe'],
] as const;

/** What was tried, and what somebody may try; of what the grant alone says, never of what there is. */
function nobody({ asked, result: { found }, sight }: Results): Html {
  const hidden = fieldsSearched.flatMap(([field, name]) => {
    const [view = '', column = ''] = field.split('.');
    return sight.sees(view, column) ? [] : [name];
  });
  const hasNames = asked.words.length + asked.mother.length > 0;
  return html`<p>O que se tentou:</p>
    <ul>${asked.documents.map(({ written }) => html`<li>o documento ${written}, como foi escrito e sem pontos e traços;</li>`)}${hasNames && found.tried.map((tried) => html`<li>${triedWords[tried]};</li>`)}</ul>
    <p>${sight.states === null ? 'Em todos os estados.' : `Só em ${sight.states.join(', ')}, que são os do acordo do seu órgão.`}${hidden.length > 0 && ` O acordo não mostra: ${hidden.join(', ')}; por aí não se busca.`}</p>
    <p>O que tentar:</p>
    <ul>
    ${asked.documents.length > 0 && html`<li>confira os algarismos do documento, ou busque pelo nome;</li>`}
    ${hasNames && html`<li>menos palavras: só o primeiro nome e um sobrenome, com o ano de nascimento ou o nome da mãe;</li><li>a alcunha, ou outro nome que a pessoa use;</li>`}
    ${narrowed(asked) && html`<li>sem os filtros de “Mais campos”;</li>`}
    <li>um documento: CPF, RG, RJI ou o número do processo.</li>
    </ul>
    <p>Não encontrar não quer dizer que a pessoa não esteja presa: um estado pode ainda não ter enviado o registro dela.</p>`;
}

function narrowed({ births, state, unit, regime, inCustody, role }: Asked): boolean {
  return births.length + unit.length > 0 || [state, regime, inCustody, role].some((one) => one !== null);
}

function unitLinks({ path, result: { units } }: Results): Html {
  return html`<p>Unidades com esse nome (quem está nelas):</p><ul class="lista">${units.map(
    ({ name, source }) => {
      const query = new URLSearchParams({ unidade: name, estado: source }).toString();
      return html`<li><a href="${`${path}/busca?${query}`}">${name} (${source})</a></li>`;
    },
  )}</ul>`;
}
