import type { Test } from 'tap';
import { forgetLinks } from '../../../central/base/decided-layer/forget-links.ts';
import { verifyLinks } from '../../../central/base/decided-layer/link-chain.ts';
import { noteGone, orderOf, recordOrder } from '../../../central/base/decided-layer/orders.ts';
import { holdNational } from '../../../central/base/national-layer/beside-forgetting.ts';
import { decideLinks, revokeLink } from '../../../central/base/national-layer/decide-links.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { addRegisters, author } from './registers.ts';

/** A decision on somebody who was forgotten holds no more, so it cannot be undone. */
export async function undoForgotten(t: Test, { shared: base }: TestBases): Promise<void> {
  const [number, register] = await decided(base, 'undo');
  await base.transaction((tx) => forgetLinks(tx, register));
  const undone = base.transaction((tx) => revokeLink(tx, number, author));
  await t.rejects(undone, { code: 'decision-unknown' });
}

/** Who undoes beside a forgetting is heard before it, or comes too late: of what they said nothing stays. For a server. */
export async function undoMeanwhile(t: Test, { shared: base }: TestBases): Promise<void> {
  const [number, register] = await decided(base, 'meanwhile');
  const state = { isForgotten: false };
  let forgotten: Promise<unknown> = Promise.resolve();
  await base.transaction(async (tx) => {
    await revokeLink(tx, number, { ...author, reason: 'o nome dela' });
    forgotten = base
      .transaction(async (other) => {
        await holdNational(other);
        await forgetLinks(other, register);
      })
      .then(() => {
        state.isForgotten = true;
      });
    while (!state.isForgotten && !(await somebodyWaits(base)));
  });
  await forgotten;
  t.strictSame(await query(base, `SELECT numero FROM decidido.vinculo WHERE motivo = 'o nome dela'`), []);
}

/** What was blanked by nobody's order is found: that is all that the database lets anybody do to a row. */
export async function blanked(t: Test, { shared: base }: TestBases): Promise<void> {
  const verdict = () => base.snapshot((questions) => verifyLinks(questions));
  const before = await verdict();
  const [number, register] = await decided(base, 'blanked');
  await decided(base, 'not by order');
  await base.transaction(async (tx) => {
    const order = { ...{ order: '1', who: 'maria', through: 'test' }, source: 'TO', view: 'custodiado' };
    const tombstone = Buffer.from('blanked');
    await recordOrder(tx, { ...order, tombstone, natal: tombstone });
    const recorded = await orderOf(tx, 'TO', tombstone);
    await noteGone(tx, recorded?.id ?? '', { 'decidido.vinculo': await forgetLinks(tx, register) });
  });
  t.match(await verdict(), {
    ...{ faults: [], rows: before.rows + 2 },
    blanked: { rows: before.blanked.rows + 1, byOrder: before.blanked.byOrder + 1 },
  });
  await query(
    base,
    `UPDATE decidido.vinculo SET a = NULL, b = NULL, diz = NULL, motivo = NULL, sal = NULL WHERE numero = $1`,
    [number + 1],
  );
  t.match(await verdict(), {
    faults: [],
    blanked: { rows: before.blanked.rows + 2, byOrder: before.blanked.byOrder + 1 },
  });
}

async function somebodyWaits(base: TestBases['shared']): Promise<boolean> {
  const [row] = await query<{ some: boolean }>(
    base,
    'SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted) AS some',
  );
  return row?.some === true;
}

/** Decides on two registers; returns the number of the decision, and one of them. */
async function decided(base: TestBases['shared'], id: string): Promise<readonly [number, string]> {
  const [a = '', b = ''] = await addRegisters(base, [
    { source: 'TO', id: `${id} 1` },
    { source: 'TO', id: `${id} 2` },
  ]);
  const [said] = await base.transaction((tx) => decideLinks(tx, [{ ...author, a, b, says: 'same' }]));
  return [said !== undefined && 'number' in said ? said.number : 0, a];
}
