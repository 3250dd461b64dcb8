import { most } from './most.ts';

/** A structure of a body that is open, as its tree has it. */
export interface Structure {
  readonly id: string;
  readonly name: string;
  /** The one above it; null: none. */
  readonly above: string | null;
}

/** Why something is not done to a tree; what is right is `null`. */
export type TreeFault = 'unknown' | 'within-itself' | 'name-taken' | 'too-many' | 'too-deep' | 'has-children';

/** The open structures of a body: what is done to them is judged here, of all of them as they stand. Pure. */
export class StructureTree {
  readonly #all: ReadonlyMap<string, Structure>;

  constructor(all: readonly Structure[]) {
    this.#all = new Map(all.map((one) => [one.id, one]));
  }

  get(id: string): Structure | null {
    return this.#all.get(id) ?? null;
  }

  below(id: string | null): readonly Structure[] {
    return [...this.#all.values()].filter(({ above }) => above === id);
  }

  /** From a root to it, itself included; none: where it is not open. */
  path(id: string | null): readonly Structure[] {
    const found = id === null ? null : this.get(id);
    return found === null ? [] : [...this.path(found.above), found];
  }

  /** How many levels it has, itself included. */
  height(id: string): number {
    return 1 + Math.max(0, ...this.below(id).map((one) => this.height(one.id)));
  }

  mayCreate(name: string, above: string | null): TreeFault | null {
    if (above !== null && this.get(above) === null) return 'unknown';
    if (this.#all.size >= most.structures.value) return 'too-many';
    if (this.path(above).length + 1 > most.structureDepth.value) return 'too-deep';
    return this.#isTaken(name, above) ? 'name-taken' : null;
  }

  mayRename(id: string, name: string): TreeFault | null {
    const found = this.get(id);
    if (found === null) return 'unknown';
    return this.#isTaken(name, found.above, [id]) ? 'name-taken' : null;
  }

  mayMove(id: string, above: string | null): TreeFault | null {
    const found = this.get(id);
    if (found === null || (above !== null && this.get(above) === null)) return 'unknown';
    if (this.#isWithin(above, id)) return 'within-itself';
    if (this.path(above).length + this.height(id) > most.structureDepth.value) return 'too-deep';
    return this.#isTaken(found.name, above, [id]) ? 'name-taken' : null;
  }

  /** Whether all that is below one may come below the other, which is not among it. */
  mayMerge(id: string, into: string): TreeFault | null {
    if (this.get(id) === null || this.get(into) === null) return 'unknown';
    if (this.#isWithin(into, id)) return 'within-itself';
    if (this.path(into).length + this.height(id) - 1 > most.structureDepth.value) return 'too-deep';
    return this.below(id).some(({ name }) => this.#isTaken(name, into, [id])) ? 'name-taken' : null;
  }

  mayClose(id: string): TreeFault | null {
    if (this.get(id) === null) return 'unknown';
    return this.below(id).length > 0 ? 'has-children' : null;
  }

  #isWithin(id: string | null, whole: string): boolean {
    return this.path(id).some((one) => one.id === whole);
  }

  /** Whether another one that is directly below there has the name, however it is written. */
  #isTaken(name: string, above: string | null, but: readonly string[] = []): boolean {
    const same = (one: string) => one.toLocaleLowerCase('pt-BR');
    return this.below(above).some((one) => !but.includes(one.id) && same(one.name) === same(name));
  }
}
