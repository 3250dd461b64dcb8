export const kinds = ['custodiado', 'visitante', 'advogado'] as const;
/** Who a register is of. Registers of two kinds may be one person's, and are never merged. */
export type Kind = (typeof kinds)[number];

/** One register as linkage reads it, cleaned (`shared/cleaning/`). What is missing or null says nothing, either way. */
export interface Register {
  /** Tells it from all others of all kinds; ties are decided by its order as text. */
  readonly id: string;
  readonly kind: Kind;
  /** The whole name; or given names and surnames apart, where they are known apart. */
  readonly name?: string | null;
  readonly given?: string | null;
  readonly surnames?: string | null;
  /** Social name and nicknames, each by itself. */
  readonly otherNames?: readonly string[];
  readonly mother?: string | null;
  readonly father?: string | null;
  /** `1980-01-31` */
  readonly birth?: string | null;
  /** The date is one that systems write where none is known (the note `default-date`). */
  readonly birthInferred?: boolean;
  readonly sex?: string | null;
  /** Eleven digits; one whose check digits do not hold tells less, and vetoes nothing. */
  readonly cpf?: string | null;
  readonly rg?: string | null;
  readonly rgUf?: string | null;
  readonly rji?: string | null;
  /** Number and state of a lawyer's order. */
  readonly oab?: string | null;
  readonly birthplace?: string | null;
  /** Values of the layout's own columns, in its order. */
  readonly own?: readonly (string | null)[];
}

/**
 * What the values of a column of a layout's own are: a `number` that few share and in which a character may be wrong, a
 * `code` of a list or a place, a `text` of words.
 */
export interface OwnColumn {
  readonly name: string;
  readonly as: 'number' | 'code' | 'text';
}
