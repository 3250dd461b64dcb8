import Type from 'typebox';
import { askLetter } from '../../base/access-layer/asked-letters.ts';
import { beginTry } from '../../base/access-layer/attempts.ts';
import { bodiesWithAuthority } from '../../base/access-layer/authorities.ts';
import { isOver } from '../../base/access-layer/request-state.ts';
import { addRequest, addStep, requestsByEmail } from '../../base/access-layer/requests.ts';
import type { Base, Transaction } from '../../base/base.ts';
import { type Choice, notice } from '../html/form.ts';
import { html } from '../html/html.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { writtenWait } from '../written-wait.ts';
import { addressOf } from './address.ts';
import { askedPage, askPage } from './ask-page.ts';
import { rememberedRequest } from './kept.ts';
import { askTargets, mostLinks } from './limits.ts';
import { standing } from './words.ts';

const title = 'Pedir acesso';

const ask = route({
  method: 'GET',
  path: '/pedido',
  who: 'anyone',
  answer: async ({ base, kept, now, session, formToken: token }) => {
    const [bodies, own] = await base.snapshot(
      async (questions) => [
        await bodiesWithAuthority(questions),
        await rememberedRequest(questions, kept.request, now),
      ],
      { use: 'pages' },
    );
    const told =
      session?.stage === 'aberta'
        ? notice('info', html`Você já tem conta: veja <a href="/conta/pedidos">os seus pedidos</a>.`)
        : null;
    return { title, main: askPage({ token, bodies: choicesOf(bodies), hasOwn: own !== null, told }) };
  },
});

const asked = route({
  method: 'POST',
  path: '/pedido',
  who: 'anyone',
  form: Type.Object({
    email: Type.String({ default: '', maxLength: 400 }),
    orgao: Type.String({ default: '', maxLength: 100 }),
  }),
  answer: async ({ base, form, now, address, formToken: token }) => {
    const bodies = choicesOf(await openBodies(base));
    const email = addressOf(form.email);
    const body = bodies.find(({ value }) => value === form.orgao)?.value;
    const again = { token, bodies, email: form.email, body: form.orgao, hasOwn: false };
    if (email === null || body === undefined) {
      const faults = {
        ...(email === null && { email: 'Confira o e-mail: falta algo, ou há um caractere que não pode.' }),
        ...(body === undefined && { orgao: 'Escolha o órgão.' }),
      };
      return { title, status: 422, main: askPage({ ...again, faults }) };
    }
    return {
      act: async (tx) => {
        // Counted whatever is known of the address, and one behind the other.
        const wait = await beginTry(tx, askTargets(email, address), now);
        if (wait > 0) {
          const told = notice(
            'warning',
            `Houve pedidos demais. Espere ${writtenWait(wait)} e tente de novo.`,
          );
          return {
            ...{ title, status: 429, main: askPage({ ...again, told }) },
            event: { event: 'access-request-put-off' },
          };
        }
        const event = await begin(tx, { email, body }, now);
        return { title: 'Confira o seu e-mail', main: askedPage(), event };
      },
    };
  },
});

export const askRoutes: readonly ConsoleRoute[] = [ask, asked];

/** Another link to a request that is not over; else a new one. */
async function begin(tx: Transaction, given: { readonly email: string; readonly body: string }, now: Date) {
  const [open] = (await requestsByEmail(tx, given.email, 5)).filter((one) => !isOver(standing(one, now)));
  if (open === undefined) {
    const request = await addRequest(tx, { ...given, person: null }, now);
    await askLetter(tx, 'request-link', request, now);
    return { event: 'access-requested', accessRequest: request, of: given.body };
  }
  const since = now.getTime() - 86_400_000;
  const links = open.steps.filter(
    ({ kind, at }) => (kind === 'link' || kind === 'pedido') && Date.parse(at) > since,
  );
  const accessRequest = open.id;
  if (links.length >= mostLinks) return { event: 'access-link-withheld', accessRequest };
  await addStep(tx, open.id, { kind: 'link', by: null }, now);
  await askLetter(tx, 'request-link', open.id, now);
  return { event: 'access-link-asked', accessRequest };
}

function openBodies(base: Base) {
  return base.snapshot(bodiesWithAuthority, { use: 'pages' });
}

/** Those that somebody answers for. */
export function choicesOf(bodies: Awaited<ReturnType<typeof bodiesWithAuthority>>): Choice[] {
  return bodies.flatMap(({ id, short, name, authority }) =>
    authority === null ? [] : [{ value: id, label: `${short} · ${name}` }],
  );
}
