import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { type Alarm, alarmOf, openAlarms, seeAlarm, seenAlarms } from '../../base/access-layer/alarms.ts';
import type { Base } from '../../base/base.ts';
import { idParams, isId } from '../ids.ts';
import { longestTyped } from '../purpose/parts.ts';
import { readReason } from '../purpose/reason.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { alarmPage, alarmsPage } from './page.ts';

const title = 'Alarmes';

const list = route({
  method: 'GET',
  path: '/alarmes',
  who: 'member',
  roles: ['auditor'],
  answer: async ({ base }) => {
    const [open, seen] = await base.snapshot(
      async (questions) => [await openAlarms(questions), await seenAlarms(questions)],
      { use: 'pages' },
    );
    return { title, main: alarmsPage(open, seen) };
  },
});

const show = route({
  method: 'GET',
  path: '/alarmes/:id',
  who: 'member',
  roles: ['auditor'],
  params: idParams,
  answer: async ({ base, params, session, formToken }) => {
    const alarm = await found(base, params.id);
    const isOwn = alarm.person?.id === session.person.id;
    return {
      title,
      main: alarmPage(alarm, { formToken: isOwn ? null : formToken }),
      event: { event: 'alarm-read', alarm: alarm.id },
    };
  },
});

const see = route({
  method: 'POST',
  path: '/alarmes/:id',
  who: 'member',
  roles: ['auditor'],
  params: idParams,
  form: Type.Object({ parecer: Type.String({ default: '', maxLength: longestTyped }) }),
  answer: async ({ base, params, form, session, formToken, now }) => {
    const alarm = await found(base, params.id);
    if (alarm.person?.id === session.person.id) throw new GuaritaError('own-doing');
    if (alarm.seen !== null) throw new GuaritaError('done-already');
    const read = readReason(form.parecer);
    if ('fault' in read) {
      const main = alarmPage(alarm, { typed: form.parecer, fault: read.fault, formToken });
      return { title, status: 422, main };
    }
    const said = { by: session.person.id, words: read.words };
    return {
      act: async (tx) => {
        if (!(await seeAlarm(tx, alarm.id, said, now))) throw new GuaritaError('done-already');
        return {
          goTo: `/alarmes/${alarm.id}`,
          event: { event: 'alarm-seen', alarm: alarm.id, rule: alarm.rule },
          said: { words: read.words },
        };
      },
    };
  },
});

async function found(base: Base, id: string): Promise<Alarm> {
  const alarm = isId(id)
    ? await base.snapshot((questions) => alarmOf(questions, id), { use: 'pages' })
    : null;
  if (alarm === null) throw new GuaritaError('page-unknown');
  return alarm;
}

/** What an auditor should see, and what they say of it. */
export const alarmsRoutes: readonly ConsoleRoute[] = [list, show, see];
