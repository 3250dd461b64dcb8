import type { Base } from '../../../central/base/base.ts';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import type { Role } from '../../../shared/dictionary/roles.ts';
import { query } from '../../support/bases.ts';

/** A register as the national layer has it, with what linkage compares. */
export interface MadeRegister {
  readonly source?: string;
  readonly role?: Role;
  readonly id: string;
  readonly name?: string | null;
  readonly mother?: string | null;
  readonly birth?: string | null;
  readonly cpf?: string | null;
  readonly sex?: string | null;
  readonly rg?: string | null;
  readonly rgUf?: string | null;
  readonly birthplace?: string | null;
  /** `natal_id` of the person; the register's own without it. */
  readonly person?: string;
}

export const author = { who: 'ana', through: 'command', reason: 'a mesma foto' } as const;

export function idOf({ source = 'AL', role = 'custodiado', id }: MadeRegister): string {
  return natalId(source, role, id);
}

/** Puts registers into the national layer; returns their ids. */
export async function addRegisters(base: Base, made: readonly MadeRegister[]): Promise<readonly string[]> {
  const rows = made.map((register) => {
    const { source = 'AL', role = 'custodiado', id, name = 'MARIA DA SILVA' } = register;
    const { mother = null, birth = null, cpf = null, sex = null } = register;
    const { rg = null, rgUf = null, birthplace = null, person = idOf(register) } = register;
    const said = { source, role, id, name, mother, birth, cpf, sex, rg, rgUf, birthplace };
    return { ...said, natal: idOf(register), person };
  });
  await query(
    base,
    `INSERT INTO nacional.registro (fonte, papel, id, nome, nome_mae, data_nascimento, cpf, sexo, rg, rg_uf,
       naturalidade_ibge, natal_id, pessoa_id, primeira_vez, desde_mudanca, desde)
     SELECT source, role, id, name, mother, birth, cpf, sex, rg, "rgUf", birthplace, natal, person, now(), 1, now()
       FROM jsonb_to_recordset($1::jsonb) AS r (source text, role text, id text, name text, mother text, birth date,
            cpf text, sex text, rg text, "rgUf" text, birthplace text, natal uuid, person uuid)`,
    [JSON.stringify(rows)],
  );
  return rows.map(({ natal }) => natal);
}
