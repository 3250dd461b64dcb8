// Tier: quick. A base: what is done to trees of structures, at random, against a model of them in memory.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import t, { type Test } from 'tap';
import { createBody } from '../../central/base/access-layer/bodies.ts';
import type { Outcome } from '../../central/base/access-layer/body-changes.ts';
import { addPerson } from '../../central/base/access-layer/people.ts';
import { giveRole } from '../../central/base/access-layer/roles.ts';
import { changesOf, type StoredChange } from '../../central/base/access-layer/structure-history.ts';
import { StructureTree } from '../../central/base/access-layer/structure-tree.ts';
import {
  closeStructure,
  createStructure,
  mergeStructure,
  moveStructure,
  renameStructure,
} from '../../central/base/access-layer/structures.ts';
import { tie, tieableIn } from '../../central/base/access-layer/ties.ts';
import type { Base } from '../../central/base/base.ts';
import { query, tierBases } from '../support/bases.ts';
import { runs } from '../support/runs.ts';

const day = 24 * 60 * 60_000;
const now = new Date('2026-12-01T12:00:00Z');

/** A body with people in it. */
async function madeBody(base: Base): Promise<{ readonly body: string; readonly people: readonly string[] }> {
  const people = [randomUUID(), randomUUID(), randomUUID()];
  return base.transaction(async (tx) => {
    const body = await createBody(tx, { short: `B-${people[0]}`, name: 'Órgão' }, now);
    assert.ok(body !== null);
    for (const [at, id] of people.entries()) {
      const cpf = String(BigInt(`0x${id.replaceAll('-', '')}`) % 10n ** 11n).padStart(11, '0');
      await addPerson(tx, { id, cpf, name: `Fulana ${at}`, email: null }, now);
      const until = new Date(now.getTime() + day);
      const term = { from: new Date(now.getTime() - day), until, givenBy: null };
      await giveRole(tx, { id: randomUUID(), person: id, body, role: 'agente', ...term });
    }
    return { body, people };
  });
}

const step = fc.record({
  kind: fc.constantFrom('create', 'create', 'create', 'move', 'move', 'merge', 'close', 'rename', 'tie'),
  one: fc.nat(30),
  other: fc.nat(30),
  name: fc.constantFrom(
    'Núcleo',
    'NÚCLEO',
    'Diretoria',
    'Coordenação',
    'Setor',
    'Unidade',
    'Posto',
    'Gerência',
  ),
  isRoot: fc.boolean(),
});

interface Stored {
  readonly id: string;
  readonly name: string;
  readonly above: string | null;
  readonly isClosed: boolean;
}

/** The tree that a history tells of, from its first entry on. */
function replayed(history: readonly StoredChange[]): Stored[] {
  const all = new Map<string, Stored>();
  for (const { structure, what, to } of history) {
    if (structure === null) continue;
    const before = all.get(structure) ?? { id: structure, name: '', above: null, isClosed: false };
    const after = {
      ...before,
      ...(to?.name !== undefined && { name: to.name }),
      ...(to?.above !== undefined && { above: to.above }),
      ...((what === 'closed' || what === 'merged') && { isClosed: true }),
    };
    all.set(structure, after);
  }
  return [...all.values()].toSorted((a, b) => a.id.localeCompare(b.id));
}

async function randomTrees(base: Base): Promise<void> {
  const property = fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), async (steps) => {
    const { body, people } = await madeBody(base);
    const by = people[0] as string;
    const made: string[] = [];
    let version = 0;
    for (const { kind, one, other, name, isRoot } of steps) {
      const id = made[one % Math.max(1, made.length)] ?? randomUUID();
      const second = made[other % Math.max(1, made.length)] ?? randomUUID();
      const change = { body, version, by };
      const done = await base.transaction(async (tx): Promise<Outcome> => {
        const above = isRoot ? null : second;
        if (kind === 'create') {
          const created = await createStructure(tx, change, { name, above }, now);
          if ('fault' in created) return created.fault;
          made.push(created.id);
          return null;
        }
        if (kind === 'move') return moveStructure(tx, change, { id, above }, now);
        if (kind === 'merge') return mergeStructure(tx, change, { id, into: second, reason: 'x' }, now);
        if (kind === 'close') return closeStructure(tx, change, { id, reason: 'x' }, now);
        if (kind === 'rename') return renameStructure(tx, change, { id, name }, now);
        const person = people[other % people.length] as string;
        const [held] = await tieableIn(tx, body, now, person);
        return tie(tx, { body, person, structure: id, stood: held?.tie ?? null, by }, now);
      });
      if (done === null && kind !== 'tie') version += 1;
      await holds(base, body, version);
    }
  });
  await fc.assert(property, { numRuns: runs(6, 40), endOnFailure: true });
}

/** What is so of each body, whatever was done to it. */
async function holds(base: Base, body: string, version: number): Promise<void> {
  const stored = await query<Stored>(
    base,
    `SELECT id, nome AS name, acima AS above, encerrada IS NOT NULL AS "isClosed" FROM acesso.estrutura
      WHERE orgao = $1 ORDER BY id::text`,
    [body],
  );
  const open = stored.filter(({ isClosed }) => !isClosed);
  const tree = new StructureTree(open);
  for (const one of open) {
    assert.equal(tree.path(one.id)[0]?.above, null, 'it hangs from a root, and nothing above it is closed');
    assert.equal(tree.path(one.id).at(-1)?.id, one.id);
  }
  const ties = await query<{ person: string; isOpen: boolean }>(
    base,
    `SELECT l.pessoa AS person, e.encerrada IS NULL AS "isOpen" FROM acesso.lotacao l
       JOIN acesso.estrutura e ON e.id = l.estrutura WHERE l.orgao = $1 AND l.ate IS NULL`,
    [body],
  );
  assert.ok(
    ties.every(({ isOpen }) => isOpen),
    'nobody is tied to one that is closed',
  );
  assert.equal(new Set(ties.map(({ person }) => person)).size, ties.length, 'one tie each');
  const history = await base.snapshot((questions) =>
    changesOf(questions, { body }, { before: null, most: 1000 }),
  );
  assert.deepEqual(replayed(history.toReversed()), stored, 'its history leads to what it is');
  const [known] = await query<{ version: number }>(
    base,
    'SELECT versao AS version FROM acesso.orgao WHERE id = $1',
    [body],
  );
  assert.equal(known?.version, version, 'each thing that was done is counted');
}

/** Of two who do something to what both saw, one is told that it has changed. */
async function atOnce(t: Test, base: Base): Promise<void> {
  const { body, people } = await madeBody(base);
  const by = people[0] as string;
  const make = (name: string, version: number) =>
    base.transaction((tx) => createStructure(tx, { body, version, by }, { name, above: null }, now));
  const made = await Promise.all([make('Uma', 0), make('Outra', 0), make('Mais uma', 0)]);
  t.equal(made.filter((one) => 'id' in one).length, 1);
  t.equal(made.filter((one) => 'fault' in one && one.fault === 'changed').length, 2);
  t.match(await make('Ainda outra', 1), { id: String });
}

void t.test('structures', async (t) => {
  const { shared } = await tierBases(t);
  await t.test('whatever is done, it is a forest and its history tells of it', () => randomTrees(shared));
  await t.test('two at once', (t) => atOnce(t, shared));
});
