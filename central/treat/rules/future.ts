import type { Kind } from '../../../shared/dictionary/kinds.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { dayOf } from './dates.ts';
import { type Noted, sure, type ViewName } from './rows.ts';
import type { RowRule, Rule } from './rule.ts';

/** Of these, rules of their own speak. */
const ofTheirOwn: ReadonlySet<string> = new Set([
  ...['custodia.entrada', 'custodia.saida', 'processo.data_fato'],
  ...['custodiado.data_nascimento'],
]);

const days: readonly Kind[] = ['date', 'birth-date', 'instant'];

/** The columns of a view that tell what has happened. */
export function pastColumns(view: string): readonly string[] {
  const columns = standardViews.find(({ name }) => name === view)?.columns ?? [];
  return columns
    .filter(({ name, kind, ahead }) => days.includes(kind) && !ahead && !ofTheirOwn.has(`${view}.${name}`))
    .map(({ name }) => name);
}

/** What has happened cannot lie ahead. */
export const futureRules: readonly Rule[] = standardViews.flatMap(({ name }): RowRule[] => {
  const view = name as ViewName;
  const columns = pastColumns(view);
  if (columns.length === 0) return [];
  return [
    {
      code: 'T10',
      scope: 'row',
      severity: 'grave',
      view,
      needs: [],
      needsOne: columns.map((column) => `${view}.${column}`),
      wrong: 'A data está no futuro, e é de algo que já aconteceu.',
      todo: 'Corrija a data; o que ainda vai acontecer não se registra como acontecido.',
      find: (row, today) =>
        columns.filter((column) => {
          const value = sure(row as Noted & Record<string, unknown>, column);
          return typeof value === 'string' && !today.reached(dayOf(value));
        }),
    },
  ];
});
