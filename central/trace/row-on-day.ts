import type { Questions } from '../base/base.ts';
import { typedStateBefore, typedUpTo } from '../base/national-layer/treated-row.ts';
import { treatedAs } from '../base/national-layer/typed-views.ts';
import { type StoredView, stateBefore } from '../base/source-layer/row-history.ts';
import { isTyped } from './is-typed.ts';
import { textOf } from './treated-values.ts';

/** A value as it was, as text, and what cleaning had to say of it. */
export interface ValueThen {
  readonly column: string;
  readonly value: string | null;
  readonly notes: readonly string[];
}

export interface RowThen {
  /**
   * `there` and `removed`: its typed values are told, of a removed row those that it had; `not-yet`: it came later;
   * `not-kept`: it was there, but what it was was not kept then; `untyped`: what it was is not treated; `own`: the
   * dictionary has no such view, or its key is another.
   */
  readonly result: 'there' | 'removed' | 'not-yet' | 'not-kept' | 'untyped' | 'own';
  /** The source layer had it as removed; false where it had nothing of it. */
  readonly removed: boolean;
  /** Which version of the source layer it was, as `source versions` numbers them; null where none is kept. */
  readonly number: number | null;
  /** Since when and until when it was so, ISO 8601 in UTC: typed, where that is told; `until` is null for now. */
  readonly since: string;
  readonly until: string | null;
  /** It changed since, and that is not treated yet: until when it was so is not known. */
  readonly behind: boolean;
  readonly values: readonly ValueThen[];
}

/**
 * What a row was just before an instant: by the source layer whether it was there, by the national layer what it was.
 *
 * @param row its key, when it was seen first, and the change by which it came to be what it is now
 * @param end ISO 8601; what came at that instant counts as later
 */
export async function rowBefore(
  questions: Questions,
  of: StoredView,
  row: { readonly key: readonly string[]; readonly firstSeen: string; readonly change: string },
  end: string,
): Promise<RowThen> {
  const nothing = { removed: false, number: null, until: null, behind: false, values: [] };
  const source = await stateBefore(questions, of, row.key, end);
  if (source === null) {
    const wasThere = Date.parse(row.firstSeen) < Date.parse(end);
    return { ...nothing, result: wasThere ? 'not-kept' : 'not-yet', since: row.firstSeen };
  }
  const then = { ...nothing, removed: source.removed, number: source.number, since: source.since };
  const view = treatedAs(of.view, of.key);
  if (view === undefined) return { ...then, result: 'own' };
  const [id = ''] = row.key;
  const upTo = await typedUpTo(questions, of.source, of.view, id);
  const typed = await typedStateBefore(questions, of.source, view, id, end);
  if (typed === null || !isTyped(source.from, { ...upTo, newest: row.change }, typed)) {
    return { ...then, result: 'untyped' };
  }
  return {
    ...then,
    result: typed.removed ? 'removed' : 'there',
    since: typed.since,
    until: typed.ended,
    behind: typed.ended === null && BigInt(row.change) > BigInt(upTo.change ?? 0),
    values: view.columns.map(({ name }) => ({
      column: name,
      value: textOf(typed.values[name]),
      notes: typed.notes.flatMap((note) =>
        note.startsWith(`${name}:`) ? [note.slice(name.length + 1)] : [],
      ),
    })),
  };
}
