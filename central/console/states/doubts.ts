import { writtenMoment } from '../../../shared/day.ts';
import { isProblemCode } from '../../../shared/problems/catalogue.ts';
import type { PublishedAttention } from '../../base/published-layer/tables.ts';
import { type DoubtCode, isDoubt } from '../../state/attentions.ts';
import { viewInWords } from '../../status/doubt-words.ts';
import { radioFields, textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { longestWords } from '../purpose/reason.ts';
import { type StateCode, stateName } from './names.ts';
import type { SaidAnswer, StateFacts } from './query.ts';
import { doubtWords, pictureWords } from './words.ts';

/** What accepting does, in a sentence. */
const accepting: Readonly<Record<DoubtCode, string>> = {
  'epoch-changed': 'A visão é lida de novo, desde o começo, e conferida por inteiro.',
  'column-lost': 'A coleta segue sem essas colunas.',
  'journal-cut':
    'Vale daqui em diante o diário que o agente tem agora, como depois de restaurar a máquina de um backup. Os dois registros são guardados.',
  'journal-forked':
    'Vale daqui em diante o diário que o agente tem agora. Só aceite se há um único agente com esta chave, e se sabe o que houve. Os dois registros são guardados.',
  'view-shrank':
    'A próxima coleta marca como removidas tantas linhas quantas são mostradas aqui, e não mais.',
};

/** What waits for a decision in a state, or was decided and not done yet; each leads to its page. */
export function doubtsPart({ picture, answers }: Pick<StateFacts, 'picture' | 'answers'>): Html | null {
  const { attentions } = picture;
  if (attentions.length === 0) return null;
  return html`<h2>Aguarda decisão</h2>
    ${table({
      caption: 'Visões que não são carregadas até que alguém decida',
      columns: [{ label: 'Visão' }, { label: 'O que houve' }, { label: 'Desde' }, { label: 'Situação' }],
      rows: attentions.map((doubt) => [
        html`<a href="${pathOf(doubt)}">${viewInWords(doubt.view)}</a>`,
        doubtWords(doubt, heldIn(picture, doubt)),
        writtenMoment(doubt.since),
        standing(doubt, answers),
      ]),
      empty: '',
    })}`;
}

/** What people said, the latest first, and what became of it. */
export function answersPart(answers: readonly SaidAnswer[], title = 'Decisões tomadas'): Html | null {
  if (answers.length === 0) return null;
  return html`<h2>${title}</h2>
    ${table({
      caption: 'As mais recentes primeiro',
      columns: [
        ...[{ label: 'Visão' }, { label: 'Decisão' }, { label: 'Quem' }, { label: 'Quando' }],
        ...[{ label: 'Motivo' }, { label: 'O que foi feito dela' }],
      ],
      rows: answers.map(({ view, decision, who, at, reason, outcome }) => [
        ...[viewInWords(view), decisionWords(decision), who, writtenMoment(at), reason, becameWords(outcome)],
      ]),
      empty: '',
    })}`;
}

/** What somebody typed to decide a doubt. */
export interface TypedAnswer {
  readonly resposta?: string;
  readonly motivo?: string;
  readonly faults?: Readonly<Partial<Record<'resposta' | 'motivo', string>>>;
  /** It is not any more as it was when they were shown it: nothing was decided. */
  readonly hasChanged?: boolean;
}

export interface DoubtPage {
  readonly code: StateCode;
  readonly known: StateFacts;
  /** Null: it is over. */
  readonly doubt: PublishedAttention | null;
  /** What was said of this very doubt. */
  readonly answers: readonly SaidAnswer[];
  /** Null: it is not for the viewer to decide. */
  readonly formToken: string | null;
}

export function doubtPage(page: DoubtPage, typed: TypedAnswer = {}): Html {
  const { code, known, doubt, answers } = page;
  return html`<p><a href="${`/estados/${code}`}">${stateName(code)}</a></p>
    <h1>${doubt === null ? 'Decisão' : `Decisão sobre ${viewInWords(doubt.view)}`}</h1>
    ${typed.hasChanged === true && notice('danger', 'Isto mudou desde que a página foi aberta: nada foi decidido. Veja como está agora.')}
    ${pictureWords(known.mark)}
    ${
      doubt === null
        ? html`<p>Não há mais o que decidir: a coleta fez o que foi aceito, ou o estado voltou ao que era.</p>`
        : html`${facts([
            ['O que houve', doubtWords(doubt, heldIn(known.picture, doubt))],
            ['Desde', writtenMoment(doubt.since)],
            ['Referência', html`<code>${doubt.ref}</code>`],
            ['Situação', standing(doubt, answers)],
          ])}${decidingPart(doubt, page, typed)}`
    }
    ${answersPart(answers, 'O que foi respondido')}`;
}

function decidingPart(
  doubt: PublishedAttention,
  { answers, formToken }: DoubtPage,
  { resposta = '', motivo = '', faults = {} }: TypedAnswer,
): Html {
  if (!isOpen(doubt, answers)) return html``;
  if (formToken === null) {
    return notice(
      'info',
      'Quem decide é a SENAPPEN. Diga a ela o que aconteceu com esta visão no banco do estado.',
    );
  }
  const accept = isProblemCode(doubt.code) && isDoubt(doubt.code) ? accepting[doubt.code] : '';
  const refuse = {
    ...{ value: 'refused', label: 'Recusar' },
    help: 'A visão fica como está, sem cargas novas, até o estado voltar ao que era.',
  };
  return html`<section class="nao-impresso"><h2>Decidir</h2>
    <p>Antes, confirme com a TI do estado o que aconteceu. A decisão vale só para o que está acima: se mudar antes da próxima coleta, será perguntado de novo.</p>
    ${faultSummary({ resposta: faults.resposta, motivo: faults.motivo })}
    ${form({
      ...{ action: pathOf(doubt), token: formToken, submit: 'Registrar a decisão' },
      children: html`<input type="hidden" name="estava" value="${doubt.decision ?? ''}">
        ${radioFields({
          ...{ name: 'resposta', label: 'Decisão', value: resposta, fault: faults.resposta ?? null },
          choices: [
            { value: 'accepted', label: 'Aceitar', help: accept },
            ...(doubt.decision === 'refused' ? [] : [refuse]),
          ],
        })}
        ${textArea({
          ...{ name: 'motivo', label: 'Motivo', value: motivo, fault: faults.motivo ?? null },
          ...{ help: 'O que o estado disse, e quem. Não pode ser mudado depois.', isRequired: true },
          maxLength: longestWords,
        })}`,
    })}</section>`;
}

/** Whether somebody may decide it: it waits, or was refused, and no answer is on its way. */
function isOpen({ decision }: PublishedAttention, answers: readonly SaidAnswer[]): boolean {
  return decision !== 'accepted' && answers.every(({ outcome }) => outcome !== null);
}

/** Where a doubt stands. */
function standing({ ref, decision }: PublishedAttention, answers: readonly SaidAnswer[]): string {
  const onItsWay = answers.find((answer) => answer.ref === ref && answer.outcome === null);
  if (onItsWay !== undefined) return `respondida por ${onItsWay.who}; a central ainda não viu a resposta`;
  if (decision === null) return 'aguarda decisão';
  return decision === 'accepted' ? 'aceita; falta a próxima coleta' : 'recusada; a visão fica como está';
}

function pathOf({ source, ref }: PublishedAttention): string {
  return `/estados/${source}/decisoes/${ref}`;
}

/** How many rows the base has of the view, as far as it is known. */
function heldIn({ views }: StateFacts['picture'], { source, view }: PublishedAttention): number | null {
  return views.find((one) => one.source === source && one.view === view)?.rows ?? null;
}

function decisionWords(decision: SaidAnswer['decision']): string {
  return decision === 'accepted' ? 'aceita' : 'recusada';
}

function becameWords(outcome: string | null): string {
  if (outcome === null) return 'a central ainda não a viu';
  return outcome === 'carried-out' ? 'a central a cumpriu' : 'não valeu: a dúvida já era outra';
}
