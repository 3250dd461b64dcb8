import type { CentralState } from '../../state/state.ts';
import type { Part } from './part.ts';
import { ShownTable } from './shown-table.ts';

/** What waits for a person: with what it takes to say it in their language, and without the words of the log. */
export function shownAttention({ attentions }: Pick<CentralState, 'attentions'>): Part {
  return new ShownTable('attention', () =>
    attentions.all().map(({ detail: _detail, ...attention }) => attention),
  );
}
