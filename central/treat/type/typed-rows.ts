import type { CleanedRow } from '../../../shared/cleaning/clean-row.ts';
import type { CleaningContext } from '../../../shared/cleaning/cleaner.ts';
import { encodeField, nullField } from '../../../shared/sources/reading/lines.ts';
import { natalId } from '../../base/national-layer/natal-id.ts';
import type { TypedView } from '../../base/national-layer/typed-views.ts';
import type { TypedRows } from '../../base/national-layer/write-rows.ts';
import type { RowStates, SourceState } from '../../base/source-layer/changed-states.ts';
import type { Cleaning } from './cleaning.ts';
import { identityOf } from './person-keys.ts';
import { runsOf, type TypedState } from './runs.ts';

/** What makes a birth date or a name no evidence of whose it is. */
const doubtful: ReadonlySet<string> = new Set([
  ...['data_nascimento:default-date', 'data_nascimento:century-inferred'],
  ...['nome:encoding-doubtful', 'nome_mae:encoding-doubtful'],
]);

/** What is stored of a row: since when it has been as it is. */
export type Stored = ReadonlyMap<string, Pick<TypedState, 'change' | 'since'>>;

/** Types the rows of one view: pure, so that the same states always come to the same lines. */
export interface TypeRows {
  /**
   * @param stored for rows whose states begin with the one that is stored; null where they have all states, and what is
   *   stored of them does not count
   */
  (rows: readonly RowStates[], stored: Stored | null): TypedRows;
}

/** @param columns those that `SourceState.values` has, in their order */
export function rowTyper(
  source: string,
  view: TypedView,
  columns: readonly string[],
  context: CleaningContext,
  { rowCleaner }: Cleaning,
): TypeRows {
  const clean = rowCleaner(view.view, columns, context);
  const carried = view.columns.map(({ name, kind }) => ({
    place: view.view.columns.findIndex((column) => column.name === name),
    encode: kind === 'names' ? encodeNames : encodeField,
  }));
  const place = (name: string) => view.view.columns.findIndex((column) => column.name === name);
  const of = { nome: place('nome'), mae: place('nome_mae'), birth: place('data_nascimento') };

  const typed = ({ values, change, since, removed }: SourceState) => {
    const cleaned = clean(values);
    const fields = carried.map(({ place, encode }) => encode(cleaned.values[place] ?? null));
    fields.push(encodeList(cleaned.notes), removed ?? nullField);
    return { line: fields.join('\t'), change, since, cleaned };
  };

  const registerFields = (id: string, firstSeen: string, { values, notes }: CleanedRow) => {
    if (view.role === null) return '';
    const at = (index: number) => (index < 0 ? null : (values[index] ?? null));
    const identity = notes.some((note) => doubtful.has(note))
      ? null
      : identityOf(at(of.nome), at(of.mae), at(of.birth));
    const natal = natalId(source, view.role, id);
    return `\t${identity ?? nullField}\t${natal}\t${natal}\t${firstSeen}`;
  };

  return (rows, stored) => {
    const result = { rows: [] as string[], past: [] as string[], anew: [] as string[] };
    for (const { id, firstSeen, states } of rows) {
      const known = stored?.get(id);
      const [first, ...later] = since(states, known).map(typed);
      if (first === undefined) continue;
      const { current, past } = runsOf([known === undefined ? first : { ...first, ...known }, ...later]);
      const key = view.role === null ? '' : `${view.role}\t`;
      const start = `${encodeField(source)}\t${key}${encodeField(id)}\t`;
      for (const state of past) {
        const until = `${state.untilChange}\t${state.until}`;
        result.past.push(`${start}${state.line}\t${state.change}\t${state.since}\t${until}`);
      }
      if (stored === null) result.anew.push(id);
      // Its states are all alike with what is stored of it.
      if (known !== undefined && past.length === 0) continue;
      const last = later.at(-1) ?? first;
      const own = registerFields(id, firstSeen, last.cleaned);
      result.rows.push(`${start}${current.line}\t${current.change}\t${current.since}${own}`);
    }
    return result;
  };
}

/** Its states from the stored one on: a row that was typed again meanwhile is stored as it was later than its mark says. */
function since(states: readonly SourceState[], known: Pick<TypedState, 'change'> | undefined) {
  if (known === undefined) return states;
  const at = states.findLastIndex(({ change }) => BigInt(change) <= BigInt(known.change));
  return at < 1 ? states : states.slice(at);
}

/** An array of texts as COPY reads it; null for an empty one. */
function encodeList(texts: readonly string[]): string {
  if (texts.length === 0) return nullField;
  const quoted = texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`);
  return encodeField(`{${quoted.join(',')}}`);
}

/** Several names, one a line, as an array. */
function encodeNames(names: string | null): string {
  return names === null ? nullField : encodeList(names.split('\n'));
}
