import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import type { Questions } from '../../base/base.ts';

/** What registers say that is not compared, and helps whoever looks: columns of theirs, as people call them. */
export const moreColumns = {
  rg_orgao: 'órgão do RG',
  infopen: 'INFOPEN',
  registro_estadual: 'prontuário',
  nacionalidade: 'nacionalidade',
  estado_civil: 'estado civil',
  escolaridade: 'escolaridade',
  genero: 'gênero',
  cor_raca: 'cor ou raça',
} as const;

/** And how somebody wishes to be called, which is compared among other names. */
export type MoreSaid = Readonly<Partial<Record<keyof typeof moreColumns | 'nome_social', string>>>;

const names = ['nome_social', ...(Object.keys(moreColumns) as (keyof typeof moreColumns)[])] as const;

/** By register, what it says of these; nothing of what is not seen. @param from registers, as SQL to stand after FROM */
export async function moreSaidOf(
  questions: Questions,
  from: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MoreSaid>> {
  const rows = await questions.query<{ id: string } & Record<string, string | null>>(
    `SELECT natal_id::text AS id, ${names.join(', ')} FROM ${from} AS r WHERE natal_id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Map(
    rows.map(({ id, ...said }) => [
      id,
      Object.fromEntries(
        names.flatMap((name) => {
          const value = said[name] ?? null;
          return value === null ? [] : [[name, labelOf(name, value)]];
        }),
      ),
    ]),
  );
}

const columns = standardViews.find(({ name }) => name === 'custodiado')?.columns ?? [];

/** A code as people read it; any other value as it is. */
export function labelOf(name: string, value: string): string {
  const values = columns.find((column) => column.name === name)?.codes?.values ?? [];
  return values.find(({ code }) => code === value)?.label ?? value;
}
