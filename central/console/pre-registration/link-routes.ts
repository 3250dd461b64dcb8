import Type from 'typebox';
import { takeLink } from '../../base/access-layer/request-links.ts';
import { takes } from '../../base/access-layer/request-state.ts';
import { addStep, lockRequest, requestOf } from '../../base/access-layer/requests.ts';
import type { Base } from '../../base/base.ts';
import { form, notice } from '../html/form.ts';
import { html } from '../html/html.ts';
import { type ConsoleRoute, type PageAnswer, route } from '../route.ts';
import { digestOf } from '../secrets.ts';
import { rememberRequest } from './kept.ts';
import { type FoundLink, linkFound, linkWords } from './link.ts';
import { standing } from './words.ts';

const title = 'Pedido de acesso';
const params = Type.Object({ segredo: Type.String({ maxLength: 100 }) });

/** Looking changes nothing: programs that guard mailboxes open every link. */
const open = route({
  method: 'GET',
  path: '/pedido/link/:segredo',
  who: 'anyone',
  params,
  answer: async ({ base, params: { segredo }, now, formToken: token }) => {
    const link = await linkFound(base, segredo, ['request-link', 'request-refused'], now);
    if (link.kind !== 'good') return refused(link);
    const isNew = await isUnconfirmed(base, link.about, now);
    return {
      title,
      main: html`<h1>${isNew ? 'Confirmar o e-mail' : 'Ver o pedido de acesso'}</h1>
        <p>${isNew ? 'Você pediu acesso à Guarita? Confirme que este e-mail é seu e siga para o formulário.' : 'Siga para ver em que etapa o pedido está.'}</p>
        ${form({
          action: `/pedido/link/${segredo}`,
          token,
          children: null,
          submit: isNew ? 'Confirmar e continuar' : 'Continuar',
        })}
        <p>Não foi você? Feche esta página: nada acontece.</p>`,
    };
  },
});

const follow = route({
  method: 'POST',
  path: '/pedido/link/:segredo',
  who: 'anyone',
  params,
  answer: async ({ base, params: { segredo }, now }) => {
    const link = await linkFound(base, segredo, ['request-link', 'request-refused'], now);
    if (link.kind !== 'good') return refused(link);
    return {
      act: async (tx) => {
        const request = await lockRequest(tx, link.about);
        if (request === null || !(await takeLink(tx, digestOf(segredo), now))) {
          return refused({ kind: 'used', at: now.toISOString() });
        }
        const confirms = takes(standing(request, now), { kind: 'confirmado', by: null });
        if (confirms) await addStep(tx, request.id, { kind: 'confirmado', by: null }, now);
        return {
          goTo: '/pedido/meu',
          keep: { request: await rememberRequest(tx, request.id, now) },
          event: {
            event: confirms ? 'access-request-confirmed' : 'access-request-returned',
            accessRequest: request.id,
          },
        };
      },
    };
  },
});

export const linkRoutes: readonly ConsoleRoute[] = [open, follow];

async function isUnconfirmed(base: Base, id: string, now: Date): Promise<boolean> {
  const request = await base.snapshot((questions) => requestOf(questions, id), { use: 'pages' });
  return request !== null && takes(standing(request, now), { kind: 'confirmado', by: null });
}

function refused(link: Exclude<FoundLink, { kind: 'good' }>): PageAnswer {
  return {
    title,
    status: link.kind === 'unknown' ? 404 : 410,
    main: html`<h1>Este link não serve mais</h1>
      ${notice('warning', linkWords(link))}
      <p>Se foi você que o usou neste navegador, <a href="/pedido/meu">veja o seu pedido</a>. Para receber outro link, <a href="/pedido">informe o seu e-mail</a>.</p>`,
  };
}
