/** What of names is of a language, and nothing else of linkage is. All texts are match forms: capitals without marks. */
export interface Locale {
  /** As it stands in a configuration: `pt-BR`. */
  readonly name: string;
  /** Words of a name that tell nobody apart: DE, DA, DOS. */
  readonly particles: ReadonlySet<string>;
  /** What stands behind the surnames and is none, by each way of writing it: JR is JUNIOR. */
  readonly suffixes: ReadonlyMap<string, string>;
  /** Short names with the names that they stand for: ZE with JOSE. */
  readonly nicknames: ReadonlyMap<string, readonly string[]>;
  /** Words in full, by how they are shortened in writing: MA is MARIA. */
  readonly abbreviations: ReadonlyMap<string, string>;
  /** What words that sound alike have in common. Never empty for a word that is not. */
  sound(word: string): string;
}
