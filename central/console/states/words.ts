import { dayText, writtenDay, writtenMoment } from '../../../shared/day.ts';
import { isProblemCode, problemOf } from '../../../shared/problems/catalogue.ts';
import type { PictureMark } from '../../base/published-layer/picture.ts';
import { isDoubt } from '../../state/attentions.ts';
import type { JobKind } from '../../state/jobs.ts';
import { doubtInWords } from '../../status/doubt-words.ts';
import { kindNames, outcomeNames, reasonNames } from '../../status/job-words.ts';
import { problemText } from '../../status/problem-text.ts';
import { notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { isOverdue, type Step } from './milestones.ts';
import type { Overview } from './overview.ts';

/** Instead of what there is not. */
export const none = '–';

/** Of when what a page shows is, and whether it may be over. */
export function pictureWords(mark: PictureMark | null): Html {
  if (mark === null) {
    return notice(
      'warning',
      'A central ainda não mostrou nada nesta base: o serviço nunca foi iniciado com ela.',
    );
  }
  const { at, ended, isStale, version } = mark;
  if (ended !== null) {
    return notice(
      'warning',
      `O serviço da central foi encerrado em ${writtenMoment(ended)}. O que segue é dessa hora, e nada é coletado até que ele volte.`,
    );
  }
  if (isStale) {
    return notice(
      'danger',
      `A central não dá sinal desde ${writtenMoment(at)}: parou, ou não alcança a base. O que segue é dessa hora e pode ter mudado.`,
    );
  }
  return html`<p class="discreto">Como a central mostrava em ${writtenMoment(at)} (versão ${version}). Para ver de novo, recarregue a página.</p>`;
}

/** `até 01/11/2031 (faltam 1.797 dias)` */
export function termWords({ end, daysLeft }: NonNullable<Overview['agreement']>): string {
  return `até ${writtenDay(end)} (${daysLeft < 0 ? 'terminou' : leftWords(daysLeft)})`;
}

/** How a step stands: done since when, how many days are left, or by how many it is late. */
export function stepWords(step: Pick<Step, 'done' | 'due' | 'daysLeft'>): string {
  const { done, due, daysLeft } = step;
  if (done !== null) return `✓ feito até ${dayText(done)}`;
  if (daysLeft === null || due === null) return 'sem prazo: não se sabe quando o acordo começou';
  if (isOverdue(step)) return `✗ atrasado há ${days(-daysLeft)}`;
  return daysLeft === 0 ? '! termina hoje' : leftWords(daysLeft);
}

export function leftWords(count: number): string {
  return count === 1 ? 'falta 1 dia' : `faltam ${days(count)}`;
}

function days(count: number): string {
  return count === 1 ? '1 dia' : `${count.toLocaleString('pt-BR')} dias`;
}

/** What a person decides about, in a sentence; of one that this version does not know its code. */
export function doubtWords(
  { code, subject, columns }: { code: string; subject: string; columns: readonly string[] | null },
  held: number | null,
): string {
  if (!isProblemCode(code) || !isDoubt(code)) return code;
  return `${problemOf(code).pt.title} ${capital(doubtInWords({ code, subject, columns }, held))}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const runOutcomes: ReadonlyMap<string, string> = new Map([
  ...Object.entries(outcomeNames),
  ['stopped', 'interrompida'],
]);

/** What became of a run, or of a view in it. */
export function outcomeWords(outcome: string | null, problem: string | null): string {
  if (outcome === null) return 'em andamento, ou interrompida';
  const name = runOutcomes.get(outcome) ?? outcome;
  return problem === null ? name : `${name} (${problemText(problem)})`;
}

export function kindWords(kind: string): string {
  return Object.hasOwn(kindNames, kind) ? kindNames[kind as JobKind] : kind;
}

export function reasonWords(reason: string): string {
  return Object.hasOwn(reasonNames, reason) ? reasonNames[reason as keyof typeof reasonNames] : reason;
}
