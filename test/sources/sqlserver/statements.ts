import type { Test } from 'tap';
import { scriptParts } from '../../../shared/database-scripts/script.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { privilegeStatements } from '../../../shared/sources/sqlserver/privileges.ts';
import { runCommand } from '../../support/commands.ts';
import { parseBatch } from '../../support/t-sql.ts';
import type { TdsAnswer } from '../../support/tds-server.ts';
import { tdsTypes } from '../../support/tds-types.ts';
import { columnOfType, everyType } from './columns.ts';
import { lines, people, readsView, rowTokens, sqlServerScene } from './scene.ts';

const start = { after: null, until: null };

/** Values of types that may be keys, as their texts. */
const keys: Readonly<Record<string, string>> = {
  ...{ bigint: '7', 'decimal(38,10)': '7.5000000000', float: '1.0000000000000000e-001' },
  ...{ money: '7.5000', uniqueidentifier: '6F9619FF-8B86-D011-B42D-00C04FC964FF', date: '2020-01-31' },
  ...{
    'datetime2(7)': '2020-01-31 10:11:12.1234567',
    'datetimeoffset(7)': '2020-01-31 10:11:12.1234567 -03:00',
  },
  ...{ 'nvarchar(100)': `d'água]`, 'varchar(100)': 'ção', 'varbinary(20)': '\\x00ff' },
};

const marks: Readonly<Record<string, string>> = {
  ...{
    timestamp: '\\x00000000000007d0',
    bigint: '2000',
    'datetimeoffset(7)': '2020-01-31 10:11:12.1234567 -03:00',
  },
  ...{ 'datetime2(3)': '2020-01-31 10:11:12.123', datetime: '2020-01-31 10:11:12.997' },
  ...{ smalldatetime: '2020-01-31 10:11:00', date: '2020-01-31' },
};

/** A row of those texts, as the server renders them. */
function rowOf(texts: readonly string[]): TdsAnswer {
  const isBinary = texts.map((text) => text.startsWith('\\x'));
  return lines(
    [texts.map((text, index) => (isBinary[index] === true ? Buffer.from(text.slice(2), 'hex') : text))],
    isBinary.map((is) => (is ? tdsTypes.varbinary : tdsTypes.nvarchar)),
  );
}

function placesOf(batches: readonly string[], beginning: string): number[] {
  const isIt = (batch: string) => batch.replaceAll(/^(--.*)?\n/gm, '').startsWith(beginning);
  return batches.flatMap((batch, place) => (isIt(batch) ? [place] : []));
}

/**
 * Every statement of the engine against the grammar of T-SQL, by the server of `scene.ts`, which parses each.
 */
export async function statements(t: Test): Promise<void> {
  await t.test('a view with a column of each type', async (t) => {
    const scene = await sqlServerScene(t, {
      views: { [people.relation]: [people.columns[0], ...everyType] },
    });
    const source = scene.open(t, { views: [people.view] });
    await source.page('pessoas', start);
    await source.digests('pessoas', { buckets: 16 });
    await source.examine('pessoas');
    await source.session();
    await source.proveReadOnly();
  });

  await t.test('keys of several columns, of every type that may be one', async (t) => {
    const columns = Object.keys(keys).map((type, index) =>
      columnOfType(type, { name: `k${index}`, nullable: false }),
    );
    const key = Object.values(keys);
    const scene = await sqlServerScene(t, {
      views: { [people.relation]: columns },
      answer: (batch) => (readsView(batch) ? rowOf(key) : undefined),
    });
    const source = scene.open(t, { views: [{ name: 'pessoas', key: columns.map(({ name }) => name) }] });
    const { next } = await source.page('pessoas', { ...start, limit: 1 });
    await source.page('pessoas', { after: next, until: null });
    await source.lookup('pessoas', { keys: [key, key] });
  });

  await t.test('D4, T13: a key of bytes, of a number: there is no such row', async (t) => {
    const columns = [columnOfType('bigint', { name: 'id', nullable: false })];
    const scene = await sqlServerScene(t, { views: { [people.relation]: columns } });
    const source = scene.open(t, { views: [people.view] });
    t.match(await source.lookup('pessoas', { keys: [['\0ff']] }), { rows: 1, answered: 1 });
    t.notOk(
      scene.server.batches.some((batch) => readsView(batch)),
      'nothing is asked for it',
    );
  });

  await t.test('watermarks of every type that may be one', async (t) => {
    for (const [type, mark] of Object.entries(marks)) {
      const columns = [people.columns[0], columnOfType(type, { name: 'alterado' })];
      const scene = await sqlServerScene(t, {
        views: { [people.relation]: columns },
        answer: (batch) => {
          if (!readsView(batch)) return undefined;
          // The greatest number that there is, by which a watermark of numbers is bounded.
          if (batch.includes('(SELECT max(')) return { tokens: rowTokens([[mark]], [tdsTypes.nvarchar]) };
          return batch.includes('TOP (') ? rowOf(['1', mark]) : undefined;
        },
        scalar: mark.startsWith('\\x') ? Buffer.from(mark.slice(2), 'hex') : mark,
      });
      const source = scene.open(t, { views: [{ ...people.view, watermark: 'alterado' }] });
      const { next, until } = await source.page('pessoas', { ...start, limit: 1 });
      t.equal((await source.page('pessoas', { after: next, until })).rows, 1, type);
    }
  });

  await t.test('I1: what asks for the permissions of the user', (t) => {
    for (const hasServer of [true, false]) {
      for (const statement of privilegeStatements(hasServer))
        t.doesNotThrow(() => parseBatch(statement), statement);
    }
    t.end();
  });

  await t.test(
    'what the DBA runs: the views, since the parser knows neither logins nor GRANT on a schema',
    async (t) => {
      const { output } = await runCommand('agent', ['sql', '--engine', 'sqlserver', '--part', 'views']);
      const batches = output.split(/^GO$/m);
      for (const { name } of standardViews) {
        // ALTER VIEW has to be the first of its batch, and CREATE VIEW would be refused the second time.
        const [made = -1, ...again] = placesOf(batches, `IF OBJECT_ID(N'guarita.${name}', N'V') IS NULL`);
        const [shaped = -1, ...more] = placesOf(batches, `ALTER VIEW guarita.${name} AS`);
        t.same([shaped, again, more], [made + 1, [], []], `${name}: made where there is none, then shaped`);
        for (const place of [made, shaped]) {
          const batch = batches[place] ?? '';
          t.doesNotThrow(() => parseBatch(batch), batch);
        }
      }
    },
  );

  await t.test('what the DBA runs is understood from SQL Server 2012 on', async (t) => {
    const parts = scriptParts.map((part) =>
      runCommand('agent', ['sql', '--engine', 'sqlserver', '--part', part]),
    );
    const code = (await Promise.all(parts)).map(({ output }) => output.replaceAll(/^--.*$/gm, '')).join('\n');
    for (const later of [/CREATE OR ALTER/i, /DROP \w+ IF EXISTS/i, /AT TIME ZONE/i, /TRY_CONVERT/i]) {
      t.notMatch(code, later);
    }
    const called = code.matchAll(/\b(STRING_AGG|CONCAT_WS|TRIM|GREATEST|LEAST|STRING_SPLIT|JSON_\w+)\s*\(/gi);
    t.same(
      Array.from(called, ([, name]) => name),
      [],
    );
  });
}
