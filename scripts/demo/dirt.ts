import type { Uf } from './people.ts';
import type { Rng } from './rng.ts';

/** A kind of error that registers of real people have. */
export interface DirtKind {
  /** Of a thousand rows that could have it, in a state with much dirt. */
  readonly perMille: number;
  /** The rules that find it, by code and view, and how often for each time that it is made. */
  readonly found: Readonly<Record<string, number>>;
  /** Rules that may find what follows from it as well. */
  readonly also?: readonly string[];
  /** It is made by something that a column with a type of its own does not take. */
  readonly needsText?: boolean;
}

const kind = (perMille: number, ...rules: readonly string[]): DirtKind => ({
  perMille,
  found: Object.fromEntries(rules.map((rule) => [rule, 1])),
});
const pair = (perMille: number, rule: string): DirtKind => ({ perMille, found: { [rule]: 2 } });
const asText = (made: DirtKind): DirtKind => ({ ...made, needsText: true });

/**
 * Every kind of error in the made-up registers, how often, and what finds it. Those without a rule are for linkage. Of the
 * rules that are not named, C07 finds those whom two states hold, P14, P16b, P21 and V05c what registers of one person disagree in or are together, and
 * X01 days that have passed.
 */
export const dirtKinds = {
  // People in custody: of each register.
  'name-missing': kind(3, 'P01 custodiado'),
  'name-of-one-word': kind(5, 'P02 custodiado'),
  'name-miscoded': kind(8, 'P03 custodiado'),
  'name-cut-at-50': kind(8),
  'mother-missing': kind(40, 'P04 custodiado'),
  'mother-is-self': kind(4, 'P05 custodiado'),
  'father-is-mother': kind(4, 'P06 custodiado'),
  'birth-missing': kind(12, 'P07 custodiado'),
  'birth-zero': asText(kind(5, 'P07 custodiado')),
  'birth-impossible': asText(kind(6, 'P08 custodiado')),
  'birth-in-future': {
    perMille: 3,
    // Whoever is not born yet came in too early, as often as it came in, and did what it did as a minor.
    found: { 'P08 custodiado': 1, 'C05 custodia': 1.45, 'J02 processo': 1 },
  },
  'birth-default': kind(30, 'P10 custodiado'),
  // A clerk's own day for whoever does not know theirs: in a small state they are soon too few to be told from chance.
  'birth-of-many': kind(35, 'P20 custodiado'),
  'birth-day-and-month-swapped': kind(5),
  'under-age': kind(3, 'P09 custodiado', 'J02 processo'),
  'sex-missing': kind(8, 'P11 custodiado'),
  'cpf-invalid': kind(15, 'P12 custodiado'),
  'cpf-of-two': kind(4, 'P13 custodiado'),
  'rji-cut': kind(8, 'P15 custodiado'),
  'rji-of-two': kind(4, 'P16a custodiado'),
  'rg-without-state': kind(30, 'P17 custodiado'),
  'rg-with-remark': kind(5, 'T04 custodiado'),
  'birthplace-unknown': kind(12, 'P18 custodiado'),
  'registered-twice': pair(6, 'P19 custodiado'),
  // Of one person, with other spellings: for linkage to find.
  'registered-twice-otherwise': { ...kind(6), also: ['P21 custodiado'] },
  // Of the same mother and day, under another name: for linkage to tell apart.
  twin: kind(4),
  'other-name-missing': kind(10, 'T05 outro_nome'),

  // Custodies: of each that could.
  'custody-of-nobody': kind(3, 'C01 custodia'),
  'unit-unknown': kind(15, 'C02 custodia'),
  'exit-before-entry': kind(15, 'C03 custodia'),
  'exit-in-future': kind(6, 'C04 custodia'),
  'entry-before-birth': kind(6, 'C05 custodia'),
  'open-in-two': {
    perMille: 15,
    // The first one was of a person who awaited judgement, and lasts until today.
    found: { 'C06 custodia': 2, 'C16a custodia': 1, 'C16c custodia': 1 },
  },
  overlap: kind(15, 'C08 custodia'),
  'exit-without-reason': kind(20, 'C09 custodia'),
  'after-death': {
    perMille: 10,
    found: { 'C10 custodia': 1.2 },
    also: ['movimentacao', 'visita', 'trabalho_estudo', 'falta_disciplinar'].map((view) => `C10 ${view}`),
  },
  'regime-of-another-kind': kind(15, 'C11 custodia'),
  'unit-of-other-sex': kind(4, 'C12 custodia'),
  'unit-closed': kind(6, 'C13 custodia'),
  'held-beyond-sentence': kind(12, 'C14 custodia'),
  'without-sentence': kind(15, 'C15 custodia'),
  'over-90-days': kind(200, 'C16a custodia'),
  'over-180-days': kind(150, 'C16a custodia', 'C16c custodia'),
  'temporary-over-10-days': kind(100, 'C16d custodia'),
  'temporary-over-60-days': kind(100, 'C16b custodia'),
  'civil-over-three-months': kind(250, 'C16e custodia'),
  'notice-missing': kind(100, 'C17 custodia'),
  'photo-missing': kind(60, 'F01 custodia'),
  'unit-missing': kind(15, 'T05 custodia'),
  'kind-missing': kind(10, 'T05 custodia'),
  'regime-unknown': kind(6, 'T03 custodia'),
  'entry-in-words': asText(kind(15, 'T01 custodia')),

  // Units: they are few.
  overcrowded: kind(250, 'U01 unidade'),
  'no-places': kind(60, 'U02 unidade'),
  'postal-code-of-other-state': kind(60, 'U03 unidade'),

  // Movements: of each custody, or each transfer.
  'movement-outside-custody': kind(10, 'M01 movimentacao'),
  'entry-twice': kind(6, 'M02 movimentacao'),
  'transfer-nowhere': kind(40, 'M03 movimentacao'),
  'transfer-not-followed': kind(40, 'M04 movimentacao'),
  'movement-in-future': kind(6, 'T10 movimentacao'),
  'movement-of-nobody': kind(3, 'T07 movimentacao', 'M01 movimentacao'),
  'origin-unknown': kind(10, 'T08 movimentacao'),

  // Processes and sentences.
  'process-invalid': kind(20, 'J01a processo'),
  'process-of-other-state': kind(10, 'J01b processo'),
  'process-missing': kind(25, 'T05 processo'),
  'fact-in-future': kind(4, 'J02 processo'),
  'sentence-of-other-process': kind(15, 'T09 pena'),
  'sentence-ends-before': kind(5, 'S01 pena'),
  'sentence-end-wrong': kind(20, 'S02 pena'),
  'term-zero': kind(6, 'S03 pena', 'S02 pena'),
  'remission-unearned': kind(10, 'S04 pena'),
  'fault-outside-custody': kind(20, 'E01 falta_disciplinar'),
  'treatment-backwards': kind(20, 'E01 saude'),

  // Visitors, lawyers, links and visits.
  'visitor-birth-default': kind(30, 'T06 visitante'),
  'visitor-cpf-invalid': kind(15, 'T02 visitante'),
  // Who is known in two other states, and may be in custody there (V05c).
  'visitor-known-elsewhere': { ...kind(6), also: ['V05c visitante'] },
  'visitor-in-custody': kind(6, 'V05a visitante'),
  'visitor-in-custody-by-name': kind(30, 'V05b visitante'),
  'oab-missing': kind(40, 'A01 advogado'),
  'oab-of-two': kind(40, 'A02 advogado'),
  'link-to-nobody': kind(8, 'L01 vinculo'),
  'visit-outside-custody': kind(6, 'V01 visita', 'V03 visita'),
  'visit-in-other-unit': kind(8, 'V02 visita'),
  'visit-without-link': kind(15, 'V03 visita'),
  'visitor-in-two-places': kind(4, 'V04 visita', 'V02 visita'),
  'visit-of-nobody': kind(2, 'T07 visita', 'V01 visita', 'V03 visita'),
} as const satisfies Readonly<Record<string, DirtKind>>;

export type DirtName = keyof typeof dirtKinds;

/** How much of it a state has, as a share of the rates; every system is another. MS is nearly clean. */
export const dirtOf: Readonly<Record<Uf, number>> = { AL: 1, RO: 0.6, MS: 0.04 };

/** Of each kind, how many rows could have it and how many do. */
export type DirtTally = Partial<Record<DirtName, { asked: number; made: number }>>;

/** Decides for each row which errors it has. */
export class Dirt {
  readonly #share: number;
  readonly #takesText: boolean;
  readonly #tally: DirtTally | undefined;

  /**
   * @param share of the rates
   * @param takesText whether columns of dates are of text, so that anything may stand in them
   * @param tally counts what is made; what a row has may be asked for more than one table, and counts once with `silent`
   */
  constructor(share: number, takesText: boolean, tally?: DirtTally) {
    this.#share = share;
    this.#takesText = takesText;
    this.#tally = tally;
  }

  /** Whether there are errors at all. */
  get any(): boolean {
    return this.#share > 0;
  }

  /** The same without any. */
  get none(): Dirt {
    return new Dirt(0, this.#takesText);
  }

  has(rng: Rng, name: DirtName): boolean {
    const has = this.silent(rng, name);
    if (this.#tally !== undefined) {
      const count = (this.#tally[name] ??= { asked: 0, made: 0 });
      count.asked += 1;
      if (has) count.made += 1;
    }
    return has;
  }

  /** The same where it was counted already, or is not to be. */
  silent(rng: Rng, name: DirtName): boolean {
    const { perMille, needsText = false } = dirtKinds[name] as DirtKind;
    const has = rng.chance((perMille * this.#share) / 1000);
    return has && (this.#takesText || !needsText);
  }
}
