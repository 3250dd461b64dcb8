import type { CodeList } from './codes/code-list.ts';
import { type ColumnType, exampleOf, type Kind, kinds, type ValueOf } from './kinds.ts';

/** A column of a standard view, without its name. */
export interface ColumnSpec<K extends Kind = Kind> {
  readonly kind: K;
  /** The base cannot do without it: a row that has none is put in quarantine. What else is missing is a finding. */
  readonly required: boolean;
  /** Each row should have a value: where there is none, that is worth telling. So it is of all that is required. */
  readonly expected: boolean;
  /** Its days may be still to come: those of other columns have been. */
  readonly ahead: boolean;
  /** The values that are known, of a `code`. */
  readonly codes?: CodeList;
  /** The standard views, to one of whose rows a `reference` leads. */
  readonly to?: readonly string[];
  /** What it means: a short sentence in Portuguese, for a state's technician. */
  readonly about: string;
  /** Why it is asked for: the norm, or the item of INFOPEN's form; null where only its use here asks for it. */
  readonly basis: string | null;
  /** A value that a state may give, made up. */
  readonly example: string;
}

/** A column of a standard view, and what it is to a database. */
export interface StandardColumn extends ColumnSpec {
  readonly name: string;
  readonly type: ColumnType;
}

/** By their names, in the order in which a view has them. */
export type ColumnSpecs = Readonly<Record<string, ColumnSpec>>;

/** A view that every state is asked for. */
export interface StandardView<Name extends string = string, C extends ColumnSpecs = ColumnSpecs> {
  readonly name: Name;
  /** What a row of it is: a short sentence in Portuguese. */
  readonly about: string;
  readonly key: readonly string[];
  readonly columns: readonly StandardColumn[];
  readonly specs: C;
  /** The column that moves when a row changes; null where a view has none and only digests find its changes. */
  readonly watermark: string | null;
}

/** A row of a standard view as treatment has it, its values by column: null where there is none that is understood. */
export type RowOf<V> =
  V extends StandardView<string, infer C>
    ? { readonly id: string } & { readonly [name in keyof C]: ValueOf<C[name]['kind']> | null }
    : never;

/** Every standard view has the key `id`, its first column. */
export function view<const Name extends string, const C extends ColumnSpecs>(
  name: Name,
  watermark: (keyof C & string) | null,
  about: string,
  specs: C,
): StandardView<Name, C> {
  const id = required(
    column('key', 'Chave da linha: sempre a mesma para o mesmo registro, nunca reaproveitada.'),
  );
  const all: ColumnSpecs = { id, ...specs };
  const columns = Object.entries(all).map(([name, spec]) => ({ name, type: kinds[spec.kind], ...spec }));
  return { name, about, key: ['id'], columns, specs, watermark };
}

/** A column of any kind but a code or a reference: neither required nor expected. @param example else that of its kind */
export function column<const K extends Kind>(
  kind: K,
  about: string,
  basis: string | null = null,
  example: string = exampleOf[kind],
): ColumnSpec<K> {
  return { kind, required: false, expected: false, ahead: false, about, basis, example };
}

/** Its example is the first of its values, as people read it. */
export function code(codes: CodeList, about: string, basis: string | null = null): ColumnSpec<'code'> {
  return { ...column('code', about, basis, codes.values[0]?.label), codes };
}

/** A column that names a row of another view. @param to the standard views to one of which it leads */
export function reference(
  to: readonly string[],
  about: string,
  basis: string | null = null,
): ColumnSpec<'reference'> {
  return { ...column('reference', about, basis), to };
}

/** The same, without which a row is put in quarantine. */
export function required<K extends Kind>(spec: ColumnSpec<K>): ColumnSpec<K> {
  return { ...spec, required: true, expected: true };
}

/** The same, which each row should have. */
export function expected<K extends Kind>(spec: ColumnSpec<K>): ColumnSpec<K> {
  return { ...spec, expected: true };
}

/** The same, whose days may be still to come. */
export function ahead<K extends Kind>(spec: ColumnSpec<K>): ColumnSpec<K> {
  return { ...spec, ahead: true };
}
