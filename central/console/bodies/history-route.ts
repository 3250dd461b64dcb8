import Type from 'typebox';
import { changesOf } from '../../base/access-layer/structure-history.ts';
import { idParams } from '../ids.ts';
import { route } from '../route.ts';
import { readers, seenBody } from './asked.ts';
import { historyPage } from './history-page.ts';
import { bodyPath } from './parts.ts';

const onPage = 50;

export const historyRoute = route({
  ...{ method: 'GET', path: '/orgaos/:id/historia', who: 'member', roles: readers, params: idParams },
  query: Type.Object({ antes: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,15}$' })) }),
  answer: async ({ base, params, place, now, query: { antes } }) => {
    const { body, changes } = await base.snapshot(
      async (questions) => {
        const body = await seenBody(questions, params.id, { place, now });
        const which = { before: antes ?? null, most: onPage + 1 };
        return { body, changes: await changesOf(questions, { body: body.id }, which) };
      },
      { use: 'pages' },
    );
    const shown = changes.slice(0, onPage);
    const path = `${bodyPath(body)}/historia`;
    const next = changes.length > onPage ? `${path}?antes=${shown.at(-1)?.number}` : null;
    return {
      title: 'O que mudou',
      main: historyPage(body, shown, { first: antes === undefined ? null : path, next }),
    };
  },
});
