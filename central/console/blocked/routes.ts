import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { type BlockedPerson, blockedPeople, blockedPerson } from '../../base/access-layer/blocked-people.ts';
import { lockPerson, unblockPerson } from '../../base/access-layer/people.ts';
import type { Base } from '../../base/base.ts';
import { idParams, isId } from '../ids.ts';
import { pageAsked, pageQuery, pageShown } from '../paged.ts';
import { longestTyped } from '../purpose/parts.ts';
import { readReason } from '../purpose/reason.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { blockedPage, blockedPersonPage } from './page.ts';

const title = 'Contas bloqueadas';

const list = route({
  method: 'GET',
  path: '/bloqueadas',
  who: 'member',
  roles: ['cadastrador-autorizador'],
  query: Type.Object({ feito: Type.Optional(Type.String()), ...pageQuery }),
  answer: async ({ base, place, query, now }) => {
    const asked = { from: place.id, ...pageAsked(query.pagina) };
    const found = await base.snapshot((questions) => blockedPeople(questions, asked, now), { use: 'pages' });
    const { rows, ...around } = pageShown('/bloqueadas', query.pagina, found);
    const done = query.feito === 'sim' ? 'A conta foi desbloqueada: a pessoa já pode entrar.' : null;
    return { title, main: blockedPage(rows, around, done) };
  },
});

const show = route({
  method: 'GET',
  path: '/bloqueadas/:id',
  who: 'member',
  roles: ['cadastrador-autorizador'],
  params: idParams,
  answer: async ({ base, place, params, formToken, now }) => {
    const one = await found(base, { from: place.id, id: params.id }, now);
    return { title, main: blockedPersonPage(one, { formToken }) };
  },
});

const unblock = route({
  method: 'POST',
  path: '/bloqueadas/:id',
  who: 'member',
  roles: ['cadastrador-autorizador'],
  params: idParams,
  form: Type.Object({
    motivo: Type.String({ default: '', maxLength: longestTyped }),
    // Of the block that was read.
    desde: Type.String({ default: '', maxLength: 40 }),
  }),
  answer: async ({ base, place, params, form, session, formToken, now }) => {
    const one = await found(base, { from: place.id, id: params.id }, now);
    // Whoever is kept out comes this far by no click: said again, since it is what must not be.
    if (one.id === session.person.id) throw new GuaritaError('own-doing');
    const reason = readReason(form.motivo);
    if ('fault' in reason) {
      const main = blockedPersonPage(one, { typed: form.motivo, fault: reason.fault, formToken });
      return { title, status: 422, main };
    }
    return {
      act: async (tx) => {
        await lockPerson(tx, one.id);
        const still = await blockedPerson(tx, { from: place.id, id: one.id }, now);
        // Another block than the one that was read is another decision.
        if (still?.blocked.since !== form.desde) throw new GuaritaError('done-already');
        if (!(await unblockPerson(tx, one.id, session.person.id, now)))
          throw new GuaritaError('done-already');
        return {
          goTo: '/bloqueadas?feito=sim',
          event: { event: 'account-unblocked', account: one.id, why: still.blocked.why },
          said: { reason: reason.words },
        };
      },
    };
  },
});

/** Throws `page-unknown`, of somebody who is not blocked as of nobody. */
async function found(
  base: Base,
  asked: { readonly from: string; readonly id: string },
  now: Date,
): Promise<BlockedPerson> {
  if (!isId(asked.id)) throw new GuaritaError('page-unknown');
  const one = await base.snapshot((questions) => blockedPerson(questions, asked, now), { use: 'pages' });
  if (one === null) throw new GuaritaError('page-unknown');
  return one;
}

/** Who is kept out, and may be let in again. */
export const blockedRoutes: readonly ConsoleRoute[] = [list, show, unblock];
