import assert from 'node:assert/strict';
import { incompatible, isRole } from '../../../central/console/access/roles.ts';
import { query } from '../../support/bases.ts';
import { peopleCount, someRoles } from './any.ts';
import { hasPower } from './model.ts';
import type { World } from './world.ts';

/** What holds at every moment, whatever was done before. */
export async function holdsAlways(world: World): Promise<void> {
  for (let person = 0; person < peopleCount; person++) await ofPerson(world, person);
  await ofRows(world);
}

/** What the console finds is what the model has: nothing outlives its body, its term or its half-year. */
async function ofPerson(world: World, person: number): Promise<void> {
  const { model, bodies, now } = world;
  const { places, blocked } = await world.factsOf(person);
  const found = places.map(({ id, roles }) => [id, [...roles].toSorted()] as const);
  const meant = bodies
    .map(({ id }, body) => [id, model.rolesIn(person, body, now)] as const)
    .filter(([, roles]) => roles.length > 0);
  assert.deepEqual(Object.fromEntries(found), Object.fromEntries(meant), `roles of person ${person}`);
  assert.equal(blocked !== null, model.isBlocked(person, now), `person ${person} is blocked`);
  const all = places.flatMap(({ roles }) => roles).filter(isRole);
  assert.equal(incompatible(all), null, 'nobody has both, not in two bodies either');
}

/** What is written down of who said what is as it must be, by itself. */
async function ofRows({ scene, people }: World): Promise<void> {
  const ids = people.map(({ id }) => id);
  const alone = await query(
    scene.base,
    `SELECT c.id FROM acesso.recertificacao c JOIN acesso.papel r ON r.id = c.papel
      WHERE r.pessoa = ANY ($1) AND c.por = r.pessoa
     UNION ALL SELECT id FROM acesso.pessoa WHERE id = ANY ($1) AND desbloqueada_por = id`,
    [ids],
  );
  assert.deepEqual(alone, [], 'nobody says of themselves that they go on');
  const kept = await query<{ role: string; people: number; atTerminal: boolean }>(
    scene.base,
    `SELECT r.papel AS role, count(DISTINCT c.por)::int AS people,
            coalesce(bool_or(c.por IS NULL AND c.quando = r.recertificado), false) AS "atTerminal"
       FROM acesso.papel r LEFT JOIN acesso.recertificacao c ON c.papel = r.id
        AND c.quando <= r.recertificado AND c.quando > r.recertificado - interval '30 days'
      WHERE r.pessoa = ANY ($1) AND r.recertificado IS NOT NULL GROUP BY r.id`,
    [ids],
  );
  for (const { role, people: said, atTerminal } of kept) {
    const wanted = someRoles.some((one) => one === role && hasPower(one)) ? 2 : 1;
    assert(atTerminal || said >= wanted, `${role}: ${said} of ${wanted}`);
  }
  const asked = await query<{ role: string; people: number; isOwn: boolean }>(
    scene.base,
    `SELECT p.papel AS role, count(DISTINCT s.pessoa)::int AS people, bool_or(s.pessoa = p.conta) AS "isOwn"
       FROM acesso.pedido p JOIN acesso.pedido_passo s ON s.pedido = p.id AND s.passo = 'aprovado'
      WHERE p.conta = ANY ($1) GROUP BY p.id`,
    [ids],
  );
  for (const { role, people: said, isOwn } of asked) {
    assert(!isOwn, 'nobody approves their own request');
    assert.equal(said, someRoles.some((one) => one === role && hasPower(one)) ? 2 : 1, `${role} by ${said}`);
  }
}
