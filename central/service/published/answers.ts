import { recordAnswers, showAnswerEnds } from '../../base/decided-layer/answers.ts';
import type { CentralState } from '../../state/state.ts';
import type { Part, Showing } from './part.ts';

const atOnce = 500;

/**
 * Answers that were carried out: recorded with what people decided, as far as they are not there already, and with what
 * became of them. All of them anew when a service begins: a base that was restored may have lost some.
 */
export class ShownAnswers implements Part {
  readonly #answers: CentralState['answers'];
  #last = 0;

  constructor({ answers }: Pick<CentralState, 'answers'>) {
    this.#answers = answers;
  }

  next(all: boolean): Showing | null {
    const answers = this.#answers.after(all ? 0 : this.#last, atOnce);
    if (answers.length === 0) return null;
    return {
      async write(tx) {
        await recordAnswers(tx, answers);
        await showAnswerEnds(tx, answers);
      },
      shown: () => {
        this.#last = answers.at(-1)?.number ?? 0;
      },
      more: answers.length === atOnce,
    };
  }
}
