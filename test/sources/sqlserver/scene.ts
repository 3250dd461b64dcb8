import type { Test } from 'tap';
import type { SqlServerConfig } from '../../../shared/sources/source-config.ts';
import { SqlServerSource } from '../../../shared/sources/sqlserver/source.ts';
import type { SqlServerColumn } from '../../../shared/sources/sqlserver/types.ts';
import type { ViewConfig } from '../../../shared/sources/view-config.ts';
import { commonSettings, pageLimits, type SourceSettings } from '../../support/source-harness.ts';
import { parseBatch } from '../../support/t-sql.ts';
import {
  type TdsAnswer,
  type TdsServer,
  type TdsServerOptions,
  tdsServer,
} from '../../support/tds-server.ts';
import {
  columnMetadata,
  nullBitmapRow,
  row,
  type TdsColumn,
  type TdsValue,
} from '../../support/tds-tokens.ts';
import { type TdsType, tdsTypes } from '../../support/tds-types.ts';
import { columnOfType } from './columns.ts';

const user = 'guarita_leitura';
const password = 'Senha-Secreta-4711';

/** What a test may set of the source's configuration. */
type SceneConfig = Partial<Pick<SqlServerConfig, 'timeoutSeconds' | 'tls' | 'host' | 'port' | 'instance'>>;

/** What a scene answers to what the engine asks of every server. */
export interface SceneOptions extends Partial<Pick<TdsServerOptions, 'certificate' | 'isDeaf' | 'refusals'>> {
  /** The views that there are, by their quoted names: `[dbo].[v]`. */
  readonly views?: Readonly<Record<string, readonly SqlServerColumn[]>>;
  /** Answers before anything else does. */
  readonly answer?: TdsServerOptions['answer'];
  readonly allowsSnapshot?: boolean;
  /** Answers to anything that is asked without a table: the value of a watermark. */
  readonly scalar?: TdsValue;
  /** What it takes 2026-02-01 for. */
  readonly february?: string;
  readonly version?: string;
  readonly edition?: number;
}

export interface Scene {
  readonly server: TdsServer;
  /** A source of that server; closed when the test ends. */
  open(
    t: Test,
    settings: SourceSettings & SceneConfig,
    login?: { readonly password: string | null },
  ): SqlServerSource;
}

/** A server that has views with columns, and rows as the test says. */
export async function sqlServerScene(t: Test, options: SceneOptions = {}): Promise<Scene> {
  const { answer, certificate, isDeaf = false, refusals } = options;
  const server = await tdsServer(t, {
    ...{ user, password, isDeaf },
    ...(certificate === undefined ? {} : { certificate }),
    ...(refusals === undefined ? {} : { refusals }),
    answer: (batch) => {
      // What the driver sets in each session is its own.
      if (!batch.startsWith('set ansi_nulls')) t.doesNotThrow(() => parseBatch(batch), batch);
      return answer?.(batch) ?? everyServer(batch, options);
    },
  });
  return {
    server,
    open: (t, settings, login = { password }) => {
      const { timeoutSeconds = 30, tls = { mode: 'off' }, host = '127.0.0.1', instance } = settings;
      const source = new SqlServerSource({
        source: {
          ...{ engine: 'sqlserver', database: 'siap', user, allowWritableUser: false },
          ...commonSettings(settings),
          ...{ timeoutSeconds, tls, host },
          ...(instance === undefined ? { port: settings.port ?? server.port } : { instance }),
        },
        views: settings.views,
        pages: pageLimits(settings),
        password: login.password,
      });
      t.teardown(() => source.close());
      return source;
    },
  };
}

/** A view by its key alone, and its columns. */
export const people = {
  view: { name: 'pessoas', key: ['id'] } satisfies ViewConfig,
  columns: [
    columnOfType('int', { name: 'id', nullable: false }),
    columnOfType('nvarchar(100)', { name: 'nome' }),
  ],
  relation: '[dbo].[pessoas]',
} as const;

/** Whether a batch reads rows of a view, not its columns. */
export function readsView(batch: string, relation: string = people.relation): boolean {
  return batch.includes(` FROM ${relation}`) && !batch.includes('dm_exec_describe');
}

/** Rows of a statement of the engine, whose first column says whether the row is too large. */
export function lines(rows: readonly (readonly TdsValue[])[], types: readonly TdsType[]): TdsAnswer {
  return {
    tokens: rowTokens(
      rows.map((values) => [0, ...values]),
      [tdsTypes.int, ...types],
    ),
  };
}

export function rowTokens(rows: readonly (readonly TdsValue[])[], types: readonly TdsType[]): Buffer[] {
  const columns: TdsColumn[] = types.map((type) => ({ type }));
  const write = (values: readonly TdsValue[]) =>
    (values.includes(null) ? nullBitmapRow : row)(columns, values);
  return [columnMetadata(columns), ...rows.map(write)];
}

/** Rows of people, numbered from one on. */
export function peopleRows(count: number, first = 1): (readonly TdsValue[])[] {
  return Array.from({ length: count }, (_, index) => [String(first + index), `nome ${first + index}`]);
}

/**
 * What a batch that reads people asks for, of so many as there are: one, or those behind its cursor, and no more than its
 * TOP.
 */
export function peopleAsked(batch: string, count: number): TdsAnswer {
  const [, same] = /\[id\] = CAST\(N'(\d+)' AS int\)/.exec(batch) ?? [];
  if (same !== undefined) return lines(peopleRows(1, Number(same)), peopleTypes);
  const after = Number(/\[id\] > CAST\(N'(\d+)' AS int\)/.exec(batch)?.[1] ?? 0);
  const most = Number(/TOP \((\d+)\)/.exec(batch)?.[1] ?? count);
  return lines(peopleRows(Math.max(Math.min(most, count - after), 0), after + 1), peopleTypes);
}

export const peopleTypes: readonly TdsType[] = [tdsTypes.nvarchar, tdsTypes.nvarchar];

/** A row for a column as `sys.dm_exec_describe_first_result_set` gives it. */
function described(column: SqlServerColumn): TdsValue[] {
  const { name, nullable, type, isClr, bytes, precision, scale, collation, codePage } = column;
  return [
    ...[name, nullable ? 1 : 0, isClr ? null : type, isClr ? type : null, isClr ? 1 : 0],
    ...[bytes, precision, scale, collation, codePage, null],
  ];
}

const { int, nvarchar } = tdsTypes;
const describedTypes = [nvarchar, int, nvarchar, nvarchar, int, int, int, int, nvarchar, int, int];

function describedError(number: number): TdsAnswer {
  return { tokens: rowTokens([[...Array.from({ length: 10 }, () => null), number]], describedTypes) };
}

function everyServer(batch: string, options: SceneOptions): TdsAnswer | undefined {
  const { views = { [people.relation]: people.columns }, scalar = '2026-03-01 12:00:00.0000000' } = options;
  if (batch.includes('MIN_ACTIVE_ROWVERSION')) {
    const { allowsSnapshot = true, edition = 2, version = '15.0.2000.5', february = '2026-02-01' } = options;
    const moment = [
      '2026-03-01 12:00:00.1234567',
      '2001',
      allowsSnapshot ? 1 : 0,
      edition,
      version,
      `${february} 00:00:00.000`,
      0,
    ];
    return { tokens: rowTokens([moment], [nvarchar, nvarchar, int, int, nvarchar, nvarchar, int]) };
  }
  if (batch.includes('dm_exec_describe_first_result_set')) {
    const columns = Object.entries(views).find(([relation]) => batch.includes(`SELECT * FROM ${relation}'`));
    return columns === undefined
      ? describedError(208)
      : { tokens: rowTokens(columns[1].map(described), describedTypes) };
  }
  if (batch.includes('sys.databases'))
    return { tokens: rowTokens([['2020-01-01 00:00:00.000']], [nvarchar]) };
  if (/fn_my_permissions|ROLEMEMBER/.test(batch)) return { tokens: rowTokens([], [nvarchar]) };
  if (batch.includes('HAS_PERMS_BY_NAME')) return { tokens: rowTokens([[0]], [int]) };
  if (batch.startsWith('SELECT CASE WHEN') && batch.endsWith('THEN 1 ELSE 0 END')) {
    return { tokens: rowTokens([[0]], [int]) };
  }
  if (batch.startsWith('SELECT ') && !batch.includes(' FROM [')) {
    return { tokens: rowTokens([[scalar]], [Buffer.isBuffer(scalar) ? tdsTypes.varbinary : nvarchar]) };
  }
  return undefined;
}
