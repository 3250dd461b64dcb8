import type { Test } from 'tap';
import type { Use } from '../../../central/base/base.ts';
import { ownLimits } from '../../../central/base/uses.ts';
import type { TestBases } from '../../support/bases.ts';
import { deferred, until } from '../../support/deferred.ts';

const uses = ['loading', 'treating', 'pages'] as const;

/** Loading, treating and pages do not wait for each other's connections, and each has its own limits. */
export async function baseUses(t: Test, { server, shared: base }: TestBases): Promise<void> {
  await t.test('each use works alike', async (t) => {
    for (const use of uses) {
      const one = base.transaction((tx) => tx.query('SELECT 1 AS one'), { use });
      t.strictSame(await one, [{ one: 1 }]);
      const two = base.snapshot((tx) => tx.query('SELECT 2 AS two'), { use });
      t.strictSame(await two, [{ two: 2 }]);
    }
  });

  if (server === null) {
    await t.test('a transaction that is over its time ends before the next statement', async (t) => {
      const endless = base.transaction(
        async (tx) => {
          for (;;) await tx.query('SELECT 1');
        },
        { use: 'pages', timeoutSeconds: 0.01 },
      );
      await t.rejects(endless, { code: 'base-unavailable', retry: 'later' });
    });

    await t.test('one that waits for something outside does not keep the base for ever', async (t) => {
      const forgotten = base.transaction(() => deferred().promise, { use: 'pages', timeoutSeconds: 0.01 });
      const next = base.transaction((tx) => tx.query('SELECT 1 AS one'));
      await t.rejects(forgotten, { code: 'base-unavailable' });
      t.strictSame(await next, [{ one: 1 }]);
    });
    return;
  }

  // As `openPostgresBase` opens it.
  const limits = { loading: { connections: 4, timeoutSeconds: 30 }, ...ownLimits };
  const backends = async (use: Use) => {
    const name = use === 'loading' ? 'guarita-central' : `guarita-central ${use}`;
    const rows = await server.admin(
      `SELECT pid FROM pg_stat_activity WHERE application_name = '${name}' AND state = 'idle in transaction'`,
    );
    return rows.length;
  };

  await t.test('the server knows the limits of each, and by name whose a connection is', async (t) => {
    for (const use of uses) {
      const [row] = await base.transaction(
        (tx) =>
          tx.query(`SELECT current_setting('application_name') AS name,
            extract(epoch FROM current_setting('statement_timeout')::interval)::int AS seconds`),
        { use },
      );
      const name = use === 'loading' ? 'guarita-central' : `guarita-central ${use}`;
      t.strictSame(row, { name, seconds: limits[use].timeoutSeconds });
    }
  });

  await t.test('while every connection of the others is in use, each is answered', async (t) => {
    for (const asked of uses) {
      const letGo = deferred();
      const others = uses.filter((use) => use !== asked);
      const held = others.flatMap((use) =>
        Array.from({ length: limits[use].connections }, () =>
          base.transaction(
            async (tx) => {
              await tx.query('SELECT 1');
              await letGo.promise;
            },
            { use },
          ),
        ),
      );
      for (const use of others) {
        await until('all are held', async () => (await backends(use)) === limits[use].connections);
      }
      const answer = base.transaction((tx) => tx.query('SELECT 1 AS one'), { use: asked });
      t.strictSame(await answer, [{ one: 1 }], asked);
      letGo.resolve();
      await Promise.all(held);
    }
  });

  await t.test('no use takes more connections than it may: who comes then waits for one', async (t) => {
    const letGo = deferred();
    let begun = 0;
    const most = limits.pages.connections;
    const pages = Array.from({ length: most + 3 }, () =>
      base.snapshot(
        async (tx) => {
          await tx.query('SELECT 1');
          begun++;
          await letGo.promise;
        },
        { use: 'pages' },
      ),
    );
    await until('all are in use', async () => (await backends('pages')) === most && begun === most);
    letGo.resolve();
    await Promise.all(pages);
    t.equal(begun, most + 3, 'all are answered');
  });

  await t.test('a statement over its time is ended by the server, with its code', async (t) => {
    for (const use of uses) {
      const slow = base.transaction((tx) => tx.query('SELECT pg_sleep(3600)'), { use, timeoutSeconds: 0.1 });
      await t.rejects(slow, { code: 'base-failed', retry: 'later', message: /SQLSTATE 57014/ }, use);
    }
    const [row] = await base.transaction((tx) => tx.query('SHOW statement_timeout'), { use: 'pages' });
    t.strictSame(row, { statement_timeout: '10s' }, 'a limit of one transaction is not that of the next');
  });
}
