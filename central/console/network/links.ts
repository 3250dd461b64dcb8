import type { Role } from '../../../shared/dictionary/roles.ts';
import type { Questions } from '../../base/base.ts';
import type { AskedLinks, Visitor } from './asked.ts';
import type { Evidence } from './evidence.ts';
import { type LinkKind, otherRole } from './kinds.ts';
import type { SeenPerson, SeenRegister } from './people.ts';
import { asTold, ownSql, rowsOf, whose } from './rows.ts';
import { visitorLists, visitorsOf, visitorsSql } from './visitors.ts';

/** Who is linked with somebody in one way, those first of whom there is most to tell. */
export interface Ranked {
  readonly kind: LinkKind;
  readonly people: readonly string[];
  /** How many there are. */
  readonly total: number;
}

/** Days count once, however many rows tell of them; most people have one such row. */
const days = `CASE WHEN count(*) = 1 THEN max(ate) - min(de) + 1
  ELSE (SELECT sum(upper(s) - lower(s)) FROM unnest(range_agg(daterange(de, ate, '[]'))) AS s) END`;

/** Of how much there is to tell of each kind. */
const strength: Readonly<Record<LinkKind, string>> = {
  visitante: `sum(quantos) FILTER (WHERE visao = 'visita')`,
  advogado: 'count(*)',
  processo: 'count(DISTINCT a)',
  comum: `count(DISTINCT a) * 1000000 + sum(quantos) FILTER (WHERE visao = 'visita')`,
  cela: days,
  unidade: days,
};

/** By each of these kinds; of equals those who come latest, then in one order, whatever it is. */
export async function rankedBy(
  questions: Questions,
  kinds: readonly LinkKind[],
  person: SeenPerson,
  most: number,
  asked: AskedLinks,
): Promise<Ranked[]> {
  const own = registersIn(person);
  const visitors = await visitorsFor(questions, kinds, person, asked);
  const among = kinds.filter((kind) => kind !== 'visitante' || visitors === null);
  const ranking = (kind: LinkKind) => `${kind} AS MATERIALIZED (
    SELECT r.pessoa_id, ${strength[kind]} AS forca, max(l.ate) AS ate
      FROM ${rowsOf(kind, person.role, asked, false)} AS l
      JOIN ${asked.sight.view(otherRole(kind, person.role), whose)} AS r ON r.fonte = l.fonte AND r.id = l.id
     WHERE r.pessoa_id <> $3::uuid GROUP BY r.pessoa_id)`;
  const told = (kind: LinkKind) => `SELECT '${kind}' AS kind, (SELECT count(*) FROM ${kind})::int AS total,
    ARRAY(SELECT pessoa_id::text FROM ${kind}
           ORDER BY forca DESC NULLS LAST, ate DESC NULLS LAST, pessoa_id LIMIT $4) AS people`;
  const found =
    among.length === 0
      ? []
      : await questions.query<Ranked>(
          `WITH ${ownSql} ${visitors === null ? '' : `, ${visitorsSql(5)}`}, ${among.map(ranking).join(', ')}
           ${among.map(told).join(' UNION ALL ')}`,
          [...[...listed(own), person.id, most], ...(visitors === null ? [] : visitorLists(visitors))],
        );
  return kinds.flatMap((kind) => {
    if (kind !== 'visitante' || visitors === null) return found.filter((each) => each.kind === kind);
    const people = visitors.slice(0, most).map((visitor) => visitor.person);
    return [{ kind, people, total: visitors.length }];
  });
}

/** Null where nothing that is asked for follows from who visits. */
async function visitorsFor(
  questions: Questions,
  kinds: readonly LinkKind[],
  person: SeenPerson,
  asked: AskedLinks,
): Promise<readonly Visitor[] | null> {
  const isOfVisitors =
    person.role === 'custodiado' && kinds.some((kind) => kind === 'visitante' || kind === 'comum');
  return isOfVisitors ? visitorsOf(questions, registersIn(person), asked) : null;
}

/** Everything that links somebody with these people, in the order of the kinds, the latest first. */
export async function evidenceOf(
  questions: Questions,
  kinds: readonly LinkKind[],
  person: SeenPerson,
  others: readonly SeenPerson[],
  asked: AskedLinks,
): Promise<Evidence[]> {
  const theirs = others.flatMap(({ registers }) => registers);
  if (theirs.length === 0) return [];
  const own = registersIn(person);
  const visitors = await visitorsFor(questions, kinds, person, asked);
  const among = kinds.filter((kind) => kind !== 'visitante' || visitors === null);
  const rows = (kind: LinkKind) =>
    `SELECT '${kind}' AS kind, o.pessoa, l.visao, l.linha, l.outra, l.quantos, l.de, l.ate, ${says(kind)} AS a, l.b
       FROM ${rowsOf(kind, person.role, asked, true)} AS l
       JOIN outros AS o ON o.fonte = l.fonte AND o.papel = l.papel AND o.id = l.id ${unitOf(kind, asked)}`;
  const found =
    among.length === 0
      ? []
      : await questions.query<Evidence>(
          `WITH ${ownSql},
                outros AS MATERIALIZED (SELECT * FROM unnest($3::text[], $4::text[], $5::text[], $6::text[])
                                          AS outros (fonte, id, papel, pessoa))
                ${visitors === null ? '' : `, ${visitorsSql(7)}`}
           SELECT l.pessoa AS person, l.kind, l.visao AS view, l.linha AS row, l.outra AS "otherRow", l.quantos AS count,
                  l.de::text AS from, l.ate::text AS until, l.a AS says, l.b AS "saysMore"
             FROM (${among.map(rows).join(' UNION ALL ')}) AS l ORDER BY l.pessoa, ${asTold}`,
          [
            ...[...listed(own), ...listed(theirs), ...lists(others)],
            ...(visitors === null ? [] : visitorLists(visitors)),
          ],
        );
  const byKind = Map.groupBy(found, ({ kind }) => kind);
  if (visitors !== null) byKind.set('visitante', visitorsAmong(visitors, others));
  return kinds.flatMap((kind) => byKind.get(kind) ?? []);
}

/** What was found of visitors with who they are, by person as the rest is. */
function visitorsAmong(visitors: readonly Visitor[], others: readonly SeenPerson[]): Evidence[] {
  const ids = new Set(others.map(({ id }) => id));
  return visitors
    .filter(({ person }) => ids.has(person))
    .toSorted((a, b) => (a.person < b.person ? -1 : 1))
    .flatMap(({ person, evidence }) =>
      evidence.map((each): Evidence => ({ person, kind: 'visitante', ...each })),
    );
}

/** A unit by its name, where that is seen. */
const isStay = (kind: LinkKind) => kind === 'cela' || kind === 'unidade';
const says = (kind: LinkKind) => (isStay(kind) ? 'coalesce(u.nome, l.a)' : 'l.a');
const unitOf = (kind: LinkKind, { sight }: AskedLinks) =>
  isStay(kind)
    ? `LEFT JOIN ${sight.view('unidade', ['fonte', 'id', 'nome'])} AS u ON u.fonte = l.fonte AND u.id = l.a`
    : '';

const listed = (registers: readonly SeenRegister[]) => [
  registers.map(({ source }) => source),
  registers.map(({ id }) => id),
];

const lists = (people: readonly SeenPerson[]) => [
  people.flatMap(({ registers }) => registers.map(({ role }): Role => role)),
  people.flatMap(({ id, registers }) => registers.map(() => id)),
];

/** All of one role: people are not put together across roles. */
function registersIn({ role, registers }: SeenPerson): readonly SeenRegister[] {
  return registers.filter((register) => register.role === role);
}
