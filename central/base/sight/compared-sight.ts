import type { Role } from '../../../shared/dictionary/roles.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { comparedColumns } from '../national-layer/link-registers.ts';
import type { Sight } from './sight.ts';

/** Other names have a view of their own. */
const alsoCompared: Readonly<Partial<Record<Role, readonly (readonly [view: string, column: string])[]>>> = {
  custodiado: [['outro_nome', 'nome']],
};

/** What linkage compares of registers of a kind and a body does not see, as `view.column`. */
export function comparedUnseen(sight: Pick<Sight, 'sees'>, role: Role): string[] {
  const columns = standardViews.find(({ name }) => name === role)?.columns ?? [];
  const compared = columns.filter(({ name }) => (comparedColumns as readonly string[]).includes(name));
  const fields = [...compared.map(({ name }) => [role, name] as const), ...(alsoCompared[role] ?? [])];
  return fields.filter(([view, column]) => !sight.sees(view, column)).map((field) => field.join('.'));
}
