import type { Base } from '../../../central/base/base.ts';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import type { Role } from '../../../shared/dictionary/roles.ts';

/** A register: whose it is, whom it belongs to, and what it has. */
export interface Made
  extends Readonly<Partial<Record<'nome' | 'nome_mae' | 'cpf' | 'rji' | 'identidade', string>>> {
  readonly source: string;
  readonly id: string;
  readonly role?: Role;
  /** A register's `natal_id`; its own, where nothing is said. */
  readonly person?: string;
}

export const natalOf = ({ source, role = 'custodiado', id }: Pick<Made, 'source' | 'role' | 'id'>) =>
  natalId(source, role, id);

/** Writes registers as treatment does. */
export async function registers(base: Base, made: readonly Made[]): Promise<void> {
  const rows = made.map(({ source, role = 'custodiado', person, ...rest }) => {
    const natal = natalId(source, role, rest.id);
    const moments = { primeira_vez: '2026-01-01', desde_mudanca: 1, desde: '2026-01-01' };
    return { fonte: source, papel: role, natal_id: natal, pessoa_id: person ?? natal, ...moments, ...rest };
  });
  await base.transaction((tx) =>
    tx.query(
      `INSERT INTO nacional.registro SELECT * FROM jsonb_populate_recordset(NULL::nacional.registro, $1::jsonb)`,
      [JSON.stringify(rows)],
    ),
  );
}
