import { count } from '../../../shared/count-format.ts';
import { writtenDay } from '../../../shared/day.ts';
import { severityNames } from '../../treat/rules/severity-names.ts';
import { type Html, html } from '../html/html.ts';
import type { PersonFinding, PersonFindings } from './findings.ts';
import { labelOf, viewLabel } from './labels.ts';
import { originLink, type Place } from './parts.ts';
import { columnOf } from './values.ts';

const [mostShown, mostRows] = [12, 3];

/** What is wrong in this person's rows, and what the state should do about it. */
export function findingsPart({ findings, more }: PersonFindings, place: Place): Html {
  if (findings.length === 0)
    return html`<p>Nenhuma regra encontrou problema no que é mostrado desta pessoa.</p>`;
  const left = findings.length - mostShown;
  return html`<ul class="lista">${findings.slice(0, mostShown).map((finding) => findingItem(finding, place))}</ul>
    ${left > 0 && html`<p>E mais ${left} ${left === 1 ? 'regra, menos grave' : 'regras, menos graves'}.</p>`}
    ${more && html`<p>Há mais linhas com achados, que não foram lidas.</p>`}`;
}

function findingItem({ rule, source, rows, since }: PersonFinding, place: Place): Html {
  const left = rows.length - mostRows;
  return html`<li><strong>${rule.code}, ${severityNames[rule.severity]}</strong> (${source}, desde ${writtenDay(since)}): ${rule.wrong}
    <br>O que o estado deve fazer: ${rule.todo}
    <br><span class="discreto">${viewLabel(rule.view)}: ${rows
      .slice(0, mostRows)
      .map(
        ({ id, item }, at) =>
          html`${at > 0 && '; '}${fieldOf(rule.view, item)}${originLink(place, rule.view, source, id)}`,
      )}${left > 0 && ` e mais ${count.format(left)}`}</span></li>`;
}

/** What of the row it is about, where that is a column. */
function fieldOf(view: string, item: string): string {
  return columnOf(view, item) === undefined ? '' : `${labelOf(item)}, `;
}
