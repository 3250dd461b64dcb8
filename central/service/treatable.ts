import { typedView } from '../base/national-layer/typed-views.ts';
import type { CentralState } from '../state/state.ts';

/** Whether anything was collected of a source that the dictionary knows. */
export function isTreatable({ views }: Pick<CentralState, 'views'>, source: string): boolean {
  return views.all().some((known) => known.source === source && typedView(known.view) !== undefined);
}
