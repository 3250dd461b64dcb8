import Type from 'typebox';
import { writtenMoment } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { bodiesWithAuthority } from '../../base/access-layer/authorities.ts';
import { most } from '../../base/access-layer/most.ts';
import { lockPerson, personOf } from '../../base/access-layer/people.ts';
import { isOver } from '../../base/access-layer/request-state.ts';
import {
  type AccessRequest,
  addRequest,
  addStep,
  isConfirmedEmail,
  requestOf,
  requestsOf,
} from '../../base/access-layer/requests.ts';
import { roleName } from '../access/roles.ts';
import { form, notice, postButton, selectField } from '../html/form.ts';
import { html } from '../html/html.ts';
import { table } from '../html/table.ts';
import { idParams, idText, isId } from '../ids.ts';
import { type ConsoleRoute, type PageAnswer, route } from '../route.ts';
import { addressOf } from './address.ts';
import { choicesOf } from './ask-routes.ts';
import { rememberRequest } from './kept.ts';
import { shortState, standing } from './words.ts';

const title = 'Meus pedidos';
/** Requests of somebody that are told of at once. */
const listed = 50;

const list = route({
  method: 'GET',
  path: '/conta/pedidos',
  who: 'signed-in',
  answer: async ({ base, session, now, formToken: token }) => {
    const { own, bodies, email } = await base.snapshot(
      async (questions) => ({
        own: await requestsOf(questions, session.person.id, listed),
        bodies: choicesOf(await bodiesWithAuthority(questions)),
        email: await confirmedEmail(questions, session.person.id),
      }),
      { use: 'pages' },
    );
    return {
      title,
      main: html`<h1>Meus pedidos</h1>
        ${table({
          caption: 'Pedidos de acesso',
          columns: [
            { label: 'Papel' },
            { label: 'Órgão' },
            { label: 'Pedido em' },
            { label: 'Etapa' },
            { label: 'Ver' },
          ],
          rows: own.map((one) => [
            ...[one.form === null ? 'A preencher' : roleName(one.form.role), one.body.short],
            ...[writtenMoment(one.steps[0]?.at ?? ''), shortState(standing(one, now))],
            postButton({ action: `/conta/pedidos/${one.id}`, token, label: 'Abrir' }),
          ]),
          empty: 'Você não fez nenhum pedido.',
        })}
        <h2>Pedir outro papel ou órgão</h2>
        ${
          email === null
            ? notice('info', html`O seu e-mail não foi confirmado aqui: <a href="/pedido">peça por ele</a>.`)
            : form({
                ...{ action: '/conta/pedidos', token, submit: 'Continuar' },
                children: selectField({ name: 'orgao', label: 'Órgão', choices: bodies }),
              })
        }`,
    };
  },
});

const open = route({
  method: 'POST',
  path: '/conta/pedidos/:id',
  who: 'signed-in',
  params: idParams,
  answer: async ({ session, params: { id }, now }) => ({
    act: async (tx) => {
      const found = isId(id) ? await requestOf(tx, id) : null;
      if (found === null || !isTheirs(found, session.person.id)) throw new GuaritaError('page-unknown');
      return {
        ...{ goTo: '/pedido/meu', keep: { request: await rememberRequest(tx, id, now) } },
        event: { event: 'access-request-returned', accessRequest: id },
      };
    },
  }),
});

const begin = route({
  method: 'POST',
  path: '/conta/pedidos',
  who: 'signed-in',
  form: Type.Object({ orgao: idText }),
  answer: async ({ session, form: { orgao }, now }) => ({
    act: async (tx) => {
      const person = session.person.id;
      await lockPerson(tx, person);
      const email = await confirmedEmail(tx, person);
      const bodies = await bodiesWithAuthority(tx);
      const body = bodies.find(({ id, authority }) => id === orgao && authority !== null);
      if (email === null || body === undefined) throw new GuaritaError('request-invalid');
      const own = (await requestsOf(tx, person, listed)).filter((one) => one.person === person);
      const toFill = own.find((one) => one.form === null && !isOver(standing(one, now)));
      if (toFill === undefined && own.filter((one) => isOfToday(one, now)).length >= most.requests.value) {
        return tooMany;
      }
      // What was begun is gone on with, whichever body it was begun for: the form lets them choose.
      const request = toFill?.id ?? (await addRequest(tx, { email, body: body.id, person }, now));
      if (toFill === undefined) await addStep(tx, request, { kind: 'confirmado', by: person }, now);
      return {
        goTo: `/pedido/meu?orgao=${body.id}`,
        keep: { request: await rememberRequest(tx, request, now) },
        event: { event: 'access-requested', accessRequest: request, of: body.id },
      };
    },
  }),
});

export const accountRoutes: readonly ConsoleRoute[] = [list, open, begin];

const tooMany: PageAnswer = {
  ...{ title, status: 429 },
  main: html`<h1>Meus pedidos</h1>
    ${notice('warning', 'Você já fez pedidos demais hoje: continue amanhã.')}
    <p><a href="/conta/pedidos">Ver os meus pedidos</a></p>`,
};

/** Begun within the last 24 hours. */
function isOfToday({ steps: [first] }: AccessRequest, now: Date): boolean {
  return first !== undefined && Date.parse(first.at) > now.getTime() - 86_400_000;
}

function isTheirs({ person, account }: AccessRequest, id: string): boolean {
  return person === id || account === id;
}

/** Their address, where it was confirmed by a link; null otherwise. */
async function confirmedEmail(questions: Parameters<typeof personOf>[0], id: string): Promise<string | null> {
  const email = addressOf((await personOf(questions, id))?.email ?? '');
  return email !== null && (await isConfirmedEmail(questions, id, email)) ? email : null;
}
