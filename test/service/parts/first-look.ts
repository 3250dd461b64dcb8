import type { Test } from 'tap';
import { firstLook } from '../../../agent/service/first-look.ts';
import { GuaritaError } from '../../../shared/errors.ts';

export async function firstLooks(t: Test): Promise<void> {
  await t.test('a source that answers', async (t) => {
    const description = { databaseClock: '2026-01-01T00:00:00Z', views: [], broken: [] };
    t.equal(await firstLook({ describe: () => Promise.resolve(description) }), description);
    const down = new GuaritaError('source-unavailable');
    await t.rejects(firstLook({ describe: () => Promise.reject(down) }), { code: 'source-unavailable' });
  });

  await t.test('a source that lets its callers wait does not hold up a start', async (t) => {
    const late = Promise.withResolvers<never>();
    const look = firstLook({ describe: () => late.promise }, 0.001);
    const error = await look.catch((reason: unknown) => reason);
    t.match(error, { code: 'source-timeout', retry: 'later' });
    // What it says later does not end the process.
    late.reject(new Error('too late'));
  });
}
