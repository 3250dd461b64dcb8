/** The national values of a column, and how states say them. */
export interface CodeList {
  readonly name: string;
  readonly values: readonly CodeValue[];
  /** What some spellings say of other columns of the row as well. */
  readonly implies: readonly Implication[];
}

/** One value of a list. */
export interface CodeValue {
  /** The national value: Portuguese, lower case without accents, `medida_seguranca`. */
  readonly code: string;
  /** As people read it: `Medida de segurança`. */
  readonly label: string;
  /** What states write for it, in any spelling that differs only by case, accents, blanks and punctuation. */
  readonly spellings: readonly string[];
}

/** What a spelling says of other columns: `MEDIDA DE SEGURANÇA` as a regime, of the kind of the custody. */
export interface Implication {
  /** A national value, a label or a spelling of the list. */
  readonly spelling: string;
  /** National values, by the column of the same view. */
  readonly columns: Readonly<Record<string, string>>;
}

/**
 * @param values by national value: its label, which is a spelling itself, and other spellings
 * @param implies by spelling
 */
export function codeList(
  name: string,
  values: Readonly<Record<string, readonly [label: string, ...spellings: string[]]>>,
  implies: Readonly<Record<string, Implication['columns']>> = {},
): CodeList {
  return {
    name,
    values: Object.entries(values).map(([code, [label, ...spellings]]) => ({ code, label, spellings })),
    implies: Object.entries(implies).map(([spelling, columns]) => ({ spelling, columns })),
  };
}
