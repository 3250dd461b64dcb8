import type { Client } from 'pg';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';

const moments = `1, '2026-01-01'`;

/** So many people in custody with a visitor and four visits each, and of some others very many visits. */
export async function fillPeople(
  client: Client,
  people: number,
  some: number,
  visits: number,
): Promise<void> {
  const own =
    'fonte, papel, id, nome, nome_mae, data_nascimento, natal_id, pessoa_id, primeira_vez, desde_mudanca, desde';
  for (const [role, key] of [
    ['custodiado', 'o'],
    ['visitante', 'v'],
  ] as const) {
    await client.query(
      `INSERT INTO nacional.registro (${own})
       SELECT (ARRAY['AL','RO','MS','SP'])[1 + n % 4], '${role}', '${key}' || n, 'PESSOA ' || n, 'MAE ' || n,
              '1980-01-01'::date + n % 9000, i, i, now(), ${moments}
         FROM (SELECT n, gen_random_uuid() AS i FROM generate_series(1, ${people}) n) g`,
    );
  }
  const registers = Array.from({ length: some }, (_, at) => at).flatMap((at) =>
    ['AL', 'RO'].map((state) => ({
      ...{
        fonte: state,
        papel: 'custodiado',
        id: `p${at}`,
        nome: `MARIA ${at} DE ${state}`,
        nome_mae: `RITA ${at}`,
      },
      ...{ data_nascimento: '1990-05-05', natal_id: natalId(state, 'custodiado', `p${at}`) },
      ...{ pessoa_id: natalId('AL', 'custodiado', `p${at}`), primeira_vez: '2026-01-01' },
      ...{ desde_mudanca: 1, desde: '2026-01-01' },
    })),
  );
  await client.query(
    'INSERT INTO nacional.registro SELECT * FROM jsonb_populate_recordset(NULL::nacional.registro, $1)',
    [JSON.stringify(registers)],
  );
  await client.query(
    `INSERT INTO nacional.visita (fonte, id, custodiado_id, visitante_id, instante, desde_mudanca, desde)
     SELECT (ARRAY['AL','RO','MS','SP'])[1 + n % 4], n || '-' || k, 'o' || n, 'v' || n,
            '2024-01-01'::timestamp + n % 700 * interval '1 day' + k * interval '1 hour', ${moments}
       FROM generate_series(1, ${people}) n, generate_series(1, 4) k`,
  );
  await client.query(
    `INSERT INTO nacional.visita (fonte, id, custodiado_id, visitante_id, instante, desde_mudanca, desde)
     SELECT 'AL', 'p' || n || '-' || k, 'p' || n, 'v' || (4 * k), '2020-01-01'::timestamp + k * interval '1 day', ${moments}
       FROM generate_series(0, ${some - 1}) n, generate_series(1, ${visits}) k`,
  );
  for (const [view, columns, values] of [
    [
      'custodia',
      'entrada, saida, regime',
      `'2015-01-01'::date + k * 90, '2015-02-01'::date + k * 90, 'fechado'`,
    ],
    ['movimentacao', 'instante, tipo', `'2015-01-01'::timestamp + k * interval '45 days', 'transferencia'`],
    ['vinculo', 'pessoa_tipo, pessoa_id, inicio', `'visitante', 'v' || (4 * k), '2020-01-01'::date + k`],
    ['pena', 'inicio, anos', `'2015-01-01'::date + k, 5`],
  ] as const) {
    await client.query(
      `INSERT INTO nacional.${view} (fonte, id, custodiado_id, ${columns}, desde_mudanca, desde)
       SELECT 'AL', 'p' || n || '-' || k, 'p' || n, ${values}, ${moments}
         FROM generate_series(0, ${some - 1}) n, generate_series(1, 40) k`,
    );
    await client.query(
      `INSERT INTO nacional.${view} (fonte, id, custodiado_id, ${columns}, desde_mudanca, desde)
       SELECT (ARRAY['AL','RO','MS','SP'])[1 + n % 4], 'o' || n, 'o' || n, ${values}, ${moments}
         FROM generate_series(1, ${people}) n, generate_series(1, 1) k`,
    );
  }
}
