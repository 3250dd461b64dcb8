import { inspect } from 'node:util';
import type { Test } from 'tap';
import { freePort } from '../../../scripts/demo/processes.ts';
import { describeError } from '../../../shared/describe-error.ts';
import { column, readCycle } from '../../support/read-cycle.ts';
import { silentServer } from '../../support/silent-server.ts';
import type { TdsAnswer } from '../../support/tds-server.ts';
import { done, doneStatus, errorToken } from '../../support/tds-tokens.ts';
import { tdsTypes } from '../../support/tds-types.ts';
import { columnOfType } from './columns.ts';
import {
  lines,
  people,
  peopleAsked,
  peopleRows,
  peopleTypes,
  readsView,
  rowTokens,
  sqlServerScene,
} from './scene.ts';

const start = { after: null, until: null };
const views = [people.view];
const count = 3000;

/** Answers to a read of the view: the first by this, later ones by its rows. */
function onFirstRead(first: TdsAnswer): (batch: string) => TdsAnswer | undefined {
  let reads = 0;
  return (batch) => {
    if (!readsView(batch)) return undefined;
    return reads++ === 0 ? first : peopleAsked(batch, count);
  };
}

function failing(number: number, message = 'Nome: Fulano de Tal'): TdsAnswer {
  return { tokens: [errorToken(number, message), done(doneStatus.error)] };
}

/** What may go wrong, on a server that can be told to let it. */
export async function failures(t: Test): Promise<void> {
  await t.test('I10: errors of the server by their numbers, and none of their words', async (t) => {
    const cases = [
      [208, 'view-missing'],
      [229, 'view-missing'],
      [230, 'view-missing'],
      [4413, 'view-missing'],
      [1222, 'source-timeout'],
      [1205, 'source-timeout'],
      [976, 'source-unavailable'],
      [3961, 'source-unavailable'],
      [823, 'source-failed'],
      [9002, 'source-failed'],
    ] as const;
    for (const [number, code] of cases) {
      const scene = await sqlServerScene(t, { answer: onFirstRead(failing(number)) });
      const source = scene.open(t, { views });
      const error = await source.page('pessoas', start).catch((error: unknown) => error);
      t.match(error, { code, detail: `SQL Server error ${number}.` }, `${number}`);
      t.notMatch((error as Error).message, /Fulano/, 'none of its words');
      t.equal((await source.page('pessoas', start)).rows, count, 'and the next page works');
      t.equal(scene.server.connections(), 1, 'on another connection');
    }
  });

  await t.test('I10: what a server quotes of a row is in no part of the error', async (t) => {
    const message = "Conversion failed when converting the varchar value 'Fulano de Tal' to data type int.";
    const scene = await sqlServerScene(t, { answer: onFirstRead(failing(245, message)) });
    const source = scene.open(t, { views });
    const error = await source.page('pessoas', start).catch((error: unknown) => error);
    t.notMatch(everythingOf(error), /Fulano/);
    t.match(describeError(error), { code: 'view-failing', cause: { name: 'SqlServerError', code: 245 } });
  });

  await t.test('a session that does not take the settings is not read in', async (t) => {
    const scene = await sqlServerScene(t, { february: '2026-01-02' });
    const source = scene.open(t, { views });
    const error = { code: 'source-unsettled', detail: /DATEFORMAT/ };
    await t.rejects(source.page('pessoas', start), error);
    await t.rejects(source.digests('pessoas', { buckets: 1 }), error);
  });

  await t.test('I3: an error behind rows that came already: they are no page', async (t) => {
    const rows = rowTokens(
      peopleRows(10).map((row) => [0, ...row]),
      [tdsTypes.int, ...peopleTypes],
    );
    const answer = onFirstRead({ tokens: [...rows, errorToken(1205, 'deadlock'), done(doneStatus.error)] });
    const source = (await sqlServerScene(t, { answer })).open(t, { views });
    await t.rejects(source.page('pessoas', start), { code: 'source-timeout' });
    t.equal((await readCycle(source, 'pessoas')).rows.length, count);
  });

  await t.test('I3: the connection is lost in the middle of a row', async (t) => {
    const tokens = [Buffer.concat(lines(peopleRows(500), peopleTypes).tokens).subarray(0, -7)];
    const scene = await sqlServerScene(t, { answer: onFirstRead({ tokens, afterwards: 'cut' }) });
    const source = scene.open(t, { views });
    await t.rejects(source.page('pessoas', start), { code: 'source-unavailable' });
    const { rows } = await readCycle(source, 'pessoas');
    t.equal(new Set(column(rows, 0)).size, count, 'and the next page works');
  });

  await t.test('I3: the server is killed while it answers', async (t) => {
    const tokens = lines(peopleRows(500), peopleTypes).tokens;
    const scene = await sqlServerScene(t, { answer: onFirstRead({ tokens, afterwards: 'silence' }) });
    const source = scene.open(t, { views });
    const failed = t.rejects(source.page('pessoas', start), { code: 'source-unavailable' });
    await scene.server.batch(/FROM \[dbo\]\.\[pessoas\] WHERE/);
    scene.server.kill();
    await failed;
    t.equal((await source.page('pessoas', start)).rows, count, 'and the next page works');
  });

  await t.test('the caller gives up', async (t) => {
    const scene = await sqlServerScene(t, { answer: onFirstRead({ tokens: [], afterwards: 'silence' }) });
    const source = scene.open(t, { views });
    const caller = new AbortController();
    const failed = t.rejects(source.page('pessoas', { ...start, signal: caller.signal }), {
      code: 'request-abandoned',
    });
    await scene.server.batch(/FROM \[dbo\]\.\[pessoas\] WHERE/);
    caller.abort();
    await failed;
    t.equal((await source.page('pessoas', start)).rows, count, 'and the next page works');
  });

  await t.test('I8: rows that grow stop the server where a page is full', async (t) => {
    let ignoresLimit = false;
    const body = 'x'.repeat(3000);
    const columns = [people.columns[0], columnOfType('nvarchar(4000)', { name: 'corpo' })];
    const scene = await sqlServerScene(t, {
      views: { [people.relation]: columns },
      answer: (batch) => {
        if (!readsView(batch)) return undefined;
        if (batch.includes('[id] = CAST')) return lines([['3', body]], peopleTypes);
        const limit = ignoresLimit ? 1000 : Number(/TOP \((\d+)\)/.exec(batch)?.[1]);
        const rows = peopleRows(limit).map(([id]) => [id ?? null, body]);
        const { tokens } = lines(rows, peopleTypes);
        // Of so many there is no end.
        return limit < 1000 ? { tokens } : { tokens, afterwards: 'silence' };
      },
    });
    const source = scene.open(t, { views, bytes: 10_000 });
    const page = await source.page('pessoas', start);
    t.equal(page.rows, 3, 'what fits');
    t.equal(page.complete, false);
    ignoresLimit = true;
    await t.rejects(source.page('pessoas', start), { code: 'source-failed' }, 'more than it was asked for');
  });

  await t.test('P8: the type of a column changes between two pages', async (t) => {
    let type = 'nvarchar(100)';
    const views = {
      get [people.relation]() {
        return [people.columns[0], columnOfType(type, { name: 'nome' })];
      },
    };
    const answer = (batch: string) => (readsView(batch) ? peopleAsked(batch, count) : undefined);
    const source = (await sqlServerScene(t, { views, answer })).open(t, { views: [people.view], rows: 10 });
    const { next } = await source.page('pessoas', start);
    type = 'nvarchar(200)';
    await t.rejects(source.page('pessoas', { after: next, until: null }), { code: 'schema-changed' });
  });

  await t.test('a view that is dropped breaks no other', async (t) => {
    const scene = await sqlServerScene(t);
    const source = scene.open(t, { views: [people.view, { name: 'sumida', key: ['id'] }] });
    const { views, broken } = await source.describe();
    t.same(
      views.map(({ name }) => name),
      ['pessoas'],
    );
    t.match(broken, [{ name: 'sumida', problem: 'view-missing', detail: /\[dbo\]\.\[sumida\].*208/ }]);
  });

  await connections(t);
}

/** Servers that cannot be reached, and logins that are refused. */
async function connections(t: Test): Promise<void> {
  await t.test('I10: a login that is refused', async (t) => {
    const scene = await sqlServerScene(t);
    const secret = 'Outra-Senha-Secreta';
    for (const password of [secret, null]) {
      const source = scene.open(t, { views }, { password });
      for (const ask of [() => source.describe(), () => source.proveReadOnly(), () => source.session()]) {
        const error = await ask().then(
          () => undefined,
          (error: unknown) => error,
        );
        t.match(error, { code: 'source-login-refused' });
        t.notMatch(everythingOf(error), secret, 'the password is nowhere in it');
      }
    }
  });

  await t.test(
    'a login that fails by another reason than who asks: the server’s own number decides',
    async (t) => {
      const cases: readonly (readonly [number: number, problem: string, ...behind: number[]])[] = [
        [18_456, 'source-login-refused'],
        [18_452, 'source-login-refused'],
        [18_486, 'source-login-refused', 18_456],
        [18_487, 'source-login-refused', 18_456],
        [18_488, 'source-login-refused'],
        [40_615, 'source-login-refused'],
        [4060, 'source-unavailable', 18_456],
        [4064, 'source-unavailable', 18_456],
        [926, 'source-unavailable', 18_456],
        [18_401, 'source-unavailable', 18_456],
        [18_451, 'source-unavailable'],
        [18_461, 'source-unavailable'],
        [17_142, 'source-unavailable'],
        [17_809, 'source-unavailable'],
        [40_613, 'source-unavailable', 18_456],
        [40_197, 'source-unavailable'],
        [40_501, 'source-unavailable'],
        [49_918, 'source-unavailable'],
        [49_920, 'source-unavailable'],
        // Of a number that nobody knows here: it was the login that failed, and its number is told.
        [18_999, 'source-login-refused', 18_456],
      ];
      for (const [number, problem, ...behind] of cases) {
        const scene = await sqlServerScene(t, { refusals: [number, ...behind] });
        const source = scene.open(t, { views });
        for (const ask of [() => source.session(), () => source.page('pessoas', start)]) {
          const error = await ask().catch((error: unknown) => error);
          t.match(error, { code: problem, detail: `SQL Server error ${number}.` });
          t.match(describeError(error), {
            cause: { code: number, message: `Error ${number} for 'guarita_leitura'.` },
          });
        }
      }
    },
  );

  await t.test('a server that is down', async (t) => {
    const nowhere = (await sqlServerScene(t)).open(t, { views, port: await freePort() });
    await t.rejects(nowhere.describe(), { code: 'source-unavailable' });
    const error = await nowhere.page('pessoas', start).catch((error: unknown) => error);
    t.match(error, { code: 'source-unavailable' });
    t.match(
      describeError(error),
      { cause: { message: /127\.0\.0\.1:\d+.*ECONNREFUSED/ } },
      'where to, and why not',
    );
  });
}

function codeOf(error: unknown): string {
  return (error as { code: string }).code;
}

/** All that could be printed of an error, its causes included. */
function everythingOf(error: unknown): string {
  const seen = inspect(error, { depth: 20, showHidden: true });
  return [seen, JSON.stringify(error), JSON.stringify(describeError(error))].join('\n');
}

/** A server that does not answer in time. Side by side, for each of them is waited for seconds. */
export async function silences(t: Test): Promise<void> {
  t.jobs = 5;
  const beside = { buffered: true };
  await Promise.all([
    t.test('the statement takes too long: the server is told to stop', beside, async (t) => {
      const scene = await sqlServerScene(t, { answer: onFirstRead({ tokens: [], afterwards: 'silence' }) });
      const source = scene.open(t, { views, timeoutSeconds: 1 });
      await t.rejects(source.page('pessoas', start), { code: 'source-timeout' });
      t.equal(scene.server.attentions(), 1);
      t.equal((await source.page('pessoas', start)).rows, count, 'and the next page works');
    }),
    t.test(
      'it stops in the middle of its rows, where the driver has no limit any more',
      beside,
      async (t) => {
        const { tokens } = lines(peopleRows(5), peopleTypes);
        const scene = await sqlServerScene(t, { answer: onFirstRead({ tokens, afterwards: 'silence' }) });
        const source = scene.open(t, { views, timeoutSeconds: 1 });
        await t.rejects(source.page('pessoas', start), { code: 'source-timeout' });
        t.equal((await source.page('pessoas', start)).rows, count, 'and the next page works');
      },
    ),
    t.test('a server that does not even stop when it is told to', beside, async (t) => {
      const answer = onFirstRead({ tokens: [], afterwards: 'silence' });
      const scene = await sqlServerScene(t, { answer, isDeaf: true });
      const source = scene.open(t, { views, timeoutSeconds: 1 });
      await t.rejects(source.page('pessoas', start), { code: 'source-timeout' });
      t.equal((await source.page('pessoas', start)).rows, count, 'and the next page works');
    }),
    t.test('a server that takes the connection and then never says a word', beside, async (t) => {
      const { port } = await silentServer(t);
      const scene = await sqlServerScene(t);
      const source = scene.open(t, { views, timeoutSeconds: 1, port });
      for (const error of await Promise.all(
        Array.from({ length: 5 }, () => source.describe().catch(codeOf)),
      )) {
        t.match(error, /^source-(unavailable|timeout)$/);
      }
    }),
    t.test('a server that lets in and then never says a word', beside, async (t) => {
      const scene = await sqlServerScene(t, {
        answer: (batch) => (batch.includes('ROWVERSION') ? { tokens: [], afterwards: 'silence' } : undefined),
      });
      const source = scene.open(t, { views, timeoutSeconds: 1 });
      // More at once than there are places: each comes back, and the places are free again afterwards.
      for (const error of await Promise.all(
        Array.from({ length: 9 }, () => source.describe().catch(codeOf)),
      )) {
        t.match(error, /^source-(unavailable|timeout)$/);
      }
    }),
  ]);
}
