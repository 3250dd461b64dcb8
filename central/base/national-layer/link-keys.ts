import { encodeField } from '../../../shared/sources/reading/lines.ts';
import type { Questions, Transaction } from '../base.ts';
import { withinLockTimeout } from '../locks.ts';
import { keyPlaces } from './linkage-migration.ts';
import { inScope, type Scope } from './queue.ts';

/** By what a register is found (`nacional.chave`). */
export interface RegisterKeys {
  /** Its `natal_id`. */
  readonly register: string;
  /** All that is compared of it, as a text: alike where it is the same. */
  readonly form: string;
  /** Where it is compared, beside those whose names are alike: a UUID by its order alone. */
  readonly place: string;
  /** By the place of each blocking rule, 32 bits without a sign; 0 for none. */
  readonly keys: readonly number[];
}

/** A key of a blocking rule (its place from 0). */
export interface RuleKey {
  readonly rule: number;
  readonly key: number;
}

/** As one number, by which it is told from all others. */
export function numberOf({ rule, key }: RuleKey): number {
  return rule * 2 ** 32 + key;
}

/** Milliseconds. */
const longestWait = 3000;

const columns = keyPlaces.map((place) => `k${place}`);

/** Of these registers, as they were made last. */
export async function storedKeys(
  questions: Questions,
  registers: readonly string[],
): Promise<ReadonlyMap<string, RegisterKeys>> {
  const found = await keysWhere(questions, 'registro = ANY ($1::uuid[])', [registers]);
  return new Map(found.map((keys) => [keys.register, keys]));
}

/** The same of those of a scope of `par`, whose keys are places. */
export function keysInScope(questions: Questions, scope: Scope): Promise<RegisterKeys[]> {
  const parameters: unknown[] = [];
  return keysWhere(questions, inScope('lugar', scope, parameters, 'uuid'), parameters);
}

async function keysWhere(
  questions: Questions,
  condition: string,
  parameters: unknown[],
): Promise<RegisterKeys[]> {
  const rows = await questions.query<Omit<RegisterKeys, 'keys'> & { readonly keys: (number | null)[] }>(
    `SELECT registro::text AS register, forma AS form, lugar::text AS place, ARRAY[${columns.join(', ')}] AS keys
       FROM nacional.chave WHERE ${condition}`,
    parameters,
  );
  return rows.map((row) => ({ ...row, keys: row.keys.map((key) => (key ?? 0) >>> 0) }));
}

/** What is compared of some registers, as it was when their keys were made; without those that have none yet. */
export async function formsOf(questions: Questions, registers: readonly string[]): Promise<string[]> {
  const rows = await questions.query<{ form: string }>(
    'SELECT forma AS form FROM nacional.chave WHERE registro = ANY ($1::uuid[])',
    [registers],
  );
  return rows.map(({ form }) => form);
}

/** The same of those that have one of these keys, each once. */
export async function formsHaving(questions: Questions, keys: readonly RuleKey[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const { condition, parameters } = havingOne(keys);
  const rows = await questions.query<{ form: string }>(
    `SELECT forma AS form FROM nacional.chave WHERE ${condition}`,
    parameters,
  );
  return rows.map(({ form }) => form);
}

/** Registers that have one of these keys, each once, with where they are compared. */
export async function registersHaving(
  questions: Questions,
  keys: readonly RuleKey[],
): Promise<Pick<RegisterKeys, 'register' | 'place'>[]> {
  if (keys.length === 0) return [];
  const { condition, parameters } = havingOne(keys);
  return questions.query(
    `SELECT registro::text AS register, lugar::text AS place FROM nacional.chave WHERE ${condition}`,
    parameters,
  );
}

/** That a row has one of these keys: the indexes of the rules are put together before a row is read. */
function havingOne(keys: readonly RuleKey[]): { readonly condition: string; readonly parameters: unknown[] } {
  const parameters: unknown[] = [];
  const each = [...Map.groupBy(keys, ({ rule }) => rule)].map(([rule, of]) => {
    const place = parameters.push([...new Set(of.map(({ key }) => key | 0))]);
    return `${columns[rule]} = ANY ($${place}::int[])`;
  });
  return { condition: each.join(' OR '), parameters };
}

/** Writes keys over what was there, and takes away those of `gone`. */
export async function writeKeys(
  tx: Transaction,
  written: readonly RegisterKeys[],
  gone: readonly string[],
): Promise<void> {
  const old = [...written.map(({ register }) => register), ...gone];
  if (old.length === 0) return;
  await tx.query('DELETE FROM nacional.chave WHERE registro = ANY ($1::uuid[])', [old]);
  if (written.length === 0) return;
  const lines = written.map(
    ({ register, form, place, keys }) =>
      `${register}\t${encodeField(form)}\t${place}\t${keys.map((key) => (key === 0 ? '\\N' : key | 0)).join('\t')}\n`,
  );
  await tx.copyIn(
    `nacional.chave (registro, forma, lugar, ${columns.join(', ')})`,
    Buffer.from(lines.join('')),
  );
}

/** Of these keys, those that more than `cap` registers have. */
export async function keysOverCap(
  questions: Questions,
  keys: readonly RuleKey[],
  cap: number,
): Promise<RuleKey[]> {
  const byRule = Map.groupBy(keys, ({ rule }) => rule);
  if (byRule.size === 0) return [];
  const parameters: unknown[] = [cap];
  const each = [...byRule].map(([rule, of]) => {
    const place = parameters.push(of.map(({ key }) => key | 0));
    const having = `SELECT FROM nacional.chave WHERE ${columns[rule]} = k OFFSET $1 LIMIT 1`;
    return `SELECT ${rule} AS rule, k AS key FROM unnest($${place}::int[]) k WHERE EXISTS (${having})`;
  });
  const found = await questions.query<RuleKey>(each.join(' UNION ALL '), parameters);
  return found.map(({ rule, key }) => ({ rule, key: key >>> 0 }));
}

/** Keys by which nobody is found, since too many have them, as numbers (`numberOf`). */
export async function commonKeys(questions: Questions): Promise<ReadonlySet<number>> {
  const rows = await questions.query<RuleKey>(
    'SELECT regra - 1 AS rule, chave AS key FROM nacional.chave_comum',
  );
  return new Set(rows.map(({ rule, key }) => numberOf({ rule, key: key >>> 0 })));
}

/** Some keys have become common, others are so no more. */
export async function changeCommonKeys(
  tx: Transaction,
  come: readonly RuleKey[],
  gone: readonly RuleKey[],
): Promise<void> {
  const lists = (keys: readonly RuleKey[]) => [
    keys.map(({ rule }) => rule + 1),
    keys.map(({ key }) => key | 0),
  ];
  const of = '(SELECT * FROM unnest($1::smallint[], $2::int[]))';
  if (gone.length > 0) {
    await tx.query(`DELETE FROM nacional.chave_comum WHERE (regra, chave) IN ${of}`, lists(gone));
  }
  if (come.length > 0) await tx.query(`INSERT INTO nacional.chave_comum ${of.slice(1, -1)}`, lists(come));
}

/**
 * Nobody is found any more until the keys of all registers are made again. Whoever reads all of the base, as for a copy
 * of it, is not waited for: then row by row.
 */
export async function emptyKeys(tx: Transaction): Promise<void> {
  const truncated = await withinLockTimeout(tx, longestWait, () =>
    tx.execute('TRUNCATE nacional.chave, nacional.chave_comum'),
  );
  if (!truncated) await tx.execute('DELETE FROM nacional.chave; DELETE FROM nacional.chave_comum');
}
