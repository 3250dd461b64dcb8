import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { query } from '../../../support/bases.ts';
import { action } from '../action.ts';
import { anyBody } from '../any.ts';

const day = 24 * 3_600_000;

export const bodyEnded = action('a body is ended', 1, fc.constant(1), async (world, body) => {
  const known = world.model.bodies[body];
  const isDone = await world.isDone('bodyEnd', { short: world.short(body), reason: 'fim do acordo' });
  assert.equal(isDone, known?.isEnded === false);
  if (known !== undefined) known.isEnded = true;
});

export const grantAdded = action(
  'a grant is added',
  2,
  fc.tuple(anyBody, fc.constantFrom(5, 60, 365)),
  async (world, [body, days]) => {
    const { model, now } = world;
    const until = now + days * day;
    const isDone = await world.isDone('grantAdd', {
      ...{ body: world.short(body), agreement: 'ACT 1/2026', views: ['custodiado', 'custodia', 'visitante'] },
      ...{ sensitive: [], hidden: [], states: [], purposes: ['execucao-penal'] },
      ...{ personQuota: 1000, bodyQuota: 10_000 },
      ...{ from: new Date(now).toISOString(), to: new Date(until).toISOString() },
    });
    assert.equal(isDone, model.bodies[body]?.isEnded === false);
    if (isDone) model.grants.push({ body, until, isEnded: false });
  },
);

export const grantEnded = action('the grants of a body are ended', 1, anyBody, async (world, body) => {
  const ids = await query<{ id: string }>(
    world.scene.base,
    'SELECT id FROM acesso.concessao WHERE orgao = $1 AND encerrada IS NULL',
    [world.bodies[body]?.id],
  );
  for (const { id } of ids) await world.perform('grantEnd', { id });
  for (const grant of world.model.grants) if (grant.body === body) grant.isEnded = true;
});
