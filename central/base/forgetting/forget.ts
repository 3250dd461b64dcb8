import { isDeepStrictEqual } from 'node:util';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Base, Transaction } from '../base.ts';
import { noteEnd, noteGone, orderOf, type RecordedOrder, recordOrder } from '../decided-layer/orders.ts';
import { quoteName } from '../names.ts';
import { natalId } from '../national-layer/natal-id.ts';
import { holdSource } from '../source-layer/source-schema.ts';
import { type Counts, type Person, sumOf } from './holder.ts';
import { holders } from './holders.ts';

/** What the base has of a person, and what it was ordered before. */
export interface HeldOfPerson {
  readonly held: Counts;
  readonly order: RecordedOrder | null;
}

/** Changes nothing. Reads the tables of the source's views as a whole, in steps. */
export async function heldOf(base: Base, person: Person): Promise<HeldOfPerson> {
  const order = await base.snapshot((questions) => orderOf(questions, person.source, stoneOf(person)));
  const held: Counts[] = [];
  for (const holder of holders) held.push(await holder.held(base, person));
  return { held: sumOf(...held), order };
}

/** By what somebody is forgotten; it stands in the proof. */
export interface ForgetOptions {
  /** What a court calls its order; whose command it was, and through what. */
  readonly order: string;
  readonly who: string;
  readonly through: string;
  readonly signal?: AbortSignal;
}

/**
 * Takes a person out of the base and keeps them out. First, in one transaction, that nobody loads them again: from then on
 * pages, look-ups and treatment bring nothing of them. Then all that holds them lets go, in steps of which each notes what
 * it took away. Cut short anywhere, it is run again; run again when all is done, it finds nothing.
 *
 * Throws `stopped` when its signal ends it.
 */
export async function forget(base: Base, person: Person, options: ForgetOptions): Promise<RecordedOrder> {
  const order = await base.transaction((tx) => begin(tx, person, options));
  for (const holder of holders) {
    if (options.signal?.aborted === true) throw new GuaritaError('stopped');
    await holder.remove(base, person, (tx, gone) => noteGone(tx, order.id, gone));
  }
  const now = await recorded(base, person);
  if (order.done !== null && isDeepStrictEqual(order.gone, now.gone)) return now;
  for (const table of Object.keys(now.gone)) {
    await base.transaction((tx) => sampleAnew(tx, table), { use: 'treating' });
  }
  await base.transaction((tx) => noteEnd(tx, order.id));
  return recorded(base, person);
}

/** No view of the source is made meanwhile, and no page of those that there are is under way when this is committed. */
async function begin(
  tx: Transaction,
  person: Person,
  { order, who, through }: ForgetOptions,
): Promise<RecordedOrder> {
  const { source, register, secret } = person;
  const { role, key } = register;
  const tombstone = stoneOf(person);
  await holdSource(tx, source);
  await tx.query(
    'INSERT INTO guarita.tombstone (source, hash, secret) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [source, tombstone, secret.id],
  );
  await tx.query('UPDATE guarita.view SET forgets = true WHERE source = $1', [source]);
  const natal = secret.hashOf(natalId(source, role, key.join('\0')));
  await recordOrder(tx, { ...{ source, view: role, tombstone, natal }, ...{ order, who, through } });
  const known = await orderOf(tx, source, tombstone);
  if (known === null) throw new GuaritaError('internal', 'Falta uma ordem.');
  return known;
}

const stoneOf = ({ source, register, secret }: Person) => secret.hash(source, register);

async function recorded(base: Base, person: Person): Promise<RecordedOrder> {
  const order = await base.snapshot((questions) => orderOf(questions, person.source, stoneOf(person)));
  if (order === null) throw new GuaritaError('internal', 'Falta uma ordem.');
  return order;
}

/** What a table's statistics hold of its rows are values. @param table `fonte_al.visita` */
async function sampleAnew(tx: Transaction, table: string): Promise<void> {
  const [schema = '', ...rest] = table.split('.');
  const name = rest.join('.');
  const [some] = await tx.query<{ are: boolean }>(
    'SELECT EXISTS (SELECT FROM pg_stats WHERE schemaname = $1 AND tablename = $2) AS are',
    [schema, name],
  );
  if (some?.are === true) await tx.execute(`ANALYZE ${quoteName(schema)}.${quoteName(name)}`);
}
