import { forgetTerms, termsShowing } from '../access-layer/audit-terms.ts';
import { unwatch, watchedAmong } from '../access-layer/watched.ts';
import { natalId } from '../national-layer/natal-id.ts';
import { type Holder, type Person, sumOf } from './holder.ts';

const table = 'acesso.auditoria';
const watchedTable = 'acesso.vigiado';

/**
 * What was asked for when the person was looked at, wherever the audit says that they were shown, or searched for by their register. Who looked, when and why
 * stays, and the audit's chain holds without it. Nor are they watched over any more.
 */
export const auditTerms: Holder = {
  held: (base, person) =>
    base.snapshot(async (questions) => {
      let shown = 0;
      for (const register of registersOf(person)) shown += await termsShowing(questions, register);
      return sumOf({ [table]: shown, [watchedTable]: await watchedAmong(questions, registersOf(person)) });
    }),

  async remove(base, person, note) {
    await base.transaction(
      async (tx) => {
        let blanked = 0;
        for (const register of registersOf(person)) blanked += await forgetTerms(tx, register);
        let watched = 0;
        for (const register of registersOf(person)) watched += Number(await unwatch(tx, register));
        const gone = sumOf({ [table]: blanked, [watchedTable]: watched });
        if (Object.keys(gone).length > 0) await note(tx, gone);
      },
      { use: 'treating' },
    );
  },
};

/** Those whose key is several have none. */
function registersOf({ source, register: { role, key } }: Person): string[] {
  const [first, ...more] = key;
  return first === undefined || more.length > 0 ? [] : [natalId(source, role, first)];
}
