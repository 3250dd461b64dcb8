import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { Test } from 'tap';
import type { Base, Transaction, Use } from '../../../central/base/base.ts';
import { ownLimits } from '../../../central/base/uses.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { deferred, until } from '../../support/deferred.ts';

const reason = new Error('nobody waits any more');

/** Takes every connection of a use and holds it, each with a transaction, until it is told to let go. */
async function holdAll(base: Base, use: Use, connections: number) {
  const letGo = deferred();
  const held = Array.from({ length: connections }, () => {
    const begun = deferred();
    const done = base.transaction(
      async (tx) => {
        await tx.query('SELECT 1');
        begun.resolve();
        await letGo.promise;
      },
      { use },
    );
    return { begun: begun.promise, done };
  });
  await Promise.all(held.map(({ begun }) => begun));
  return async () => {
    letGo.resolve();
    await Promise.all(held.map(({ done }) => done));
  };
}

/** A transaction that nobody wants any more ends, and leaves nothing: no rows, no waiting, no backend. */
export async function cancellation(t: Test, { kind, server, shared: base }: TestBases): Promise<void> {
  await query(base, 'CREATE TABLE left_behind (n int)');
  const leftBehind = () => query(base, 'SELECT n FROM left_behind');

  await t.test('before it begins: nothing of it is done', async (t) => {
    const work = () => Promise.resolve(t.fail('it begins'));
    const signal = AbortSignal.abort(reason);
    for (const run of [base.transaction(work, { signal }), base.snapshot(work, { signal })]) {
      t.equal(await run.catch((error: unknown) => error), reason);
    }
  });

  await t.test('while it waits for a connection: it waits no longer, and is never begun', async (t) => {
    const connections = kind === 'PGlite' ? 1 : ownLimits.treating.connections;
    const letGo = await holdAll(base, 'treating', connections);
    const stopping = new AbortController();
    const { signal } = stopping;
    let begun = false;
    const waiting = base.transaction(async () => void (begun = true), { use: 'treating', signal });
    const next = base.transaction((tx) => tx.query('SELECT 1 AS one'), { use: 'treating' });
    await turnOfTheLoop();
    stopping.abort(reason);
    t.equal(await waiting.catch((error: unknown) => error), reason, 'though all are still held');
    await letGo();
    t.strictSame(await next, [{ one: 1 }], 'who came after it has its place');
    t.notOk(begun);
  });

  await t.test('between two statements: what it did is taken back', async (t) => {
    const stopping = new AbortController();
    const stopped = base.transaction(
      async (tx) => {
        await tx.query('INSERT INTO left_behind VALUES (1)');
        stopping.abort(reason);
        await tx.query('INSERT INTO left_behind VALUES (2)');
      },
      { signal: stopping.signal },
    );
    t.equal(await stopped.catch((error: unknown) => error), reason);
    t.strictSame(await leftBehind(), []);
  });

  await t.test('in the middle of a loop over rows', async (t) => {
    const stopping = new AbortController();
    let parts = 0;
    const stopped = base.snapshot(
      async (tx) => {
        const all = tx.rows('SELECT generate_series(1, 1000000) AS n', [], { atOnce: 10 });
        for await (const part of all) if (part.length > 0 && ++parts === 3) stopping.abort(reason);
      },
      { signal: stopping.signal },
    );
    t.equal(await stopped.catch((error: unknown) => error), reason);
    t.equal(parts, 3);
  });

  await t.test('a signal that comes when all is done changes nothing', async (t) => {
    const stopping = new AbortController();
    const { signal } = stopping;
    t.strictSame(await base.transaction((tx) => tx.query('SELECT 1 AS one'), { signal }), [{ one: 1 }]);
    stopping.abort(reason);
    t.strictSame(await query(base, 'SELECT 2 AS two'), [{ two: 2 }]);
  });

  if (server !== null) {
    await t.test('in the middle of a statement: the server ends it, too', async (t) => {
      const sleeping = async () =>
        (
          await server.admin(
            `SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(3600)%' AND pid <> pg_backend_pid()`,
          )
        ).length;
      for (const use of ['loading', 'treating', 'pages'] as const) {
        const stopping = new AbortController();
        const stopped = base.transaction(
          async (tx) => {
            await tx.query('INSERT INTO left_behind VALUES (3)');
            await tx.query('SELECT pg_sleep(3600)');
          },
          { use, signal: stopping.signal },
        );
        await until('it runs', async () => (await sleeping()) === 1);
        stopping.abort(reason);
        t.equal(await stopped.catch((error: unknown) => error), reason);
        await until('it is gone', async () => (await sleeping()) === 0);
        t.strictSame(await leftBehind(), [], use);
      }
    });
    return;
  }

  await t.test('in a loop of statements that waits for nothing else: the signal is seen', async (t) => {
    const stopping = new AbortController();
    const endless = async (tx: Transaction) => {
      setImmediate(() => stopping.abort(reason));
      for (let n = 1; n < 1000; n++) await tx.query('INSERT INTO left_behind VALUES ($1)', [n]);
    };
    const stopped = base.transaction(endless, { signal: stopping.signal });
    t.equal(await stopped.catch((error: unknown) => error), reason);
    t.strictSame(await leftBehind(), []);
  });

  await t.test('while its work waits for something else: the base is free at once', async (t) => {
    const stopping = new AbortController();
    const outside = deferred();
    const after = deferred<unknown>();
    const stopped = base.transaction(
      async (tx) => {
        await tx.query('INSERT INTO left_behind VALUES (1)');
        stopping.abort(reason);
        await outside.promise;
        await tx.query('INSERT INTO left_behind VALUES (2)').catch(after.resolve);
      },
      { signal: stopping.signal },
    );
    t.equal(await stopped.catch((error: unknown) => error), reason);
    t.strictSame(await leftBehind(), []);
    outside.resolve();
    t.equal(await after.promise, reason, 'what the work does later, it does no more');
    t.strictSame(await leftBehind(), []);
  });

  await t.test('a transaction within one is refused: it would wait for itself', async (t) => {
    const within = base.transaction(() => base.snapshot(() => Promise.resolve(1)));
    await t.rejects(within, { code: 'internal', message: /dentro de outra/ });
    t.strictSame(await query(base, 'SELECT 1 AS one'), [{ one: 1 }]);
  });
}
