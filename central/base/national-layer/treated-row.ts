import type { Questions } from '../base.ts';
import { instant } from '../instants.ts';
import { quoteText } from '../names.ts';
import type { TypedView } from './typed-views.ts';

/** What a row was, typed, from one change of the source layer on. */
export interface TypedRowState {
  /** The change of the source layer by which it came to be so, and the one by which it was so no more: null for now. */
  readonly change: string;
  readonly until: string | null;
  /** When these were loaded: ISO 8601, UTC. */
  readonly since: string;
  readonly ended: string | null;
  readonly removed: boolean;
  /** By column, as JSON has them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What cleaning had to say, as `column:note`. */
  readonly notes: readonly string[];
}

/** The last states of a row, the latest first, and how many there are. */
export async function typedStates(
  questions: Questions,
  source: string,
  view: TypedView,
  id: string,
  most: number,
): Promise<{ readonly states: readonly TypedRowState[]; readonly total: number }> {
  const rows = await questions.query<TypedRowState & { readonly total: number }>(
    `SELECT ${told}, count(*) OVER ()::int AS total FROM (${statesOf(view)}) s
      ORDER BY s.until DESC NULLS FIRST LIMIT $3`,
    [source, id, most],
  );
  return { states: rows.map((row) => stateOf(view, row)), total: rows[0]?.total ?? 0 };
}

/** The last state of a row that began before an instant (ISO 8601); null where none did that was typed. */
export async function typedStateBefore(
  questions: Questions,
  source: string,
  view: TypedView,
  id: string,
  then: string,
): Promise<TypedRowState | null> {
  const [row] = await questions.query<TypedRowState>(
    `SELECT ${told} FROM (${statesOf(view)}) s WHERE s.desde < $3 ORDER BY s.desde_mudanca DESC LIMIT 1`,
    [source, id, then],
  );
  return row === undefined ? null : stateOf(view, row);
}

const told = `s.desde_mudanca::text AS change, s.until::text, ${instant('s.desde')} AS since,
  ${instant('s.ended')} AS ended, s.removido IS NOT NULL AS removed, to_jsonb(s) AS values,
  coalesce(s.notas, '{}') AS notes`;

function statesOf({ table, history, role, columns }: TypedView): string {
  const names = columns.map(({ name }) => name).join(', ');
  const select = (until: string, ended: string, from: string) => `
    SELECT desde_mudanca, ${until} AS until, desde, ${ended} AS ended, removido, notas, ${names}
      FROM ${from} WHERE fonte = $1 AND id = $2 ${role === null ? '' : `AND papel = ${quoteText(role)}`}`;
  return `${select('NULL::bigint', 'NULL::timestamptz', table)}
          UNION ALL ${select('ate_mudanca', 'ate', history)}`;
}

function stateOf({ columns }: TypedView, row: TypedRowState): TypedRowState {
  const { change, until, since, ended, removed, values, notes } = row;
  const named = Object.fromEntries(columns.map(({ name }) => [name, values[name]]));
  return { change, until, since, ended, removed, values: named, notes };
}

/** Up to which change a view was typed, null where it never was; and whether a row of it is to be typed again. */
export async function typedUpTo(
  questions: Questions,
  source: string,
  view: string,
  id: string,
): Promise<{ readonly change: string | null; readonly again: boolean }> {
  const [row] = await questions.query<{ change: string | null; again: boolean }>(
    `SELECT (SELECT mudanca::text FROM nacional.marca WHERE fonte = $1 AND visao = $2 AND passo = 'tipo') AS change,
            EXISTS (SELECT FROM nacional.retratar WHERE fonte = $1 AND visao = $2 AND id = $3) AS again`,
    [source, view, id],
  );
  return row ?? { change: null, again: false };
}

/** What a rule found in a row, now or before. */
export interface RowFinding {
  readonly rule: string;
  readonly item: string;
  /** When it was found first, and when it was not found any more: ISO 8601, UTC. */
  readonly since: string;
  readonly resolved: string | null;
}

/** Open ones first, then the last that were resolved. */
export function rowFindings(
  questions: Questions,
  source: string,
  view: string,
  id: string,
  most: number,
): Promise<RowFinding[]> {
  return questions.query(
    `SELECT regra AS rule, item, ${instant('desde')} AS since, ${instant('resolvido')} AS resolved
       FROM nacional.achado WHERE fonte = $1 AND visao = $2 AND id = $3
      ORDER BY resolvido DESC NULLS FIRST, regra, item LIMIT $4`,
    [source, view, id, most],
  );
}
