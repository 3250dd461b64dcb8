import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { endTie, tie } from '../../base/access-layer/ties.ts';
import { isId } from '../ids.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { refused, seenBody, structureParams, type Tried, tiers, versionField } from './asked.ts';
import { shownStructure } from './shown-structure.ts';
import { structurePage } from './structure-page.ts';
import { structurePath } from './structures-page.ts';

const put = route({
  ...{ method: 'POST', path: '/orgaos/:id/estruturas/:estrutura/pessoas', who: 'member', roles: tiers },
  params: structureParams,
  // Who, and the tie that they had when the page was made.
  form: Type.Object({ pessoa: Type.String({ default: '', maxLength: 100 }), ...versionField }),
  answer: async (asked) => {
    const { base, params, form, session, now } = asked;
    const { body, structure } = await shownStructure(base, params, asked);
    const again = async (tried: Tried) =>
      structurePage({ ...(await shownStructure(base, params, asked)), tried });
    const [person = '', stood = null] = form.pessoa.split('/');
    const about = { title: structure.name, field: 'pessoa', typed: { pessoa: form.pessoa } };
    if (!isId(person) || (stood !== null && !isId(stood))) {
      const tried = { typed: about.typed, faults: { pessoa: 'Escolha a pessoa.' } };
      return { title: structure.name, status: 422, main: await again(tried) };
    }
    return {
      act: async (tx) => {
        const by = session.person.id;
        const outcome = await tie(tx, { body: body.id, person, structure: structure.id, stood, by }, now);
        if (outcome !== null) return refused(outcome, about, again);
        return {
          goTo: `${structurePath(body, structure.id)}?feito=vinculada`,
          event: { event: 'person-tied', of: body.id, structure: structure.id, account: person },
        };
      },
    };
  },
});

const end = route({
  ...{ method: 'POST', path: '/orgaos/:id/lotacoes/:lotacao/encerrar', who: 'member', roles: tiers },
  params: Type.Object({ id: Type.String({ maxLength: 100 }), lotacao: Type.String({ maxLength: 100 }) }),
  answer: async (asked) => {
    const { base, params, session, now } = asked;
    const body = await base.snapshot((questions) => seenBody(questions, params.id, asked), { use: 'pages' });
    if (!isId(params.lotacao)) throw new GuaritaError('page-unknown');
    return {
      act: async (tx) => {
        const ended = await endTie(tx, { body: body.id, id: params.lotacao, by: session.person.id }, now);
        if (ended === null) throw new GuaritaError('page-unknown');
        if (ended === 'ended-before') throw new GuaritaError('done-already');
        return {
          goTo: `${structurePath(body, ended.structure)}?feito=desvinculada`,
          event: { event: 'person-untied', of: body.id, structure: ended.structure, account: ended.person },
        };
      },
    };
  },
});

/** Who works in which structure. */
export const tieRoutes: readonly ConsoleRoute[] = [put, end];
