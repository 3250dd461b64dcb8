import { typedViews } from '../../../central/base/national-layer/typed-views.ts';
import type { Granted } from '../../../central/base/sight/sight.ts';

/** All of the nation, but for what is sensitive, as few bodies see it: who sees less is answered sooner. */
export const allOfNation: Granted = {
  views: typedViews.map(({ view }) => view.name),
  ...{ sensitive: [], hidden: [], states: [] },
};
