import type { Transaction } from '../base.ts';
import { quoteText } from '../names.ts';
import { holdNational } from './beside-forgetting.ts';
import { bornIn, sharedBy } from './next-key.ts';
import { removeLinks } from './remove-links.ts';
import { removeFromSearch } from './search-index.ts';
import { enqueue } from './touched-subjects.ts';
import { treatedAs } from './typed-views.ts';

interface ViewOf {
  readonly view: string;
  readonly key: readonly string[];
}

/**
 * Takes away what treatment made of rows of a view, with their past and what was found in them, and has looked at again
 * what looked at them. Returns how many rows of which table.
 * @param again the rows are still there: they are treated again, from all that they were
 */
export async function removeTyped(
  tx: Transaction,
  source: string,
  { view: name, key }: ViewOf,
  ids: readonly string[],
  again?: 'again',
): Promise<Record<string, number>> {
  const view = treatedAs(name, key);
  if (view === undefined || ids.length === 0) return {};
  await holdNational(tx);
  const role = view.role === null ? '' : `AND papel = ${quoteText(view.role)}`;
  const which = `fonte = ${quoteText(source)} ${role} AND id = ANY (ARRAY[${ids.map(quoteText).join(', ')}])`;
  await enqueue(
    tx,
    source,
    name,
    (columns) => `SELECT ${columns.join(', ')} FROM ${view.table} WHERE ${which}`,
  );
  const shared = view.role === null ? [] : await sharedKeys(tx, which);
  const births = view.role === 'custodiado' ? await birthsOf(tx, which) : [];
  const persons = view.role === null ? [] : await personsOf(tx, which);
  const removed: Record<string, number> = {
    [view.history]: await remove(tx, view.history, which),
    'nacional.achado': await remove(
      tx,
      'nacional.achado',
      `visao = ${quoteText(name)} AND ${idsOf(source, ids)}`,
    ),
  };
  if (view.role !== null) Object.assign(removed, await removeLinks(tx, which, again === undefined));
  if (view.role !== null) Object.assign(removed, await removeFromSearch(tx, which));
  if (view.role !== null) removed['nacional.pessoa'] = await removePersons(tx, persons);
  removed[view.table] = await remove(tx, view.table, which);
  await forgetShared(tx, shared);
  await forgetPersons(tx, persons);
  await forgetBirths(tx, source, births);
  await remove(tx, 'nacional.retratar', `visao = ${quoteText(name)} AND ${idsOf(source, ids)}`);
  if (again !== undefined) {
    await tx.query(`INSERT INTO nacional.retratar (fonte, visao, id) SELECT $1, $2, unnest($3::text[])`, [
      ...[source, name, ids],
    ]);
  }
  return removed;
}

const idsOf = (source: string, ids: readonly string[]) =>
  `fonte = ${quoteText(source)} AND id = ANY (ARRAY[${ids.map(quoteText).join(', ')}])`;

async function remove(tx: Transaction, table: string, which: string): Promise<number> {
  const [gone] = await tx.query<{ rows: number }>(
    `WITH gone AS (DELETE FROM ${table} WHERE ${which} RETURNING 1) SELECT count(*)::int AS rows FROM gone`,
  );
  return gone?.rows ?? 0;
}

/** The persons to whom registers belong. */
async function personsOf(tx: Transaction, which: string): Promise<readonly string[]> {
  const found = await tx.query<{ person: string }>(
    `SELECT DISTINCT pessoa_id::text AS person FROM nacional.registro WHERE ${which}`,
  );
  return found.map(({ person }) => person);
}

/** Also those that have other registers: what they have may be of this one, and is made anew of the others. */
function removePersons(tx: Transaction, persons: readonly string[]): Promise<number> {
  return remove(tx, 'nacional.pessoa', `id = ANY (ARRAY[${persons.map(quoteText).join(', ')}]::uuid[])`);
}

/** A person that waits to be looked at has registers. Of one that has none left, what was found by it is resolved. */
export async function forgetPersons(tx: Transaction, persons: readonly string[]): Promise<void> {
  for (const person of persons) {
    const [other] = await tx.query<{ is: boolean }>(
      'SELECT EXISTS (SELECT FROM nacional.registro WHERE pessoa_id = $1::uuid) AS is',
      [person],
    );
    const waits = other?.is === true;
    if (!waits) await resolveFound(tx, 'pessoas', '', person);
    await forgetSubject(tx, 'pessoas', '', person, waits);
    await forgetSubject(tx, 'pessoa', '', person, waits);
  }
}

interface SharedKey {
  readonly subject: keyof typeof sharedBy;
  readonly key: string;
}

/** What registers have that others may share, now and before. */
async function sharedKeys(tx: Transaction, which: string): Promise<SharedKey[]> {
  const now = Object.entries(sharedBy).map(
    ([subject, key]) => `SELECT '${subject}' AS subject, ${key} AS key FROM nacional.registro WHERE ${which}`,
  );
  const past = Object.entries(sharedBy)
    .filter(([subject]) => subject !== 'identidade')
    .map(([subject, key]) => `SELECT '${subject}', ${key} FROM nacional.historico_registro WHERE ${which}`);
  return tx.query<SharedKey>(
    `SELECT DISTINCT subject, key FROM (${[...now, ...past].join(' UNION ALL ')}) k WHERE key IS NOT NULL`,
  );
}

/**
 * A document that waits to be looked at is somebody's. Where nobody else has it there is nothing to be looked at, and what
 * was found by it of others, who have it no more, is resolved.
 */
async function forgetShared(tx: Transaction, keys: readonly SharedKey[]): Promise<void> {
  for (const { subject, key } of keys) {
    const [other] = await tx.query<{ is: boolean }>(
      `SELECT EXISTS (SELECT FROM nacional.registro WHERE ${sharedBy[subject]} = $1 AND removido IS NULL) AS is`,
      [key],
    );
    if (other?.is !== true) await resolveFound(tx, subject, '', key);
    await forgetSubject(tx, subject, '', key, other?.is === true);
  }
}

async function birthsOf(tx: Transaction, which: string): Promise<readonly string[]> {
  const tables = ['registro', 'historico_registro'];
  const each = tables.map((table) => `SELECT data_nascimento AS birth FROM nacional.${table} WHERE ${which}`);
  const found = await tx.query<{ birth: string }>(
    `SELECT DISTINCT birth::text FROM (${each.join(' UNION ALL ')}) b WHERE birth IS NOT NULL`,
  );
  return found.map(({ birth }) => birth);
}

/** The same of birth dates, which wait for a source. */
async function forgetBirths(tx: Transaction, source: string, births: readonly string[]): Promise<void> {
  for (const birth of births) {
    const [other] = await tx.query<{ is: boolean }>(
      `SELECT EXISTS (SELECT FROM ${bornIn} AND data_nascimento = $2) AS is`,
      [source, birth],
    );
    if (other?.is !== true) await resolveFound(tx, 'nascimento', source, birth);
    await forgetSubject(tx, 'nascimento', source, birth, other?.is === true);
  }
}

/** What is open by looking at a key is resolved, and no longer has it. */
async function resolveFound(tx: Transaction, subject: string, source: string, key: string): Promise<void> {
  await tx.query(
    `UPDATE nacional.achado SET resolvido = now(), chave = ''
      WHERE assunto = $1 AND fonte_assunto = $2 AND chave = $3 AND resolvido IS NULL`,
    [subject, source, key],
  );
}

/** Nothing waits for this key any more. @param waits it may: only where a sweep has come to is no longer told by it */
export async function forgetSubject(
  tx: Transaction,
  subject: string,
  source: string,
  key: string,
  waits: boolean,
): Promise<void> {
  const of = [subject, source, key];
  if (!waits) {
    for (const table of ['fila', 'agenda', 'falha']) {
      await tx.query(`DELETE FROM nacional.${table} WHERE assunto = $1 AND fonte = $2 AND chave = $3`, of);
    }
  }
  // The sweep begins anew: what is looked at twice comes to the same.
  await tx.query(
    'UPDATE nacional.varredura SET apos = NULL WHERE assunto = $1 AND fonte = $2 AND apos = $3',
    of,
  );
}
