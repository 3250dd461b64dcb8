import type { Base, Transaction } from '../base.ts';
import type { Register, TombstoneKey } from '../source-layer/tombstones.ts';

/** Somebody who is to be forgotten: all that a source gave of them under one register. */
export interface Person {
  readonly source: string;
  readonly register: Register;
  readonly secret: TombstoneKey;
}

/** Rows by the table that has them, `fonte_al.visita`. */
export type Counts = Readonly<Record<string, number>>;

/** Notes in the proof what a transaction takes away, as a part of it. */
export type NoteGone = (tx: Transaction, gone: Counts) => Promise<void>;

/** Something that holds people: how much of one, and how it lets go of them. */
export interface Holder {
  /** Changes nothing. */
  held(base: Base, person: Person): Promise<Counts>;
  /**
   * In transactions of its own: cut short anywhere, it is done again from its start. By then nothing of the person is
   * loaded any more.
   */
  remove(base: Base, person: Person, note: NoteGone): Promise<void>;
}

/** Whether that is the register by which the person is to be forgotten. */
export function isRegister({ register }: Person, other: Register): boolean {
  const { role, key } = register;
  return other.role === role && other.key.join('\0') === key.join('\0');
}

/** Adds up; what is nothing is left out. */
export function sumOf(...all: readonly Counts[]): Counts {
  const sum: Record<string, number> = {};
  for (const counts of all) {
    for (const [table, rows] of Object.entries(counts)) if (rows > 0) sum[table] = (sum[table] ?? 0) + rows;
  }
  return sum;
}
