import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { askLetter } from '../../base/access-layer/asked-letters.ts';
import { beginTry } from '../../base/access-layer/attempts.ts';
import {
  authorityOf,
  bodiesWithAuthority,
  bringBefore,
  holdAuthority,
  openStructures,
} from '../../base/access-layer/authorities.ts';
import { personOf } from '../../base/access-layer/people.ts';
import { takes } from '../../base/access-layer/request-state.ts';
import {
  type AccessRequest,
  addStep,
  fillRequest,
  lockRequest,
  type RequestForm,
  requestOf,
  requestsOf,
} from '../../base/access-layer/requests.ts';
import type { SessionFacts } from '../../base/access-layer/sessions.ts';
import type { Base, Questions } from '../../base/base.ts';
import { notice } from '../html/form.ts';
import { html } from '../html/html.ts';
import { isId } from '../ids.ts';
import { type ConsoleRoute, type PageAnswer, route } from '../route.ts';
import { writtenWait } from '../written-wait.ts';
import { choicesOf } from './ask-routes.ts';
import { forgetRequest, rememberedRequest } from './kept.ts';
import { sendTargets } from './limits.ts';
import { type FormFacts, ownForm, readForm, type TypedForm } from './own-form.ts';
import { ownPage } from './own-page.ts';
import { standing } from './words.ts';

const title = 'Meu pedido de acesso';
const text = (maxLength: number) => Type.String({ default: '', maxLength });
const formSchema = Type.Object({
  ...{ nome: text(400), cpf: text(100), telefone: text(100), orgao: text(100), estrutura: text(100) },
  ...{ papel: text(100), motivo: text(8000) },
});

interface Asking {
  readonly base: Base;
  readonly session: SessionFacts | null;
  readonly kept: { readonly request?: string };
  readonly now: Date;
  readonly formToken: string;
}

const show = route({
  method: 'GET',
  path: '/pedido/meu',
  who: 'anyone',
  query: Type.Object({ orgao: Type.Optional(Type.String({ maxLength: 100 })) }),
  answer: async (asked) => {
    const request = await ownRequest(asked);
    if (request === null) return notHere;
    return shown(asked, request, { ...untyped, orgao: asked.query.orgao ?? request.body.id });
  },
});

const send = route({
  method: 'POST',
  path: '/pedido/meu',
  who: 'anyone',
  form: formSchema,
  answer: async (asked) => {
    const { base, now, form: typed } = asked;
    const request = await ownRequest(asked);
    if (request === null) return notHere;
    if (!takes(standing(request, now), { kind: 'formulario', by: request.person })) {
      throw new GuaritaError('done-already');
    }
    const facts = await base.snapshot((questions) => factsOf(questions, request, typed.orgao), {
      use: 'pages',
    });
    const read = readForm(typed, facts);
    if ('faults' in read) return shown(asked, request, typed, read.faults);
    if (await isAskedFor(base, request, read.form, now)) {
      return shown(asked, request, typed, {
        papel: 'Já há um pedido seu deste papel neste órgão: espere por ele.',
      });
    }
    return {
      act: async (tx) => {
        await holdAuthority(tx, read.form.body);
        const locked = await lockRequest(tx, request.id);
        const authority = await authorityOf(tx, read.form.body);
        const isOpen =
          locked !== null && takes(standing(locked, now), { kind: 'formulario', by: request.person });
        // Another took their place while it was sent.
        if (!isOpen || authority === null || authority.id !== facts.authority?.id) {
          throw new GuaritaError('done-already');
        }
        const wait = await beginTry(tx, sendTargets(asked.address, read.form.body), now);
        if (wait > 0) return putOff(wait);
        await fillRequest(tx, request.id, read.form);
        await addStep(tx, request.id, { kind: 'formulario', by: request.person }, now);
        const before = await bringBefore(tx, { request: request.id, authority: authority.id }, now);
        await askLetter(tx, 'authority-asked', before, now);
        const { body, role } = read.form;
        return {
          goTo: '/pedido/meu',
          event: { event: 'access-request-filled', accessRequest: request.id, of: body, role },
        };
      },
    };
  },
});

const withdraw = route({
  method: 'POST',
  path: '/pedido/meu/desistir',
  who: 'anyone',
  answer: async (asked) => {
    const { now } = asked;
    const request = await ownRequest(asked);
    if (request === null) return notHere;
    return {
      act: async (tx) => {
        const locked = await lockRequest(tx, request.id);
        if (locked === null || !takes(standing(locked, now), { kind: 'desistiu', by: request.person })) {
          throw new GuaritaError('done-already');
        }
        await addStep(tx, request.id, { kind: 'desistiu', by: request.person }, now);
        return {
          goTo: '/pedido/meu',
          event: { event: 'access-request-withdrawn', accessRequest: request.id },
        };
      },
    };
  },
});

const forget = route({
  method: 'POST',
  path: '/pedido/meu/esquecer',
  who: 'anyone',
  answer: async ({ kept, now }) => ({
    act: async (tx) => {
      const id = await forgetRequest(tx, kept.request, now);
      return {
        goTo: '/pedido',
        keep: { request: null },
        event: { event: 'access-request-forgotten', ...(id !== null && { accessRequest: id }) },
      };
    },
  }),
});

/** Whether somebody with an account waits for the same already; of others it is not told. */
function isAskedFor(
  base: Base,
  { id, person }: AccessRequest,
  form: RequestForm,
  now: Date,
): Promise<boolean> {
  if (person === null) return Promise.resolve(false);
  return base.snapshot(
    async (questions) =>
      (await requestsOf(questions, person, 50)).some(
        (one) =>
          one.id !== id &&
          one.body.id === form.body &&
          one.form?.role === form.role &&
          ['authority', 'approval'].includes(standing(one, now).kind),
      ),
    { use: 'pages' },
  );
}

function putOff(wait: number): PageAnswer {
  return {
    ...{ title, status: 429 },
    main: html`<h1>Espere um pouco</h1>
      ${notice('warning', `Houve pedidos demais. Espere ${writtenWait(wait)} e envie de novo.`)}
      <p><a href="/pedido/meu">Voltar ao pedido</a></p>`,
    event: { event: 'access-request-put-off' },
  };
}

export const ownRoutes: readonly ConsoleRoute[] = [show, send, withdraw, forget];

const untyped: TypedForm = {
  nome: '',
  cpf: '',
  telefone: '',
  orgao: '',
  estrutura: '',
  papel: '',
  motivo: '',
};

const notHere: PageAnswer = {
  title,
  status: 404,
  main: html`<h1>Este navegador não conhece nenhum pedido</h1>
    ${notice('info', 'O pedido é visto no navegador em que um link dele foi aberto, por 30 dias.')}
    <p>Já pediu? <a href="/pedido">Informe o mesmo e-mail</a> e receba outro link. Quem já tem conta vê os seus pedidos em <a href="/conta/pedidos">Minha conta</a>.</p>`,
};

/**
 * The one that the browser remembers; null where that is none, or of somebody else than who is signed in. Throws
 * `sign-in-needed`: what somebody asked for when they were signed in is theirs, and not of who comes to the browser next.
 */
async function ownRequest({ base, session, kept, now }: Asking): Promise<AccessRequest | null> {
  const request = await base.snapshot(
    async (questions) => {
      const id = await rememberedRequest(questions, kept.request, now);
      return id === null ? null : requestOf(questions, id);
    },
    { use: 'pages' },
  );
  if (request === null || request.person === null) return request;
  if (session?.stage !== 'aberta') throw new GuaritaError('sign-in-needed');
  return session.person.id === request.person ? request : null;
}

async function factsOf(
  questions: Questions,
  { person, email }: AccessRequest,
  body: string,
): Promise<FormFacts> {
  const known = person === null ? null : await personOf(questions, person);
  if (!isId(body)) return { bodies: [], structures: [], authority: null, email, known };
  const bodies = choicesOf(await bodiesWithAuthority(questions));
  // Of a body that takes no requests nothing is told.
  const isChoice = bodies.some(({ value }) => value === body);
  const structures = isChoice ? await openStructures(questions, body) : [];
  return {
    ...{ email, known, bodies },
    structures: structures.map(({ id, name }) => ({ value: id, label: name })),
    authority: await authorityOf(questions, body),
  };
}

async function shown(
  { base, now, formToken: token }: Asking,
  request: AccessRequest,
  typed: TypedForm,
  faults: Readonly<Partial<Record<keyof TypedForm, string>>> = {},
): Promise<PageAnswer> {
  const isToFill = standing(request, now).kind === 'form';
  const body = isToFill && isId(typed.orgao) ? typed.orgao : request.body.id;
  const facts = await base.snapshot((questions) => factsOf(questions, request, body), { use: 'pages' });
  const form = isToFill ? ownForm({ ...facts, token, typed, faults, isKnown: facts.known !== null }) : null;
  const status = Object.keys(faults).length > 0 ? 422 : 200;
  return { title, status, main: ownPage({ request, now, token, form, authority: facts.authority }) };
}
