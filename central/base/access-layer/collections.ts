import { randomUUID } from 'node:crypto';
import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { type Changing, changing, type Outcome } from './body-changes.ts';
import { most } from './most.ts';
import { recordChange } from './structure-history.ts';

/** A named set of structures of one body, across its tree. */
export interface Collection {
  readonly id: string;
  readonly name: string;
  readonly created: string;
  readonly closed: string | null;
  /** Ids of those that are in it. */
  readonly structures: readonly string[];
}

/** Those of a body that are open, by name. @param id this one, also where it is closed */
export function collectionsOf(
  questions: Questions,
  body: string,
  id: string | null = null,
): Promise<Collection[]> {
  return questions.query<Collection>(
    `SELECT id, nome AS name, ${instant('criada')} AS created, ${instant('encerrada')} AS closed,
            ARRAY(SELECT m.estrutura::text FROM acesso.colecao_estrutura m WHERE m.colecao = c.id AND m.ate IS NULL) AS structures
       FROM acesso.colecao c WHERE orgao = $1 AND CASE WHEN $2::uuid IS NULL THEN encerrada IS NULL ELSE id = $2 END
      ORDER BY lower(nome), id`,
    [body, id],
  );
}

export async function createCollection(
  tx: Transaction,
  change: Changing,
  name: string,
  now: Date,
): Promise<{ readonly id: string } | { readonly fault: Outcome }> {
  const id = randomUUID();
  const fault = await changing(tx, change, now, async () => {
    const open = await collectionsOf(tx, change.body);
    if (open.length >= most.collections.value) return 'too-many';
    const same = (one: string) => one.toLocaleLowerCase('pt-BR');
    if (open.some((one) => same(one.name) === same(name))) return 'name-taken';
    await tx.query('INSERT INTO acesso.colecao (id, orgao, nome, criada) VALUES ($1, $2, $3, $4)', [
      ...[id, change.body, name],
      now,
    ]);
    const what = 'collection-created';
    await recordChange(tx, { body: change.body, collection: id, what, to: { name } }, change.by, now);
    return null;
  });
  return fault === null ? { id } : { fault };
}

interface Member {
  readonly collection: string;
  readonly structure: string;
}

export function addToCollection(
  tx: Transaction,
  change: Changing,
  { collection, structure }: Member,
  now: Date,
): Promise<Outcome> {
  return changing(tx, change, now, async () => {
    const [found] = await openOf(tx, change.body, collection);
    const isOpen = await tx.query(
      'SELECT FROM acesso.estrutura WHERE orgao = $1 AND id = $2 AND encerrada IS NULL',
      [change.body, structure],
    );
    if (found === undefined || isOpen.length === 0) return 'unknown';
    if (found.structures.includes(structure)) return 'there-already';
    await tx.query(
      'INSERT INTO acesso.colecao_estrutura (orgao, colecao, estrutura, desde) VALUES ($1, $2, $3, $4)',
      [change.body, collection, structure, now],
    );
    const entry = { body: change.body, collection, structure, what: 'collection-added' as const };
    await recordChange(tx, entry, change.by, now);
    return null;
  });
}

export function removeFromCollection(
  tx: Transaction,
  change: Changing,
  member: Member,
  now: Date,
): Promise<Outcome> {
  return changing(tx, change, now, async () => {
    const [found] = await openOf(tx, change.body, member.collection);
    if (found?.structures.includes(member.structure) !== true) return 'unknown';
    await takeOut(tx, change, member, now);
    return null;
  });
}

export function closeCollection(
  tx: Transaction,
  change: Changing,
  collection: string,
  now: Date,
): Promise<Outcome> {
  return changing(tx, change, now, async () => {
    const [found] = await openOf(tx, change.body, collection);
    if (found === undefined) return 'unknown';
    for (const structure of found.structures) await takeOut(tx, change, { collection, structure }, now);
    await tx.query('UPDATE acesso.colecao SET encerrada = $2 WHERE id = $1', [collection, now]);
    await recordChange(tx, { body: change.body, collection, what: 'collection-closed' }, change.by, now);
    return null;
  });
}

/** Takes a structure that is closed out of all that it is in. */
export async function leaveCollections(
  tx: Transaction,
  change: Changing,
  structure: string,
  now: Date,
): Promise<void> {
  const held = await tx.query<{ collection: string }>(
    'SELECT colecao AS collection FROM acesso.colecao_estrutura WHERE estrutura = $1 AND ate IS NULL ORDER BY 1',
    [structure],
  );
  for (const { collection } of held) await takeOut(tx, change, { collection, structure }, now);
}

async function takeOut(
  tx: Transaction,
  { body, by }: Changing,
  { collection, structure }: Member,
  now: Date,
): Promise<void> {
  await tx.query(
    'UPDATE acesso.colecao_estrutura SET ate = greatest(desde, $3) WHERE colecao = $1 AND estrutura = $2 AND ate IS NULL',
    [collection, structure, now],
  );
  await recordChange(tx, { body, collection, structure, what: 'collection-removed' }, by, now);
}

async function openOf(tx: Transaction, body: string, collection: string): Promise<Collection[]> {
  return (await collectionsOf(tx, body, collection)).filter(({ closed }) => closed === null);
}
