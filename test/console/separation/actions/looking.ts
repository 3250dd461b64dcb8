import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { madeCase } from '../../scene.ts';
import { action } from '../action.ts';
import { anyBody, anyPerson } from '../any.ts';

/** Somebody opens the search for people, in a body. */
export const looked = action(
  'somebody looks for people',
  4,
  fc.tuple(anyPerson, anyBody),
  async (world, [person, body]) => {
    const browser = await world.enters(person, body);
    if (browser === null) return;
    const { model, now } = world;
    const number = await madeCase(world.scene, browser.session);
    const { status } = await browser.get(`/caso/${number}/busca`);
    assert.equal(status === 200, model.mayLook(person, body, now), 'looking takes a role and a grant');
  },
);
