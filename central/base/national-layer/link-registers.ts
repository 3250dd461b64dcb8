import type { Role } from '../../../shared/dictionary/roles.ts';
import type { Questions } from '../base.ts';
import { inScope, type Scope } from './queue.ts';

/** A register by its values as linkage compares them: what `Register` of `treat/link/` has, under its names. */
export interface LinkedRegister {
  /** Its `natal_id`. */
  readonly id: string;
  readonly kind: Role;
  readonly name: string | null;
  /** Social name, nicknames and what the view of other names has. */
  readonly otherNames: readonly string[];
  readonly mother: string | null;
  readonly father: string | null;
  /** `1980-01-31` */
  readonly birth: string | null;
  /** It is no date that somebody has said: by the notes of cleaning. */
  readonly birthInferred: boolean;
  readonly sex: string | null;
  readonly cpf: string | null;
  readonly rg: string | null;
  readonly rgUf: string | null;
  readonly rji: string | null;
  readonly oab: string | null;
  readonly birthplace: string | null;
}

const inferred = ['data_nascimento:default-date', 'data_nascimento:century-inferred'];

/** Also of registers that the source has no more: they say as much of who somebody is. */
const linkedRegisters = `
  SELECT r.natal_id::text AS id, r.papel AS kind, r.nome AS name,
         array_remove(r.nome_social || coalesce(r.alcunhas, '{}') || CASE WHEN r.papel = 'custodiado' THEN ARRAY(
           SELECT o.nome FROM nacional.outro_nome o
            WHERE o.fonte = r.fonte AND o.custodiado_id = r.id AND o.removido IS NULL ORDER BY o.id) ELSE '{}' END,
           NULL) AS "otherNames",
         r.nome_mae AS mother, r.nome_pai AS father, r.data_nascimento::text AS birth,
         coalesce(r.notas && ARRAY['${inferred.join("', '")}'], false) AS "birthInferred", r.sexo AS sex, r.cpf, r.rg,
         r.rg_uf AS "rgUf", r.rji, r.oab_uf || r.oab_numero AS oab, r.naturalidade_ibge AS birthplace
    FROM nacional.registro r`;

/** Registers as linkage compares them, in any order; those that are not there are left out. */
export function registersOf(questions: Questions, ids: readonly string[]): Promise<LinkedRegister[]> {
  return questions.query(`${linkedRegisters} WHERE r.natal_id = ANY ($1::uuid[])`, [ids]);
}

/** Those of a scope of them, of one source. */
export function registersInScope(questions: Questions, scope: Scope): Promise<LinkedRegister[]> {
  const parameters: unknown[] = [scope.under];
  const condition = inScope('r.natal_id', scope, parameters, 'uuid');
  return questions.query(`${linkedRegisters} WHERE r.fonte = $1 AND ${condition}`, parameters);
}

/** Sources that have registers, found by leaps. */
export async function registeredSources(questions: Questions): Promise<string[]> {
  const found = await questions.query<{ source: string }>(
    `WITH RECURSIVE s (source) AS (
       SELECT min(fonte) FROM nacional.registro
       UNION ALL SELECT (SELECT min(fonte) FROM nacional.registro WHERE fonte > source) FROM s WHERE source IS NOT NULL)
     SELECT source FROM s WHERE source IS NOT NULL`,
  );
  return found.map(({ source }) => source);
}

/** All of them, in any order, a part at a time. */
export function eachRegister(questions: Questions, atOnce: number): AsyncIterable<LinkedRegister[]> {
  return questions.rows<LinkedRegister>(linkedRegisters, [], { atOnce });
}
