import type { SharedRegister } from '../../base/national-layer/shared-registers.ts';
import type { Suspects } from '../../base/national-layer/suspects.ts';
import type { Calendar } from './calendar.ts';
import type { PlaceColumn } from './places.ts';
import type { Custodia, Custodiado, Rows, Unidade, ViewName, Vinculo, Visita } from './rows.ts';

/** How bad it is, the worst first; people read of them by `severityNames`. */
export type Severity = 'critical' | 'grave' | 'medium' | 'low';

/**
 * All that one source has of one person in custody: rows that name it, also where the person itself is missing. It never
 * changes once a rule has seen it: what follows from it is remembered with it.
 */
export interface Dossier {
  readonly source: string;
  /** The id of the person in custody. */
  readonly key: string;
  readonly custodiado: Custodiado | null;
  readonly outro_nome: readonly Rows['outro_nome'][];
  /** By their beginning, those without one first. So are the others. */
  readonly custodia: readonly Custodia[];
  readonly movimentacao: readonly Rows['movimentacao'][];
  readonly processo: readonly Rows['processo'][];
  readonly pena: readonly Rows['pena'][];
  readonly remicao: readonly Rows['remicao'][];
  readonly trabalho_estudo: readonly Rows['trabalho_estudo'][];
  readonly falta_disciplinar: readonly Rows['falta_disciplinar'][];
  readonly saude: readonly Rows['saude'][];
  readonly vinculo: readonly Vinculo[];
  readonly foto: readonly Rows['foto'][];
  readonly unidade: (id: string | null) => Unidade | undefined;
}

/** The views of which a dossier has rows beside the person's own. */
export type DossierView = Exclude<ViewName, 'custodiado' | 'unidade' | 'visitante' | 'advogado' | 'visita'>;

/** One of several registers that share a document, or are of one national person (`person`), of any source. */
export type Register = Omit<SharedRegister, 'key' | 'sharing'>;

/** What a rule finds: which row, and which of several things about it where one row can break a rule more than once. */
export interface Hit {
  readonly view: ViewName;
  readonly id: string;
  /** A column or an id; never a value of a person. */
  readonly item?: string;
  /** Of which source, where a rule looks at several. */
  readonly source?: string;
}

/** Which of several things about its row a rule finds: a column or an id; null where there is but one. */
export type Item = string | null;

/** Of whose view a row is, and which of the standard columns it has there. */
export interface Shown {
  readonly source: string;
  readonly columns: ReadonlySet<string>;
}

/** What every rule says of itself. */
export interface About {
  /**
   * `P01`; never used for anything else once published. A rule that looks at several views has its code in each of them:
   * code and view together are one rule.
   */
  readonly code: string;
  readonly severity: Severity;
  /** The view whose rows it finds. */
  readonly view: ViewName;
  /** `view.column`: without one of these, the rule is not applicable to a source. */
  readonly needs: readonly string[];
  /** And, where there are any, without all of these. */
  readonly needsOne?: readonly string[];
  /** What is wrong, and what the state does about it: Portuguese, a sentence each. */
  readonly wrong: string;
  readonly todo: string;
  /** The norm that asks for it, where there is one. */
  readonly basis?: string;
  /** One more whenever what it comes to changes; 1 where nothing is said. */
  readonly version?: number;
  /**
   * The only keys at which it may find something, fail, or ask for a day to come: where it alone is new, no others are
   * looked at. A rule without them is asked of everything.
   */
  readonly suspects?: Suspects;
}

/** Looks at one row by itself; it finds that row, once for each item it gives. */
export interface RowRule<V extends ViewName = ViewName> extends About {
  readonly scope: 'row';
  readonly view: V;
  /** It finds something only in rows of which cleaning had something to say. */
  readonly ofNotes?: true;
  // A method, so that a rule of one view is a rule: who calls it gives it rows of that view.
  find(row: Rows[V], today: Calendar, shown: Shown): readonly Item[];
}

/** Looks at all that a source has of a person in custody. */
export interface DossierRule extends About {
  readonly scope: 'dossier';
  readonly find: (dossier: Dossier, today: Calendar) => readonly Hit[];
}

/** Looks at one visit beside what else there is of the person visited. */
export interface VisitRule extends About {
  readonly scope: 'visit';
  readonly view: 'visita';
  readonly broken: (visit: Visita, dossier: Dossier, today: Calendar) => boolean;
}

/** Looks at two visits of one visitor that follow each other in time. */
export interface VisitorRule extends About {
  readonly scope: 'visitor';
  readonly view: 'visita';
  readonly broken: (before: Visita, visit: Visita) => boolean;
}

/** Looks at a unit beside how many are in it. */
export interface UnitRule extends About {
  readonly scope: 'unit';
  readonly view: 'unidade';
  /** @param inside people whose custody in it is surely open, by whose places they take (`placeOf`) */
  readonly find: (unit: Unidade, inside: ReadonlyMap<PlaceColumn, number>) => readonly Item[];
}

/** Looks at registers that have the same value of `by`, each of a value that is not in doubt: two at the least. */
export interface SharedRule extends About {
  readonly scope: 'shared';
  /** `identity`: name, mother's name and birth date, in the form by which they are matched. */
  readonly by: 'cpf' | 'rji' | 'oab' | 'identity';
  readonly find: (registers: readonly Register[]) => readonly Hit[];
}

/** Looks at all registers of one national person: two at the least. */
export interface PersonRule extends About {
  readonly scope: 'person';
  readonly find: (registers: readonly Register[]) => readonly Hit[];
}

/** Somebody who visits or represents people in custody and, by all that is known of both, is one of them. */
export interface Both {
  /** Of the visitor or lawyer. */
  readonly own: readonly Register[];
  /** The same person's in custody. */
  readonly inCustody: readonly Register[];
  /** Links that lead from this person in custody to themselves; whether both of its registers have one CPF. */
  readonly toThemselves: readonly {
    readonly source: string;
    readonly id: string;
    readonly sameCpf: boolean;
  }[];
}

/** Looks at somebody who is in two registers of different kinds, which are never made one. */
export interface BothRule extends About {
  readonly scope: 'both';
  readonly find: (both: Both) => readonly Hit[];
}

/** How many people in custody of a source have one birth date, beside those that only stands in for one. */
export interface Births {
  readonly people: number;
  /** Of about how many, see `roughly`. */
  readonly among: number;
}

/** Looks at how many share a birth date; it finds all of them. */
export interface BirthRule extends About {
  readonly scope: 'births';
  readonly view: 'custodiado';
  readonly broken: (births: Births) => boolean;
}

/** How a view stands beside what it was; it has no row that could be found. */
export interface Volume {
  /** That the source has now, and had at most on a day of those that are remembered (`thresholds.remembered`); null without one. */
  readonly rows: number;
  readonly most: number | null;
  /** Days since anything of it changed; null where that is not known. */
  readonly still: number | null;
}

/** Looks at a view as a whole. */
export interface ViewRule extends About {
  readonly scope: 'view';
  readonly find: (volume: Volume) => readonly Item[];
}

/** A rule, told by its `scope` from the others. */
export type Rule =
  | RowRule
  | DossierRule
  | VisitRule
  | VisitorRule
  | UnitRule
  | SharedRule
  | BirthRule
  | PersonRule
  | BothRule
  | ViewRule;
