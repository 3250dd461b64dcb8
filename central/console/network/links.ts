import type { Role } from '../../../shared/dictionary/roles.ts';
import type { Questions } from '../../base/base.ts';
import type { AskedLinks, Visitor } from './asked.ts';
import { type LinkKind, otherRole } from './kinds.ts';
import type { SeenPerson, SeenRegister } from './people.ts';
import { rowsOf } from './rows.ts';
import { visitorLists, visitorsOf, visitorsSql } from './visitors.ts';

/** Who is linked with somebody in one way, those first of whom there is most to tell. */
export interface Ranked {
  readonly kind: LinkKind;
  readonly people: readonly string[];
  /** How many there are. */
  readonly total: number;
}

/** Of how much there is to tell of each kind. Days count once, however many rows tell of them. */
const strength: Readonly<Record<LinkKind, string>> = {
  visitante: `sum(quantos) FILTER (WHERE visao = 'visita')`,
  advogado: 'count(*)',
  processo: 'count(DISTINCT a)',
  comum: `count(DISTINCT a) * 1000000 + sum(quantos) FILTER (WHERE visao = 'visita')`,
  cela: `(SELECT sum(upper(s) - lower(s)) FROM unnest(range_agg(daterange(de, ate, '[]'))) AS s)`,
  unidade: `(SELECT sum(upper(s) - lower(s)) FROM unnest(range_agg(daterange(de, ate, '[]'))) AS s)`,
};

/** Of equals those who come latest; then in one order, whatever it is. */
export async function ranked(
  questions: Questions,
  kind: LinkKind,
  person: SeenPerson,
  most: number,
  asked: AskedLinks,
): Promise<Ranked> {
  const own = registersIn(person);
  const visitors = await visitorsFor(questions, kind, person, asked);
  if (kind === 'visitante' && visitors !== null) {
    return { kind, people: visitors.slice(0, most).map((visitor) => visitor.person), total: visitors.length };
  }
  const rows = await questions.query<{ person: string; total: number }>(
    `WITH eu AS MATERIALIZED (SELECT * FROM unnest($1::text[], $2::text[]) AS eu (fonte, id))
          ${visitors === null ? '' : `, ${visitorsSql(5)}`}
     SELECT r.pessoa_id::text AS person, count(*) OVER ()::int AS total
       FROM ${rowsOf(kind, person.role, asked, false)} AS l
       JOIN ${asked.sight.view(otherRole(kind, person.role))} AS r ON r.fonte = l.fonte AND r.id = l.id
      WHERE r.pessoa_id <> $3::uuid GROUP BY r.pessoa_id
      ORDER BY ${strength[kind]} DESC NULLS LAST, max(l.ate) DESC NULLS LAST, r.pessoa_id LIMIT $4`,
    [...listed(own), person.id, most, ...(visitors === null ? [] : visitorLists(visitors))],
  );
  return { kind, people: rows.map((row) => row.person), total: rows[0]?.total ?? 0 };
}

/** Null where a kind does not follow from who visits. */
async function visitorsFor(
  questions: Questions,
  kind: LinkKind,
  person: SeenPerson,
  asked: AskedLinks,
): Promise<readonly Visitor[] | null> {
  const isOfVisitors = person.role === 'custodiado' && (kind === 'visitante' || kind === 'comum');
  return isOfVisitors ? visitorsOf(questions, registersIn(person), asked) : null;
}

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

/** Everything that links somebody with these people, in the order of the kinds, the latest first. */
export async function evidenceOf(
  questions: Questions,
  kinds: readonly LinkKind[],
  person: SeenPerson,
  others: readonly SeenPerson[],
  asked: AskedLinks,
): Promise<Evidence[]> {
  const found: Evidence[] = [];
  const own = registersIn(person);
  const theirs = others.flatMap(({ registers }) => registers);
  for (const kind of theirs.length === 0 ? [] : kinds) {
    const visitors = kind === 'comum' ? await visitorsFor(questions, kind, person, asked) : null;
    const rows = await questions.query<Evidence>(
      `WITH eu AS MATERIALIZED (SELECT * FROM unnest($1::text[], $2::text[]) AS eu (fonte, id)),
            outros AS MATERIALIZED (SELECT * FROM unnest($3::text[], $4::text[], $5::text[], $6::text[])
                                      AS outros (fonte, id, papel, pessoa))
            ${visitors === null ? '' : `, ${visitorsSql(7)}`}
       SELECT o.pessoa AS person, '${kind}' AS kind, l.visao AS view, l.linha AS row, l.outra AS "otherRow",
              l.quantos AS count, l.de::text AS from, l.ate::text AS until, ${says(kind)} AS says, l.b AS "saysMore"
         FROM ${rowsOf(kind, person.role, asked, true)} AS l
         JOIN outros AS o ON o.fonte = l.fonte AND o.papel = l.papel AND o.id = l.id ${unitOf(kind, asked)}
        ORDER BY o.pessoa, l.visao DESC, l.ate DESC NULLS FIRST, l.de DESC NULLS LAST, l.linha, l.outra`,
      [
        ...[...listed(own), ...listed(theirs), ...whose(others)],
        ...(visitors === null ? [] : visitorLists(visitors)),
      ],
    );
    found.push(...rows);
  }
  return found;
}

/** A unit by its name, where that is seen. */
const isStay = (kind: LinkKind) => kind === 'cela' || kind === 'unidade';
const says = (kind: LinkKind) => (isStay(kind) ? 'coalesce(u.nome, l.a)' : 'l.a');
const unitOf = (kind: LinkKind, { sight }: AskedLinks) =>
  isStay(kind) ? `LEFT JOIN ${sight.view('unidade')} AS u ON u.fonte = l.fonte AND u.id = l.a` : '';

const listed = (registers: readonly SeenRegister[]) => [
  registers.map(({ source }) => source),
  registers.map(({ id }) => id),
];

const whose = (people: readonly SeenPerson[]) => [
  people.flatMap(({ registers }) => registers.map(({ role }): Role => role)),
  people.flatMap(({ id, registers }) => registers.map(() => id)),
];

/** All of one role: people are not put together across roles. */
function registersIn({ role, registers }: SeenPerson): readonly SeenRegister[] {
  return registers.filter((register) => register.role === role);
}
