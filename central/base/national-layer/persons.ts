import type { Role } from '../../../shared/dictionary/roles.ts';
import type { Questions, Transaction } from '../base.ts';
import { jsonRows } from '../json-rows.ts';
import { inScope, type Scope } from './queue.ts';

/** What a person has of their registers. */
export const survivingColumns = [
  ...([
    'nome',
    'nome_social',
    'nome_mae',
    'nome_pai',
    'data_nascimento',
    'sexo',
    'cpf',
    'rg',
    'rg_uf',
  ] as const),
  ...(['rji', 'oab_numero', 'oab_uf'] as const),
] as const;
export type SurvivingColumn = (typeof survivingColumns)[number];

type Values = Readonly<Record<SurvivingColumn, string | null>>;

/** A register of a person who has several. */
export interface PersonRegister extends Values {
  readonly person: string;
  readonly natal: string;
  readonly role: Role;
  /** Since when it has been as it is: microseconds. */
  readonly since: number;
  /** What cleaning had to say, as `column:note`. */
  readonly notes: readonly string[];
  /** The same as `since`; null where the source has it. */
  readonly removed: number | null;
}

/** A person as their registers make them. */
export interface MadePerson extends Values {
  readonly id: string;
  readonly papel: Role;
  /** Registers that count: those that their sources have, or all of them where none is. */
  readonly registros: number;
  /** By column, the `natal_id` of the register that its value came from. */
  readonly origem: Readonly<Partial<Record<SurvivingColumn, string>>>;
  /** Columns in which registers that say something disagree. */
  readonly divergencias: readonly SurvivingColumn[];
  /** Microseconds, when the last of them was removed; null where a source has one. */
  readonly removido: number | null;
}

const list = (alias: string, names: readonly string[]) => names.map((name) => `${alias}.${name}`).join(', ');
const written = ['papel', 'registros', ...survivingColumns, 'origem', 'divergencias', 'removido'];
const writeInto = `INSERT INTO nacional.pessoa AS p (id, ${written.join(', ')})`;
const unlessSame = `ON CONFLICT (id) DO UPDATE SET ${written.map((name) => `${name} = excluded.${name}`).join(', ')}
  WHERE ROW(${list('p', written)}) IS DISTINCT FROM ROW(${list('excluded', written)})`;

/** Registers of the persons of a scope that count, and how many of each (`counting`). */
function counting(scope: Scope, parameters: unknown[]): string {
  return `SELECT * FROM (
    SELECT r.*, count(*) FILTER (WHERE r.removido IS NULL) OVER p AS there, count(*) OVER p AS every
      FROM nacional.registro r WHERE ${inScope('r.pessoa_id', scope, parameters, 'uuid')}
    WINDOW p AS (PARTITION BY r.pessoa_id)) c WHERE (removido IS NULL) = (there > 0)`;
}
const registers = '(CASE WHEN there > 0 THEN there ELSE every END)';

/** Makes the persons of a scope that have one register: they are what it is. Returns how many registers. */
export async function makeOfOne(tx: Transaction, scope: Scope): Promise<number> {
  const parameters: unknown[] = [];
  const [made] = await tx.query<{ count: number }>(
    `WITH counting AS MATERIALIZED (${counting(scope, parameters)} AND ${registers} = 1), made AS (
       ${writeInto} SELECT r.pessoa_id, r.papel, 1, ${list('r', survivingColumns)}, NULL::jsonb, '{}', r.removido
         FROM counting r ${unlessSame}
     ) SELECT count(*)::int AS count FROM counting`,
    parameters,
  );
  return made?.count ?? 0;
}

/** The registers of those who have several, by person, in one order. */
export function registersOfSeveral(questions: Questions, scope: Scope): Promise<PersonRegister[]> {
  const parameters: unknown[] = [];
  const microseconds = (column: string) => `(extract(epoch FROM ${column}) * 1000000)::float8`;
  const columns = survivingColumns.map((name) => `${name}::text`).join(', ');
  return questions.query(
    `SELECT pessoa_id::text AS person, natal_id::text AS natal, papel AS role, ${microseconds('desde')} AS since,
            ${columns}, coalesce(notas, '{}') AS notes, ${microseconds('removido')} AS removed
       FROM (${counting(scope, parameters)} AND ${registers} > 1) r ORDER BY pessoa_id, fonte, papel, id`,
    parameters,
  );
}

export async function writePersons(tx: Transaction, persons: readonly MadePerson[]): Promise<void> {
  if (persons.length === 0) return;
  const types = survivingColumns.map((name) => `${name} ${name === 'data_nascimento' ? 'date' : 'text'}`);
  await tx.query(
    `${writeInto} SELECT id, papel, registros, ${survivingColumns.join(', ')}, origem, divergencias,
            'epoch'::timestamptz + removido * interval '1 microsecond'
       FROM jsonb_to_recordset($1::jsonb) AS m (id uuid, papel text, registros integer, ${types.join(', ')},
            origem jsonb, divergencias text[], removido float8) ${unlessSame}`,
    [jsonRows(persons)],
  );
}

/** Those of a scope who have no register any more: their id leads to who has the register it is named after (`personOf`). */
export async function removeEmpty(tx: Transaction, scope: Scope): Promise<void> {
  const parameters: unknown[] = [];
  await tx.query(
    `DELETE FROM nacional.pessoa p WHERE ${inScope('p.id', scope, parameters, 'uuid')}
        AND NOT EXISTS (SELECT FROM nacional.registro r WHERE r.pessoa_id = p.id)`,
    parameters,
  );
}

/**
 * Who somebody is now whom this id ever named: it is that of a register, and leads to the person to whom that belongs.
 * Null where there is none, as of whoever was forgotten.
 */
export async function personOf(questions: Questions, id: string): Promise<string | null> {
  const [found] = await questions.query<{ person: string }>(
    'SELECT pessoa_id::text AS person FROM nacional.registro WHERE natal_id = $1::uuid',
    [id],
  );
  return found?.person ?? null;
}
