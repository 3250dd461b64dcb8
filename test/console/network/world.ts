import * as fc from 'fast-check';
import type { Base } from '../../../central/base/base.ts';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import type { Role } from '../../../shared/dictionary/roles.ts';

/** Rows of national tables, of people who were made up. */
export interface World {
  readonly registro: readonly RegisterRow[];
  readonly visita: readonly VisitRow[];
  readonly vinculo: readonly BondRow[];
  readonly processo: readonly ProcessRow[];
  readonly custodia: readonly StayRow[];
  readonly unidade: readonly { readonly fonte: string; readonly id: string; readonly nome: string | null }[];
}

interface Kept {
  readonly fonte: string;
  readonly id: string;
  readonly removido?: string | null;
}
export interface RegisterRow extends Kept {
  readonly papel: Role;
  readonly nome: string | null;
  readonly nome_social?: string | null;
  readonly data_nascimento: string | null;
  readonly natal_id: string;
  readonly pessoa_id: string;
}
export interface VisitRow extends Kept {
  readonly custodiado_id: string;
  readonly visitante_id: string;
  readonly instante: string | null;
}
export interface BondRow extends Kept {
  readonly custodiado_id: string;
  readonly pessoa_tipo: 'visitante' | 'advogado' | null;
  readonly pessoa_id: string;
  readonly parentesco?: string | null;
  readonly situacao?: string | null;
  readonly inicio: string | null;
  readonly fim: string | null;
}
export interface ProcessRow extends Kept {
  readonly custodiado_id: string;
  readonly numero_cnj: string | null;
  readonly tipo_penal?: string | null;
  readonly data_fato: string | null;
}
export interface StayRow extends Kept {
  readonly custodiado_id: string;
  readonly unidade_id: string | null;
  readonly entrada: string | null;
  readonly saida: string | null;
  readonly ala: string | null;
  readonly cela: string | null;
}

/** Somebody by their first register; `person` is whose register it is where it is another one's, too. */
export function register(
  fonte: string,
  papel: Role,
  id: string,
  nome: string | null,
  more: Partial<RegisterRow> = {},
): RegisterRow {
  const natal = natalId(fonte, papel, id);
  return {
    fonte,
    papel,
    id,
    nome,
    data_nascimento: '1980-01-01',
    natal_id: natal,
    pessoa_id: natal,
    ...more,
  };
}

export const tables = ['registro', 'visita', 'vinculo', 'processo', 'custodia', 'unidade'] as const;

/** Writes a world into a base beside what is there. */
export async function writeWorld(base: Base, world: Partial<World>): Promise<void> {
  await base.transaction(async (tx) => {
    for (const table of tables) {
      const rows = (world[table] ?? []).map((row) => ({
        ...{ desde_mudanca: 1, desde: '2026-01-01', primeira_vez: '2026-01-01' },
        ...row,
      }));
      await tx.query(
        `INSERT INTO nacional.${table} SELECT * FROM json_populate_recordset(NULL::nacional.${table}, $1::json)`,
        [JSON.stringify(rows)],
      );
    }
  });
}

export async function emptyWorld(base: Base): Promise<void> {
  await base.transaction((tx) =>
    tx.execute(`TRUNCATE ${tables.map((table) => `nacional.${table}`).join(', ')}`),
  );
}

const sources = ['AL', 'SE'] as const;
const days = ['2020-01-10', '2020-03-01', '2020-06-15', '2021-01-01', '2024-05-05'] as const;
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 5 });
const source = fc.constantFrom(...sources);
const dayOf = maybe(fc.constantFrom(...days));
const place = (most: number) => fc.nat({ max: most - 1 }).map(String);
const removido = fc.option(fc.constant('2026-01-01'), { freq: 12 }).map((is) => (is === null ? null : is));

const rows = <T extends object>(row: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<(T & Kept)[]> =>
  fc
    .array(
      fc.tuple(
        row,
        source,
        fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: removido }),
      ),
      { minLength: Math.floor(maxLength / 2), maxLength },
    )
    .map((all) => all.map(([one, fonte, gone], at) => ({ ...one, fonte, id: `r${at}`, removido: gone })));

/** People of each role in two states, some of them in both, linked at random. */
export const worlds: fc.Arbitrary<World> = fc.record({
  registro: fc
    .tuple(
      ...(['custodiado', 'visitante', 'advogado'] as const).map((papel) =>
        fc
          .array(fc.record({ isTwo: fc.boolean(), isMinor: fc.boolean(), hasName: fc.boolean() }), {
            ...{ minLength: 4, maxLength: papel === 'custodiado' ? 7 : 4 },
          })
          .map((all) =>
            all.flatMap(({ isTwo, isMinor, hasName }, at): RegisterRow[] => {
              const birth = isMinor && papel === 'visitante' ? '2020-01-01' : '1980-01-01';
              const [one, other] = sources.map((fonte) =>
                register(fonte, papel, String(at), hasName ? `PESSOA ${papel} ${fonte} ${at}` : null, {
                  data_nascimento: birth,
                }),
              ) as [RegisterRow, RegisterRow];
              return isTwo ? [one, { ...other, pessoa_id: one.pessoa_id }] : [one, other];
            }),
          ),
      ),
    )
    .map((all) => all.flat()),
  visita: rows(
    fc.record({
      custodiado_id: place(7),
      visitante_id: place(4),
      instante: maybe(fc.constantFrom('2023-01-01 10:00', '2024-01-01 23:59')),
    }),
    14,
  ),
  vinculo: rows(
    fc.record({
      ...{ custodiado_id: place(7), pessoa_id: place(4), inicio: dayOf, fim: dayOf },
      pessoa_tipo: fc.constantFrom('visitante' as const, 'advogado' as const, null),
    }),
    8,
  ),
  processo: rows(
    fc.record({
      custodiado_id: place(7),
      numero_cnj: maybe(fc.constantFrom('n1', 'n2', 'n3')),
      data_fato: dayOf,
    }),
    8,
  ),
  custodia: rows(
    fc.record({
      ...{ custodiado_id: place(7), unidade_id: maybe(place(3)), entrada: dayOf, saida: dayOf },
      ...{ ala: fc.constantFrom(null, 'A'), cela: fc.constantFrom(null, '1', '2') },
    }),
    10,
  ),
  unidade: fc.constant(
    sources.flatMap((fonte) => ['0', '1', '2'].map((id) => ({ fonte, id, nome: `UNIDADE ${fonte} ${id}` }))),
  ),
});
