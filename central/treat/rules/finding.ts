import type { Calendar } from './calendar.ts';
import type { Dossier, DossierView, Hit, Item } from './rule.ts';

/** Its row breaks no rule. */
export const nothing: readonly Item[] = [];
const once: readonly Item[] = [null];

/** What a rule finds that its row can break in one way only. */
export function found(broken: boolean): readonly Item[] {
  return broken ? once : nothing;
}

/** What a rule finds that its row can break in several ways, by what each is called. */
export function foundOf(ways: Readonly<Record<string, boolean>>): readonly Item[] {
  return Object.keys(ways).filter((item) => ways[item]);
}

/** Finds the rows of one view of a dossier, each beside the rest of it. */
export function eachRow<V extends DossierView>(
  view: V,
  find: (row: Dossier[V][number], dossier: Dossier, today: Calendar) => readonly Item[],
): (dossier: Dossier, today: Calendar) => readonly Hit[] {
  return (dossier, today) => {
    const rows: readonly Dossier[V][number][] = dossier[view];
    const hits: Hit[] = [];
    for (const row of rows) for (const item of find(row, dossier, today)) hits.push(hit(view, row.id, item));
    return hits;
  };
}

/** @param item null where the row can break the rule in one way only */
export function hit(view: Hit['view'], id: string, item: Item): Hit {
  return item === null ? { view, id } : { view, id, item };
}
