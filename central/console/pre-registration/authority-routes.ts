import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { askLetter } from '../../base/access-layer/asked-letters.ts';
import { type Before, beforeAuthority } from '../../base/access-layer/authorities.ts';
import { takeLink } from '../../base/access-layer/request-links.ts';
import { takes } from '../../base/access-layer/request-state.ts';
import { type AccessRequest, addStep, lockRequest, requestOf } from '../../base/access-layer/requests.ts';
import type { Base, Questions } from '../../base/base.ts';
import { notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { readReason } from '../purpose/reason.ts';
import { type ConsoleRoute, type PageAnswer, route } from '../route.ts';
import { digestOf } from '../secrets.ts';
import { authorityPage } from './authority-page.ts';
import { linkFound, linkWords } from './link.ts';
import { isSamePerson } from './same-person.ts';
import { standing } from './words.ts';

const title = 'Pedido de acesso';
const params = Type.Object({ segredo: Type.String({ maxLength: 100 }) });

const show = route({
  method: 'GET',
  path: '/pedido/autoridade/:segredo',
  who: 'anyone',
  params,
  answer: async (asked) => {
    const found = await broughtBy(asked);
    if ('refused' in found) return found.refused;
    const { request, authority } = found;
    return {
      title,
      main: authorityPage({ ...found, action: actionOf(asked), token: asked.formToken, now: asked.now }),
      event: { event: 'access-request-shown', accessRequest: request.id, authority: authority.id },
    };
  },
});

const decide = route({
  method: 'POST',
  path: '/pedido/autoridade/:segredo',
  who: 'anyone',
  params,
  form: Type.Object({
    decisao: Type.String({ default: '', maxLength: 20 }),
    texto: Type.String({ default: '', maxLength: 8000 }),
  }),
  answer: async (asked) => {
    const { now, form: typed } = asked;
    const found = await broughtBy(asked);
    if ('refused' in found) return found.refused;
    const { request, authority, before } = found;
    const words = readReason(typed.texto);
    const isSaid = typed.decisao === 'autorizo' || typed.decisao === 'nao-autorizo';
    if (!isSaid || 'fault' in words) {
      const faults = {
        ...(!isSaid && { decisao: 'Diga se autoriza.' }),
        ...('fault' in words && { texto: words.fault }),
      };
      const main = authorityPage({
        ...{ ...found, action: actionOf(asked), token: asked.formToken, now },
        ...{ typed, faults },
      });
      return { title, status: 422, main };
    }
    const kind = typed.decisao === 'autorizo' ? 'autorizado' : 'negado';
    return {
      act: async (tx) => {
        const locked = await lockRequest(tx, request.id);
        const still = await beforeAuthority(tx, before);
        const isOpen = locked?.body.isOpen === true && takes(standing(locked, now), { kind, by: null });
        if (
          !isOpen ||
          still?.isInOffice !== true ||
          !(await takeLink(tx, digestOf(asked.params.segredo), now))
        ) {
          throw new GuaritaError('done-already');
        }
        const who = `${authority.name}, ${authority.office}`;
        await addStep(tx, request.id, { kind, by: null, who, words: words.words }, now);
        if (kind === 'negado') await askLetter(tx, 'request-refused', request.id, now);
        return {
          title,
          main: html`<h1>Decisão registrada</h1>${notice('success', decided[kind])}<p>Pode fechar esta página.</p>`,
          event: {
            event: kind === 'autorizado' ? 'access-request-authorized' : 'access-request-declined',
            ...{ accessRequest: request.id, authority: authority.id },
          },
          said: { words: words.words },
        };
      },
    };
  },
});

export const authorityRoutes: readonly ConsoleRoute[] = [show, decide];

const decided = {
  autorizado: 'O pedido segue para um Cadastrador Autorizador. Obrigado.',
  negado: 'O pedido termina aqui, e quem pediu é avisado. Obrigado.',
};

interface Asking {
  readonly base: Base;
  readonly params: { readonly segredo: string };
  readonly now: Date;
}

/** A request that waits for whoever has this link; or why there is none. */
async function broughtBy({
  base,
  params: { segredo },
  now,
}: Asking): Promise<
  | { readonly request: AccessRequest; readonly authority: Before['authority']; readonly before: string }
  | { readonly refused: PageAnswer }
> {
  const link = await linkFound(base, segredo, ['authority-asked'], now);
  if (link.kind !== 'good') return { refused: noUse(linkWords(link), link.kind === 'unknown' ? 404 : 410) };
  const found = await base.snapshot((questions) => waitingFor(questions, link.about), { use: 'pages' });
  if (found === null) return { refused: noUse('O órgão tem hoje outra autoridade, que responde ao pedido.') };
  const { request, authority } = found;
  if (!request.body.isOpen) {
    return { refused: noUse('O órgão foi encerrado: não é preciso fazer nada.') };
  }
  if (!takes(standing(request, now), { kind: 'autorizado', by: null })) {
    return { refused: noUse('O pedido já foi decidido, foi retirado ou venceu: não é preciso fazer nada.') };
  }
  // Whoever asked first and came into office afterwards.
  if (isSamePerson(authority, { cpf: request.form?.cpf ?? null, email: request.email })) {
    return { refused: noUse('Ninguém autoriza o próprio pedido.', 403) };
  }
  return { request, authority, before: link.about };
}

async function waitingFor(questions: Questions, about: string) {
  const before = await beforeAuthority(questions, about);
  const request = before === null ? null : await requestOf(questions, before.request);
  return before?.isInOffice === true && request !== null ? { request, authority: before.authority } : null;
}

function actionOf({ params: { segredo } }: Pick<Asking, 'params'>): string {
  return `/pedido/autoridade/${segredo}`;
}

function noUse(words: string, status = 410): PageAnswer {
  const main: Html = html`<h1>Nada a decidir aqui</h1>${notice('warning', words)}`;
  return { title, status, main };
}
