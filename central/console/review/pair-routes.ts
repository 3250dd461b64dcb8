import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { listDecisions } from '../../base/decided-layer/decision-history.ts';
import { decideLinks } from '../../base/national-layer/decide-links.ts';
import { notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { isId } from '../ids.ts';
import { longestTyped } from '../purpose/parts.ts';
import { type ConsoleRoute, type PageAnswer, route } from '../route.ts';
import { answerForm, answers, type Given, isAnswer, nothingGiven } from './answer-form.ts';
import {
  authorOf,
  lookOf,
  noLook,
  pairOrNone,
  type Reviewing,
  reviewableBy,
  reviewers,
  within,
} from './asked.ts';
import { pairPart } from './pair-page.ts';
import type { SeenPair } from './query.ts';
import { afterPath, numbered } from './queue-route.ts';
import { readGrounds, recordedReason } from './reason.ts';

const path = '/vinculacao/:a/:b';
const idText = Type.String({ maxLength: 100 });
const params = Type.Object({ a: idText, b: idText });
const title = 'São a mesma pessoa?';

/** Two registers that somebody names, also such as nobody would be asked about. */
const show = route({
  ...{ method: 'GET', path, ...reviewers, params },
  query: Type.Object({ feita: numbered, ja: numbered }),
  async answer(asked) {
    const pair = await pairOrNone(asked, named(asked.params));
    const { feita, ja } = asked.query;
    const message =
      feita !== undefined
        ? notice('success', `Decisão ${feita} registrada. O próximo tratamento a segue.`)
        : ja !== undefined &&
          notice('info', `Já estava dito, na decisão ${ja}. Nada foi registrado de novo.`);
    return pageOf(asked, pair, { goesOn: 'par', message });
  },
});

const typed = Type.String({ default: '', maxLength: longestTyped });
const short = Type.String({ default: '', maxLength: 50 });

const decide = route({
  ...{ method: 'POST', path, ...reviewers, params },
  form: Type.Object({ resposta: short, fundamento: short, motivo: typed, visto: short, volta: short }),
  async answer(asked) {
    const { form } = asked;
    const pair = await pairOrNone(asked, named(asked.params));
    const goesOn = form.volta === 'fila' ? 'fila' : 'par';
    const again = (status: number, more: Partial<PageParts>) => ({
      ...pageOf(asked, pair, { goesOn, given: form, ...more }),
      status,
    });
    // What somebody said of what they saw is not for what has come since: they choose anew.
    if (form.visto !== pair.digest) {
      return again(409, { given: { ...form, resposta: '' }, message: notice('warning', changedText) });
    }
    const read = readGrounds(form);
    const { resposta } = form;
    if ('faults' in read || !isAnswer(resposta)) {
      const faults = {
        ...(!isAnswer(resposta) && { resposta: 'Escolha uma resposta, ou pule o par.' }),
        ...('faults' in read && read.faults),
      };
      return again(422, { faults });
    }
    const { says } = answers[resposta];
    const [a, b] = [pair.a.register.id, pair.b.register.id];
    const author = authorOf(asked, recordedReason(read.reason, pair.explained, pair.model));
    return {
      act: async (tx) => {
        const [decided] = await decideLinks(tx, [{ a, b, says, ...author }]);
        if (decided === undefined || !('number' in decided)) throw new GuaritaError('page-unknown');
        const { outcome, number } = decided;
        if (outcome === 'against') {
          const page = async () => again(409, { message: await againstNotice(asked, number) });
          return { look: lookOf(pair), page };
        }
        const at = within(asked.case);
        const told = `${outcome === 'recorded' ? 'feita' : 'ja'}=${number}`;
        return {
          goTo:
            goesOn === 'fila' ? at(`${afterPath({ a, b })}&${told}`) : at(`/vinculacao/${a}/${b}?${told}`),
          look: noLook,
          ...(outcome === 'recorded' && {
            event: {
              ...{ event: 'link-decided', decision: number, says },
              ...{ model: pair.model, weight: pair.explained.weight },
            },
            said: { words: read.reason },
          }),
        };
      },
    };
  },
});

const changedText =
  'Os registros, ou o modelo, mudaram depois que você abriu a página. Nada foi registrado: confira de novo.';

/** Where it is told who said it only to whom sees both of theirs. */
async function againstNotice(asked: Reviewing, number: number): Promise<Html> {
  const { registers } = reviewableBy(asked).tables;
  const seen = await asked.base.snapshot(
    (questions) => listDecisions(questions, { registers, only: number, most: 1 }),
    { use: 'pages' },
  );
  const at = within(asked.case);
  return notice(
    'danger',
    html`<strong>Contradiz a decisão ${number}, que vale: nada foi registrado.</strong> ${
      seen.length > 0
        ? html`<a href="${at(`/vinculacao/decisoes/${number}`)}">Ver a decisão ${number}</a>`
        : 'Ela é de registros que o acordo do seu órgão não mostra.'
    } <a href="${at('/vinculacao')}">Ir ao próximo par</a>`,
  );
}

interface PageParts {
  readonly goesOn: 'fila' | 'par';
  readonly given?: Given;
  readonly faults?: Readonly<Partial<Record<keyof Given, string>>>;
  readonly message?: Html | false;
}

function pageOf(
  asked: Reviewing,
  pair: SeenPair,
  { goesOn, given = nothingGiven, faults = {}, message = false }: PageParts,
): PageAnswer {
  const at = within(asked.case);
  const two = { a: pair.a.register.id, b: pair.b.register.id };
  return {
    title,
    look: lookOf(pair),
    main: html`<h1>${title}</h1>
    ${message}
    ${pairPart(pair, at)}
    ${answerForm({
      ...{ action: at(`/vinculacao/${two.a}/${two.b}`), token: asked.formToken, digest: pair.digest },
      ...{ goesOn, skip: goesOn === 'fila' ? at(afterPath(two)) : null, given, faults },
    })}`,
  };
}

function named({ a, b }: { readonly a: string; readonly b: string }) {
  if (!isId(a) || !isId(b)) throw new GuaritaError('page-unknown');
  return { a, b };
}

export const pairRoutes: readonly ConsoleRoute[] = [show, decide];
