import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { type ForgetOptions, forget } from '../../../central/base/forgetting/forget.ts';
import type { Person } from '../../../central/base/forgetting/holder.ts';
import { type FindTombstoneKey, tombstoneKey } from '../../../central/base/source-layer/tombstones.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { type TreatStep, treat } from '../../../central/treat/treat.ts';
import type { Role } from '../../../shared/dictionary/roles.ts';
import { type ArrayView, type Row, viewOf } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { scenesOn } from '../../support/collect-scene.ts';

export const secret = tombstoneKey(Buffer.alloc(32, 7));
export const findTombstoneKey: FindTombstoneKey = () => secret;
export const ordered: ForgetOptions = { order: '0001-1/2026', who: 'maria', through: 'command' };

const columns = {
  custodiado: ['id', 'nome', 'nome_mae', 'data_nascimento', 'cpf', 'atualizado_em'],
  visitante: ['id', 'nome', 'cpf', 'atualizado_em'],
  advogado: ['id', 'nome', 'oab_numero', 'oab_uf', 'atualizado_em'],
  custodia: ['id', 'custodiado_id', 'unidade_id', 'entrada', 'regime', 'atualizado_em'],
  vinculo: ['id', 'custodiado_id', 'pessoa_tipo', 'pessoa_id', 'situacao', 'atualizado_em'],
  visita: ['id', 'custodiado_id', 'visitante_id', 'unidade_id', 'instante'],
  // Beyond the dictionary.
  parecer: ['id', 'custodiado_id', 'texto', 'atualizado_em'],
} as const;
export type ViewName = keyof typeof columns;
const at = '2026-01-01 00:00:00';

/** What is of one person in custody and of no other: their key is `<mark>c`, their visitor's `<mark>v`. */
export function rowsOf(mark: string, cpf: string): Readonly<Record<ViewName, Row[]>> {
  const [c, v, other] = [`${mark}c`, `${mark}v`, `${mark}o`];
  return {
    custodiado: [
      [c, `Pessoa ${c}`, `Mae ${c}`, '17/05/1990', cpf, at],
      [other, `Outra ${other}`, `Mae ${other}`, '18/05/1990', '', at],
    ],
    visitante: [[v, `Visita ${v}`, '', at]],
    advogado: [[v, `Advogada ${v}`, '1234', 'AL', at]],
    custodia: [
      [`${mark}1`, c, 'u', '02/12/2025', 'SEMI AB.', at],
      [`${mark}2`, other, 'u', '02/12/2025', 'Fechado', at],
    ],
    vinculo: [
      [`${mark}1`, c, 'Visitante', v, 'Ativo', at],
      [`${mark}2`, other, 'Visitante', v, 'Ativo', at],
      [`${mark}3`, other, 'Advogado', v, 'Ativo', at],
    ],
    visita: [
      [`${mark}1`, c, v, 'u', '2026-01-02 10:00:00'],
      [`${mark}2`, c, v, 'u', '2026-01-02 10:30:00'],
      [`${mark}3`, other, v, 'u', '2026-01-03 10:00:00'],
    ],
    parecer: [
      [`${mark}1`, c, `Sobre ${c}`, at],
      [`${mark}2`, other, `Sobre ${other}`, at],
    ],
  };
}

/** A state that is collected and treated. */
export function forgettingScene(t: Test, bases: TestBases, rows: Readonly<Partial<Record<ViewName, Row[]>>>) {
  const views = Object.entries(rows).map(
    ([name, given]): ArrayView => ({
      description: viewOf(name, columns[name as ViewName]),
      rows: [...given],
    }),
  );
  const s = scenesOn(bases)(t, views);
  const rowsOfView = (name: ViewName) =>
    views.find(({ description }) => description.name === name)?.rows ?? [];
  const person = (role: Role, ...key: string[]): Person => ({
    source: s.name,
    register: { role, key },
    secret,
  });
  return {
    ...s,
    base: bases.shared,
    tapped: s.base,
    views,
    rows: rowsOfView,
    person,
    collect: (reconcile = false) => s.run({ reconcile, findTombstoneKey }),
    treat: (full = false, step?: TreatStep) =>
      treat(bases.shared, {
        ...{ sources: [s.name], rules, today: '2026-11-29', full },
        ...(step === undefined ? {} : { step }),
      }),
    forget: (whom: Person, base: Base = bases.shared) => forget(base, whom, ordered),
    held: (name: string) => held(bases.shared, `fonte_${s.name.toLowerCase()}.${name}`),
  };
}
export type ForgettingScene = ReturnType<typeof forgettingScene>;

/** The rows of a table without when and by what they came. */
async function held(base: Base, table: string): Promise<unknown[]> {
  const rows = await query<{ row: Record<string, unknown> }>(
    base,
    `SELECT to_jsonb(t) AS row FROM ${table} t`,
  );
  return rows
    .map(({ row }) => Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('_'))))
    .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

/** The tables in which any value contains one of these texts. */
export async function whereFound(base: Base, texts: readonly string[]): Promise<string[]> {
  const tables = await query<{ name: string }>(
    base,
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname NOT LIKE 'pg_temp%'`,
  );
  const each = tables.map(({ name }) => `SELECT '${name}' AS name WHERE EXISTS (${rowsWith(name)})`);
  const found = await query<{ name: string }>(base, each.join(' UNION ALL '), [texts]);
  return found.map(({ name }) => name);
}

/** The tables whose statistics do. Those of a table that has become empty stay as they were until it has rows again. */
export async function whereSampled(base: Base, texts: readonly string[]): Promise<string[]> {
  const sampled = await query<{ name: string }>(
    base,
    `SELECT DISTINCT format('%I.%I', t.schemaname, t.tablename) AS name
       FROM (${rowsWith('pg_stats', 't.*')}) t JOIN pg_stat_all_tables s
         ON s.schemaname = t.schemaname AND s.relname = t.tablename
      WHERE pg_relation_size(s.relid) > 0`,
    [texts],
  );
  const found: string[] = [];
  for (const { name } of sampled) {
    if ((await query(base, `SELECT FROM ${name} LIMIT 1`)).length > 0) found.push(name);
  }
  return found;
}

const rowsWith = (table: string, what = '') =>
  `SELECT ${what} FROM ${table} t WHERE EXISTS (
     SELECT FROM unnest($1::text[]) text WHERE strpos(lower(t::text), lower(text)) > 0)`;
