import { type Role, roles } from '../../../shared/dictionary/roles.ts';
import type { Questions } from '../../base/base.ts';
import { type AskedLinks, day, sameCell } from './asked.ts';
import { kindsOf, type LinkKind, otherRole } from './kinds.ts';
import type { SeenRegister } from './people.ts';
import { linking, ownSql, rowsOf, whose } from './rows.ts';

/** The seen registers of people. */
export function registersOf(
  questions: Questions,
  { sight }: AskedLinks,
  people: readonly string[],
): Promise<SeenRegister[]> {
  return questions.query(
    `SELECT fonte AS source, papel AS role, id, natal_id::text AS natal FROM ${sight.registers([...whose, 'papel', 'natal_id'])} AS r
      WHERE pessoa_id = ANY ($1::uuid[])`,
    [people],
  );
}

/** Everybody who is linked with one of these registers by one of these kinds, with those whose registers they are. */
export async function reachFrom(
  questions: Questions,
  registers: readonly SeenRegister[],
  kinds: readonly LinkKind[],
  asked: AskedLinks,
): Promise<ReadonlySet<string>> {
  const reached = new Set<string>();
  for (const role of roles) {
    const own = registers.filter((register) => register.role === role);
    for (const kind of own.length === 0 ? [] : kindsOf(role)) {
      if (!kinds.includes(kind)) continue;
      const rows = await questions.query<{ person: string }>(reachSql(kind, role, asked), [
        own.map(({ source }) => source),
        own.map(({ id }) => id),
      ]);
      for (const { person } of rows) reached.add(person);
    }
  }
  return reached;
}

function reachSql(kind: LinkKind, role: Role, asked: AskedLinks): string {
  const isStay = kind === 'cela' || kind === 'unidade';
  return `WITH ${ownSql}
     SELECT DISTINCT r.pessoa_id::text AS person
       FROM ${isStay ? stayedBeside(kind, asked) : rowsOf(kind, role, asked, false)} AS l
       JOIN ${asked.sight.view(otherRole(kind, role), whose)} AS r ON r.fonte = l.fonte AND r.id = l.id`;
}

/**
 * Registers that were somewhere on a day on which one of these was, as `rowsOf` finds them; a place is read once, however
 * many of these were there.
 */
function stayedBeside(kind: 'cela' | 'unidade', { sight, today, from, until }: AskedLinks): string {
  const place = kind === 'cela' ? 'fonte, unidade_id, ala, cela' : 'fonte, unidade_id';
  const inCell = kind === 'cela' ? `AND ${sameCell('o', 'p')}` : '';
  const ofCell = kind === 'cela' ? 'AND cela IS NOT NULL' : '';
  const days = (alias: string) =>
    `daterange(${alias}.entrada, coalesce(${alias}.saida, ${day(today)}), '[]')`;
  const isSpan = (alias: string) => `${alias}.entrada <= coalesce(${alias}.saida, ${day(today)})`;
  const bounds = `daterange(${from === null ? 'NULL' : day(from)}, ${until === null ? 'NULL' : day(until)}, '[]')`;
  return `(
    WITH places AS MATERIALIZED (
      SELECT ${place}, range_agg(${days('c')} * ${bounds}) AS dias
        FROM (SELECT x.* FROM eu JOIN ${sight.view('custodia', linking.custodia)} AS x ON x.fonte = eu.fonte AND x.custodiado_id = eu.id
               WHERE x.removido IS NULL AND x.unidade_id IS NOT NULL) AS c
       WHERE ${isSpan('c')} ${ofCell} GROUP BY ${place}
    )
    SELECT DISTINCT o.fonte, 'custodiado' AS papel, o.custodiado_id AS id
      FROM places AS p JOIN ${sight.view('custodia', linking.custodia)} AS o ON o.fonte = p.fonte AND o.unidade_id = p.unidade_id
     WHERE o.removido IS NULL AND ${isSpan('o')} AND CASE WHEN ${isSpan('o')} THEN ${days('o')} && p.dias END ${inCell})`;
}
