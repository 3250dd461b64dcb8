import type { Transaction } from '../base.ts';
import { inScope, type Scope } from './queue.ts';

const copied = [
  ...['nome', 'nome_social', 'nome_mae', 'nome_pai', 'data_nascimento', 'sexo', 'cpf', 'rg', 'rg_uf', 'rji'],
  ...['oab_numero', 'oab_uf', 'removido'],
];

/**
 * Makes the national persons of a scope anew from their registers. Registers are not linked yet: a person has one, whose
 * values are theirs.
 */
export async function makePersons(tx: Transaction, scope: Scope): Promise<number> {
  const parameters: unknown[] = [scope.under];
  const condition = inScope('r.pessoa_id', scope, parameters, 'uuid');
  const list = (alias: string) => copied.map((name) => `${alias}.${name}`).join(', ');
  const [made] = await tx.query<{ count: number }>(
    `WITH registers AS (
       SELECT r.* FROM nacional.registro r WHERE r.fonte = $1 AND ${condition}
     ), made AS (
       INSERT INTO nacional.pessoa AS p (id, papel, registros, ${copied.join(', ')})
       SELECT r.pessoa_id, r.papel, 1, ${list('r')} FROM registers r
       ON CONFLICT (id) DO UPDATE SET ${copied.map((name) => `${name} = excluded.${name}`).join(', ')}
        WHERE ROW(${list('p')}) IS DISTINCT FROM ROW(${list('excluded')})
     ) SELECT count(*)::int AS count FROM registers`,
    parameters,
  );
  return made?.count ?? 0;
}
