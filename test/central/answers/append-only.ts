import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import { recordAnswers } from '../../../central/base/decided-layer/answers.ts';
import { answerInBase, loss } from '../../support/answer-scene.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { deferred, until } from '../../support/deferred.ts';

/** What a person said stays as they said it, for whoever is at the database. */
export async function appendOnly(t: Test, bases: TestBases): Promise<void> {
  const base = bases.shared;
  const doubt = { ...loss, ref: 'abcdef' };
  const id = await answerInBase(base, doubt, 'refused', { reason: 'falei com o estado' });
  const stored = () =>
    query(
      base,
      `SELECT fonte, visao, codigo, assunto, referencia, resposta, quem, por_meio, motivo
        FROM decidido.resposta WHERE id = $1`,
      [id],
    );
  const before = await stored();
  t.match(before, [{ resposta: 'refused', quem: 'bia', por_meio: 'console', motivo: 'falei com o estado' }]);
  for (const sql of [
    `UPDATE decidido.resposta SET resposta = 'accepted'`,
    'DELETE FROM decidido.resposta',
    'TRUNCATE decidido.resposta',
    // Not for those either who say that they only replicate.
    `SET LOCAL session_replication_role TO replica; DELETE FROM decidido.resposta`,
  ]) {
    await t.rejects(
      base.transaction((tx) => tx.execute(sql)),
      { code: 'base-failed' },
      sql,
    );
  }
  await answerInBase(base, doubt, 'accepted', { id });
  t.strictSame(await stored(), before, 'recorded again, it stays as it was');
  await t.rejects(answerInBase(base, doubt, 'perhaps' as 'accepted'), { code: 'base-failed' });
  await t.rejects(answerInBase(base, doubt, 'accepted', { who: '' }), { code: 'base-failed' });
  await query(base, `INSERT INTO guarita.answer VALUES ($1, 'outdated', now())`, [id]);

  const { server } = bases;
  if (server === null) return;
  await t.test('they are numbered as they come to count', async (t) => {
    const first = deferred();
    const mayCommit = deferred();
    const order: string[] = [];
    const ids = [randomUUID(), randomUUID()] as const;
    const answer = { ...doubt, decision: 'refused', who: 'ana', through: 'console', reason: null } as const;
    const one = base.transaction(async (tx) => {
      await recordAnswers(tx, [{ ...answer, id: ids[0], at: '2026-01-01T03:00:00.000Z' }]);
      first.resolve();
      await mayCommit.promise;
    });
    await first.promise;
    const other = answerInBase(base, doubt, 'accepted', { id: ids[1] }).then(() => order.push('other'));
    await until('the other one waits', async () => {
      const waiting = await query(base, `SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory'`);
      return waiting.length > 0;
    });
    order.push('one');
    mayCommit.resolve();
    await Promise.all([one, other]);
    t.strictSame(order, ['one', 'other']);
    t.strictSame(
      await query(base, 'SELECT id FROM decidido.resposta WHERE id = ANY ($1) ORDER BY numero', [ids]),
      ids.map((id) => ({ id })),
    );
    await query(base, `INSERT INTO guarita.answer SELECT id, 'outdated', now() FROM unnest($1::uuid[]) id`, [
      ids,
    ]);
  });
}
