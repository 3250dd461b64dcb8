import { init, parse } from '@guanmingchiu/sqlparser-ts';

await init();

type Tree = { readonly [name: string]: unknown };

/**
 * A grammar of T-SQL for tests, where no SQL Server is. The parser (sqlparser-rs) refuses what no SQL is; but it also
 * reads what other dialects have and SQL Server has not, so that is looked for in what it has read.
 * Returns the statements as trees; throws where a batch is not T-SQL.
 */
export function parseBatch(sql: string): readonly unknown[] {
  // The parser knows nothing of this: SQL Server takes it for the continuation of a literal.
  if (/\\\r?\n/.test(sql)) throw new Error('a backslash before a line end');
  const statements = parse(sql, 'mssql') as readonly unknown[];
  for (const statement of statements) check(statement);
  return statements;
}

/** Nodes that only other dialects have. */
const foreign: ReadonlySet<string> = new Set([
  'ILike',
  'Interval',
  'TypedString',
  'Tuple',
  'Extract',
  'Array',
]);
const foreignOperators: ReadonlySet<string> = new Set(['StringConcat', 'Spaceship', 'PGRegexMatch', 'Xor']);

/** Every function that the engine may call, as Microsoft's reference names them: a misspelt one is refused. */
const functions: ReadonlySet<string> = new Set([
  ...[
    'COALESCE',
    'COLLATIONPROPERTY',
    'COUNT',
    'DATABASEPROPERTYEX',
    'DATALENGTH',
    'DATEADD',
    'DB_ID',
    'DB_NAME',
  ],
  ...['HAS_PERMS_BY_NAME', 'IS_ROLEMEMBER', 'IS_SRVROLEMEMBER', 'ISNULL', 'LOWER', 'MAX', 'MIN'],
  ...[
    'MIN_ACTIVE_ROWVERSION',
    'NCHAR',
    'OBJECT_ID',
    'QUOTENAME',
    'REPLICATE',
    'RIGHT',
    'RTRIM',
    'SCHEMA_NAME',
    'SERVERPROPERTY',
  ],
  ...[
    'SQL_VARIANT_PROPERTY',
    'SUM',
    'SUSER_SID',
    'SYSDATETIMEOFFSET',
    'SYSUTCDATETIME',
    'TODATETIMEOFFSET',
    'USER_ID',
  ],
]);

const comparisons: ReadonlySet<string> = new Set(['Eq', 'NotEq', 'Gt', 'GtEq', 'Lt', 'LtEq']);
const conditions: ReadonlySet<string> = new Set([
  'IsNull',
  'IsNotNull',
  'InList',
  'InSubquery',
  'Exists',
  'Like',
  'Between',
]);

function check(node: unknown): void {
  if (Array.isArray(node)) return node.forEach(check);
  if (typeof node !== 'object' || node === null) return;
  const tree = node as Tree;
  for (const [name, value] of Object.entries(tree)) {
    if (foreign.has(name)) throw new Error(`${name} is not T-SQL`);
    if (name === 'BinaryOp') checkOperator(value as Tree);
    if (name === 'Cast' && (value as Tree)['kind'] === 'DoubleColon') throw new Error(':: is not T-SQL');
    if (name === 'Function') checkFunction(value as Tree);
    if (name === 'Case') checkCase(value as Tree);
    if (name === 'Query') checkQuery(value as Tree);
    // Where a truth value has to stand, and where none may.
    if ((name === 'selection' || name === 'having') && (value ?? null) !== null) requireCondition(value);
    if (name === 'UnnamedExpr' || name === 'Unnamed') requireValue(value);
    check(value);
  }
}

function checkOperator({ op, left, right }: Tree): void {
  if (typeof op !== 'string') throw new Error(`an operator of another dialect: ${JSON.stringify(op)}`);
  if (foreignOperators.has(op)) throw new Error(`${op} is not T-SQL`);
  const require = op === 'And' || op === 'Or' ? requireCondition : requireValue;
  require(left);
  require(right);
}

function checkFunction({ name, args }: Tree): void {
  const parts = (name as readonly { Identifier: { value: string } }[]).map(
    ({ Identifier }) => Identifier.value,
  );
  const called = parts.at(-1) ?? '';
  if (!functions.has(called.toUpperCase())) throw new Error(`no function ${called}`);
  if (called.toUpperCase() === 'DATEADD') requireInt(args);
}

/** It counts by `int`, until SQL Server 2025; more is an overflow (8115). */
function requireInt(args: unknown): void {
  JSON.stringify(args, (name, value: unknown) => {
    if (name === 'Function') return undefined;
    if (name === 'Number' && Number((value as readonly unknown[])[0]) > 2_147_483_647) {
      throw new Error('DATEADD by more than an int');
    }
    return value;
  });
}

function checkCase({ operand, conditions: branches }: Tree): void {
  const require = (operand ?? null) === null ? requireCondition : requireValue;
  for (const { condition } of branches as readonly Tree[]) require(condition);
}

function checkQuery({ limit_clause: limit, fetch, order_by: order, body }: Tree): void {
  const { limit: most, offset } = ((limit as Tree | undefined)?.['LimitOffset'] ?? {}) as Tree;
  if ((most ?? null) !== null) throw new Error('LIMIT is not T-SQL');
  const isOffset = (offset ?? null) !== null;
  if ((fetch ?? null) !== null && !isOffset) throw new Error('FETCH without OFFSET');
  if (isOffset && (order ?? null) === null) throw new Error('OFFSET without ORDER BY');
  if (isOffset && ((body as { Select?: Tree }).Select?.['top'] ?? null) !== null)
    throw new Error('TOP and OFFSET');
}

/** The one member of a node, without the brackets around it. */
function bare(node: unknown): readonly [name: string, value: unknown] {
  const [entry] = Object.entries(node as Tree);
  if (entry === undefined) return ['', null];
  if (entry[0] === 'Nested' || entry[0] === 'Expr') return bare(entry[1]);
  return entry;
}

function isCondition(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const [name, value] = bare(node);
  if (name === 'BinaryOp') {
    const { op } = value as Tree;
    return op === 'And' || op === 'Or' || comparisons.has(String(op));
  }
  return conditions.has(name) || (name === 'UnaryOp' && (value as Tree)['op'] === 'Not');
}

function requireCondition(node: unknown): void {
  if (!isCondition(node)) throw new Error(`no condition: ${JSON.stringify(node).slice(0, 80)}`);
}

function requireValue(node: unknown): void {
  if (isCondition(node)) throw new Error(`a condition for a value: ${JSON.stringify(node).slice(0, 80)}`);
}

/** The literal that a SELECT of one value has, as the parser read it: a text, or bytes in hexadecimal. */
export function literalIn(sql: string): { readonly text: string } | { readonly hex: string } | null {
  const found: ({ text: string } | { hex: string })[] = [];
  JSON.stringify(parseBatch(sql), (name, value: unknown) => {
    if (name === 'NationalStringLiteral') found.push({ text: String(value) });
    if (name === 'HexStringLiteral') found.push({ hex: String(value).toLowerCase() });
    return value;
  });
  return found[0] ?? null;
}
