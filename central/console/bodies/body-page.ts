import { count } from '../../../shared/count-format.ts';
import { dayOf, dayText, writtenMoment } from '../../../shared/day.ts';
import type { Body } from '../../base/access-layer/bodies.ts';
import type { Ending } from '../../base/access-layer/body-end.ts';
import { checkField } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { stepWords } from '../states/words.ts';
import type { Tried } from './asked.ts';
import { bodyDays, bodySteps } from './milestones.ts';
import { bodyForm, bodyHead, bodyPath, nameField, reasonField } from './parts.ts';

/** A body: what it has, and how far it has come. @param mayEdit to whom it is to rename or end it */
export function bodyPage(
  body: Body,
  {
    mayEdit,
    mayName,
    done,
    now,
  }: {
    readonly mayEdit: boolean;
    /** Who answers for it. */
    readonly mayName: boolean;
    readonly done: string | null;
    readonly now: Date;
  },
): Html {
  const path = bodyPath(body);
  return html`${bodyHead(body, body.name, { done })}
  ${facts([
    ['Sigla', body.short],
    ['Cadastrado em', writtenMoment(body.created)],
    ...(body.ended === null ? [] : [['Encerrado em', writtenMoment(body.ended)] as const]),
    ['Pessoas com papel em vigor', count.format(body.people)],
  ])}
  ${body.isCentral && html`<p>É o órgão central: quem é cadastrador aqui cuida de todos os órgãos.</p>`}
  <ul>
    <li><a href="${`${path}/estruturas`}">Estruturas</a> (${count.format(body.structures)})</li>
    <li><a href="${`${path}/colecoes`}">Coleções de estruturas</a></li>
    <li><a href="${`${path}/concessoes`}">Concessões</a></li>
    <li><a href="${`${path}/historia`}">O que mudou neste órgão</a></li>
    ${mayName && html`<li><a href="${`${path}/autoridade`}">Autoridade que autoriza os pedidos</a></li>`}
    ${mayEdit && html`<li><a href="${`${path}/mudar`}">Renomear ou encerrar o órgão</a></li>`}
  </ul>
  ${stepsPart(body, now)}`;
}

function stepsPart(body: Body, now: Date): Html | null {
  const steps = bodySteps(body, dayOf(now));
  const [first] = steps;
  if (first === undefined) return null;
  return html`<h2>Até o órgão usar o sistema</h2>
  <p>Prazo: ${bodyDays} dias corridos do cadastro, até ${dayText(first.due)}.</p>
  ${table({
    caption: 'Etapas, e quem deve cada uma',
    columns: [{ label: 'Etapa' }, { label: 'Quem deve' }, { label: 'Como se sabe' }, { label: 'Situação' }],
    rows: steps.map((step) => [
      ...[step.name, step.by, step.shownBy],
      step.done === null
        ? stepWords(step)
        : `✓ ${writtenMoment(step.done)}${step.isLate ? ', fora do prazo' : ''}`,
    ]),
    empty: '',
  })}`;
}

const shortHelp = 'Letras maiúsculas, algarismos e hífen, como DPE-AL. É por ela que os comandos o conhecem.';

export function newBodyPage({ typed, faults }: Tried, token: string): Html {
  return html`<p><a href="/orgaos">Órgãos</a></p>
  <h1>Cadastrar um órgão</h1>
  <p>O prazo de ${bodyDays} dias corridos até o órgão usar o sistema começa agora.</p>
  ${faultSummary({ sigla: faults['sigla'], nome: faults['nome'] })}
  ${form({
    ...{ action: '/orgaos', token, submit: 'Cadastrar' },
    children: html`${shortField({ typed, faults })}${nameField('nome', 'Nome', { typed, faults })}`,
  })}`;
}

function shortField({ typed, faults }: Tried, value = ''): Html {
  return textField({
    ...{ name: 'sigla', label: 'Sigla', value: typed['sigla'] ?? value, fault: faults['sigla'] ?? null },
    ...{ help: shortHelp, maxLength: 30, isRequired: true },
  });
}

/** Its name, and its end: what that ends, too. */
export function editBodyPage(body: Body, ending: Ending, tried: Tried, token: string): Html {
  const { faults } = tried;
  return html`${bodyHead(body, 'Renomear ou encerrar o órgão', { tried })}
  ${faultSummary({ sigla: faults['sigla'], nome: faults['nome'], confirmo: faults['confirmo'], motivo: faults['motivo'] })}
  <h2>Renomear</h2>
  ${bodyForm({
    ...{ body, path: '/nome', token, submit: 'Renomear' },
    children: html`${shortField(tried, body.short)}${nameField('nome', 'Nome', tried, body.name)}`,
  })}
  <h2>Encerrar</h2>
  ${
    body.isCentral
      ? html`<p>O órgão central não se encerra aqui: sem ele ninguém cuida dos outros.</p>`
      : html`${notice(
          'warning',
          html`O encerramento é definitivo e vale no próximo clique de quem trabalha no órgão. Com ele terminam: ${endingWords(ending)}.`,
        )}
    ${form({
      ...{ action: `${bodyPath(body)}/encerrar`, token, submit: 'Encerrar o órgão' },
      children: html`${checkField({
        ...{
          name: 'confirmo',
          label: `Encerrar ${body.short} e tudo o que está acima`,
          fault: faults['confirmo'] ?? null,
        },
      })}
      ${reasonField('motivo', tried, 'Fica na história do órgão e não pode ser mudado.')}`,
    })}`
  }
  <p><a href="${bodyPath(body)}">Voltar ao órgão</a></p>`;
}

function endingWords({ people, roles, grants, structures, proposals }: Ending): string {
  const parts = [
    roles > 0 && `${counted(roles, 'papel', 'papéis')} de ${counted(people, 'pessoa', 'pessoas')}`,
    grants > 0 && counted(grants, 'concessão', 'concessões'),
    proposals > 0 && counted(proposals, 'proposta de concessão', 'propostas de concessão'),
    structures > 0 && counted(structures, 'estrutura', 'estruturas'),
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'nenhum papel, concessão ou estrutura' : parts.join('; ');
}

function counted(number: number, one: string, several: string): string {
  return `${count.format(number)} ${number === 1 ? one : several}`;
}
