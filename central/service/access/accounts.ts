import Type from 'typebox';
import { askLetter } from '../../base/access-layer/asked-letters.ts';
import { forgetKey } from '../../base/access-layer/console-key.ts';
import { removeFactorsOf } from '../../base/access-layer/factors.ts';
import { listPeople } from '../../base/access-layer/listing.ts';
import { blockPerson, unblockPerson } from '../../base/access-layer/people.ts';
import { endEverySession, endSessionsOf } from '../../base/access-layer/sessions.ts';
import { newTemporaryPassword, setTemporaryPassword } from '../../console/access/temporary-password.ts';
import { act, cpfSchema, personNamed, recorded, text } from './act.ts';

const ofCpf = Type.Object({ cpf: cpfSchema });

/** What an operator does about somebody's account. */
export const accountActs = {
  /** Null where nobody has the CPF. */
  who: act(ofCpf, async ({ cpf }, { base, now }) => {
    const [found] = await base.snapshot((questions) => listPeople(questions, now, cpf));
    return found ?? null;
  }),

  /** Their next click is refused; returns whether they were not blocked before. */
  block: act(Type.Object({ cpf: cpfSchema, reason: text }), ({ cpf, reason }, context) =>
    recorded(context, async (tx) => {
      const { id } = await personNamed(tx, cpf);
      const changed = await blockPerson(tx, id, reason, context.now);
      const sessions = await endSessionsOf(tx, { person: id, why: 'blocked' }, context.now);
      const event = { event: 'account-blocked', account: id, sessions };
      return { event, terms: { reason }, output: { changed, sessions } };
    }),
  ),

  /** Whatever kept them out: that somebody said so, or that they did nothing for too long. */
  unblock: act(Type.Object({ cpf: cpfSchema, reason: text }), ({ cpf, reason }, context) =>
    recorded(context, async (tx) => {
      const { id } = await personNamed(tx, cpf);
      const changed = await unblockPerson(tx, id, null, context.now);
      const event = changed ? { event: 'account-unblocked', account: id } : null;
      return { event, terms: { reason }, output: { changed } };
    }),
  ),

  /** Of one person, or of everybody. */
  endSessions: act(Type.Object({ cpf: Type.Union([cpfSchema, Type.Null()]) }), ({ cpf }, context) =>
    recorded(context, async (tx) => {
      const account = cpf === null ? null : (await personNamed(tx, cpf)).id;
      const why = 'ended-by-operator';
      const sessions =
        account === null
          ? await endEverySession(tx, why, context.now)
          : await endSessionsOf(tx, { person: account, why }, context.now);
      return { event: { event: 'sessions-ended', account, sessions }, output: { sessions } };
    }),
  ),

  /** A new temporary password, told this once; whoever is signed in by the one before is so no more. */
  password: act(ofCpf, async ({ cpf }, context) => {
    const { password, hash } = await newTemporaryPassword();
    return recorded(context, async (tx) => {
      const { id } = await personNamed(tx, cpf);
      const { until, sessionsEnded } = await setTemporaryPassword(tx, { person: id, hash }, context.now);
      await askLetter(tx, 'password-changed', id, context.now);
      const output = { password, until: until.toISOString() };
      return { event: { event: 'password-given', account: id, sessions: sessionsEnded }, output };
    });
  }),

  /** Of somebody who lost what they had: they register another one when they enter next. */
  removeFactors: act(ofCpf, ({ cpf }, context) =>
    recorded(context, async (tx) => {
      const { id } = await personNamed(tx, cpf);
      const removed = await removeFactorsOf(tx, { person: id, why: 'factors-removed' }, context.now);
      await askLetter(tx, 'factors-removed', id, context.now);
      return { event: { event: 'factors-removed', account: id, ...removed }, output: removed };
    }),
  ),

  /** Of a console's key that is lost; second factors that it sealed stay, and are of no use. */
  forgetKey: act(Type.Object({}), (_nothing, context) =>
    recorded(context, async (tx) => {
      const changed = await forgetKey(tx);
      return { event: changed ? { event: 'console-key-forgotten' } : null, output: { changed } };
    }),
  ),
};
