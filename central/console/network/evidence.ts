import type { LinkKind } from './kinds.ts';

/** What tells that two people are linked: a row of a view, or several that say the same. */
export interface Evidence {
  readonly person: string;
  readonly kind: LinkKind;
  readonly view: 'visita' | 'vinculo' | 'custodia' | 'processo';
  /** `AL visita 4711`: state, view and key of the row; of several the last by its key. */
  readonly row: string;
  /** Where a row of the other person is needed for it. */
  readonly otherRow: string | null;
  readonly count: number;
  /** Days; null where they are not known, or it lasts. */
  readonly from: string | null;
  readonly until: string | null;
  /**
   * Of a bond kinship and state of it, of a process its number and offence, of a stay the unit by its name and the cell, of
   * a shared visitor who it is, by id.
   */
  readonly says: string | null;
  readonly saysMore: string | null;
}
