import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import type { ViewDescription } from '../../../shared/sources/view-source.ts';
import { quoteName, quoteText } from '../names.ts';
import { stagedKey } from './key-sql.ts';
import type { QuarantineCode } from './quarantine-codes.ts';

/**
 * Bytes that a key may have in all: an entry of a B-tree holds 2,704, and besides the values their headers. One row
 * with a longer key would otherwise fail its whole page.
 */
export const maxKeyBytes = 2500;

/** What can be wrong with a row `s` of a staging table by itself, as SQL. */
export interface Flaws {
  /** True for each row that must be looked at closely, among them the lines that say that a row is gone. */
  readonly suspect: string;
  /** The code of a row, or null when it is sound. @param repeated condition; @param tooLarge condition */
  code(repeated: string, tooLarge: string): string;
  /** The names of the columns concerned, by the code in `_code`; never a value. @param share bytes of a large column */
  reason(share: string): string;
}

/** @param longKeys whether a key of the page may be too long; looking at it costs a little for every row */
export function flawsOf(view: ViewDescription, longKeys: boolean): Flaws {
  const named = view.columns.map(({ name }, index) => ({ name, place: index + 1, column: columnOf(name) }));
  const { emptyKey, empty, longKey, suspect } = conditionsOf(view, columnOf, longKeys);
  const keyIsEmpty = any(emptyKey);
  return {
    suspect,
    code: (repeated, tooLarge) => `CASE
      WHEN ${keyIsEmpty} THEN ${code('key-empty')}
      WHEN ${repeated} THEN ${code('key-repeated')}
      WHEN 0 = ANY (s._mark) OR ${longKey} OR ${tooLarge} THEN ${code('row-too-large')}
      WHEN s._mark IS NOT NULL THEN ${code('bytes-undecodable')}
      WHEN ${any(empty)} THEN ${code('column-empty')} END`,
    reason: (share) => `CASE s._code
      WHEN ${code('key-empty')} THEN ${names(emptyKey)}
      WHEN ${code('key-repeated')} THEN ${quoteText(view.key.join(', '))}
      WHEN ${code('row-too-large')} THEN
        ${names(named.map(({ name, column }) => ({ name, when: `octet_length(${column}) > ${share}` })))}
      WHEN ${code('bytes-undecodable')} THEN
        ${names(named.map(({ name, place }) => ({ name, when: `${place} = ANY (s._mark)` })))}
      WHEN ${code('column-empty')} THEN ${names(empty)} END`,
  };
}

/**
 * The condition, on a row of the view's own table, that nothing is wrong with it by itself: what `suspect` looks for, so
 * that a page whose rows are copied there directly is looked at as closely.
 */
export function soundRow(view: ViewDescription): string {
  return `NOT ${conditionsOf(view, quoteName, true).suspect}`;
}

/** @param columnOf a column of the row as SQL */
function conditionsOf(view: ViewDescription, columnOf: (name: string) => string, longKeys: boolean) {
  const required = requiredColumns(view);
  const isKey = (name: string) => view.key.includes(name);
  const named = view.columns.map(({ name }) => ({ name, column: columnOf(name) }));
  const emptyKey = named
    .filter(({ name }) => isKey(name))
    .map(({ name, column }) => ({ name, when: required.has(name) ? isEmpty(column) : `${column} IS NULL` }));
  const empty = named
    .filter(({ name }) => required.has(name) && !isKey(name))
    .map(({ name, column }) => ({ name, when: isEmpty(column) }));
  const keyBytes = view.key.map((name) => `coalesce(octet_length(${columnOf(name)}), 0)`).join(' + ');
  const longKey = longKeys ? `${keyBytes} > ${maxKeyBytes}` : 'false';
  const suspect = `(${columnOf('_mark')} IS NOT NULL OR ${any(emptyKey)} OR ${any(empty)} OR ${longKey})`;
  return { emptyKey, empty, longKey, suspect };
}

/** The key of a row `s`, and the whole of it as text. */
export function wholeRow(view: ViewDescription): {
  key: string;
  mark: string;
  values: string;
  columns: string;
} {
  return {
    ...stagedKey(view, 's'),
    values: `ARRAY[${view.columns.map(({ name }) => columnOf(name)).join(', ')}]::text[]`,
    columns: `ARRAY[${view.columns.map(({ name }) => quoteText(name)).join(', ')}]::text[]`,
  };
}

/** Columns of the view that the dictionary asks for. A column that the view does not have is no row's fault. */
function requiredColumns({ name }: ViewDescription): ReadonlySet<string> {
  const standard = standardViews.find((view) => view.name === name);
  return new Set(standard?.columns.filter((column) => column.required).map((column) => column.name));
}

interface Condition {
  readonly name: string;
  readonly when: string;
}

function any(conditions: readonly Condition[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.map(({ when }) => when).join(' OR ')})`;
}

/** The names whose condition holds. An array, since functions take no more than a hundred arguments. */
function names(conditions: readonly Condition[]): string {
  const elements = conditions.map(({ name, when }) => `CASE WHEN ${when} THEN ${quoteText(name)} END`);
  return `array_to_string(ARRAY[${elements.join(', ')}]::text[], ', ')`;
}

/** Null or blank. The first comparison, of one byte, spares nearly every row the trimming. */
function isEmpty(column: string): string {
  const blank = String.raw`E' \t\n\v\f\r'`;
  return `(${column} IS NULL OR (${column} COLLATE "C" < '!' AND btrim(${column}, ${blank}) = ''))`;
}

function columnOf(name: string): string {
  return `s.${quoteName(name)}`;
}

function code(code: QuarantineCode): string {
  return quoteText(code);
}
