import Type from 'typebox';
import { dayOf, readDay } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { askedSince, askLetter } from '../../base/access-layer/asked-letters.ts';
import { authorityOf, bringBefore, lastAuthorityOf } from '../../base/access-layer/authorities.ts';
import { mailOf } from '../../base/access-layer/people.ts';
import { type AccessRequest, addStep } from '../../base/access-layer/requests.ts';
import type { SessionFacts } from '../../base/access-layer/sessions.ts';
import type { Base } from '../../base/base.ts';
import { idParams } from '../ids.ts';
import { mostLinks } from '../pre-registration/limits.ts';
import { isSamePerson } from '../pre-registration/same-person.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { type FilledRequest, isGiven, takesPassword } from './approve.ts';
import type { TypedDocument } from './page.ts';
import { filledOf, lockFilled, needs, shownRequest } from './shown.ts';

const text = (maxLength: number) => Type.String({ default: '', maxLength });

const document = route({
  ...needs,
  method: 'POST',
  path: '/pedidos/:id/documento',
  params: idParams,
  form: Type.Object({ nup: text(100), codigo: text(100), assinado: text(40) }),
  answer: async (asked) => {
    const { form: typed, session, now } = asked;
    const request = await filledOf(asked);
    await requireAnother(asked, request);
    const read = readDocument(typed, request, now);
    if ('faults' in read) return shownRequest(asked, request, { document: typed, faults: read.faults });
    const by = session.person.id;
    return {
      act: async (tx) => {
        await lockFilled(tx, request.id, { kind: 'documento', by }, now);
        await addStep(tx, request.id, { kind: 'documento', by, document: read.document }, now);
        // In whose name it was recorded is told of it.
        const last = await lastAuthorityOf(tx, request.id);
        if (last !== null) await askLetter(tx, 'authority-document', last.before, now);
        return {
          goTo: `/pedidos/${request.id}?feito=documento`,
          event: { event: 'access-document-recorded', accessRequest: request.id },
          said: { reference: read.document.nup },
        };
      },
    };
  },
});

const again = route({
  ...needs,
  method: 'POST',
  path: '/pedidos/:id/autoridade',
  params: idParams,
  answer: async (asked) => {
    const { now } = asked;
    const request = await filledOf(asked);
    return {
      act: async (tx) => {
        await lockFilled(tx, request.id, { kind: 'autorizado', by: null }, now);
        const authority = await authorityOf(tx, request.body.id);
        if (authority === null) throw new GuaritaError('done-already');
        const last = await lastAuthorityOf(tx, request.id);
        const before =
          last?.authority === authority.id
            ? last.before
            : await bringBefore(tx, { request: request.id, authority: authority.id }, now);
        const asked = await askedSince(tx, 'authority-asked', before, dayBefore(now));
        if (asked >= mostLinks) return { goTo: `/pedidos/${request.id}?feito=links` };
        await askLetter(tx, 'authority-asked', before, now);
        return {
          goTo: `/pedidos/${request.id}?feito=link`,
          event: { event: 'access-authority-asked', accessRequest: request.id, authority: authority.id },
        };
      },
    };
  },
});

const password = route({
  ...needs,
  method: 'POST',
  path: '/pedidos/:id/senha',
  params: idParams,
  answer: async (asked) => {
    const { session, now } = asked;
    const request = await filledOf(asked);
    await requireAnother(asked, request);
    const by = session.person.id;
    return {
      act: async (tx) => {
        const locked = await lockFilled(tx, request.id, { kind: 'senha', by }, now);
        if (!(await isGiven(tx, locked, now)) || !(await takesPassword(tx, locked, now)))
          throw new GuaritaError('done-already');
        const sent = await askedSince(tx, 'request-password', request.id, dayBefore(now));
        if (sent >= mostLinks) return { goTo: `/pedidos/${request.id}?feito=senhas` };
        await addStep(tx, request.id, { kind: 'senha', by }, now);
        await askLetter(tx, 'request-password', request.id, now);
        return {
          goTo: `/pedidos/${request.id}?feito=senha`,
          event: { event: 'access-password-asked', accessRequest: request.id, account: locked.account },
        };
      },
    };
  },
});

export const resendRoutes: readonly ConsoleRoute[] = [document, again, password];

/** Throws `own-doing`. */
async function requireAnother(
  { base, session: { person } }: { readonly base: Base; readonly session: SessionFacts },
  { form, email }: FilledRequest,
): Promise<void> {
  const own = await base.snapshot((questions) => mailOf(questions, person.id), { use: 'pages' });
  if (isSamePerson({ cpf: person.cpf, email: own }, { cpf: form.cpf, email }))
    throw new GuaritaError('own-doing');
}

function dayBefore(now: Date): Date {
  return new Date(now.getTime() - 86_400_000);
}

/** Systems of bodies number processes in many ways: what is checked is that a number and a code were given. */
function readDocument(typed: TypedDocument, { steps }: Pick<AccessRequest, 'steps'>, now: Date) {
  const [nup, code] = [typed.nup.trim(), typed.codigo.trim()];
  const signed = readDay(typed.assinado);
  const asked = dayOf(new Date(steps[0]?.at ?? now));
  const isNup = /^[A-Z\d ./:-]{8,40}$/i.test(nup) && nup.replace(/\D/g, '').length >= 8;
  const faults = {
    ...(!isNup && { nup: 'Escreva o número do processo como está no documento.' }),
    ...(!/^[A-Z\d .-]{4,40}$/i.test(code) && { codigo: 'Escreva o código como está no documento.' }),
    ...(signed === null && { assinado: 'Escreva a data como 03/12/2026.' }),
    ...(signed !== null && signed > dayOf(now) && { assinado: 'Esta data ainda não chegou.' }),
    // What was signed before is about another request.
    ...(signed !== null &&
      signed < asked && { assinado: 'O documento é de antes do pedido: é preciso outro.' }),
  };
  if (signed === null || Object.keys(faults).length > 0) return { faults };
  return { document: { nup, code, signed } };
}
