import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { incompatible } from '../../../../central/console/access/roles.ts';
import { action } from '../action.ts';
import { anyBody, anyPerson, anyRole, motivo } from '../any.ts';

const day = 24 * 3_600_000;
const anyHeld = fc.tuple(anyPerson, anyBody, anyRole);

export const roleGiven = action(
  'a role is given at the terminal',
  4,
  fc.tuple(anyHeld, fc.constantFrom(20, 100, 400, 730)),
  async (world, [[person, body, role], days]) => {
    const { model, now } = world;
    const until = now + days * day;
    const isMeant =
      model.bodies[body]?.isEnded === false &&
      incompatible([...model.held(person, now), role]) === null &&
      !model.isIdle(person, now);
    const input = { cpf: world.cpf(person), name: null, email: null, body: world.short(body), role };
    const isDone = await world.isDone('roleGive', { ...input, until: new Date(until).toISOString() });
    assert.equal(isDone, isMeant, `${role} is given`);
    if (!isDone) return;
    const before = model.standing(person, body, role);
    if (before !== null) before.ended = true;
    model.roles.push({ person, body, role, from: now, until, recertified: now, ended: false, words: [] });
    world.seen(person);
  },
);

export const roleEnded = action(
  'a role is ended at the terminal',
  1,
  anyHeld,
  async (world, [person, body, role]) => {
    const held = world.model.standing(person, body, role);
    const input = { cpf: world.cpf(person), body: world.short(body), role };
    assert.equal(await world.isDone('roleEnd', input), held !== null, `${role} is ended`);
    if (held !== null) held.ended = true;
  },
);

export const roleRecertified = action(
  'a role is recertified at the terminal',
  2,
  anyHeld,
  async (world, [person, body, role]) => {
    const { model, now } = world;
    const held = model.standing(person, body, role);
    const isMeant = held !== null && now < held.until && model.bodies[body]?.isEnded === false;
    const input = { cpf: world.cpf(person), body: world.short(body), role, reason: motivo };
    assert.equal(await world.isDone('roleRecertify', input), isMeant, `${role} is recertified`);
    if (isMeant) held.recertified = now;
  },
);
