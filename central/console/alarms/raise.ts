import { dayOf } from '../../../shared/day.ts';
import { bodyFacts, personFacts, signInFailures, usersSince } from '../../base/access-layer/alarm-facts.ts';
import { type Noticed, raiseAlarm } from '../../base/access-layer/alarms.ts';
import { overdueEmergencies } from '../../base/access-layer/emergencies.ts';
import type { User } from '../../base/access-layer/uses.ts';
import { watchedAmong } from '../../base/access-layer/watched.ts';
import type { Base, Questions } from '../../base/base.ts';
import { limits } from './limits.ts';
import { bodyRules, noticedBy, personRules } from './rules.ts';

/**
 * Judges what somebody did, once it is written down, and raises what an auditor should see.
 * @param records those that were shown to them just now
 * @returns how many alarms are new
 */
export async function raiseFor(
  base: Base,
  user: User,
  records: readonly string[],
  now: Date,
): Promise<number> {
  const noticed = await base.snapshot(
    async (questions) => [
      ...(await noticedOf(questions, user, now)),
      ...(await noticedOfBody(questions, user.body, now)),
      ...(await watched(questions, user, records, now)),
    ],
    { use: 'pages' },
  );
  return raise(base, noticed, now);
}

/**
 * The same of everybody who did something in the last hour's days, and what happens without anybody's doing: deadlines
 * that pass, tries to sign in. Done each hour; what was raised before is not raised again.
 * @param signal stops it between two people
 */
export async function raiseAll(base: Base, now: Date, signal?: AbortSignal): Promise<number> {
  const hourAgo = new Date(now.getTime() - 60 * 60_000);
  const users = await base.snapshot((questions) => usersSince(questions, dayOf(hourAgo)), { use: 'pages' });
  let raised = 0;
  // Just after midnight the day before, too, has not been judged to its end.
  for (const moment of dayOf(hourAgo) === dayOf(now) ? [now] : [hourAgo, now]) {
    for (const user of users) {
      signal?.throwIfAborted();
      raised += await raiseFor(base, user, [], moment);
    }
  }
  const noticed = await base.snapshot(
    async (questions) => [...(await overdue(questions, now)), ...(await failures(questions, now))],
    { use: 'pages' },
  );
  return raised + (await raise(base, noticed, now));
}

/** Each in a transaction of its own: of two that raise the same ones neither waits for the other twice. */
async function raise(base: Base, noticed: readonly Noticed[], now: Date): Promise<number> {
  let raised = 0;
  for (const one of noticed) {
    if (await base.transaction((tx) => raiseAlarm(tx, one, now), { use: 'pages' })) raised += 1;
  }
  return raised;
}

async function noticedOf(questions: Questions, user: User, now: Date): Promise<Noticed[]> {
  const facts = await personFacts(questions, user, { now, minutes: limits.latelyMinutes.value });
  return noticedBy(personRules, facts).map((found) => ({ ...user, day: dayOf(now), ...found }));
}

async function noticedOfBody(questions: Questions, body: string, now: Date): Promise<Noticed[]> {
  const facts = await bodyFacts(questions, body, now);
  return noticedBy(bodyRules, facts).map((found) => ({ body, person: null, day: dayOf(now), ...found }));
}

async function watched(
  questions: Questions,
  user: User,
  records: readonly string[],
  now: Date,
): Promise<Noticed[]> {
  const measure = records.length === 0 ? 0 : await watchedAmong(questions, records);
  return measure === 0 ? [] : [{ rule: 'registro-vigiado', ...user, day: dayOf(now), measure, limit: 1 }];
}

/** By the day of the deadline, so that each is told of once. */
async function overdue(questions: Questions, now: Date): Promise<Noticed[]> {
  const noticed = new Map<string, Noticed>();
  for (const { person, body, deadline } of await overdueEmergencies(questions, now)) {
    const day = dayOf(new Date(deadline));
    const key = `${person} ${body} ${day}`;
    const measure = (noticed.get(key)?.measure ?? 0) + 1;
    noticed.set(key, { rule: 'emergencia-vencida', person, body, day, measure, limit: 1 });
  }
  return [...noticed.values()];
}

async function failures(questions: Questions, now: Date): Promise<Noticed[]> {
  const [measure, limit] = [await signInFailures(questions, now), limits.signInFailures.value];
  const found: Noticed = {
    rule: 'entradas-falhas',
    ...{ person: null, body: null, day: dayOf(now), measure, limit },
  };
  return measure < limit ? [] : [found];
}
