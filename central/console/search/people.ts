import type { Role } from '../../../shared/dictionary/roles.ts';
import type { Questions } from '../../base/base.ts';
import { openColumns, surelyOpen } from '../../base/national-layer/open-custody.ts';
import type { Sight } from '../../base/sight/sight.ts';
import { tellingOpenSql } from '../../base/sight/telling-open.ts';
import type { RankedPerson } from './rank.ts';

/** What a register says that tells its person from others. */
export interface FoundRegister {
  /** Its `natal_id`. */
  readonly id: string;
  readonly person: string;
  readonly source: string;
  readonly role: Role;
  readonly nome: string | null;
  readonly nome_social: string | null;
  readonly alcunhas: readonly string[] | null;
  readonly nome_mae: string | null;
  /** `1980-01-31` */
  readonly birth: string | null;
  readonly cpf: string | null;
  readonly rji: string | null;
  readonly rg: string | null;
  readonly rg_uf: string | null;
  readonly oab_uf: string | null;
  readonly oab_numero: string | null;
  /** Its source has it no more. */
  readonly removed: boolean;
  /** The last of which nothing says that it ended; null where there is none, or that is not seen. */
  readonly custody: OpenCustody | null;
}

export interface OpenCustody {
  /** The source tells when one ends, so this one is open. */
  readonly isSure: boolean;
  readonly unit: string | null;
  readonly regime: string | null;
  /** `2024-05-29` */
  readonly since: string | null;
}

export interface FoundPerson {
  readonly ranked: RankedPerson;
  /** The one by which the person was found. */
  readonly register: FoundRegister;
  /** Those that are seen besides, in one order. */
  readonly others: readonly FoundRegister[];
}

const registerColumns = [
  ...['fonte', 'papel', 'id', 'natal_id', 'pessoa_id', 'nome', 'nome_social', 'alcunhas', 'nome_mae'],
  ...['data_nascimento', 'cpf', 'rji', 'rg', 'rg_uf', 'oab_uf', 'oab_numero', 'removido'],
];

/** More registers than nearly anybody has: of those beyond nothing is told here. */
const mostRegisters = 25;

/** People of a page, with all their registers that are seen. */
export async function peopleFound(
  questions: Questions,
  sight: Sight,
  ranked: readonly RankedPerson[],
): Promise<FoundPerson[]> {
  if (ranked.length === 0) return [];
  const rows = await questions.query<FoundRegister>(
    `WITH r AS MATERIALIZED (
       SELECT * FROM (
         SELECT s.*, row_number() OVER (
                  PARTITION BY s.pessoa_id ORDER BY s.natal_id <> ALL ($2::uuid[]), s.fonte, s.papel, s.id) AS place
           FROM ${sight.registers(registerColumns)} AS s WHERE s.pessoa_id = ANY ($1::uuid[])) all_of_them
        WHERE place <= ${mostRegisters})
     SELECT r.natal_id::text AS id, r.pessoa_id::text AS person, r.fonte AS source, r.papel AS role, r.nome,
            r.nome_social, r.alcunhas, r.nome_mae, r.data_nascimento::text AS birth, r.cpf, r.rji, r.rg, r.rg_uf,
            r.oab_uf, r.oab_numero, r.removido IS NOT NULL AS removed, c.custody
       FROM r
       LEFT JOIN LATERAL (
         SELECT json_build_object('isSure', (c.fonte IN ${tellingOpenSql(sight)}) IS TRUE, 'unit', u.nome, 'regime', c.regime, 'since', c.entrada) AS custody
           FROM ${sight.view('custodia', [...openColumns, 'unidade_id', 'regime', 'entrada'])} AS c
           LEFT JOIN ${sight.view('unidade', ['fonte', 'id', 'nome'])} AS u ON u.fonte = c.fonte AND u.id = c.unidade_id
          WHERE r.papel = 'custodiado' AND c.fonte = r.fonte AND c.custodiado_id = r.id AND ${surelyOpen}
          ORDER BY c.entrada DESC NULLS LAST, c.id LIMIT 1) c ON true
      ORDER BY r.pessoa_id, r.fonte, r.papel, r.id`,
    [ranked.map(({ person }) => person), ranked.map(({ register }) => register)],
  );
  const byPerson = Map.groupBy(rows, ({ person }) => person);
  return ranked.flatMap((one) => {
    const registers = byPerson.get(one.person) ?? [];
    const register = registers.find(({ id }) => id === one.register);
    if (register === undefined) return [];
    return [{ ranked: one, register, others: registers.filter((other) => other !== register) }];
  });
}
