import { notice } from '../html/form.ts';
import { type Html, html, type Shown } from '../html/html.ts';
import { originLink, type Place } from './parts.ts';
import type { Named, SeenRow } from './rows.ts';
import { valueText } from './values.ts';
import type { WhereNow } from './where-now.ts';

/** Where somebody is now, since when, and who says so. */
export function wherePart(
  { open, left, unknown }: WhereNow,
  isGone: boolean,
  named: Named,
  place: Place,
): Html {
  const gone =
    isGone && html`<p>Nenhum estado tem mais o cadastro desta pessoa: o que segue é o que havia.</p>`;
  if (open.length > 1) {
    return notice(
      'warning',
      html`<p><strong>Há ${open.length} custódias abertas:</strong></p><ul>${open.map((each) => html`<li>${isIn(each, named, place)}</li>`)}</ul>${gone}`,
    );
  }
  const [only] = open;
  if (only !== undefined)
    return notice('info', html`<strong>Em custódia:</strong> ${isIn(only, named, place)}${gone}`);
  const last = left !== null && hasLeft(left, named, place);
  if (unknown === null) return notice('info', html`<strong>Saiu:</strong> ${last}${gone}`);
  const words = {
    'no-custody': 'Não se sabe onde está: não há nenhuma custódia nos dados.',
    untold: 'Não se sabe onde está: o estado não diz quando as custódias terminam.',
    unseen: 'Onde está não é mostrado: o acordo do seu órgão não inclui as custódias.',
  } as const;
  return notice(
    'warning',
    html`${words[unknown]}${last !== false && html` A última que terminou: ${last}`}${gone}`,
  );
}

function isIn(row: SeenRow, named: Named, place: Place): Html {
  const text = (name: string) => valueText('custodia', name, row.values[name]);
  const [wing, cell] = [text('ala'), text('cela')];
  return html`${unitOf(row, named, place)}, ${text('entrada') === null ? 'sem dia de entrada' : `desde ${text('entrada')}`}${parts(
    [
      ...[text('natureza'), text('regime')],
      ...[wing === null ? null : `ala ${wing}`, cell === null ? null : `cela ${cell}`],
    ],
  )}.`;
}

function hasLeft(row: SeenRow, named: Named, place: Place): Html {
  const text = (name: string) => valueText('custodia', name, row.values[name]);
  return html`${unitOf(row, named, place)}, em ${text('saida')}${parts([text('motivo_saida')])}.`;
}

function unitOf({ source, id, values }: SeenRow, named: Named, place: Place): Html {
  return html`${named.unit(source, values['unidade_id']) ?? 'unidade não informada'} (${originLink(place, 'custodia', source, id)})`;
}

const parts = (words: readonly (string | null)[]): Shown => words.map((word) => word !== null && `, ${word}`);
