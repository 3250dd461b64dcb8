import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { listBodies } from '../../base/access-layer/listing.ts';
import { type BodyRole, endRole, heldRole, lockRoles, rolesIn } from '../../base/access-layer/roles.ts';
import type { Base } from '../../base/base.ts';
import type { Role } from '../access/roles.ts';
import { idParams, isId } from '../ids.ts';
import { readReason } from '../purpose/reason.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { rolePage, rolesPage } from './page.ts';

const title = 'Papéis';
const needs = { who: 'member', roles: ['cadastrador-autorizador'] as readonly Role[] } as const;

const list = route({
  ...needs,
  method: 'GET',
  path: '/papeis',
  query: Type.Object({
    orgao: Type.Optional(Type.String({ maxLength: 100 })),
    feito: Type.Optional(Type.String({ maxLength: 20 })),
  }),
  answer: async ({ base, query, place, now }) => {
    const body = query.orgao !== undefined && isId(query.orgao) ? query.orgao : place.id;
    const [bodies, roles] = await base.snapshot(
      async (questions) => [await listBodies(questions, now), await rolesIn(questions, body, now)],
      { use: 'pages' },
    );
    const done = query.feito === 'encerrado' ? 'O papel foi encerrado.' : null;
    return {
      title,
      main: rolesPage({ bodies, body, roles, done }),
      event: { event: 'roles-listed', of: body },
    };
  },
});

const show = route({
  ...needs,
  method: 'GET',
  path: '/papeis/:id',
  params: idParams,
  answer: async ({ base, params, session, formToken }) => {
    const role = await found(base, params.id);
    const token = role.person.id === session.person.id ? null : formToken;
    return { title, main: rolePage(role, { token }), event: { event: 'role-read', given: role.id } };
  },
});

const end = route({
  ...needs,
  method: 'POST',
  path: '/papeis/:id',
  params: idParams,
  form: Type.Object({ motivo: Type.String({ default: '', maxLength: 8000 }) }),
  answer: async ({ base, params, form, session, formToken: token, now }) => {
    const role = await found(base, params.id);
    if (role.person.id === session.person.id) throw new GuaritaError('own-doing');
    const words = readReason(form.motivo);
    if ('fault' in words) {
      const main = rolePage(role, { token, typed: form.motivo, fault: words.fault });
      return { title, status: 422, main };
    }
    return {
      act: async (tx) => {
        await lockRoles(tx);
        if (!(await endRole(tx, role.id, session.person.id, now))) throw new GuaritaError('done-already');
        const { body, role: name, person } = role;
        return {
          goTo: `/papeis?orgao=${body}&feito=encerrado`,
          event: { event: 'role-ended', account: person.id, of: body, role: name, ended: [role.id] },
          said: { reason: words.words },
        };
      },
    };
  },
});

/** Which roles were given, and the end of one before its time. */
export const heldRolesRoutes: readonly ConsoleRoute[] = [list, show, end];

async function found(base: Base, id: string): Promise<BodyRole> {
  const role = isId(id)
    ? await base.snapshot((questions) => heldRole(questions, id), { use: 'pages' })
    : null;
  if (role === null) throw new GuaritaError('page-unknown');
  return role;
}
