import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { isCentral } from '../../base/access-layer/bodies.ts';
import { listBodies } from '../../base/access-layer/listing.ts';
import { endRole, lockRoles, rolesIn } from '../../base/access-layer/roles.ts';
import { idParams, isId } from '../ids.ts';
import { readReason } from '../purpose/reason.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { rolesPage } from './page.ts';
import { sendPassword } from './password-route.ts';
import { needs, roleAndReset, shownRole, title } from './shown.ts';

const list = route({
  ...needs,
  method: 'GET',
  path: '/papeis',
  query: Type.Object({
    orgao: Type.Optional(Type.String({ maxLength: 100 })),
    feito: Type.Optional(Type.String({ maxLength: 20 })),
  }),
  answer: async ({ base, query, place, now }) => {
    const wanted = query.orgao !== undefined && isId(query.orgao) ? query.orgao : place.id;
    const { bodies, body, roles } = await base.snapshot(
      async (questions) => {
        const all = await listBodies(questions, now);
        const bodies = (await isCentral(questions, place.id)) ? all : all.filter(({ id }) => id === place.id);
        const body = bodies.some(({ id }) => id === wanted) ? wanted : place.id;
        return { bodies, body, roles: await rolesIn(questions, body, now) };
      },
      { use: 'pages' },
    );
    const done = query.feito === 'encerrado' ? 'O papel foi encerrado.' : null;
    return {
      title,
      main: rolesPage({ bodies, body, roles, now, done }),
      event: { event: 'roles-listed', of: body },
    };
  },
});

const show = route({
  ...needs,
  method: 'GET',
  path: '/papeis/:id',
  params: idParams,
  query: Type.Object({ feito: Type.Optional(Type.String({ maxLength: 20 })) }),
  answer: async (asked) => {
    const found = await roleAndReset(asked);
    const done = asked.query.feito === 'senha' ? 'A senha provisória vai por e-mail.' : null;
    return { ...shownRole(asked, found, { done }), event: { event: 'role-read', given: found.role.id } };
  },
});

const end = route({
  ...needs,
  method: 'POST',
  path: '/papeis/:id',
  params: idParams,
  form: Type.Object({ motivo: Type.String({ default: '', maxLength: 8000 }) }),
  answer: async (asked) => {
    const { form, session, now } = asked;
    const found = await roleAndReset(asked);
    const { role } = found;
    if (role.person.id === session.person.id) throw new GuaritaError('own-doing');
    const words = readReason(form.motivo);
    if ('fault' in words) {
      const end = { typed: form.motivo, fault: words.fault };
      return { ...shownRole(asked, found, { end }), status: 422 };
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

/** Which roles were given, the end of one before its time, and a password for whoever forgot theirs. */
export const heldRolesRoutes: readonly ConsoleRoute[] = [list, show, end, sendPassword];
