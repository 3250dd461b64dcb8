import { count } from '../../../shared/count-format.ts';
import { dayOf, writtenDay } from '../../../shared/day.ts';
import type { Body } from '../../base/access-layer/bodies.ts';
import { type Html, html } from '../html/html.ts';
import { table } from '../html/table.ts';
import { nextStep } from '../states/milestones.ts';
import { none, stepWords } from '../states/words.ts';
import { bodyDays, bodySteps } from './milestones.ts';
import { bodyPath } from './parts.ts';

/** @param mayAdd to whom it is to register one */
export function bodiesPage(
  bodies: readonly Body[],
  { mayAdd, now }: { readonly mayAdd: boolean; readonly now: Date },
): Html {
  return html`<h1>Órgãos</h1>
  <p>Do pedido ao uso, um órgão tem ${bodyDays} dias corridos. Cada etapa é vista do que está cadastrado: ninguém a marca.</p>
  ${mayAdd && html`<p><a class="br-button primary" href="/orgaos/novo">Cadastrar um órgão</a></p>`}
  ${table({
    caption: 'Órgãos',
    columns: [
      ...[{ label: 'Órgão' }, { label: 'Nome' }, { label: 'Cadastrado em' }],
      ...[
        { label: 'Pessoas', isNumber: true },
        { label: 'Estruturas', isNumber: true },
        { label: 'Próxima etapa' },
      ],
    ],
    rows: bodies.map((body) => [
      html`<a href="${bodyPath(body)}">${body.short}</a>`,
      ...[body.name, writtenDay(body.created)],
      ...[count.format(body.people), count.format(body.structures), stepText(body, now)],
    ]),
    empty: 'Nenhum órgão.',
  })}`;
}

function stepText(body: Body, now: Date): string {
  if (body.ended !== null) return `encerrado em ${writtenDay(body.ended)}`;
  if (body.isCentral) return none;
  const next = nextStep(bodySteps(body, dayOf(now)));
  return next === null ? '✓ todas cumpridas' : `${next.name} (${next.by}): ${stepWords(next)}`;
}
