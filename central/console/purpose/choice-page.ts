import { writtenDay, writtenMoment } from '../../../shared/day.ts';
import type { CaseRow } from '../../base/access-layer/cases.ts';
import type { BodyGrant } from '../../base/access-layer/sessions.ts';
import type { DayUse } from '../../base/access-layer/uses.ts';
import { isPurpose, type Purpose, purposes } from '../access/purposes.ts';
import { destination } from '../case-path.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { longestReference } from './reference.ts';

export interface Choice {
  /** Those that the agreements in force name. */
  readonly open: readonly Purpose[];
  /** Of which the reference is asked for; null: it is to be chosen first. */
  readonly chosen: Purpose | null;
  readonly typed?: string;
  readonly fault?: string | null;
  /** Path within the case where somebody wanted to go; empty: nowhere. */
  readonly to: string;
  readonly cases: readonly CaseRow[];
  readonly grants: readonly BodyGrant[];
  readonly used: DayUse;
  readonly formToken: string;
}

/** Why somebody is going to look: what they are at already, another purpose, and how much is left of the day's quota. */
export function choicePage(choice: Choice): Html {
  const { cases, to, open } = choice;
  return html`<h1>Finalidade</h1>
    <p>Antes de consultar uma pessoa, diga por que vai consultar. A finalidade fica à vista em todas as páginas, e cada consulta é registrada com ela.</p>
    ${
      cases.length > 0 &&
      html`<section aria-labelledby="em-curso"><h2 id="em-curso">Continuar em</h2>
      <ul class="lista">${cases.map((one) => html`<li>${caseLink(one, to)}</li>`)}</ul></section>`
    }
    <section aria-labelledby="outra"><h2 id="outra">${cases.length > 0 ? 'Outra finalidade' : 'Escolher a finalidade'}</h2>
    ${open.length === 0 ? notice('warning', 'Nenhum acordo do seu órgão está em vigor: nenhuma pessoa pode ser consultada.') : purposeParts(choice)}
    </section>
    ${choice.grants.length > 0 && emergencyPart(to)}
    ${grantsPart(choice)}`;
}

function caseLink({ number, purpose, reference, isEmergency, since }: CaseRow, to: string): Html {
  return html`<a href="${destination(number, to)}">${isEmergency && html`<strong>Emergência.</strong> `}${purposeName(purpose)}: ${reference}</a>
    <span class="discreto">desde ${writtenMoment(since)}</span>`;
}

function purposeParts({ open, chosen, typed, fault, to, formToken }: Choice): Html {
  const links = open.map((purpose) =>
    purpose === chosen
      ? html`<li><strong>${purposes[purpose].name}</strong></li>`
      : html`<li><a href="${choiceOf(purpose, to)}">${purposes[purpose].name}</a></li>`,
  );
  return html`${open.length > 1 && html`<ul class="lista">${links}</ul>`}
    ${
      chosen !== null &&
      html`<h3>${purposes[chosen].name}</h3>${faultSummary({ referencia: fault })}${form({
        action: '/finalidade',
        token: formToken,
        submit: 'Começar',
        children: html`<input type="hidden" name="finalidade" value="${chosen}"><input type="hidden" name="para" value="${to}">
          ${textField({
            ...{
              name: 'referencia',
              label: purposes[chosen].reference,
              value: typed ?? '',
              fault: fault ?? null,
            },
            ...{ maxLength: longestReference, isRequired: true, isFirst: (fault ?? null) === null },
            help: referenceHelp(chosen),
          })}`,
      })}`
    }`;
}

function emergencyPart(to: string): Html {
  const path = to === '' ? '/finalidade/emergencia' : `/finalidade/emergencia?para=${encodeURIComponent(to)}`;
  return html`<section aria-labelledby="urgente"><h2 id="urgente">É uma emergência?</h2>
    <p>Se alguém corre risco e não há tempo de obter o número, <a href="${path}">declare uma emergência</a>. Ela é revista depois por um auditor.</p></section>`;
}

function grantsPart({ grants, used }: Choice): Html | null {
  if (grants.length === 0) return null;
  return html`<section aria-labelledby="acordos"><h2 id="acordos">Acordos e cotas</h2>
    <p>Hoje você fez ${consultations(used.person)}; o seu órgão, ${consultations(used.body)}. Cada busca e cada registro mostrado conta como uma.</p>
    <ul class="lista">${grants.map(
      ({ agreement, until, personQuota, bodyQuota }) =>
        html`<li><strong>${agreement}</strong>, até ${writtenDay(until)}: por dia, ${consultations(personQuota)} por pessoa e ${consultations(bodyQuota)} do órgão.</li>`,
    )}</ul></section>`;
}

export function referenceHelp(purpose: Purpose): string {
  return 'form' in purposes[purpose]
    ? 'Os vinte algarismos do número do CNJ, com ou sem pontos e traços.'
    : 'Como está no documento.';
}

/** A purpose that there is no more is called by its code. */
export function purposeName(code: string): string {
  return isPurpose(code) ? purposes[code].name : code;
}

function choiceOf(purpose: Purpose, to: string): string {
  return `/finalidade?${new URLSearchParams({ finalidade: purpose, ...(to !== '' && { para: to }) }).toString()}`;
}

function consultations(count: number): string {
  return count === 1 ? '1 consulta' : `${count.toLocaleString('pt-BR')} consultas`;
}
