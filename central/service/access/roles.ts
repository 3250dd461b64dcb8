import { randomUUID } from 'node:crypto';
import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { createBody, makeCentral, registrars } from '../../base/access-layer/bodies.ts';
import { countWithRoles, listBodies, listPeople } from '../../base/access-layer/listing.ts';
import {
  addPerson,
  blockedByCpf,
  bodyByShort,
  personByCpf,
  shortNamePattern,
} from '../../base/access-layer/people.ts';
import { recertifyRole, sayOfRole } from '../../base/access-layer/recertification.ts';
import { endRole, giveRole, type HeldRole, rolesOf } from '../../base/access-layer/roles.ts';
import type { Transaction } from '../../base/base.ts';
import { isRole, type Role, requireTogether, roles } from '../../console/access/roles.ts';
import { newTemporaryPassword, setTemporaryPassword } from '../../console/access/temporary-password.ts';
import { type ActContext, act, bodyNamed, cpfSchema, personNamed, recorded, text } from './act.ts';

const person = { cpf: cpfSchema, name: text, email: Type.Union([text, Type.Null()]) };
const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$' });
const short = Type.String({ pattern: shortNamePattern });

/** What an operator does about who may do what. */
export const roleActs = {
  list: act(Type.Object({}), (_input, { base, now }) =>
    base.snapshot(async (questions) => ({
      bodies: await listBodies(questions, now),
      people: await listPeople(questions, now),
    })),
  ),

  /** The first body and its first person, who can give access to all others. Throws `access-begun`, `roles-apart`. */
  init: act(
    Type.Object({ body: Type.Object({ short, name: text }), person: Type.Object(person), until: instant }),
    async (input, context) => {
      const { password, hash } = await newTemporaryPassword();
      return recorded(context, async (tx) => {
        if ((await countWithRoles(tx, registrars, context.now)) > 0) throw new GuaritaError('access-begun');
        const body = await bodyOrNew(tx, input.body, context);
        await makeCentral(tx, body);
        const account = await accountOrNew(tx, input.person, context);
        if ((await blockedByCpf(tx, input.person.cpf, context.now)) !== null) {
          throw new GuaritaError(
            'option-invalid',
            'A conta desta pessoa está bloqueada: "access unblock" antes.',
          );
        }
        for (const role of registrars) {
          await giveTo(tx, { account, body, role, until: new Date(input.until) }, context);
        }
        const { until } = await setTemporaryPassword(tx, { person: account, hash }, context.now);
        return {
          event: { event: 'access-begun', account, body, roles: registrars, until: input.until },
          output: { password, until: until.toISOString() },
        };
      });
    },
  ),

  /** With a name, who has no account yet is given one. Throws `cpf-unknown`, `body-unknown`, `roles-apart`. */
  roleGive: act(
    Type.Object({
      ...person,
      name: Type.Union([text, Type.Null()]),
      body: short,
      role: text,
      until: instant,
    }),
    ({ cpf, name, email, body: bodyName, role, until }, context) => {
      const known = requireRole(role);
      return recorded(context, async (tx) => {
        const { id: body } = await bodyNamed(tx, bodyName);
        const account =
          name === null
            ? (await personNamed(tx, cpf)).id
            : await accountOrNew(tx, { cpf, name, email }, context);
        // A role that is given counts as use: an account that was forgotten would be open again, unsaid.
        if ((await blockedByCpf(tx, cpf, context.now))?.why === 'idle') {
          throw new GuaritaError(
            'option-invalid',
            'A conta está bloqueada por falta de uso: "access unblock" antes.',
          );
        }
        const given = await giveTo(tx, { account, body, role: known, until: new Date(until) }, context);
        return { event: { event: 'role-given', account, body, role, until, given }, output: null };
      });
    },
  ),

  roleEnd: act(Type.Object({ cpf: cpfSchema, body: short, role: text }), (input, context) =>
    recorded(context, async (tx) => {
      const { account, held } = await heldNamed(tx, input);
      for (const { id } of held) await endRole(tx, id, null, context.now);
      const ended = held.map(({ id }) => id);
      const event = { event: 'role-ended', account, body: held[0]?.body, role: input.role, ended };
      return { event, output: null };
    }),
  ),

  /**
   * Looks at a role anew, so that it holds for another half-year within its term: by itself enough, as it would be to give
   * it. Throws `cpf-unknown`, `roles-apart`.
   */
  roleRecertify: act(
    Type.Object({ cpf: cpfSchema, body: short, role: text, reason: text }),
    ({ reason, ...input }, context) =>
      recorded(context, async (tx) => {
        await bodyNamed(tx, input.body);
        const { account, held } = await heldNamed(tx, input);
        const standing = held.filter(({ until }) => Date.parse(until) > context.now.getTime());
        if (standing.length === 0) {
          throw new GuaritaError('option-invalid', 'O prazo do papel já terminou: dê-o de novo.');
        }
        requireTogether(await rolesOf(tx, account), [], context.now);
        for (const { id } of standing) {
          await sayOfRole(tx, { role: id, by: null, reason }, context.now);
          await recertifyRole(tx, id, context.now);
        }
        const recertified = standing.map(({ id }) => id);
        const told = { account, body: standing[0]?.body, role: input.role, recertified };
        return { event: { event: 'role-recertified', ...told }, terms: { reason }, output: null };
      }),
  ),
};

/** The roles of a name that somebody has in a body and nobody has ended. Throws `cpf-unknown`, `option-invalid`. */
async function heldNamed(
  tx: Transaction,
  { cpf, body, role }: { readonly cpf: string; readonly body: string; readonly role: string },
): Promise<{ readonly account: string; readonly held: readonly HeldRole[] }> {
  const { id: account } = await personNamed(tx, cpf);
  const held = (await rolesOf(tx, account)).filter((one) => one.bodyShort === body && one.role === role);
  if (held.length > 0) return { account, held };
  throw new GuaritaError('option-invalid', `Não tem o papel "${role}" em "${body}".`);
}

/** @returns the id of what was given. A role that they have there is given anew, to its new end. */
async function giveTo(
  tx: Transaction,
  {
    account,
    body,
    role,
    until,
  }: { readonly account: string; readonly body: string; readonly role: Role; readonly until: Date },
  { now }: ActContext,
): Promise<string> {
  if (until <= now) throw new GuaritaError('option-invalid', 'O fim do papel já passou.');
  const held = await rolesOf(tx, account);
  requireTogether(held, [role], now);
  for (const before of held.filter((one) => one.body === body && one.role === role)) {
    await endRole(tx, before.id, null, now);
  }
  const id = randomUUID();
  await giveRole(tx, { id, person: account, body, role, from: now, until, givenBy: null });
  return id;
}

async function bodyOrNew(
  tx: Transaction,
  { short, name }: { readonly short: string; readonly name: string },
  { now }: ActContext,
): Promise<string> {
  if ((await bodyByShort(tx, short)) !== null) return (await bodyNamed(tx, short)).id;
  const id = await createBody(tx, { short, name }, now);
  if (id !== null) return id;
  throw new GuaritaError('option-invalid', `Já existiu um órgão "${short}".`);
}

async function accountOrNew(
  tx: Transaction,
  one: { readonly cpf: string; readonly name: string; readonly email: string | null },
  { now }: ActContext,
): Promise<string> {
  const there = await personByCpf(tx, one.cpf);
  if (there !== null) return there.id;
  const id = randomUUID();
  await addPerson(tx, { id, ...one }, now);
  return id;
}

function requireRole(role: string): Role {
  if (isRole(role)) return role;
  throw new GuaritaError('option-invalid', `Papel "${role}"; há: ${Object.keys(roles).join(', ')}.`);
}
