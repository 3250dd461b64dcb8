import type { Questions } from '../../base/base.ts';
import { surelyOpen } from '../../base/national-layer/open-custody.ts';
import type { Sight } from '../../base/sight/sight.ts';
import { tellingOpen } from '../../base/sight/telling-open.ts';
import type { Hit, PersonRule, Register, SharedRule } from '../../treat/rules/rule.ts';

/** A rule that holds registers against each other, those of other states among them. */
export type ComparingRule = PersonRule | SharedRule;

/** A row in which a rule found something. */
export interface FoundRow {
  readonly source: string;
  readonly view: string;
  readonly id: string;
  readonly item: string;
}

/** Registers that are read at once; groups beyond these are not told. */
const mostRegisters = 2000;

/** By what registers stand together, as SQL over `r`; `identity` is kept of nobody. */
const groupedBy = {
  person: ['r.pessoa_id', 'uuid'],
  cpf: ['r.cpf', 'text'],
  rji: ['r.rji', 'text'],
  oab: [`(r.oab_uf || ' ' || r.oab_numero)`, 'text'],
} as const;

/**
 * Asks a rule again, of the registers that are seen: in which of these rows it finds the same, each with what stands for the
 * registers that it was found among. @param rows of registers, in the view of the rule
 */
export async function foundAgain(
  questions: Questions,
  sight: Sight,
  rule: ComparingRule,
  rows: readonly FoundRow[],
): Promise<ReadonlyMap<string, string>> {
  const by = rule.scope === 'person' ? 'person' : rule.by;
  if (by === 'identity') return new Map();
  const [column, type] = groupedBy[by];
  const known = await questions.query<{ key: string }>(
    `SELECT DISTINCT ${column}::text AS key FROM unnest($1::text[], $2::text[]) AS k (fonte, id)
       JOIN ${sight.registers()} AS r ON r.fonte = k.fonte AND r.id = k.id AND r.papel = $3 WHERE ${column} IS NOT NULL`,
    [rows.map(({ source }) => source), rows.map(({ id }) => id), rule.view],
  );
  const keys = known.map(({ key }) => key);
  const registers = keys.length === 0 ? [] : await registersBy(questions, sight, column, type, keys);
  return new Map(
    [...Map.groupBy(registers, ({ key }) => key)].flatMap(([key, group]) =>
      group.length < 2 ? [] : rule.find(group).map((hit) => [hitKey(hit), key] as const),
    ),
  );
}

/** Of one row, and of what in it. */
export function rowKey({ source, view, id, item }: FoundRow): string {
  return JSON.stringify([source, view, id, item]);
}

const hitKey = ({ source = '', view, id, item = '' }: Hit) => rowKey({ source, view, id, item });

/** As the rules take them. */
async function registersBy(
  questions: Questions,
  sight: Sight,
  column: string,
  type: 'uuid' | 'text',
  keys: readonly string[],
): Promise<readonly (Register & { readonly key: string })[]> {
  const openIn = await tellingOpen(questions, sight);
  return questions.query<Register & { key: string }>(
    `SELECT ${column}::text AS key, r.fonte AS source, r.papel AS role, r.id, r.pessoa_id::text AS person,
            NULL::text AS identidade, r.nome, r.nome_mae, r.data_nascimento::text, r.cpf, r.rji,
            coalesce(r.notas, '{}') AS notes,
            CASE WHEN r.papel = 'custodiado' AND r.fonte = ANY ($1) THEN ARRAY(
              SELECT coalesce(c.regime, '') FROM ${sight.view('custodia')} AS c
               WHERE c.fonte = r.fonte AND c.custodiado_id = r.id AND ${surelyOpen}
                 AND c.regime IS DISTINCT FROM 'domiciliar' ORDER BY c.id) ELSE '{}' END AS "openRegimes"
       FROM ${sight.registers()} AS r WHERE r.removido IS NULL AND ${column} = ANY ($2::${type}[])
      ORDER BY 1, 2, 3, 4 LIMIT ${mostRegisters}`,
    [openIn, keys],
  );
}
