import Type from 'typebox';
import { listWatched, unwatch, watch } from '../../base/access-layer/watched.ts';
import { act, recorded, text } from './act.ts';

const register = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });

/** Registers at which nobody looks without an auditor seeing it. */
export const watchedActs = {
  /** The register and the reason are beside the entry, since both go with whoever is forgotten. */
  watchAdd: act(Type.Object({ register, reason: text }), ({ register: record, reason }, context) =>
    recorded(context, async (tx) => {
      const changed = await watch(tx, { register: record, reason }, context.now);
      const event = changed ? { event: 'record-watched' } : null;
      return { event, terms: { record, reason }, output: { changed } };
    }),
  ),

  watchRemove: act(Type.Object({ register, reason: text }), ({ register: record, reason }, context) =>
    recorded(context, async (tx) => {
      const changed = await unwatch(tx, record);
      const event = changed ? { event: 'record-unwatched' } : null;
      return { event, terms: { record, reason }, output: { changed } };
    }),
  ),

  watched: act(Type.Object({}), (_input, { base }) => base.snapshot((questions) => listWatched(questions))),
};
