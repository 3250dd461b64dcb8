import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { setAuthority } from '../../../../central/base/access-layer/authorities.ts';
import { incompatible, lookingRoles, type Role } from '../../../../central/console/access/roles.ts';
import { longestDays } from '../../../../central/console/approval/judge.ts';
import { lastInstantOf } from '../../../../shared/act.ts';
import { dayAfter, dayOf, dayText } from '../../../../shared/day.ts';
import { anyCpf, madeRequest } from '../../pre-registration/people.ts';
import { action } from '../action.ts';
import { anyBody, anyPerson, anyRole } from '../any.ts';
import { hasPower, type Model } from '../model.ts';

const day = 24 * 3_600_000;

interface Wanted {
  readonly person: number;
  readonly body: number;
  readonly role: Role;
  readonly until: number;
}

/** Whether somebody may be given a role to this end, whoever approves. */
function isToBeHad(model: Model, { person, body, role, until }: Wanted, now: number): boolean {
  const grants = model.grants.filter((one) => one.body === body && !one.isEnded && now < one.until);
  const isWithin = grants.some((one) => until <= one.until) || !lookingRoles.includes(role);
  return (
    model.bodies[body]?.isEnded === false &&
    !model.isBlocked(person, now) &&
    incompatible([...model.held(person, now), role]) === null &&
    isWithin &&
    until > now &&
    until <= now + longestDays * day
  );
}

/** Somebody asks for a role, and two say yes one after the other: whoever they are, the one who asks and one twice too. */
export const requestApproved = action(
  'a request is approved on the page',
  10,
  fc.tuple(
    fc.tuple(anyPerson, anyBody, fc.oneof(anyRole, fc.constant('estatistico' as const))),
    fc.array(fc.tuple(anyPerson, anyBody), { minLength: 3, maxLength: 4 }),
    fc.constantFrom(3, 50, 300, 400),
  ),
  async (world, [[person, body, role], approvers, days]) => {
    const { model, scene, bodies } = world;
    const authority = { name: 'Helena Prado', office: 'Chefe', email: 'helena@dpe.exemplo', cpf: anyCpf() };
    const of = bodies[body] ?? { id: '', short: '' };
    const id = await scene.base.transaction((tx) =>
      setAuthority(tx, { ...authority, body: of.id, by: null }, scene.now()),
    );
    const open = { ...of, grant: '', authority: { ...authority, id } };
    const request = await madeRequest(scene, open, { role, cpf: world.cpf(person) });
    const last = dayAfter(dayOf(scene.now()), days);
    const wanted = { person, body, role, until: lastInstantOf(last).getTime() };
    const said = new Set<number>();
    const needed = hasPower(role) ? 2 : 1;
    for (const [by, at] of approvers) {
      const browser = await world.enters(by, at);
      if (browser === null) continue;
      const { now } = world;
      const isMeant =
        model.letsIn(by, at, body, now) &&
        by !== person &&
        said.size < needed &&
        !said.has(by) &&
        isToBeHad(model, wanted, now);
      const form = { decisao: 'aprovo', ate: dayText(last) };
      const answer = await browser.post(`/pedidos/${request.id}`, form);
      assert.equal(answer.status === 303, isMeant, `${role}: ${answer.status}`);
      if (!isMeant) continue;
      said.add(by);
      assert.equal(answer.location?.endsWith(said.size < needed ? '=meia' : '=aprovado'), true);
      if (said.size < needed) continue;
      const before = model.standing(person, body, role);
      if (before !== null) before.ended = true;
      model.roles.push({ ...wanted, from: now, recertified: now, ended: false, words: [] });
      world.seen(person);
    }
  },
);
