import { count } from '../../../shared/count-format.ts';
import { dayText, writtenDay, writtenMoment } from '../../../shared/day.ts';
import { duration } from '../../status/words.ts';
import { scoreText } from '../../words/score-words.ts';
import { notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { answersPart, doubtsPart } from './doubts.ts';
import { stateName } from './names.ts';
import type { Overview } from './overview.ts';
import type { StateFacts } from './query.ts';
import { situationText } from './situations.ts';
import { none, outcomeWords, pictureWords, stepWords, termWords } from './words.ts';
import { agendaPart, runsPart } from './work.ts';

export function statePage(state: Overview, known: StateFacts): Html {
  const { code, situation, rows } = state;
  return html`<p><a href="/estados">Todos os estados</a></p>
    <h1>${stateName(code)}</h1>
    ${pictureWords(known.mark)}
    ${situation === 'none' ? withoutAgreement(code) : situationPart(state)}
    ${doubtsPart(known)}
    ${situation !== 'none' && agreementPart(state)}
    ${rows.length > 0 && viewsPart(state)}
    ${rows.length > 0 && qualityPart(state)}
    ${rows.length > 0 && runsPart(known)}
    ${rows.length > 0 && agendaPart(known)}
    ${answersPart(known.answers)}`;
}

function withoutAgreement(code: string): Html {
  return html`<p>Nenhum acordo registrado na central. O acordo passa a aparecer aqui quando um operador faz o convite do estado, no terminal da central:</p>
    <p><code>guarita-central source invite ${code} --act NÚMERO --begin AAAA-MM-DD</code></p>`;
}

function situationPart({ situation, matters, rows }: Overview): Html {
  const kind = situation === 'critical' ? 'danger' : situation === 'ok' ? 'success' : 'info';
  const lines = matters.map(
    ({ words, views }) => html`<li>${words}${views.length > 0 && `: ${views.join(', ')}`}</li>`,
  );
  const more =
    lines.length > 0
      ? html`<ul>${lines}</ul>`
      : rows.length === 0 && html`<br>O convite foi feito e ainda não há agente cadastrado.`;
  return notice(
    situation === 'warning' ? 'warning' : kind,
    html`<strong>${situationText(situation)}</strong>${more}`,
  );
}

const ruleWords: Readonly<Record<number, string>> = {
  1: 'regra 1: a central lê o banco, pela VPN',
  2: 'regra 2: pelo agente, que está no estado',
  5: 'regra 5: a central lê o banco, pela internet',
};

function agreementPart({ agreement, rule, enrolled, ended, departed, invitation, steps }: Overview): Html {
  return html`<h2>Acordo</h2>
    ${facts([
      ['Número', agreement?.number ?? 'a autorização do estado não pôde ser lida'],
      ...(agreement === null
        ? []
        : ([['Prazo', `de ${writtenDay(agreement.begin)} ${termWords(agreement)}`]] as const)),
      ...(departed === null
        ? []
        : ([['Saiu', `em ${writtenMoment(departed)}; dados e provas ficam`]] as const)),
      ...(ended === null || departed !== null
        ? []
        : ([['Encerrado', `não se coleta desde ${writtenMoment(ended)}`]] as const)),
      ...(rule === null ? [] : ([['Como é lido', ruleWords[rule] ?? `regra ${rule}`]] as const)),
      ...(enrolled === null
        ? []
        : ([
            [rule === null || rule === 2 ? 'Agente cadastrado' : 'Banco cadastrado', writtenMoment(enrolled)],
          ] as const)),
      ...(invitation === null
        ? []
        : ([
            [
              'Convite em aberto',
              `feito em ${writtenMoment(invitation.invited)}, vale até ${writtenMoment(invitation.expires)}`,
            ],
          ] as const)),
    ])}
    ${table({
      caption: 'Marcos do acordo',
      columns: [
        ...[{ label: 'Marco' }, { label: 'Prazo' }, { label: 'Quem deve' }],
        ...[{ label: 'Situação' }, { label: 'Conta como feito quando' }],
      ],
      rows: steps.map((step) => [
        `${step.name} (D+${step.days})`,
        step.due === null ? none : dayText(step.due),
        step.by,
        stepWords(step),
        step.shownBy,
      ]),
      empty: 'Sem o começo do acordo não há marcos a contar.',
    })}
    <p class="discreto">Os dias contam do primeiro dia do acordo, pelo plano de trabalho. Um marco conta como feito no dia em que a central pôde ver que estava feito.</p>`;
}

function viewsPart({ rows }: Overview): Html {
  return html`<h2>Visões</h2>
    ${table({
      caption: 'Coleta de cada visão',
      columns: [
        ...[{ label: 'Visão' }, { label: 'Última coleta completa' }, { label: 'Atraso' }],
        ...[
          { label: 'Linhas', isNumber: true },
          { label: 'Quarentena', isNumber: true },
        ],
        ...[{ label: 'Conferida em' }, { label: 'Última tentativa' }],
      ],
      rows: rows.map((row) => [
        row.view ?? 'nenhuma conhecida',
        row.lastSuccess === null ? none : writtenMoment(row.lastSuccess),
        row.lagSeconds === null ? none : duration(row.lagSeconds),
        row.rows === null ? none : count.format(row.rows),
        row.quarantined === null ? none : count.format(row.quarantined),
        row.lastReconciliation === null ? none : writtenMoment(row.lastReconciliation),
        row.lastRun === null
          ? none
          : `${writtenMoment(row.lastRun.started)}: ${outcomeWords(row.lastRun.outcome, row.lastRun.problem)}`,
      ]),
      empty: '',
    })}
    <p class="discreto">Atraso é o tempo desde a última coleta que chegou ao fim: o que o estado fez antes dela está na base. As linhas em quarentena se veem no terminal da central (<code>guarita-central quarantine list</code>).</p>`;
}

function qualityPart({ code, quality }: Overview): Html {
  return html`<h2>Qualidade dos dados</h2>
    ${
      quality === null
        ? html`<p>Os dados deste estado ainda não foram tratados.</p>`
        : html`${facts([
            ['Nota', `${scoreText(quality.score)} de 100`],
            ['Achados abertos', count.format(quality.open)],
            ['No tratamento de', dayText(quality.day)],
          ])}
    <p><a href="${`/achados/${code}`}">O que as regras encontraram, e o que o estado deve fazer</a></p>`
    }`;
}
