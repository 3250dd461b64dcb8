import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { type DueRole, dueRole, dueRoles } from '../../base/access-layer/recertification.ts';
import type { Base } from '../../base/base.ts';
import { idParams, isId } from '../ids.ts';
import { pageAsked, pageQuery, pageShown } from '../paged.ts';
import { longestTyped } from '../purpose/parts.ts';
import { readReason } from '../purpose/reason.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { decide } from './decide.ts';
import { duePage, dueRolePage } from './page.ts';

const title = 'Recertificação';

/** What came of what they did, by the word in the address. */
const done = new Map([
  ['role-recertified', 'O papel foi recertificado: vale por mais seis meses, dentro do prazo dele.'],
  ['role-recertification-said', 'Registrado. Falta outra pessoa recertificar.'],
  ['role-ended', 'O papel foi encerrado.'],
]);

const list = route({
  method: 'GET',
  path: '/recertificacao',
  who: 'member',
  roles: ['cadastrador-autorizador'],
  query: Type.Object({ feito: Type.Optional(Type.String()), ...pageQuery }),
  answer: async ({ base, place, query, now }) => {
    const asked = { from: place.id, ...pageAsked(query.pagina) };
    const found = await base.snapshot((questions) => dueRoles(questions, asked, now), { use: 'pages' });
    const { rows, ...around } = pageShown('/recertificacao', query.pagina, found);
    return { title, main: duePage(rows, around, { now, done: done.get(query.feito ?? '') ?? null }) };
  },
});

const show = route({
  method: 'GET',
  path: '/recertificacao/:id',
  who: 'member',
  roles: ['cadastrador-autorizador'],
  params: idParams,
  answer: async ({ base, place, params, session, formToken, now }) => {
    const due = await found(base, { from: place.id, id: params.id }, now);
    return { title, main: dueRolePage(due, { formToken, by: session.person.id }, now) };
  },
});

const say = route({
  method: 'POST',
  path: '/recertificacao/:id',
  who: 'member',
  roles: ['cadastrador-autorizador'],
  params: idParams,
  form: Type.Object({
    decisao: Type.String({ default: '', maxLength: 20 }),
    motivo: Type.String({ default: '', maxLength: longestTyped }),
  }),
  answer: async ({ base, place, params, form, session, formToken, now }) => {
    const due = await found(base, { from: place.id, id: params.id }, now);
    const by = session.person.id;
    if (due.person.id === by) throw new GuaritaError('own-doing');
    const { decisao, motivo } = form;
    const reason = readReason(motivo);
    const isAnswered = decisao === 'recertificar' || decisao === 'encerrar';
    if ('fault' in reason || !isAnswered) {
      const faults = {
        ...(!isAnswered && { decisao: 'Diga se a pessoa ainda precisa do papel.' }),
        ...('fault' in reason && { motivo: reason.fault }),
      };
      const main = dueRolePage(due, { typed: form, faults, formToken, by }, now);
      return { title, status: 422, main };
    }
    const decision = { id: due.id, from: place.id, by, goesOn: decisao === 'recertificar' };
    return {
      act: async (tx) => {
        const event = await decide(tx, { ...decision, reason: reason.words }, now);
        return { goTo: `/recertificacao?feito=${event.event}`, event, said: { reason: reason.words } };
      },
    };
  },
});

/** Throws `page-unknown`, of a role that is not due as of none. */
async function found(
  base: Base,
  asked: { readonly from: string; readonly id: string },
  now: Date,
): Promise<DueRole> {
  if (!isId(asked.id)) throw new GuaritaError('page-unknown');
  const due = await base.snapshot((questions) => dueRole(questions, asked, now), { use: 'pages' });
  if (due === null) throw new GuaritaError('page-unknown');
  return due;
}

/** Who still needs what they may do, asked each half-year. */
export const recertificationRoutes: readonly ConsoleRoute[] = [list, show, say];
