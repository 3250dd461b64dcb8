import type { Note } from '../../../shared/cleaning/cleaner.ts';
import type { RowOf } from '../../../shared/dictionary/columns.ts';
import type * as views from '../../../shared/dictionary/standard-views.ts';

/** What cleaning had to say of a row's values, as `column:note`. */
export interface Noted {
  readonly notes: readonly string[];
}

/** A row as treatment has it: its values, and what cleaning had to say of them. Removed ones are none. */
export type Treated<V> = RowOf<V> & Noted;

export type Custodiado = Treated<typeof views.custodiado>;
export type Custodia = Treated<typeof views.custodia>;
export type Visita = Treated<typeof views.visita>;
export type Unidade = Treated<typeof views.unidade>;

/** The rows of each view. */
export interface Rows {
  readonly unidade: Unidade;
  readonly custodiado: Custodiado;
  readonly outro_nome: Treated<typeof views.outroNome>;
  readonly custodia: Custodia;
  readonly movimentacao: Treated<typeof views.movimentacao>;
  readonly processo: Treated<typeof views.processo>;
  readonly pena: Treated<typeof views.pena>;
  readonly remicao: Treated<typeof views.remicao>;
  readonly trabalho_estudo: Treated<typeof views.trabalhoEstudo>;
  readonly falta_disciplinar: Treated<typeof views.faltaDisciplinar>;
  readonly saude: Treated<typeof views.saude>;
  readonly visitante: Treated<typeof views.visitante>;
  readonly advogado: Treated<typeof views.advogado>;
  readonly vinculo: Treated<typeof views.vinculo>;
  readonly visita: Visita;
  /** Without their bytes. */
  readonly foto: Omit<Treated<typeof views.foto>, 'conteudo'>;
}

/** `custodiado`: the standard views, by which `Rows` are had. */
export type ViewName = keyof Rows;

/** A link, and what is known of the visitor or lawyer that it leads to. */
export type Vinculo = Rows['vinculo'] & {
  /** True also where the source shows no view in which it would be. */
  readonly pessoaExiste: boolean;
  /** Whether that one is the person in custody itself: it has the same CPF. */
  readonly pessoaPropria: boolean;
};

/** Whether cleaning has said this of a column. */
export function hasNote(row: Noted, column: string, note: Note): boolean {
  return row.notes.length > 0 && row.notes.includes(`${column}:${note}`);
}

/** Whether it has said any of these. */
export function hasOneOf(row: Noted, column: string, notes: readonly Note[]): boolean {
  return row.notes.length > 0 && notes.some((note) => row.notes.includes(`${column}:${note}`));
}

const inferred: readonly Note[] = ['default-date', 'century-inferred'];

/** The value, where there is one that was not inferred. */
export function sure<R extends Noted, C extends keyof R & string>(row: R, column: C): R[C] | null {
  return hasOneOf(row, column, inferred) ? null : row[column];
}

/** Given, and of no use: other rules speak of it. */
const given: readonly Note[] = ['unreadable', 'invalid', 'unknown-code', 'too-long'];

/** Whether the state has given no value, or one that stands for none. */
export function isMissing<R extends Noted>(row: R, column: keyof R & string): boolean {
  return row[column] === null && !hasOneOf(row, column, given);
}
