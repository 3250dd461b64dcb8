/**
 * What cleaning has to say of a value besides what it came to. Stored with the row as `column:note`, so that rules can
 * judge it and people can see it; the value as the state gave it stays in the source layer.
 */
export const notes = {
  /** It stands for a value that is not known (NAO CONSTA, XXX, 00/00/0000, the end of a custody in 1900): there is none. */
  placeholder: 'lost',
  /** It is not of its column's type: there is no value. */
  unreadable: 'lost',
  /** It is of its type and cannot be (31/02, check digits that do not hold, a municipality that does not exist). */
  invalid: 'lost',
  /** No national value is known for it. */
  'unknown-code': 'lost',
  /** Longer than any such value is. */
  'too-long': 'lost',
  /** Characters were decoded wrongly on the way (`Ã§`), and there was one way to mend them. */
  'encoding-mended': 'kept',
  /** The same, and it could not be mended for certain; or it has characters that are no text. */
  'encoding-doubtful': 'kept',
  /** A birth date that systems write where none or the year alone is known (01/01), taken for an inferred one. */
  'default-date': 'kept',
  /** The century of a year of two digits was inferred. */
  'century-inferred': 'kept',
  /** A number in the numbering before the present one, padded into its mask. */
  legacy: 'kept',
  /** Taken from another column of the row (the kind of a custody from its regime). */
  implied: 'kept',
} as const;

/** One of the `notes`, whose value says whether what was given is `lost` or `kept`. */
export type Note = keyof typeof notes;

/**
 * Cleans one value: pure, for any text, in time that grows with its length. What it returns comes to itself again.
 * Nothing is said of a text of blanks.
 *
 * @param given as the state gave it
 * @param note told what there is to say, at most once each
 * @returns the value in the one form that its kind has, null where there is none: days `2026-01-31`, instants
 *   `2026-01-31 13:45:00`, whole numbers `12`, decimals `12.5`, booleans `true` or `false`, documents their characters
 *   alone, several names one a line, texts cleaned of what cannot be seen
 */
export type Cleaner = (given: string, note: (note: Note) => void) => string | null;

/** What the values of one source need to be cleaned. */
export interface CleaningContext {
  /** The IANA zone of the state's clock: an instant that says its offset is told in it. */
  readonly timeZone: string;
  /**
   * National values that people have assigned to what this state writes, by `view.column`, by its form
   * (`wordForm`); they count before the spellings of the dictionary. Null: they said that it means nothing.
   */
  readonly assigned: ReadonlyMap<string, ReadonlyMap<string, string | null>>;
}
