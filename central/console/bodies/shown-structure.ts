import { changesOf } from '../../base/access-layer/structure-history.ts';
import { treeOf } from '../../base/access-layer/structures.ts';
import { tieableIn, tiesIn } from '../../base/access-layer/ties.ts';
import type { Base } from '../../base/base.ts';
import { editors, seenStructure, tiers, type Viewer } from './asked.ts';
import type { StructurePage } from './structure-page.ts';

/** Of what was done to it, so much is shown. */
const mostChanges = 20;

/** A structure as who asks may see it, with what they may do. Throws `page-unknown`. */
export function shownStructure(
  base: Base,
  params: { readonly id: string; readonly estrutura: string },
  viewer: Viewer & { readonly roles: readonly string[]; readonly formToken: string },
): Promise<Omit<StructurePage, 'tried' | 'done'>> {
  const { now, roles, formToken } = viewer;
  return base.snapshot(
    async (questions) => {
      const { body, structure } = await seenStructure(questions, params, viewer);
      const isOpen = body.ended === null && structure.closed === null;
      const may = (those: readonly string[]) => isOpen && those.some((role) => roles.includes(role));
      const which = { body: body.id, structure: structure.id };
      return {
        ...{ body, structure, token: formToken, mayEdit: may(editors), mayTie: may(tiers) },
        tree: await treeOf(questions, body.id),
        ties: await tiesIn(questions, structure.id),
        tieable: await tieableIn(questions, body.id, now),
        changes: await changesOf(questions, which, { before: null, most: mostChanges }),
      };
    },
    { use: 'pages' },
  );
}
