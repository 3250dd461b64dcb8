import { GuaritaError } from '../../../shared/errors.ts';
import type { Transaction } from '../base.ts';
import { type Author, appendLinks, decideAlone, type NewLink } from '../decided-layer/write-links.ts';
import { shareLock } from '../locks.ts';
import { type Standing, type StandingLink, StandingLinks } from './standing-links.ts';

/** What a person says of two registers, by their `natal_id` in either order. */
export interface SaidOfTwo extends Author {
  readonly a: string;
  readonly b: string;
  readonly says: StandingLink['says'];
}

/**
 * What became of it. `against` and `unknown`: nothing was recorded, since it contradicts the decision of that number, or
 * since a register is not there; `itself`: both are one and the same register.
 */
export type Decided =
  | { readonly outcome: 'recorded' | 'known' | 'against'; readonly number: number }
  | { readonly outcome: 'unknown'; readonly register: string }
  | { readonly outcome: 'itself' };

/**
 * Records what people say of registers, which the next treatment follows (`follow-decisions.ts`). What was said before is not recorded again. What contradicts decisions that stand, also through others, is not recorded:
 * of each, whoever comes later is told. Each is held against those before it, in their order.
 */
export async function decideLinks(tx: Transaction, said: readonly SaidOfTwo[]): Promise<readonly Decided[]> {
  await beginDeciding(tx);
  const kindOf = await kindsOf(
    tx,
    said.flatMap(({ a, b }) => [a, b]),
  );
  const standing = await standingLinks(tx, [...kindOf.keys()]);
  const fresh: NewLink[] = [];
  const next = await nextNumber(tx);
  const decided = said.map(({ says, ...each }): Decided => {
    const { who, through, reason } = each;
    const [a, b] = each.a < each.b ? [each.a, each.b] : [each.b, each.a];
    const missing = [each.a, each.b].find((register) => !kindOf.has(register));
    if (missing !== undefined) return { outcome: 'unknown', register: missing };
    if (a === b) return { outcome: 'itself' };
    const of = { a, b, says, mayMerge: kindOf.get(a) === kindOf.get(b) };
    const found: Standing = standing.standing(of);
    if (found !== 'new') {
      return 'known' in found
        ? { outcome: 'known', number: found.known }
        : { outcome: 'against', number: found.against };
    }
    const number = next + fresh.length;
    standing.add({ ...of, number });
    fresh.push({ a, b, says, who, through, reason });
    return { outcome: 'recorded', number };
  });
  await appendLinks(tx, fresh);
  return decided;
}

/** All that stands is looked at alone, and nobody is forgotten between the look and the word. */
async function beginDeciding(tx: Transaction): Promise<void> {
  await decideAlone(tx);
  await shareLock(tx, 'forgetting');
}

/**
 * Records that a decision is to hold no more; what it said is told. Throws `decision-unknown` where none of that number
 * stands: one on somebody who was forgotten does not.
 */
export async function revokeLink(
  tx: Transaction,
  number: number,
  author: Author,
): Promise<{ readonly number: number; readonly revoked: Omit<StandingLink, 'mayMerge'> }> {
  await beginDeciding(tx);
  const [said] = await tx.query<Omit<StandingLink, 'mayMerge'>>(
    `SELECT numero::int AS number, a::text, b::text, diz AS says FROM decidido.vinculo v
      WHERE numero = $1 AND revoga IS NULL AND sal IS NOT NULL
        AND NOT EXISTS (SELECT FROM decidido.vinculo r WHERE r.revoga = v.numero)`,
    [number],
  );
  if (said === undefined) throw new GuaritaError('decision-unknown', `Decisão ${number}.`);
  const [row] = await appendLinks(tx, [{ revokes: number, ...author }]);
  return { number: row?.number ?? 0, revoked: said };
}

async function nextNumber(tx: Transaction): Promise<number> {
  const [last] = await tx.query<{ number: number }>(
    'SELECT coalesce(max(numero), 0)::int AS number FROM decidido.vinculo',
  );
  return (last?.number ?? 0) + 1;
}

/** Those that are there. */
async function kindsOf(tx: Transaction, registers: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; kind: string }>(
    'SELECT natal_id::text AS id, papel AS kind FROM nacional.registro WHERE natal_id = ANY ($1::uuid[])',
    [[...new Set(registers)]],
  );
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

/** After so many steps from one register to the next, all decisions are read at once. */
const mostSteps = 20;

/** What may matter for what is said of some registers: the decisions on these, and on all that are one with them by others. */
async function standingLinks(tx: Transaction, registers: readonly string[]): Promise<StandingLinks> {
  const reached = new Set(registers);
  const found = new Map<number, StandingLink>();
  let frontier: readonly string[] = [...reached];
  for (let step = 0; frontier.length > 0; step++) {
    const all = await linksOf(tx, step < mostSteps ? frontier : null);
    for (const link of all) found.set(link.number, link);
    if (step === mostSteps) break;
    const next = all.flatMap(({ a, b, says, mayMerge }) => (says === 'same' && mayMerge ? [a, b] : []));
    frontier = [...new Set(next)].filter((register) => !reached.has(register));
    for (const register of frontier) reached.add(register);
  }
  const links = new StandingLinks();
  for (const link of [...found.values()].sort((x, y) => x.number - y.number)) links.add(link);
  return links;
}

/**
 * Of registers that are there, since on others a decision says nothing now; of a pair, the last that nobody has revoked.
 * @param registers of which each names one at the least; null for all
 */
function linksOf(tx: Transaction, registers: readonly string[] | null): Promise<StandingLink[]> {
  const said =
    registers === null
      ? 'SELECT * FROM decidido.vinculo WHERE revoga IS NULL'
      : `SELECT * FROM decidido.vinculo WHERE a = ANY ($1::uuid[])
         UNION SELECT * FROM decidido.vinculo WHERE b = ANY ($1::uuid[])`;
  return tx.query<StandingLink>(
    `SELECT number, a::text, b::text, says, x.papel = y.papel AS "mayMerge" FROM (
       SELECT DISTINCT ON (v.a, v.b) v.numero::int AS number, v.a, v.b, v.diz AS says FROM (${said}) v
        WHERE NOT EXISTS (SELECT FROM decidido.vinculo r WHERE r.revoga = v.numero)
        ORDER BY v.a, v.b, v.numero DESC) d
       JOIN nacional.registro x ON x.natal_id = d.a
       JOIN nacional.registro y ON y.natal_id = d.b`,
    registers === null ? [] : [registers],
  );
}
