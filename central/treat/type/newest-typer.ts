import type { Questions } from '../../base/base.ts';
import { assignedBy, assignments, lastAssignment } from '../../base/national-layer/code-maps.ts';
import type { TypedView } from '../../base/national-layer/typed-views.ts';
import { timeZoneOf } from '../time-zones.ts';
import type { Cleaning } from './cleaning.ts';
import { rowTyper, type TypeRows } from './typed-rows.ts';

interface Typing {
  readonly source: string;
  readonly view: TypedView;
  readonly columns: readonly string[];
  readonly cleaning: Cleaning;
}

/**
 * Types the rows of a view by what people have assigned to its words. To be asked for in each step, once its rows are
 * read: whatever is assigned after that has them looked for (`follow-assignments.ts`), and what was before counts.
 */
export class NewestTyper {
  readonly #of: Typing;
  #last = '';
  #typeRows: TypeRows | null = null;

  constructor(of: Typing) {
    this.#of = of;
  }

  async now(questions: Questions): Promise<TypeRows> {
    const { source, view, columns, cleaning } = this.#of;
    const last = await lastAssignment(questions, source);
    if (this.#typeRows !== null && this.#last === last) return this.#typeRows;
    const all = await assignments(questions, source, '0');
    this.#last = all.at(-1)?.number ?? '0';
    const context = { timeZone: timeZoneOf(source), assigned: assignedBy(all) };
    this.#typeRows = rowTyper(source, view, columns, context, cleaning);
    return this.#typeRows;
  }
}
