import { randomUUID } from 'node:crypto';
import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { type Changing, changing, type Outcome } from './body-changes.ts';
import { leaveCollections } from './collections.ts';
import { recordChange } from './structure-history.ts';
import { type Structure, StructureTree } from './structure-tree.ts';
import { moveTies, tiesIn } from './ties.ts';

/** Of one body, also where it is closed. */
export interface KnownStructure extends Structure {
  readonly created: string;
  readonly closed: string | null;
}

/** Null where the body has none of the id. */
export async function structureOf(
  questions: Questions,
  body: string,
  id: string,
): Promise<KnownStructure | null> {
  const [found] = await questions.query<KnownStructure>(
    `SELECT id, nome AS name, acima AS above, ${instant('criada')} AS created, ${instant('encerrada')} AS closed
       FROM acesso.estrutura WHERE orgao = $1 AND id = $2`,
    [body, id],
  );
  return found ?? null;
}

/** Those of a body that are open, by name. */
export async function treeOf(questions: Questions, body: string): Promise<StructureTree> {
  const all = await questions.query<Structure>(
    `SELECT id, nome AS name, acima AS above FROM acesso.estrutura
      WHERE orgao = $1 AND encerrada IS NULL ORDER BY lower(nome), id`,
    [body],
  );
  return new StructureTree(all);
}

type Made = { readonly name: string; readonly above: string | null };

/** @returns the id of the new one, or why there is none */
export async function createStructure(
  tx: Transaction,
  change: Changing,
  { name, above }: Made,
  now: Date,
): Promise<{ readonly id: string } | { readonly fault: Outcome }> {
  const id = randomUUID();
  const fault = await changing(tx, change, now, async () => {
    const tree = await treeOf(tx, change.body);
    const refused = tree.mayCreate(name, above);
    if (refused !== null) return refused;
    await tx.query(
      'INSERT INTO acesso.estrutura (id, orgao, acima, nome, criada) VALUES ($1, $2, $3, $4, $5)',
      [...[id, change.body, above, name], now],
    );
    const to = { name, above, aboveName: nameOf(tree, above) };
    await recordChange(tx, { body: change.body, structure: id, what: 'created', to }, change.by, now);
    return null;
  });
  return fault === null ? { id } : { fault };
}

export function renameStructure(
  tx: Transaction,
  change: Changing,
  { id, name }: { readonly id: string; readonly name: string },
  now: Date,
): Promise<Outcome> {
  return changing(tx, change, now, async () => {
    const tree = await treeOf(tx, change.body);
    const refused = tree.mayRename(id, name);
    if (refused !== null) return refused;
    await tx.query('UPDATE acesso.estrutura SET nome = $2 WHERE id = $1', [id, name]);
    const [from, to] = [{ name: nameOf(tree, id) ?? '' }, { name }];
    await recordChange(tx, { body: change.body, structure: id, what: 'renamed', from, to }, change.by, now);
    return null;
  });
}

/** Never below itself. @param to.above null: a root */
export function moveStructure(
  tx: Transaction,
  change: Changing,
  { id, above }: { readonly id: string; readonly above: string | null },
  now: Date,
): Promise<Outcome> {
  return changing(tx, change, now, async () => {
    const tree = await treeOf(tx, change.body);
    const refused = tree.mayMove(id, above);
    if (refused !== null) return refused;
    if (tree.get(id)?.above === above) return 'there-already';
    await putBelow(tx, change, tree, { id, above }, now);
    return null;
  });
}

/** All that is below it, and whoever is tied to it, goes to the other one; then it is closed. */
export function mergeStructure(
  tx: Transaction,
  change: Changing,
  { id, into, reason }: { readonly id: string; readonly into: string; readonly reason: string },
  now: Date,
): Promise<Outcome> {
  return changing(tx, change, now, async () => {
    const tree = await treeOf(tx, change.body);
    const refused = tree.mayMerge(id, into);
    if (refused !== null) return refused;
    for (const child of tree.below(id)) await putBelow(tx, change, tree, { id: child.id, above: into }, now);
    await moveTies(tx, { body: change.body, from: id, to: into, by: change.by }, now);
    await close(tx, change, id, now);
    const to = { into, intoName: nameOf(tree, into) ?? '' };
    await recordChange(tx, { body: change.body, structure: id, what: 'merged', to, reason }, change.by, now);
    return null;
  });
}

/** Only one below which there is none, and to which nobody is tied. */
export function closeStructure(
  tx: Transaction,
  change: Changing,
  { id, reason }: { readonly id: string; readonly reason: string },
  now: Date,
): Promise<Outcome> {
  return changing(tx, change, now, async () => {
    const refused = (await treeOf(tx, change.body)).mayClose(id);
    if (refused !== null) return refused;
    if ((await tiesIn(tx, id)).length > 0) return 'has-people';
    await close(tx, change, id, now);
    await recordChange(tx, { body: change.body, structure: id, what: 'closed', reason }, change.by, now);
    return null;
  });
}

async function putBelow(
  tx: Transaction,
  { body, by }: Changing,
  tree: StructureTree,
  { id, above }: { readonly id: string; readonly above: string | null },
  now: Date,
): Promise<void> {
  const before = tree.get(id)?.above ?? null;
  await tx.query('UPDATE acesso.estrutura SET acima = $2 WHERE id = $1', [id, above]);
  const from = { above: before, aboveName: nameOf(tree, before) };
  const to = { above, aboveName: nameOf(tree, above) };
  await recordChange(tx, { body, structure: id, what: 'moved', from, to }, by, now);
}

async function close(tx: Transaction, change: Changing, id: string, now: Date): Promise<void> {
  await leaveCollections(tx, change, id, now);
  await tx.query('UPDATE acesso.estrutura SET encerrada = $2 WHERE id = $1', [id, now]);
}

function nameOf(tree: StructureTree, id: string | null): string | null {
  return id === null ? null : (tree.get(id)?.name ?? null);
}
