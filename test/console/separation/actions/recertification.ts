import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { action } from '../action.ts';
import { anyBody, anyPerson, anyRole, motivo } from '../any.ts';
import { hasPower } from '../model.ts';

const decisions = fc.constantFrom('recertificar', 'recertificar', 'recertificar', 'encerrar');

/** Somebody says on the page that a role goes on, or that it ends: mostly of one that is due, of whomever, themselves too. */
export const roleJudged = action(
  'a role is judged on the page',
  10,
  fc.tuple(anyPerson, fc.tuple(anyPerson, anyBody, anyRole), fc.nat(), decisions),
  async (world, [by, [person, body, role], place, decisao]) => {
    const { model, now } = world;
    const due = model.roles.filter((one) => model.isDue(one, now));
    const held =
      place % 4 > 0 && due.length > 0 ? due[place % due.length] : model.standing(person, body, role);
    const of = held ?? { person, body, role };
    const browser = await world.enters(by, of.body);
    if (browser === null) return;
    const said = held ? model.saidBy(held, now) : [];
    const isMeant =
      held !== null &&
      held !== undefined &&
      model.letsIn(by, of.body, of.body, now) &&
      model.isDue(held, now) &&
      held.person !== by &&
      (decisao === 'encerrar' || !said.includes(by));
    const path = `/recertificacao/${await world.roleId(of.person, of.body, of.role)}`;
    const answer = await browser.post(path, { decisao, motivo });
    const isDone = answer.location?.startsWith('/recertificacao?feito=') ?? false;
    assert.equal(isDone, isMeant, `${decisao} ${of.role}`);
    if (!isMeant) return;
    if (decisao === 'encerrar') held.ended = true;
    else if (said.length + 1 >= (hasPower(held.role) ? 2 : 1)) held.recertified = now;
    else held.words.push({ by, at: now });
  },
);
