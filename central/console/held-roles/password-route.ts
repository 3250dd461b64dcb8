import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { askLetter } from '../../base/access-layer/asked-letters.ts';
import { lockPerson } from '../../base/access-layer/people.ts';
import { idParams } from '../ids.ts';
import { readReason } from '../purpose/reason.ts';
import { route } from '../route.ts';
import { resetOf } from './reset.ts';
import { needs, roleAndReset, shownRole } from './shown.ts';

/** Another password for whoever forgot theirs, to their own address: whoever asks for it never sees it. */
export const sendPassword = route({
  ...needs,
  method: 'POST',
  path: '/papeis/:id/senha',
  params: idParams,
  form: Type.Object({ como: Type.String({ default: '', maxLength: 8000 }) }),
  answer: async (asked) => {
    const { form, session, place, now } = asked;
    const found = await roleAndReset(asked);
    const { id, person, body } = found.role;
    if (person.id === session.person.id) throw new GuaritaError('own-doing');
    if (found.reset.kind !== 'open') return { ...shownRole(asked, found), status: 409 };
    const words = readReason(form.como);
    if ('fault' in words) {
      const password = { typed: form.como, fault: words.fault };
      return { ...shownRole(asked, found, { password }), status: 422 };
    }
    return {
      act: async (tx) => {
        await lockPerson(tx, person.id);
        const reset = await resetOf(tx, { person: person.id, from: place.id }, now);
        if (reset.kind !== 'open') throw new GuaritaError('done-already');
        await askLetter(tx, 'password-reset', person.id, now);
        return {
          goTo: `/papeis/${id}?feito=senha`,
          event: { event: 'password-reset-asked', account: person.id, of: body },
          said: { reason: words.words },
        };
      },
    };
  },
});
