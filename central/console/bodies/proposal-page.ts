import { writtenDay, writtenMoment } from '../../../shared/day.ts';
import type { Body } from '../../base/access-layer/bodies.ts';
import type { GrantTerms, Proposal, StoredGrant } from '../../base/access-layer/grant-proposals.ts';
import { radioFields, textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice, postButton } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { longestWords } from '../purpose/reason.ts';
import type { Tried } from './asked.ts';
import { grantParts, kindWords, standWords } from './grant-words.ts';
import { bodyHead, bodyPath } from './parts.ts';

export interface ProposalPage {
  readonly body: Body;
  readonly proposal: Proposal;
  /** What is in force of the body, beside which it would come. */
  readonly inForce: readonly StoredGrant[];
  readonly tried: Tried;
  readonly now: Date;
  readonly viewer: string;
  /** Null: it is not for whoever looks to decide it. */
  readonly token: string | null;
}

/** A proposal: what changes, beside what is in force. */
export function proposalPage(page: ProposalPage): Html {
  const { body, proposal, inForce, now } = page;
  const { by, at, reason, ends, begins, decision } = proposal;
  const others = inForce.filter(({ id }) => id !== ends?.id);
  return html`${bodyHead(body, kindWords(proposal))}
  ${facts([
    ['Proposta por', by.name],
    ['Em', writtenMoment(at)],
    ['Motivo', reason],
    ['Situação', standWords(proposal, now)],
    ...(decision === null ? [] : [['Parecer', decision.words] as const]),
  ])}
  <h2>O que muda</h2>
  ${comparison(ends, begins, decision === null ? now : null)}
  ${
    others.length > 0 &&
    html`<h2>O que mais está registrado para o órgão</h2>
    <ul>${others.map((grant) => html`<li><a href="${`${bodyPath(body)}/concessoes/${grant.id}`}">${grant.agreement}</a>, até ${writtenDay(grant.until)}: ${grant.views.join(', ')}</li>`)}</ul>`
  }
  ${decidePart(page)}
  <p><a href="${`${bodyPath(body)}/concessoes`}">Todas as concessões do órgão</a></p>`;
}

/** @param now of one that nobody has decided: before that nothing begins */
function comparison(ends: StoredGrant | null, begins: GrantTerms | null, now: Date | null): Html {
  const before = ends === null ? [] : grantParts(ends);
  const isWaiting = begins !== null && now !== null && Date.parse(begins.from) <= now.getTime();
  const after = (begins === null ? [] : grantParts(begins)).map(([name, words]) => [
    ...[name, isWaiting && name === 'Desde' ? 'quando for confirmada' : words],
  ]);
  const names = (before.length > 0 ? before : after).map(([name]) => name);
  const gone = begins === null ? 'termina' : '–';
  return table({
    caption: 'Em vigor e proposto',
    columns: [{ label: 'Parte' }, { label: 'Em vigor' }, { label: 'Proposto' }],
    rows: names.map((name, index) => {
      const [was, becomes] = [before[index]?.[1], after[index]?.[1]];
      const isOther = was !== becomes && begins !== null;
      return [
        name,
        was ?? '–',
        isOther
          ? html`<strong>${becomes ?? gone}</strong>${was !== undefined && ' (muda)'}`
          : (becomes ?? gone),
      ];
    }),
    empty: '',
  });
}

function decidePart({ body, proposal, tried, now, viewer, token }: ProposalPage): Html | null {
  const isUndecided = proposal.decision === null && proposal.withdrawn === null;
  const isOpen = isUndecided && Date.parse(proposal.deadline) > now.getTime();
  if (!isOpen || body.ended !== null) {
    // Whoever decided too late is told why nothing was done.
    const late = tried.faults['resposta'];
    return late === undefined ? null : notice('danger', late);
  }
  if (proposal.by.id === viewer) {
    return html`${notice(
      'info',
      'Quem propõe não confirma: fica para outro Cadastrador Autorizador do órgão central.',
    )}
    ${
      token !== null &&
      html`<h2>Retirar</h2>
      <p>Retirada, ninguém mais a decide. Ela continua na lista, com a data.</p>
      ${postButton({
        action: `${bodyPath(body)}/propostas/${proposal.id}/retirar`,
        ...{ token, label: 'Retirar a minha proposta' },
      })}`
    }`;
  }
  if (token === null) return null;
  const { typed, faults } = tried;
  return html`<h2>Decidir</h2>
  ${faultSummary({ resposta: faults['resposta'], parecer: faults['parecer'] })}
  ${form({
    ...{ action: `${bodyPath(body)}/propostas/${proposal.id}`, token, submit: 'Registrar a decisão' },
    children: html`${radioFields({
      ...{ name: 'resposta', label: 'O que fazer com a proposta?' },
      choices: [
        { value: 'confirmar', label: 'Confirmar', help: 'Passa a valer como está acima.' },
        { value: 'recusar', label: 'Recusar', help: 'Nada muda.' },
      ],
      ...{ value: typed['resposta'] ?? '', fault: faults['resposta'] ?? null },
    })}
    ${textArea({
      ...{
        name: 'parecer',
        label: 'Parecer',
        value: typed['parecer'] ?? '',
        fault: faults['parecer'] ?? null,
      },
      ...{
        help: 'O que se conferiu. Não pode ser mudado depois.',
        maxLength: longestWords,
        isRequired: true,
      },
    })}`,
  })}`;
}
