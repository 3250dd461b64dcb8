import type { Questions, Transaction } from '../base.ts';
import { holdLock, holdLockOf } from '../locks.ts';
import type { Subject } from './subject.ts';

/** Which keys of a subject a step looks at: some of them, or all in a range of their order. */
export type Scope = {
  readonly subject: Subject;
  /** As `keptUnder` says. */
  readonly under: string;
} & (
  | { readonly keys: readonly string[] }
  /** Those after `after` (null: from the first) up to `upTo`, it included (null: to the last). */
  | { readonly after: string | null; readonly upTo: string | null }
);

/** Whoever sets down what waits does so alone, until the transaction ends. */
export async function setDownAlone(tx: Transaction): Promise<void> {
  await holdLock(tx, 'settingDown');
}

/** Has some keys looked at again: each by itself, unless all are about to be. */
export async function enqueueKeys(
  tx: Transaction,
  subject: Subject,
  under: string,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  await setDownAlone(tx);
  // Held so that it begins only with what this transaction has written.
  const sweep = await tx.query(
    'SELECT FROM nacional.varredura WHERE assunto = $1 AND fonte = $2 AND apos IS NULL FOR KEY SHARE',
    [subject, under],
  );
  if (sweep.length > 0) return;
  await tx.query(
    `INSERT INTO nacional.fila (assunto, fonte, chave) SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING`,
    [subject, under, keys],
  );
}

/** These keys wait no more: by whoever has looked at them and sets down alone, since nobody else did so meanwhile. */
export async function dequeueKeys(
  tx: Transaction,
  subject: Subject,
  under: string,
  keys: readonly string[],
): Promise<void> {
  await tx.query('DELETE FROM nacional.fila WHERE assunto = $1 AND fonte = $2 AND chave = ANY ($3)', [
    ...[subject, under, keys],
  ]);
}

/** Whoever looks at a subject of a source, or of the nation, does so alone, until the transaction ends. */
export async function holdLooking(tx: Transaction, subject: Subject, under: string): Promise<void> {
  await holdLockOf(tx, 'looking', `${subject} ${under}`);
}

/** Of which sources something of a subject waits. */
export async function sourcesWaiting(questions: Questions, subject: Subject): Promise<string[]> {
  const found = await questions.query<{ source: string }>(
    `SELECT fonte AS source FROM nacional.varredura WHERE assunto = $1
     UNION SELECT fonte FROM nacional.fila WHERE assunto = $1 ORDER BY 1`,
    [subject],
  );
  return found.map(({ source }) => source);
}

/** How the next key after some others is found, for a sweep: a question with `$1` the source, `$2` the key before. */
export type NextKey = (after: string | null, skip: number) => Promise<string | null>;

/**
 * What is to be looked at next of a subject, at most about so many keys; null where nothing is. What is taken is no
 * longer waiting when the transaction commits: the sweep first, which finds also what waits.
 *
 * @param keyAfter the key that is `skip` keys further than the one after `after`; null where there are fewer
 */
export async function takeScope(
  tx: Transaction,
  subject: Subject,
  under: string,
  most: number,
  keyAfter: NextKey,
): Promise<Scope | null> {
  // Else one of two might look at a key by itself and the other within a sweep, and the first to read be the last to write.
  await holdLooking(tx, subject, under);
  const [sweep] = await tx.query<{ after: string | null }>(
    'SELECT apos AS after FROM nacional.varredura WHERE assunto = $1 AND fonte = $2 FOR UPDATE',
    [subject, under],
  );
  if (sweep !== undefined) {
    const upTo = await keyAfter(sweep.after, most - 1);
    const done = `assunto = $1 AND fonte = $2`;
    await (upTo === null
      ? tx.query(`DELETE FROM nacional.varredura WHERE ${done}`, [subject, under])
      : tx.query(`UPDATE nacional.varredura SET apos = $3 WHERE ${done}`, [subject, under, upTo]));
    return { subject, under, after: sweep.after, upTo };
  }
  const taken = await tx.query<{ key: string }>(
    `DELETE FROM nacional.fila WHERE (assunto, fonte, chave) IN (
       SELECT assunto, fonte, chave FROM nacional.fila WHERE assunto = $1 AND fonte = $2
        ORDER BY chave LIMIT $3 FOR UPDATE SKIP LOCKED)
     RETURNING chave AS key`,
    [subject, under, most],
  );
  return taken.length === 0 ? null : { subject, under, keys: taken.map(({ key }) => key) };
}

/**
 * How many keys a step has passed: those of the range too of which there was nothing to see.
 * @param most how many it was asked for
 * @param seen of how many there was something
 */
export function doneOf(scope: Scope, most: number, seen: number): number {
  if ('keys' in scope) return scope.keys.length;
  return scope.upTo === null ? Math.max(seen, 1) : most;
}

/**
 * A condition on a column by a scope.
 * @param parameters gets what it needs
 * @param type of the column
 */
export function inScope(
  column: string,
  scope: Scope,
  parameters: unknown[],
  type: 'text' | 'uuid' | 'date' = 'text',
): string {
  const parameter = (value: unknown) => `$${parameters.push(value)}::${type}`;
  if ('keys' in scope) return `${column} = ANY (${parameter(scope.keys)}[])`;
  const bounds = [
    ...(scope.after === null ? [] : [`${column} > ${parameter(scope.after)}`]),
    ...(scope.upTo === null ? [] : [`${column} <= ${parameter(scope.upTo)}`]),
  ];
  // What has no key is of nobody, and in no range either.
  return bounds.length === 0 ? `${column} IS NOT NULL` : bounds.join(' AND ');
}

/** Has some of what falls due by a day looked at again, which says anew when that is to be. Returns how many there were. */
export async function enqueueDue(tx: Transaction, today: string, most: number): Promise<number> {
  await setDownAlone(tx);
  // In the order of whoever looks at a key: taken from the queue, and then on which day again. Else they wait for each other.
  const due = await tx.query<{ subject: string; under: string; key: string }>(
    `WITH due AS MATERIALIZED (
       SELECT assunto, fonte, chave FROM nacional.agenda WHERE dia <= $1 ORDER BY dia LIMIT $2
     ), set_down AS (
       INSERT INTO nacional.fila (assunto, fonte, chave) SELECT assunto, fonte, chave FROM due ON CONFLICT DO NOTHING)
     SELECT assunto AS subject, fonte AS under, chave AS key FROM due`,
    [today, most],
  );
  const keys = [due.map(({ subject }) => subject), due.map(({ under }) => under), due.map(({ key }) => key)];
  await tx.query(
    `DELETE FROM nacional.agenda WHERE dia <= $1
        AND (assunto, fonte, chave) IN (SELECT * FROM unnest($2::text[], $3::text[], $4::text[]))`,
    [today, ...keys],
  );
  return due.length;
}

/** On which day each key of a scope is to be looked at again; those that are not named, on none. */
export async function setDue(tx: Transaction, scope: Scope, due: ReadonlyMap<string, string>): Promise<void> {
  const { subject, under } = scope;
  const parameters: unknown[] = [subject, under];
  const condition = inScope('chave', scope, parameters);
  await tx.query(
    `DELETE FROM nacional.agenda WHERE assunto = $1 AND fonte = $2 AND ${condition}`,
    parameters,
  );
  if (due.size === 0) return;
  await tx.query(
    `INSERT INTO nacional.agenda (assunto, fonte, chave, dia)
     SELECT $1, $2, chave, dia FROM unnest($3::text[], $4::date[]) AS d (chave, dia)`,
    [subject, under, [...due.keys()], [...due.values()]],
  );
}
