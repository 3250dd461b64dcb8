import * as fc from 'fast-check';
import type { Test } from 'tap';
import type { FirebirdColumn } from '../../../shared/sources/firebird/catalog.ts';
import { literalOf as firebirdLiteral } from '../../../shared/sources/firebird/literals.ts';
import { typeOf } from '../../../shared/sources/firebird/types.ts';
import { literalOf as mysqlLiteral } from '../../../shared/sources/mysql/literals.ts';
import { kindOf, type MysqlColumn } from '../../../shared/sources/mysql/types.ts';
import type { Key } from '../../../shared/sources/reading/keys.ts';
import { type LiteralOf, SqlFinder } from '../../../shared/sources/sql/finder.ts';
import type { SqlView } from '../../../shared/sources/sql/relation.ts';
import type { SqlSnapshot } from '../../../shared/sources/sql/snapshot.ts';
import { literalOf as sqlServerLiteral } from '../../../shared/sources/sqlserver/literals.ts';
import type { ColumnDescription } from '../../../shared/sources/view-source.ts';
import { anyText } from '../../support/any-text.ts';
import { columnOfType, everyType } from '../sqlserver/columns.ts';

/** The conditions of what is asked for when these keys are looked up. */
async function asked<C extends ColumnDescription>(
  columns: readonly C[],
  literalOf: LiteralOf<C>,
  keys: readonly Key[],
): Promise<string[]> {
  const conditions: string[] = [];
  const snapshot = {
    identifier: (name: string) => name,
    read: ({ where = '' }) => Promise.resolve(void conditions.push(where)),
  } as unknown as SqlSnapshot<C>;
  const description = { columns, key: columns.map(({ name }) => name), watermark: null };
  const view = { relation: 'v', columns, description, log: null } as unknown as SqlView<C>;
  await new SqlFinder(snapshot, view, { keysAtOnce: 100, literalOf }).find(keys, 10, () => true);
  return conditions;
}

function mysqlColumn(base: string, charset: string | null = null): MysqlColumn {
  const collation = charset === null ? null : `${charset}_bin`;
  return {
    ...{ name: 'c', type: base, nullable: true, kind: kindOf(base), base, isUnsigned: false },
    ...{ charset, collation, isLong: false },
  };
}

function firebirdColumn(code: number): FirebirdColumn {
  const catalog = { code, subType: 0, scale: 0, precision: 0, length: 8, characters: 10 };
  const type = typeOf({ ...catalog, charset: 'OCTETS', collation: null, isArray: false });
  const column = { name: 'c', type: type.name, nullable: true, charset: null, storedAs: 'OCTETS' };
  return { ...type, ...column, bytes: 8, padded: 0, unusable: null };
}

const text = fc.oneof(
  anyText(12),
  fc.constantFrom('7', '-1', '2020-01-31', '2020-01-31 10:00:00', '\\x00', '\\N', '0', '1.5', 'TRUE'),
);
const raw = fc
  .uint8Array({ minLength: 1, maxLength: 4 })
  .map((bytes) => `\0${Buffer.from(bytes).toString('hex')}`);

const isText = /char|text/;
const engines = {
  'SQL Server': (keys: readonly Key[]) =>
    everyType.map((column) => ({
      isText: isText.test(column.base),
      asked: () => asked([column], sqlServerLiteral, keys),
    })),
  MySQL: (keys: readonly Key[]) =>
    [
      ...['tinyint', 'bigint', 'bit', 'decimal', 'double', 'float', 'year', 'date', 'datetime', 'timestamp'],
      ...['time', 'binary', 'varbinary', 'blob', 'uuid', 'inet6'],
    ]
      .map((base) => mysqlColumn(base))
      .concat(['utf8mb4', 'latin1', 'ucs2'].map((charset) => mysqlColumn('varchar', charset)))
      .map((column) => ({
        isText: isText.test(column.base),
        asked: () => asked([column], mysqlLiteral, keys),
      })),
  Firebird: (keys: readonly Key[]) =>
    [7, 8, 16, 26, 10, 27, 12, 13, 35, 23, 24, 37].map((code) => ({
      isText: false,
      asked: () => asked([firebirdColumn(code)], firebirdLiteral, keys),
    })),
};

/** What engines ask for by keys, without their servers. */
export async function sqlFinders(t: Test): Promise<void> {
  for (const [engine, columnsOf] of Object.entries(engines)) {
    await t.test(`D4, ${engine}: whatever is given as a key stops no lookup`, async (t) => {
      const property = fc.asyncProperty(fc.array(fc.oneof(text, raw), { maxLength: 5 }), async (texts) => {
        for (const column of columnsOf(texts.map((given) => [given]))) await column.asked();
      });
      await t.resolves(fc.assert(property));
    });

    await t.test(
      `D4, T13, ${engine}: bytes without a text are asked for in no column but of text`,
      async (t) => {
        const property = fc.asyncProperty(fc.array(raw, { minLength: 1, maxLength: 3 }), async (texts) => {
          for (const column of columnsOf(texts.map((given) => [given]))) {
            if (!column.isText && (await column.asked()).length > 0) return false;
          }
          return true;
        });
        await t.resolves(fc.assert(property));
      },
    );
  }

  await t.test(
    'D4: of keys of several columns, one value that can be none takes its own key alone away',
    async (t) => {
      const columns = [columnOfType('bigint', { name: 'a' }), columnOfType('nvarchar(10)', { name: 'b' })];
      const keys: readonly Key[] = [
        ['7', 'x'],
        ['\0ff', 'x'],
        ['8', '\0ff'],
        ['9', '\x00ff00'],
      ];
      t.same(await asked(columns, sqlServerLiteral, keys), [
        `((a = CAST(N'7' AS bigint) AND b = N'x') OR (a = CAST(N'9' AS bigint) AND b = CONVERT(nvarchar(4000), 0xff00)))`,
      ]);
      t.same(await asked(columns, sqlServerLiteral, [['\0ff', null]]), []);
      t.same(await asked(columns, sqlServerLiteral, [[null, 'x']]), [`a IS NULL AND b IN (N'x')`]);
    },
  );
}
