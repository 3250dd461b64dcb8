import type { Role } from '../../../shared/dictionary/roles.ts';
import type { Questions } from '../base.ts';
import { instant } from '../instants.ts';
import { type TypedView, typedView } from '../national-layer/typed-views.ts';
import type { Sight } from './sight.ts';

/** A register of a person, as the nation knows it and as its state writes its key. */
export interface NamedRegister {
  readonly natal: string;
  readonly source: string;
  readonly role: Role;
  readonly key: string;
}

/** Since when a register is as it is: ISO 8601, and microseconds since 1970. */
export interface SeenSince {
  readonly natal: string;
  readonly since: string;
  readonly micro: number;
}

/** States of one register that are looked at, the latest first. */
const mostStates = 200;

/** What no state of a row tells of what it says. */
const ofTheRow = [
  ...['desde_mudanca', 'desde', 'ate_mudanca', 'ate', 'removido'],
  ...['natal_id', 'pessoa_id', 'primeira_vez'],
];

/**
 * Since when registers are as a body sees them, by `natal_id`: what changed in what it does not see has not changed, or the
 * day of it would be told, and a value could survive for it. Only of those of which it does not see all.
 */
export async function seenSince(
  questions: Questions,
  sight: Sight,
  registers: readonly NamedRegister[],
): Promise<ReadonlyMap<string, SeenSince>> {
  const found: SeenSince[] = [];
  for (const [role, named] of Map.groupBy(registers, ({ role }) => role)) {
    const view = typedView(role);
    if (view === undefined || seesAll(sight, view)) continue;
    found.push(...(await ofRole(questions, sight, view, named)));
  }
  return new Map(found.map((one) => [one.natal, one]));
}

function seesAll(sight: Sight, { view, columns }: TypedView): boolean {
  return columns.every(({ name }) => sight.sees(view.name, name));
}

function ofRole(
  questions: Questions,
  sight: Sight,
  { view: { name } }: TypedView,
  registers: readonly NamedRegister[],
): Promise<SeenSince[]> {
  return questions.query<SeenSince>(
    `WITH present AS (
       SELECT k.natal, r.fonte, r.id, r.removido IS NULL AS there, to_jsonb(r) - $4::text[] AS told
         FROM unnest($1::text[], $2::text[], $3::text[]) AS k (natal, fonte, id)
         JOIN ${sight.view(name)} AS r ON r.fonte = k.fonte AND r.id = k.id)
     SELECT natal, ${instant('min(desde)')} AS since, (extract(epoch FROM min(desde)) * 1000000)::float8 AS micro
       FROM (SELECT p.natal, h.desde,
                    bool_and(to_jsonb(h) - $4::text[] = p.told AND (h.removido IS NULL) = p.there)
                      OVER (PARTITION BY p.natal ORDER BY h.ate_mudanca DESC) AS still
               FROM present AS p
              CROSS JOIN LATERAL (
                SELECT * FROM ${sight.history(name)} AS s WHERE s.fonte = p.fonte AND s.id = p.id
                 ORDER BY s.ate_mudanca DESC LIMIT ${mostStates}) AS h) AS states
      WHERE still GROUP BY natal`,
    [
      registers.map(({ natal }) => natal),
      registers.map(({ source }) => source),
      registers.map(({ key }) => key),
      ofTheRow,
    ],
  );
}
