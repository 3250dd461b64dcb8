import { dateCleaner } from '../../../../shared/cleaning/dates/date.ts';
import { birthDays } from '../../../../shared/cleaning/dates/days.ts';
import { clockOf } from '../../../../shared/cleaning/dates/local-clock.ts';
import { cleanName } from '../../../../shared/cleaning/text/name.ts';
import { cleanNames } from '../../../../shared/cleaning/text/names.ts';
import { dateForm } from './date-form.ts';
import type { Kind, OwnColumn, Register } from './register.ts';

/** What a column of a table is read as; `number`, `code` and `text` are columns of the layout's own. */
export const columnRoles = [
  ...(['id', 'name', 'given', 'surnames', 'other-names', 'mother', 'father', 'birth', 'sex'] as const),
  ...(['cpf', 'rg', 'rg-uf', 'rji', 'oab', 'birthplace', 'number', 'code', 'text'] as const),
] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** A table that is not the standard view's: which of its columns say what. Others are left out. */
export interface Layout {
  readonly columns: readonly LayoutColumn[];
  /** Who its rows are of. */
  readonly kind: Kind;
}

export interface LayoutColumn {
  readonly name: string;
  readonly as: ColumnRole;
  /** Of `birth`, the form in which dates are written (`dateForm`); without it, any that is not to be mistaken here. */
  readonly form?: string;
}

/** What of a row could not be read: a date that is none, or is none in the form that was said. */
export type NoteUnread = (column: LayoutColumn) => void;

type Read = (value: string | null, unread: () => void) => Partial<Register>;

/** The layout's own columns, in the order of `Register.own`. */
export function ownColumns({ columns }: Layout): readonly OwnColumn[] {
  return columns.flatMap(({ name, as }) => (isOwn(as) ? [{ name, as }] : []));
}

/**
 * Reads rows of a table as registers, cleaned.
 *
 * @param header names of the table's columns, in their order
 * @param unread told of each value that is left out because it cannot be read
 * @throws TypeError where the layout names a column that the table lacks or a form that is none, or no column is the id
 */
export function registerReader(
  layout: Layout,
  header: readonly string[],
  unread: NoteUnread = () => {},
): (row: readonly (string | null)[]) => Register {
  const placeOf = (name: string): number => {
    const place = header.indexOf(name);
    if (place === -1) throw new TypeError(`the table has no column ${name}`);
    return place;
  };
  const ids = layout.columns.filter(({ as }) => as === 'id').map(({ name }) => placeOf(name));
  if (ids.length === 0) throw new TypeError('no column is the id');
  const reads = layout.columns.flatMap((column) => {
    const { name, as, form } = column;
    if (as === 'id' || isOwn(as)) return [];
    const read = as === 'birth' ? birthReader(form) : readAs[as];
    return [{ place: placeOf(name), read, unread: () => unread(column) }];
  });
  const own = ownColumns(layout).map(({ name }) => placeOf(name));
  const valueAt = (row: readonly (string | null)[], place: number): string | null => {
    const value = row[place]?.trim();
    return value === undefined || value === '' ? null : value;
  };
  return (row) => {
    const register = {
      id: ids.map((place) => row[place] ?? '').join(' '),
      kind: layout.kind,
      own: own.map((place) => valueAt(row, place)),
    };
    return Object.assign(
      register,
      ...reads.map(({ place, read, unread }) => read(valueAt(row, place), unread)),
    ) as Register;
  };
}

function isOwn(role: ColumnRole): role is OwnColumn['as'] {
  return role === 'number' || role === 'code' || role === 'text';
}

const noNote = (): void => {};
const clean = (value: string | null, by: typeof cleanName): string | null =>
  value === null ? null : by(value, noNote);

/** Where a date is told as an instant, it is told here. */
const cleanBirth = dateCleaner(birthDays, clockOf('UTC'));
/** `19801231`, as files of other countries have it. */
const digitsAlone = /^(\d{4})(\d{2})(\d{2})$/;

const readAs: Readonly<Record<Exclude<ColumnRole, 'id' | 'birth' | OwnColumn['as']>, Read>> = {
  name: (value) => ({ name: clean(value, cleanName) }),
  given: (value) => ({ given: clean(value, cleanName) }),
  surnames: (value) => ({ surnames: clean(value, cleanName) }),
  'other-names': (value) => ({ otherNames: clean(value, cleanNames)?.split('\n') ?? [] }),
  mother: (value) => ({ mother: clean(value, cleanName) }),
  father: (value) => ({ father: clean(value, cleanName) }),
  sex: (sex) => ({ sex }),
  cpf: (cpf) => ({ cpf }),
  rg: (rg) => ({ rg }),
  'rg-uf': (rgUf) => ({ rgUf }),
  rji: (rji) => ({ rji }),
  oab: (oab) => ({ oab }),
  birthplace: (birthplace) => ({ birthplace }),
};

/** @throws TypeError where it is no form */
function birthReader(form: string | undefined): Read {
  const isoOf = form === undefined ? (text: string) => text.replace(digitsAlone, '$1-$2-$3') : dateForm(form);
  if (isoOf === null) throw new TypeError(`${form} is no form of a date`);
  return (value, unread) => {
    if (value === null) return { birth: null };
    const iso = isoOf(value);
    if (iso === null) unread();
    if (iso === null) return { birth: null };
    let birthInferred = false;
    const birth = cleanBirth(iso, (note) => {
      birthInferred ||= note === 'default-date';
      if (note === 'unreadable' || note === 'invalid') unread();
    });
    return { birth, birthInferred };
  };
}
