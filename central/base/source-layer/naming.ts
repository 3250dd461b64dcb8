import { codeForm } from '../../../shared/dictionary/codes/code-form.ts';
import type { StandardColumn } from '../../../shared/dictionary/columns.ts';
import { roles as people, type Role } from '../../../shared/dictionary/roles.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import type { Register } from './tombstones.ts';

/** How the rows of a view name people. */
export interface Naming {
  /** The columns that it takes to tell; none for a view that names nobody. */
  readonly columns: readonly string[];
  /** The columns that may hold the key of a person of this role, each by itself; of their own view, its key together. */
  readonly of: (role: Role) => readonly (readonly string[])[];
  /** Whom a row names. @param value its values by column, of those in `columns` */
  readonly named: (value: (column: string) => string | null) => readonly Register[];
}

interface Names {
  readonly columns: readonly string[];
  readonly roles: readonly Role[];
  /** Tells by its word which of them. */
  readonly kind: StandardColumn | null;
}

/**
 * How a view names people: its own rows by its key, those of others by the dictionary's references; beyond the dictionary
 * a column that is called as such references are, `custodiado_id`, is one. Where a word that nobody knows says whom a
 * reference leads to, it leads to each of them: rather a row too few than one of somebody who is to be forgotten.
 */
export function namingOf(name: string, key: readonly string[], columns: readonly string[]): Naming {
  const standard = standardViews.find((view) => view.name === name)?.columns ?? [];
  const names: Names[] = people
    .filter((role) => role === name && key.every((column) => columns.includes(column)))
    .map((role) => ({ columns: key, roles: [role], kind: null }));
  for (const column of columns) {
    const to = standard.find((each) => each.name === column)?.to ?? [column.replace(/_id$/, '')];
    const roles = people.filter((role) => to.includes(role) && column !== role);
    if (roles.length === 0) continue;
    const kind =
      standard.find(({ codes }) => to.length > 1 && to.every((role) => codesOf(codes).includes(role))) ??
      null;
    names.push({ columns: [column], roles, kind: columns.includes(kind?.name ?? '') ? kind : null });
  }
  const needed = names.flatMap((each) => [...each.columns, ...(each.kind === null ? [] : [each.kind.name])]);
  return {
    columns: [...new Set(needed)],
    of: (role) => names.filter(({ roles }) => roles.includes(role)).map((each) => each.columns),
    named: (value) => {
      const found: Register[] = [];
      for (const { columns, roles, kind } of names) {
        const key = columns.map(value);
        if (!key.every((part) => part !== null)) continue;
        const said = kind === null ? undefined : roleSaid(kind, value(kind.name));
        for (const role of roles) if (said === undefined || said === role) found.push({ role, key });
      }
      return found;
    },
  };
}

const codesOf = (codes: StandardColumn['codes']) => codes?.values.map(({ code }) => code) ?? [];

/** Undefined for a word that the list does not have. */
function roleSaid({ codes }: StandardColumn, word: string | null): string | undefined {
  const form = codeForm(word ?? '');
  return codes?.values.find(({ code, label, spellings }) =>
    [code, label, ...spellings].some((spelling) => codeForm(spelling) === form),
  )?.code;
}
