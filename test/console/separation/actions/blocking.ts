import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { blockRead } from '../../due.ts';
import { action } from '../action.ts';
import { anyBody, anyPerson, motivo } from '../any.ts';
import type { World } from '../world.ts';

function letIn(world: World, person: number): void {
  const known = world.model.people[person];
  if (known !== undefined) known.isBlocked = false;
  world.seen(person);
}

export const accountBlocked = action('an account is blocked', 1, anyPerson, async (world, person) => {
  await world.perform('block', { cpf: world.cpf(person), reason: 'sob apuração' });
  const known = world.model.people[person];
  if (known !== undefined) known.isBlocked = true;
});

export const accountUnblocked = action(
  'an account is unblocked at the terminal',
  2,
  anyPerson,
  async (world, person) => {
    const isMeant = world.model.isBlocked(person, world.now);
    const told = await world.perform('unblock', { cpf: world.cpf(person), reason: motivo });
    assert.deepEqual(told, { changed: isMeant });
    if (isMeant) letIn(world, person);
  },
);

/** On the page, by whoever: themselves too, who are not let in to begin with. */
export const accountUnblockedOnPage = action(
  'an account is unblocked on the page',
  3,
  fc.tuple(anyPerson, anyBody, anyPerson),
  async (world, [by, body, person]) => {
    const browser = await world.enters(by, body);
    if (browser === null) return;
    const { model, now } = world;
    const isMeant = model.unblocks(by, body, person, now) && model.isBlocked(person, now);
    const desde = await blockRead(browser, world.idOf(person));
    const answer = await browser.post(`/bloqueadas/${world.idOf(person)}`, { motivo, desde });
    assert.equal(answer.location === '/bloqueadas?feito=sim', isMeant, 'unblocked on the page');
    if (isMeant) letIn(world, person);
  },
);
