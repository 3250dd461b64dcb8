import { linking, type Subject, shared } from '../base/national-layer/subject.ts';
import { typedViews } from '../base/national-layer/typed-views.ts';
import type { JobProgress } from '../state/jobs.ts';
import type { TreatProgress } from '../treat/treat.ts';

/** What else than views a treatment goes through. */
const subjects: readonly Subject[] = [
  ...(['custodiado', 'visitante', 'advogado', 'unidade', 'nascimento', 'pessoa', 'busca'] as const),
  ...linking,
  ...shared,
];

/** How far a treatment is, as jobs are told it: the parts that it came to, several at once, of all that there may be. */
export class TreatedParts {
  readonly #rows = new Map<string, number>();

  at({ step, part, steps }: TreatProgress): JobProgress & { readonly view: string } {
    this.#rows.set(`${step} ${part}`, steps.done);
    const rows = [...this.#rows.values()].reduce((sum, done) => sum + done, 0);
    return { view: part, done: this.#rows.size - 1, total: typedViews.length + subjects.length, rows };
  }
}
