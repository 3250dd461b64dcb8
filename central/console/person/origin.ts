import type { Questions } from '../../base/base.ts';
import { wholeInstant } from '../../base/instants.ts';
import { assignedBy, assignments } from '../../base/national-layer/code-maps.ts';
import { typedUpTo } from '../../base/national-layer/treated-row.ts';
import { type TypedView, typedView } from '../../base/national-layer/typed-views.ts';
import type { Sight } from '../../base/sight/sight.ts';
import {
  findRow,
  type RowState,
  rowStates,
  type StoredView,
  storedViews,
} from '../../base/source-layer/row-history.ts';
import { isTyped } from '../../trace/is-typed.ts';
import { type Trace, traceRow } from '../../trace/trace-row.ts';
import { type TreatedValue, textOf, treatedValues } from '../../trace/treated-values.ts';
import type { SeenPerson } from './find-person.ts';

/** Where a row of a person comes from. */
export interface Origin {
  readonly view: TypedView;
  readonly source: string;
  readonly id: string;
  /** Since when it is as it is, and since when the source has it no more; ISO 8601. */
  readonly since: string;
  readonly removed: string | null;
  /** Columns that are seen: as given, as typed, and what cleaning had to say. */
  readonly values: readonly TreatedValue[];
  /** What the state gave is newer than what is treated: it is not shown beside it. */
  readonly isBehind: boolean;
  /** What it was before, the latest first. */
  readonly past: readonly PastState[];
  readonly morePast: boolean;
  /** All columns are seen: then its versions are, too. */
  readonly seesAll: boolean;
  /** What the base keeps of how it came; null where the source layer has nothing of it. */
  readonly loaded: Loaded | null;
}

export interface PastState {
  readonly since: string;
  readonly until: string;
  readonly removed: boolean;
  readonly changed: readonly {
    readonly column: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

export interface Loaded {
  /** Which of so many versions that are kept, when it came, and in which run. */
  readonly number: number;
  readonly versions: number;
  readonly since: string;
  readonly run: string | null;
  readonly trace: Trace;
}

const mostPast = 30;

/** A row of one of a person's views; null where it is not seen, or not theirs. */
export async function originOf(
  questions: Questions,
  sight: Sight,
  person: SeenPerson,
  { view: name, source, id }: { readonly view: string; readonly source: string; readonly id: string },
): Promise<Origin | null> {
  const view = typedView(name);
  if (view === undefined || !sight.sees(name)) return null;
  const row = await ownRow(questions, sight, person, view, source, id);
  if (row === null) return null;
  const seen = view.columns.map((column) => column.name).filter((column) => sight.sees(name, column));
  const loaded = await loadedRow(questions, { source, view: name, id }, seen);
  const isCurrent =
    loaded !== null && (await isTreated(questions, loaded, { source, view: name, id }, row.change));
  const assigned = assignedBy(await assignments(questions, source, '0'));
  const given = isCurrent ? loaded.state.values : {};
  const values = treatedValues(view, given, row, assigned).filter(({ column }) => seen.includes(column));
  const { past, more, since } = await pastOf(questions, sight, view, { source, id, seen }, row);
  return {
    ...{ view, source, id, since, removed: row.removed, past, morePast: more },
    seesAll: seen.length === view.columns.length,
    ...{ values, isBehind: loaded !== null && !isCurrent },
    loaded:
      loaded === null ? null : { ...loaded.told, trace: await traceRow(questions, loaded.of, loaded, null) },
  };
}

interface OwnRow {
  readonly values: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
  readonly change: string;
  readonly since: string;
  readonly removed: string | null;
}

/** As it is now; null where it is of somebody else. */
async function ownRow(
  questions: Questions,
  sight: Sight,
  { role, registers }: SeenPerson,
  { view: { name }, role: ofRole }: TypedView,
  source: string,
  id: string,
): Promise<OwnRow | null> {
  const own = registers.filter((register) => register.source === source).map(({ key }) => key);
  const parameters: unknown[] = [source, id, own];
  const [row] = await questions.query<OwnRow>(
    `SELECT to_jsonb(r) AS values, coalesce(r.notas, '{}') AS notes, r.desde_mudanca::text AS change,
            ${wholeInstant('r.desde')} AS since, ${wholeInstant('r.removido')} AS removed
       FROM ${sight.view(name)} AS r WHERE r.fonte = $1 AND r.id = $2 AND ${isTheirs(name, role, ofRole)}`,
    parameters,
  );
  return row ?? null;
}

/** A condition on a row `r`: it names one of the registers whose keys are `$3`. */
function isTheirs(view: string, role: SeenPerson['role'], ofRole: SeenPerson['role'] | null): string {
  if (ofRole !== null) return ofRole === role ? 'r.id = ANY ($3::text[])' : '$3::text[] IS NULL';
  if (view === 'unidade') return '$3::text[] IS NULL';
  if (role === 'custodiado') return 'r.custodiado_id = ANY ($3::text[])';
  if (view === 'visita' && role === 'visitante') return 'r.visitante_id = ANY ($3::text[])';
  if (view === 'vinculo') return `r.pessoa_tipo = '${role}' AND r.pessoa_id = ANY ($3::text[])`;
  return '$3::text[] IS NULL';
}

interface Stored {
  readonly of: StoredView;
  readonly state: RowState;
  readonly before: RowState | null;
  readonly newest: string;
  readonly told: Omit<Loaded, 'trace'>;
}

/**
 * The last state of the row in the source layer, and the one before it: of those that are alike in all that is seen, the
 * first one. When something changed that is not seen, and by which page, is not told.
 */
async function loadedRow(
  questions: Questions,
  { source, view, id }: { readonly source: string; readonly view: string; readonly id: string },
  seen: readonly string[],
): Promise<Stored | null> {
  const of = (await storedViews(questions, source)).find((each) => each.view === view);
  if (of === undefined || of.key.join() !== 'id') return null;
  const found = await findRow(questions, of, [id]);
  if (found === null) return null;
  const { states, change } = found;
  let [before, last]: [RowState | null, RowState | null] = [null, null];
  for await (const state of rowStates(questions, of, [id], { first: states - mostPast, last: states })) {
    if (last !== null && areAlike(last, state, seen)) continue;
    [before, last] = [last, state];
  }
  if (last === null) return null;
  const { number, since, run } = last;
  return { of, state: last, before, newest: change, told: { number, versions: states, since, run } };
}

function areAlike(one: RowState, other: RowState, seen: readonly string[]): boolean {
  const areSame = (column: string) => (one.values[column] ?? null) === (other.values[column] ?? null);
  return one.removed === other.removed && seen.every(areSame);
}

/** Whether the row that is shown was made of that state. */
async function isTreated(
  questions: Questions,
  { state, newest }: Stored,
  { source, view, id }: { readonly source: string; readonly view: string; readonly id: string },
  change: string,
): Promise<boolean> {
  const upTo = await typedUpTo(questions, source, view, id);
  return isTyped(state.from, { ...upTo, newest }, { change, until: null });
}

/** By what is seen of it; and since when that is as it is now. */
async function pastOf(
  questions: Questions,
  sight: Sight,
  { view, role }: TypedView,
  { source, id, seen }: { readonly source: string; readonly id: string; readonly seen: readonly string[] },
  now: OwnRow,
): Promise<{ readonly past: readonly PastState[]; readonly more: boolean; readonly since: string }> {
  const rows = await questions.query<{
    values: Readonly<Record<string, unknown>>;
    since: string;
    until: string;
    removed: boolean;
  }>(
    `SELECT to_jsonb(h) AS values, ${wholeInstant('h.desde')} AS since, ${wholeInstant('h.ate')} AS until,
            h.removido IS NOT NULL AS removed
       FROM ${sight.history(view.name)} AS h
      WHERE h.fonte = $1 AND h.id = $2 ${role === null ? '' : `AND h.papel = '${role}'`}
      ORDER BY h.ate_mudanca DESC LIMIT ${mostPast + 1}`,
    [source, id],
  );
  const past: PastState[] = [];
  let [next, wasRemoved, since] = [now.values, now.removed !== null, now.since];
  for (const row of rows.slice(0, mostPast)) {
    const changed = seen.flatMap((column) => {
      const [before, after] = [textOf(row.values[column]), textOf(next[column])];
      return before === after ? [] : [{ column, before, after }];
    });
    const last = past.at(-1);
    // What changed in it is not seen: then nothing did.
    if (changed.length > 0 || row.removed !== wasRemoved) {
      past.push({ since: row.since, until: row.until, removed: row.removed, changed });
    } else if (last === undefined) since = row.since;
    else past[past.length - 1] = { ...last, since: row.since };
    [next, wasRemoved] = [row.values, row.removed];
  }
  return { past, more: rows.length > mostPast, since };
}
