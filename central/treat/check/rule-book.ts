import { hash } from 'node:crypto';
import { softwareVersion } from '../../../shared/version.ts';
import type { RuleForm } from '../../base/national-layer/failures.ts';
import type { RowRule, Rule, Shown } from '../rules/rule.ts';
import { thresholds } from '../rules/thresholds.ts';

type Scoped = { readonly [scope in Rule['scope']]: Extract<Rule, { scope: scope }>[] };

/** The rules that are applicable to a source, as they are asked. */
export interface RuleBook extends Scoped {
  /** Those that look at one row, by view. */
  readonly rows: ReadonlyMap<string, readonly RowRule[]>;
  /** The same without those that find nothing in a row of which cleaning had nothing to say. */
  readonly ofClean: ReadonlyMap<string, readonly RowRule[]>;
  /** The views that these rules look at, those that cannot be asked among them: of others nothing is read. */
  readonly looked: ReadonlySet<string>;
  /** The standard columns that the source shows, by view. */
  readonly shown: ReadonlyMap<string, Shown>;
  /** Sources that tell when a custody ends: of others nobody knows whether it is open. */
  readonly openIn: readonly string[];
  /** About how many people in custody the source has, see `among`. */
  readonly among: number;
  /** Bits, from which on registers of two kinds are taken for one person's. */
  readonly automatic: number;
  /** Rules that cannot be asked, since a view that they look at is not treated to its end: what they had found stays. */
  readonly withheld: readonly Rule[];
  /** All that are asked, and their forms. */
  readonly asked: readonly Rule[];
  readonly forms: readonly RuleForm[];
  /** What findings depend on besides the rules and what is looked at: which views and columns there are, within which limits. */
  readonly fingerprint: string;
}

/** Whether a source has all that a rule needs. @param has whether it has a column, `custodia.saida` */
export function isApplicable({ needs, needsOne = [] }: Rule, has: (column: string) => boolean): boolean {
  return needs.every(has) && (needsOne.length === 0 || needsOne.some(has));
}

/** The views that a rule looks at. */
export function viewsOf({ view, needs, needsOne = [] }: Rule): ReadonlySet<string> {
  return new Set([view, ...[...needs, ...needsOne].map((column) => column.split('.', 1)[0] ?? '')]);
}

/** What rules are asked of. */
interface AskedOf extends Pick<RuleBook, 'shown'>, Partial<Pick<RuleBook, 'openIn' | 'among' | 'automatic'>> {
  /**
   * Views that the source shows and that are not treated to their end, or not now: what is in them is not what the source
   * has.
   */
  readonly untreated?: ReadonlySet<string>;
}

/** The rules by which a source, or the nation, is checked, sorted by what they look at. */
export function ruleBook(
  applicable: readonly Rule[],
  { shown, openIn = [], among = 0, automatic = 0, untreated = new Set() }: AskedOf,
): RuleBook {
  const isWithheld = (rule: Rule) => [...viewsOf(rule)].some((view) => untreated.has(view));
  const withheld = applicable.filter(isWithheld);
  const rules = applicable.filter((rule) => !isWithheld(rule));
  const of = <S extends Rule['scope']>(scope: S) =>
    rules.filter((rule): rule is Extract<Rule, { scope: S }> => rule.scope === scope);
  const rows = Map.groupBy(of('row'), ({ view }): string => view);
  const ofClean = Map.groupBy(
    of('row').filter(({ ofNotes }) => ofNotes !== true),
    ({ view }): string => view,
  );
  const looked = new Set(applicable.flatMap((rule) => [...viewsOf(rule)]));
  const columns = [...shown].map(([view, { columns }]) => `${view}: ${[...columns].toSorted().join()}`);
  return {
    ...{ withheld, openIn, among, automatic, looked, asked: rules, forms: rules.map(formOf) },
    fingerprint: [
      ...[[...looked].toSorted().join(), ...columns.toSorted(), openIn.join(), JSON.stringify(thresholds)],
    ].join('\n'),
    ...{ rows, ofClean, row: of('row'), dossier: of('dossier'), visit: of('visit'), visitor: of('visitor') },
    ...{ unit: of('unit'), shared: of('shared'), person: of('person'), both: of('both'), view: of('view') },
    ...{ births: of('births'), shown },
  };
}

/** A rule as it is now: where it failed, another form of it is asked again. */
export function formOf(rule: Rule): RuleForm {
  const { code, view } = rule;
  const version = versions.get(rule) ?? hash('sha256', softwareVersion + textOf(rule), 'hex').slice(0, 16);
  versions.set(rule, version);
  return { code, view, version };
}

const versions = new WeakMap<Rule, string>();

function textOf(rule: Rule): string {
  return String('find' in rule ? rule.find : rule.broken);
}
