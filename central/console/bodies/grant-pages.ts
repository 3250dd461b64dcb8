import { writtenDay, writtenMoment } from '../../../shared/day.ts';
import type { Body } from '../../base/access-layer/bodies.ts';
import { type Proposal, proposalDays, type StoredGrant } from '../../base/access-layer/grant-proposals.ts';
import { sensitive } from '../../base/sight/sensitive.ts';
import { purposes } from '../access/purposes.ts';
import { checkFields, textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts, opened } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { viewLabel } from '../person/labels.ts';
import type { Tried } from './asked.ts';
import { checked, type TypedGrant } from './grant-form.ts';
import { grantParts, kindWords, standWords } from './grant-words.ts';
import { bodyHead, bodyPath, reasonField } from './parts.ts';

export interface GrantsPage {
  readonly body: Body;
  readonly grants: readonly StoredGrant[];
  readonly waiting: readonly Proposal[];
  readonly past: readonly Proposal[];
  readonly mayPropose: boolean;
  readonly done: string | null;
  readonly now: Date;
}

/** What a body may see, and what is proposed about it. */
export function grantsPage({ body, grants, waiting, past, mayPropose, done, now }: GrantsPage): Html {
  const path = `${bodyPath(body)}/concessoes`;
  return html`${bodyHead(body, 'Concessões', { done })}
  <p>O que o órgão pode ver, por qual acordo e até quando. Uma pessoa propõe e outra confirma: antes disso nada muda.</p>
  ${table({
    caption: 'Concessões registradas',
    columns: [{ label: 'Acordo' }, { label: 'Vale' }, { label: 'Visões' }, { label: 'Estados' }],
    rows: grants.map((grant) => [
      html`<a href="${`${path}/${grant.id}`}">${grant.agreement}</a>`,
      Date.parse(grant.from) > now.getTime()
        ? `de ${writtenDay(grant.from)} até ${writtenDay(grant.until)}`
        : `até ${writtenDay(grant.until)}`,
      ...[grant.views.join(', '), grant.states.join(', ') || 'todos'],
    ]),
    empty: 'Nenhuma concessão: ninguém do órgão consulta pessoas.',
  })}
  ${mayPropose && html`<p><a class="br-button primary" href="${`${path}/nova`}">Propor uma concessão</a></p>`}
  ${proposalsTable('Propostas que aguardam outra pessoa', waiting, body, now)}
  ${past.length > 0 && proposalsTable('Últimas propostas decididas, retiradas ou vencidas', past, body, now)}`;
}

function proposalsTable(caption: string, proposals: readonly Proposal[], body: Body, now: Date): Html {
  return table({
    caption,
    columns: [{ label: 'Proposta' }, { label: 'Por quem' }, { label: 'Em' }, { label: 'Situação' }],
    rows: proposals.map((one) => [
      html`<a href="${`${bodyPath(body)}/propostas/${one.id}`}">${kindWords(one)}</a>`,
      ...[one.by.name, writtenMoment(one.at), standWords(one, now)],
    ]),
    empty: 'Nenhuma proposta aguarda.',
  });
}

/** One grant, and what may be proposed about it. @param token null: nothing, by whoever looks */
export function grantPage(body: Body, grant: StoredGrant, tried: Tried, token: string | null): Html {
  const path = `${bodyPath(body)}/concessoes`;
  return html`${bodyHead(body, `Concessão do acordo ${grant.agreement}`)}
  ${grant.ended !== null && notice('info', `Encerrada em ${writtenMoment(grant.ended)}.`)}
  ${facts(grantParts(grant))}
  ${
    token !== null &&
    grant.ended === null &&
    html`<p><a class="br-button secondary" href="${`${path}/nova?substitui=${grant.id}`}">Propor outra no lugar desta</a></p>
    ${faultSummary(tried.faults)}
    ${opened(
      'Propor o encerramento',
      form({
        ...{ action: `${path}/${grant.id}/encerrar`, token, submit: 'Propor o encerramento' },
        children: reasonField('motivo', tried, 'Outra pessoa o lê antes de confirmar.'),
      }),
      tried.faults['motivo'] !== undefined,
    )}`
  }
  <p><a href="${path}">Todas as concessões do órgão</a></p>`;
}

/** @param replaced the one in whose place it would come */
export function newGrantPage(
  body: Body,
  replaced: StoredGrant | null,
  { typed, faults }: { readonly typed: TypedGrant; readonly faults: Tried['faults'] },
  token: string,
): Html {
  const path = `${bodyPath(body)}/concessoes`;
  const text = (name: string, label: string, help?: string) =>
    textField({
      ...{ name, label, value: typed[name] ?? '', fault: faults[name] ?? null, isRequired: true },
      ...(help !== undefined && { help }),
    });
  const checks = (
    name: string,
    label: string,
    kind: keyof typeof checked,
    words: (code: string) => { readonly label: string; readonly help?: string },
  ) =>
    checkFields({
      ...{ name, label, fault: faults[name] ?? null },
      choices: checked[kind].map(({ field, code }) => ({
        ...{ name: field, isChecked: typed[field] === 'sim' },
        ...words(code),
      })),
    });
  return html`${bodyHead(body, replaced === null ? 'Propor uma concessão' : `Propor outra no lugar da do acordo ${replaced.agreement}`)}
  <p>Nada muda até que outra pessoa a confirme, em até ${proposalDays} dias.</p>
  ${faultSummary(faults)}
  ${form({
    ...{ action: path, token, submit: 'Propor' },
    children: html`<input type="hidden" name="substitui" value="${replaced?.id ?? ''}">
    ${text('acordo', 'Número do acordo')}
    ${checks('visoes', 'Visões', 'views', (code) => ({ label: `${viewLabel(code)} (${code})` }))}
    ${checks('sensiveis', 'Dados sensíveis que o acordo nomeia', 'sensitive', (code) => ({ label: code, help: sensitive[code] ?? '' }))}
    ${textArea({
      ...{ name: 'ocultos', label: 'Campos que ficam ocultos', value: typed['ocultos'] ?? '' },
      ...{ fault: faults['ocultos'] ?? null, help: 'Um por linha, como custodiado.cpf.' },
    })}
    ${textField({
      ...{ name: 'ufs', label: 'Estados', value: typed['ufs'] ?? '', fault: faults['ufs'] ?? null },
      help: 'Siglas, como AL, PE. Em branco: todos.',
    })}
    ${checks('finalidades', 'Finalidades', 'purposes', (code) => ({ label: purposes[code as keyof typeof purposes].name }))}
    ${text('cota-pessoa', 'Consultas por pessoa e dia')}
    ${text('cota-orgao', 'Consultas do órgão por dia')}
    ${text('desde', 'Desde', 'O dia, como 29/05/2026. Antes de confirmada, não vale.')}
    ${text('ate', 'Até', 'O último dia.')}
    ${reasonField('motivo', { typed, faults }, 'Outra pessoa o lê antes de confirmar.')}`,
  })}
  <p><a href="${path}">Voltar às concessões</a></p>`;
}
