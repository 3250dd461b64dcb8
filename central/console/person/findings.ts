import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import type { Questions } from '../../base/base.ts';
import { instant } from '../../base/instants.ts';
import type { Granted, Sight } from '../../base/sight/sight.ts';
import type { Rule } from '../../treat/rules/rule.ts';
import { severityNames } from '../../treat/rules/severity-names.ts';
import { mayBeTold, toldOf } from '../findings/judge.ts';
import { ruleOf } from '../findings/rests-on-seen.ts';
import type { SeenPerson } from './find-person.ts';

/** What a rule found in rows of a person, of one source. */
export interface PersonFinding {
  readonly rule: Rule;
  readonly source: string;
  /** In which rows, and of which column of each, where it is of one. */
  readonly rows: readonly { readonly id: string; readonly item: string }[];
  /** When the first of them was found: ISO 8601. */
  readonly since: string;
}

export interface PersonFindings {
  /** The worst first. */
  readonly findings: readonly PersonFinding[];
  /** There are more rows than were read. */
  readonly more: boolean;
}

/** Rows with a finding that are read of one person. */
const mostRows = 1000;

interface Found {
  readonly rule: string;
  readonly source: string;
  readonly view: string;
  readonly id: string;
  readonly item: string;
  readonly since: string;
}

/** What is found in this person's rows and rests on nothing that the body does not see. */
export async function findingsOn(
  questions: Questions,
  sight: Sight,
  person: SeenPerson,
  granted: Granted,
): Promise<PersonFindings> {
  const unfiltered = await readFindings(questions, sight, person);
  // Where not all were read, none takes the place of another one, or is counted, that is not told.
  const found =
    unfiltered.length <= mostRows
      ? unfiltered
      : await readFindings(questions, sight, person, await toldKinds(questions, sight, person, granted));
  const kept = await toldOf(questions, sight, granted, found.slice(0, mostRows));
  const groups = [
    ...Map.groupBy(kept, ({ rule, view, source }) => JSON.stringify([rule, view, source])).values(),
  ];
  const findings = groups.flatMap((group): PersonFinding[] => {
    const [first] = group;
    const rule = first === undefined ? undefined : ruleOf(first.rule, first.view);
    if (first === undefined || rule === undefined) return [];
    const since = group.map((each) => each.since).toSorted()[0] ?? first.since;
    return [{ rule, source: first.source, rows: group.map(({ id, item }) => ({ id, item })), since }];
  });
  return { findings: findings.toSorted(worstFirst), more: found.length > mostRows };
}

const severities = Object.keys(severityNames);

function worstFirst(a: PersonFinding, b: PersonFinding): number {
  const place = ({ rule }: PersonFinding) => severities.indexOf(rule.severity);
  return place(a) - place(b) || a.rule.code.localeCompare(b.rule.code) || a.source.localeCompare(b.source);
}

/** What a rule found, of which column. */
type Kind = Pick<Found, 'rule' | 'view' | 'item'>;

const own = `own AS (SELECT * FROM unnest($1::text[], $2::text[]) AS k (fonte, chave)),
  found AS (
    SELECT a.* FROM own k JOIN nacional.achado a ON a.assunto = $3 AND a.fonte_assunto = k.fonte AND a.chave = k.chave
       AND a.resolvido IS NULL AND a.fonte = k.fonte
    UNION SELECT a.* FROM own k JOIN nacional.achado a ON a.fonte = k.fonte AND a.visao = $3 AND a.id = k.chave
       AND a.resolvido IS NULL)`;

const ownOf = ({ role, registers }: SeenPerson): unknown[] => [
  registers.map(({ source }) => source),
  registers.map(({ key }) => key),
  role,
];

/** Of all kinds that were found, those that a body may be told. */
async function toldKinds(
  questions: Questions,
  sight: Sight,
  person: SeenPerson,
  granted: Granted,
): Promise<readonly Kind[]> {
  const kinds = await questions.query<Kind>(
    `WITH ${own} SELECT DISTINCT regra AS rule, visao AS view, item FROM found`,
    ownOf(person),
  );
  return kinds.filter((kind) => mayBeTold(kind, sight, granted));
}

/** By what was looked at, or by the register's own row; visits last, since they may be very many. @param kinds of all, without */
function readFindings(
  questions: Questions,
  sight: Sight,
  person: SeenPerson,
  kinds: readonly Kind[] | null = null,
): Promise<Found[]> {
  const seen = (view: string) =>
    `(a.visao <> '${view}' OR EXISTS (SELECT FROM ${sight.view(view)} AS r WHERE r.fonte = a.fonte AND r.id = a.id))`;
  const views = standardViews.map(({ name }) => name).filter((name) => sight.sees(name));
  const parameters = [...ownOf(person), views];
  const ofKinds =
    kinds === null
      ? 'true'
      : '(a.regra, a.visao, a.item) IN (SELECT * FROM unnest($5::text[], $6::text[], $7::text[]))';
  if (kinds !== null) {
    parameters.push(
      kinds.map(({ rule }) => rule),
      kinds.map(({ view }) => view),
      kinds.map(({ item }) => item),
    );
  }
  return questions.query(
    `WITH ${own}
     SELECT a.regra AS rule, a.fonte AS source, a.visao AS view, a.id, a.item, ${instant('a.desde')} AS since
       FROM found a WHERE a.visao = ANY ($4) AND ${ofKinds} AND ${seen('visita')} AND ${seen('vinculo')}
      ORDER BY (a.visao = 'visita'), a.fonte, a.visao, a.id, a.regra, a.item LIMIT ${mostRows + 1}`,
    parameters,
  );
}
