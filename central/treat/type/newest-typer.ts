import type { Questions } from '../../base/base.ts';
import { assignedBy, assignments, lastAssignment } from '../../base/national-layer/code-maps.ts';
import type { TypedView } from '../../base/national-layer/typed-views.ts';
import { timeZoneOf } from '../time-zones.ts';
import { rowTyper, type TypeRows } from './typed-rows.ts';

/**
 * Types the rows of a view by what people have assigned to its words. To be asked for in each step, once its rows are
 * read: whatever is assigned after that has them looked for (`follow-assignments.ts`), and what was before counts.
 */
export class NewestTyper {
  readonly #of: readonly [source: string, view: TypedView, columns: readonly string[]];
  #last = '';
  #typeRows: TypeRows | null = null;

  constructor(source: string, view: TypedView, columns: readonly string[]) {
    this.#of = [source, view, columns];
  }

  async now(questions: Questions): Promise<TypeRows> {
    const [source] = this.#of;
    const last = await lastAssignment(questions, source);
    if (this.#typeRows !== null && this.#last === last) return this.#typeRows;
    const all = await assignments(questions, source, '0');
    this.#last = all.at(-1)?.number ?? '0';
    this.#typeRows = rowTyper(...this.#of, { timeZone: timeZoneOf(source), assigned: assignedBy(all) });
    return this.#typeRows;
  }
}
