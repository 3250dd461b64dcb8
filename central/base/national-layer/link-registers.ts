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

/** What registers say that is compared: columns of their tables. What else is known of somebody decides nothing. */
export const comparedColumns = [
  ...[
    'nome',
    'nome_social',
    'alcunhas',
    'nome_mae',
    'nome_pai',
    'data_nascimento',
    'sexo',
    'cpf',
    'rg',
    'rg_uf',
  ],
  ...['rji', 'oab_numero', 'oab_uf', 'naturalidade_ibge'],
] as const;

/** Where registers are read from, as SQL to stand after FROM. */
export interface RegisterTables {
  readonly registers: string;
  readonly otherNames: string;
}

const nation: RegisterTables = { registers: 'nacional.registro', otherNames: 'nacional.outro_nome' };

/** Also of registers that the source has no more: they say as much of who somebody is. */
const linkedIn = ({ registers, otherNames }: RegisterTables) => `
  SELECT r.natal_id::text AS id, r.papel AS kind, r.nome AS name,
         array_remove(r.nome_social || coalesce(r.alcunhas, '{}') || CASE WHEN r.papel = 'custodiado' THEN ARRAY(
           SELECT o.nome FROM ${otherNames} o
            WHERE o.fonte = r.fonte AND o.custodiado_id = r.id AND o.removido IS NULL ORDER BY o.id) ELSE '{}' END,
           NULL) AS "otherNames",
         r.nome_mae AS mother, r.nome_pai AS father, r.data_nascimento::text AS birth,
         coalesce(r.notas && ARRAY['${inferred.join("', '")}'], false) AS "birthInferred", r.sexo AS sex, r.cpf, r.rg,
         r.rg_uf AS "rgUf", r.rji, r.oab_uf || r.oab_numero AS oab, r.naturalidade_ibge AS birthplace
    FROM ${registers} r`;
const linkedRegisters = linkedIn(nation);

/**
 * Registers as linkage compares them, in any order; those that are not there are left out.
 * @param tables those of the nation where nothing is said
 */
export function registersOf(
  questions: Questions,
  ids: readonly string[],
  tables = nation,
): Promise<LinkedRegister[]> {
  return questions.query(`${linkedIn(tables)} WHERE r.natal_id = ANY ($1::uuid[])`, [ids]);
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
