import type { Decided, SaidOfTwo } from '../../base/national-layer/decide-links.ts';
import type { ReviewQuestion } from '../../treat/linking/review.ts';
import { answeredLine } from './review-words.ts';

/** What a reviewer may say to a pair: what Enter alone takes decides nothing. */
export const answerChoices = [
  { name: 'pular', value: 'skip' },
  { name: 'mesma pessoa', value: 'same' },
  { name: 'pessoas distintas', value: 'distinct' },
  { name: 'não dá para saber', value: 'unsure' },
  { name: 'sair', value: 'quit' },
] as const;

export type AnswerChoice = (typeof answerChoices)[number]['value'];

/** The one who is asked, and what keeps the answers. */
export interface Reviewing {
  show(question: ReviewQuestion): Promise<void>;
  print(text: string): void;
  choose(): Promise<AnswerChoice>;
  /** @param before what was said last, which is taken where nothing is */
  askReason(before: string): Promise<string>;
  record(said: Pick<SaidOfTwo, 'a' | 'b' | 'says' | 'reason'>): Promise<Decided | undefined>;
}

/** Asks pair by pair; each answer is recorded before the next one is shown. */
export async function askEach(all: readonly ReviewQuestion[], reviewing: Reviewing): Promise<void> {
  let reason = 'revisão';
  let answered = 0;
  for (const [at, question] of all.entries()) {
    reviewing.print(`Par ${at + 1} de ${all.length}`);
    await reviewing.show(question);
    const answer = await reviewing.choose();
    if (answer === 'quit') break;
    if (answer === 'skip') continue;
    reason = (await reviewing.askReason(reason)).trim() || reason;
    const { a, b } = question.pair;
    const decided = await reviewing.record({ a, b, says: answer, reason });
    if (decided !== undefined) reviewing.print(answeredLine(decided));
    answered++;
  }
  if (answered > 0) reviewing.print('→ O próximo tratamento segue as respostas.');
}
