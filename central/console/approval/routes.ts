import Type from 'typebox';
import { lastInstantOf } from '../../../shared/act.ts';
import { readDay } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { askLetter } from '../../base/access-layer/asked-letters.ts';
import { answeredRequests, waitingRequests } from '../../base/access-layer/request-lists.ts';
import { addStep } from '../../base/access-layer/requests.ts';
import { lockRoles } from '../../base/access-layer/roles.ts';
import { idParams } from '../ids.ts';
import { pageAsked, pageQuery, pageShown } from '../paged.ts';
import { readReason } from '../purpose/reason.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { approve, factsOf, type Way } from './approve.ts';
import { faultOfApproval, faultWords } from './judge.ts';
import { requestsPage, type TypedDecision } from './page.ts';
import { filledOf, lockFilled, needs, shownRequest, title } from './shown.ts';

/** Requests that were answered, or were not in time, are listed so long, the last ones. */
const listedDays = 90;
const most = 200;

const list = route({
  ...needs,
  method: 'GET',
  path: '/pedidos',
  query: Type.Object(pageQuery),
  answer: async ({ base, query: { pagina }, place, now }) => {
    const since = new Date(now.getTime() - listedDays * 86_400_000);
    const { waiting, answered } = await base.snapshot(
      async (questions) => ({
        waiting: await waitingRequests(questions, { from: place.id, ...pageAsked(pagina) }, now),
        answered: await answeredRequests(questions, { from: place.id, since, most }, now),
      }),
      { use: 'pages' },
    );
    const { rows, ...around } = pageShown('/pedidos', pagina, waiting);
    return { title, main: requestsPage({ waiting: rows, answered, around }, now) };
  },
});

const show = route({
  ...needs,
  method: 'GET',
  path: '/pedidos/:id',
  params: idParams,
  query: Type.Object({ feito: Type.Optional(Type.String({ maxLength: 20 })) }),
  answer: async (asked) => {
    const request = await filledOf(asked);
    const page = await shownRequest(asked, request, { done: done.get(asked.query.feito ?? '') ?? null });
    return { ...page, event: { event: 'access-request-read', accessRequest: request.id } };
  },
});

const text = (maxLength: number) => Type.String({ default: '', maxLength });

const decide = route({
  ...needs,
  method: 'POST',
  path: '/pedidos/:id',
  params: idParams,
  form: Type.Object({ decisao: text(20), ate: text(40), entrada: text(20), motivo: text(8000) }),
  answer: async (asked) => {
    const { base, form: typed, session, now, signIn } = asked;
    const request = await filledOf(asked);
    const decider = { id: session.person.id, cpf: session.person.cpf };
    if (request.form.cpf === decider.cpf) throw new GuaritaError('own-doing');
    const refused = (faults: Partial<Record<keyof TypedDecision, string>>) =>
      shownRequest(asked, request, { decision: typed, faults });
    if (typed.decisao === 'recuso') {
      const words = readReason(typed.motivo);
      if ('fault' in words) return refused({ motivo: words.fault });
      return {
        act: async (tx) => {
          await lockFilled(tx, request.id, { kind: 'recusado', by: decider.id }, now);
          await addStep(tx, request.id, { kind: 'recusado', by: decider.id, words: words.words }, now);
          await askLetter(tx, 'request-refused', request.id, now);
          return {
            goTo: `/pedidos/${request.id}?feito=recusado`,
            event: { event: 'access-request-refused', accessRequest: request.id },
            said: { words: words.words },
          };
        },
      };
    }
    if (typed.decisao !== 'aprovo') return refused({ decisao: 'Diga se aprova ou recusa.' });
    const day = readDay(typed.ate);
    if (day === null) return refused({ ate: 'Escreva a data como 03/12/2026.' });
    const way = wayOf(typed.entrada, signIn.loginUnico !== null);
    if (way === null) return refused({ entrada: 'Diga como a pessoa vai entrar.' });
    const approval = { decider, until: lastInstantOf(day) };
    const facts = await base.snapshot((questions) => factsOf(questions, request, approval, now), {
      use: 'pages',
    });
    const fault = faultOfApproval(facts, now);
    if (fault !== null) return refused({ ate: faultWords[fault] });
    return {
      act: async (tx) => {
        // In the order of the commands, of which some go on to requests.
        await lockRoles(tx);
        const locked = await lockFilled(tx, request.id, { kind: 'aprovado', by: decider.id }, now);
        // What was seen before may have changed.
        if (faultOfApproval(await factsOf(tx, locked, approval, now), now) !== null) {
          throw new GuaritaError('done-already');
        }
        const came = await approve(tx, locked, { by: decider.id, until: approval.until, way }, now);
        const { body, form } = locked;
        return {
          goTo: `/pedidos/${request.id}?feito=${came.given === null ? 'meia' : 'aprovado'}`,
          event: {
            ...{ event: 'access-request-approved', accessRequest: request.id, of: body.id, role: form.role },
            ...{ until: approval.until.toISOString(), ...came },
          },
        };
      },
    };
  },
});

export const decisionRoutes: readonly ConsoleRoute[] = [list, show, decide];

const done = new Map([
  ['recusado', 'O pedido foi recusado, e quem pediu é avisado por e-mail.'],
  ['meia', 'A sua aprovação foi registrada. Falta a de outro Cadastrador Autorizador.'],
  ['aprovado', 'O papel foi dado, e quem pediu é avisado por e-mail.'],
  ['documento', 'O documento foi registrado: o pedido espera a aprovação.'],
  ['senha', 'Outra senha provisória vai por e-mail.'],
  ['senhas', 'Já foram cinco senhas em um dia. Confira o e-mail com a pessoa, ou espere até amanhã.'],
  ['links', 'Já foram cinco links em um dia. Fale com a autoridade por outro meio, ou espere até amanhã.'],
  ['link', 'Outro link vai à autoridade do órgão.'],
]);

/** Where there is no Login Único there is nothing to choose. */
function wayOf(typed: string, hasLoginUnico: boolean): Way | null {
  if (!hasLoginUnico) return 'senha';
  return typed === 'senha' || typed === 'govbr' ? typed : null;
}
