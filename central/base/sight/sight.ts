import type { Role } from '../../../shared/dictionary/roles.ts';
import { type TypedView, typedViews } from '../national-layer/typed-views.ts';
import { type SensitiveRows, sensitiveFields } from './sensitive.ts';

/** What a body may see, as its grant says it; see the table `acesso.concessao`. */
export interface Granted {
  readonly views: readonly string[];
  /** Fields, and kinds of rows, that are shown only where they are named; see `sensitive.ts`. */
  readonly sensitive: readonly string[];
  readonly hidden: readonly string[];
  /** None: of all states. */
  readonly states: readonly string[];
}

/**
 * What a body sees of the nation's tables. Each relation is SQL to stand after FROM, in parentheses and without
 * parameters: the table's own columns, of the rows that the body may see, null where it may not see a value. Who asks
 * these and nothing else of `nacional` gets what a base without the hidden rows and columns would answer; ids apart,
 * which are the same for everybody.
 */
export interface Sight {
  /**
   * Rows of a standard view. Of a view of people it is `registers` of that role alone.
   * @param columns these alone, whatever their order: a server takes time for each that is named
   */
  view(name: string, columns?: readonly string[]): string;
  /**
   * The same with rows of visitors under 18: for who chooses some of many rows, and looks each of these up in `view`, so that
   * not of all 20,000 visits it is asked whose they are.
   */
  withMinors(name: string): string;
  /** What rows of it were before, each up to `ate`. */
  history(name: string): string;
  /** Registers of people of all the kinds that are seen (`nacional.registro`). @param columns as of `view` */
  registers(columns?: readonly string[]): string;
  /** Whether anything of a view, or of a column of it, is seen. */
  sees(view: string, column?: string): boolean;
  /** Whether rows of a state may be seen. */
  seesState(state: string): boolean;
  /** The states that are seen; null: all. */
  readonly states: readonly string[] | null;
}

export function sightOf({ views, sensitive, hidden, states }: Granted): Sight {
  const sees = (view: string, column?: string) => {
    if (!views.includes(view)) return false;
    if (column === undefined) return true;
    const field = `${view}.${column}`;
    return !hidden.includes(field) && (!Object.hasOwn(sensitiveFields, field) || sensitive.includes(field));
  };
  const seesRows = (rows: SensitiveRows) => sensitive.includes(rows);
  const ofStates = states.length === 0 ? 'true' : `fonte = ANY (${textArray(states.map(stateName))})`;

  /** @param rows which of the table's rows, besides those of other states */
  const relation = (
    table: string,
    among: readonly TypedView[],
    rows: readonly string[],
    { history = false, only }: Shape = {},
  ) => {
    const roles = among.flatMap(({ view, role }) => (role !== null && sees(view.name) ? [role] : []));
    const isSeen = among.some(({ view }) => sees(view.name));
    const columns = new Map([
      ...['fonte', ...(isOfPeople(among) ? ['papel'] : []), 'id'].map(itself),
      ...columnsOf(among).map((column) => [column, shown(column, among, sees)] as const),
      ...(isOfPeople(among) && !history ? ['natal_id', 'pessoa_id', 'primeira_vez'].map(itself) : []),
      ...[['notas', notesOf(among, sees)] as const, ...['desde_mudanca', 'desde', 'removido'].map(itself)],
      ...(history ? ['ate_mudanca', 'ate'].map(itself) : []),
    ]);
    const chosen = (only ?? [...columns.keys()]).map((column) => {
      const sql = columns.get(column);
      if (sql === undefined) throw new Error(`no column of ${table}: ${column}`);
      return sql;
    });
    const conditions = [isSeen ? ofStates : 'false', isOfPeople(among) ? inRoles(roles) : 'true', ...rows];
    return `(SELECT ${chosen.join(', ')} FROM ${table} AS visto WHERE ${conditions.join(' AND ')})`;
  };
  const of = (name: string, shape: Shape, seesOf = seesRows) => {
    const typed = typedViews.find(({ view }) => view.name === name);
    if (typed === undefined) throw new Error(`no standard view: ${name}`);
    const table = shape.history === true ? typed.history : typed.table;
    return relation(table, [typed], rowsOf(name, seesOf), shape);
  };
  return {
    ...{ sees, states: states.length === 0 ? null : states },
    view: (name, only) => of(name, { only }),
    withMinors: (name) => of(name, {}, (rows) => rows === 'visitante.menores' || seesRows(rows)),
    history: (name) => of(name, { history: true }),
    registers: (only) => relation('nacional.registro', people, rowsOf('visitante', seesRows), { only }),
    seesState: (state) => states.length === 0 || states.includes(state),
  };
}

interface Shape {
  readonly history?: boolean;
  /** Columns; undefined: all. */
  readonly only?: readonly string[] | undefined;
}

const itself = (column: string) => [column, column] as const;

const people = typedViews.filter(({ role }) => role !== null);

function isOfPeople(among: readonly TypedView[]): boolean {
  return among.some(({ role }) => role !== null);
}

function columnsOf(among: readonly TypedView[]): readonly string[] {
  return [...new Set(among.flatMap(({ columns }) => columns.map(({ name }) => name)))];
}

/** A column as it is seen: of people, in which role it is. The server knows its type from the column itself. */
function shown(column: string, among: readonly TypedView[], sees: Sight['sees']): string {
  const having = among.filter(({ columns }) => columns.some(({ name }) => name === column));
  const seen = having.filter(({ view }) => sees(view.name, column));
  // Whoever is of a role that has no such column has nothing in it.
  if (seen.length === having.length) return column;
  const when = isOfPeople(among) ? inRoles(seen.flatMap(({ role }) => role ?? [])) : String(seen.length > 0);
  return `CASE WHEN ${when} THEN ${column} END AS ${column}`;
}

function inRoles(roles: readonly Role[]): string {
  return roles.length === 0 ? 'false' : `papel IN (${roles.map(literal).join()})`;
}

/** What cleaning had to say of a column that is not seen is not told, neither. */
function notesOf(among: readonly TypedView[], sees: Sight['sees']): string {
  const unseen = among.map(({ view, role, columns }) => ({
    role,
    names: columns.map(({ name }) => name).filter((name) => !sees(view.name, name)),
  }));
  if (unseen.every(({ names }) => names.length === 0)) return 'notas';
  const without = (names: readonly string[]) =>
    `NULLIF(ARRAY(SELECT nota FROM unnest(notas) AS nota
      WHERE split_part(nota, ':', 1) <> ALL (${textArray(names)})), '{}')`;
  const [only] = unseen;
  if (unseen.length === 1 && only !== undefined) return `${without(only.names)} AS notas`;
  const cases = unseen.map(({ role, names }) => `WHEN ${literal(role ?? '')} THEN ${without(names)}`);
  return `CASE papel ${cases.join(' ')} END AS notas`;
}

/** Rows that a grant has to name: of a table, what its other rows are. */
function rowsOf(view: string, seesRows: (rows: SensitiveRows) => boolean): readonly string[] {
  const minor = (visitor: string) =>
    `EXISTS (SELECT FROM nacional.registro AS menor WHERE menor.fonte = visto.fonte AND menor.papel = 'visitante'
       AND menor.id = ${visitor} AND ${isMinor('menor')})`;
  const conditions: string[] = [];
  if (view === 'visitante' && !seesRows('visitante.menores')) {
    conditions.push(`(papel <> 'visitante' OR (${isMinor('visto')}) IS NOT TRUE)`);
  }
  if (view === 'visita' && !seesRows('visitante.menores')) {
    conditions.push(`NOT ${minor('visto.visitante_id')}`);
  }
  if (view === 'vinculo') {
    // One that does not say whose it is may be a lawyer's.
    if (!seesRows('vinculo.advogados')) conditions.push("pessoa_tipo = 'visitante'");
    if (!seesRows('visitante.menores')) {
      conditions.push(`(pessoa_tipo = 'advogado' OR NOT ${minor('visto.pessoa_id')})`);
    }
  }
  return conditions;
}

/** Under 18 today, as days are counted in Brasília. */
function isMinor(register: string): string {
  return `${register}.data_nascimento > (now() AT TIME ZONE 'America/Sao_Paulo')::date - interval '18 years'`;
}

function stateName(state: string): string {
  if (!/^[A-Z]{2}$/.test(state)) throw new Error('a grant names what is no state');
  return state;
}

function textArray(texts: readonly string[]): string {
  return `ARRAY[${texts.map(literal).join()}]::text[]`;
}

/** Of names that are this program's own. */
function literal(text: string): string {
  if (!/^[\w.-]*$/.test(text)) throw new Error('no name of ours');
  return `'${text}'`;
}
