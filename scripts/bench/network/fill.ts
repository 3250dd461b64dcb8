/** Of whom the network is asked: 300 visitors, 20,000 visits, a unit of 5,000, a process of twelve, a lawyer of 3,000. */
export const heavy = { source: 'AL', id: 'pesado' } as const;

const source = (of: string) => `(ARRAY['AL','SE','PE','RO'])[1 + (${of}) % 4]`;
const register = (role: string, from: string, where = '') =>
  `INSERT INTO nacional.registro (fonte, papel, id, nome, data_nascimento, natal_id, pessoa_id, primeira_vez, desde_mudanca, desde)
   SELECT fonte, '${role}', id, nome, date '1960-01-01' + (n % 14000), natal, natal, '2026-01-01', 1, '2026-01-01'
     FROM (SELECT n, fonte, id, 'PESSOA DE NOME INVENTADO ' || n AS nome, md5(fonte || '${role}' || id)::uuid AS natal
             FROM ${from}) AS x ${where}`;
const rows = (table: string, columns: string, from: string) =>
  `INSERT INTO nacional.${table} (${columns}, desde_mudanca, desde) SELECT x.*, 1, timestamptz '2026-01-01' FROM (${from}) AS x`;

/**
 * A nation of so many people in custody, made up: two visitors, a lawyer, five visits, three stays and a process each, which
 * two share. In the base as treatment would leave it, but of other tables nothing.
 */
export function nation(people: number): readonly string[] {
  const n = `generate_series(1, ${people}) AS n`;
  const own = `${source('n')} AS fonte`;
  const visitors = `generate_series(1, ${people}) AS n, generate_series(0, 1) AS k`;
  const units = Math.max(8, Math.floor(people / 500));
  // As many in each state.
  const lawyers = 4 * Math.max(2, Math.floor(people / 400));
  return [
    register('custodiado', `(SELECT n, ${own}, 'p' || n AS id FROM ${n}) AS p`),
    register('visitante', `(SELECT n, ${own}, 'v' || n || '-' || k AS id FROM ${visitors}) AS v`),
    register('advogado', `(SELECT n, ${own}, 'a' || n AS id FROM generate_series(1, ${lawyers}) AS n) AS a`),
    rows(
      'vinculo',
      'fonte, id, custodiado_id, pessoa_tipo, pessoa_id, inicio',
      `SELECT ${own}, 'b' || n || '-' || k, 'p' || n, CASE k WHEN 2 THEN 'advogado' ELSE 'visitante' END,
              CASE k WHEN 2 THEN 'a' || 1 + (n - 1) % ${lawyers} ELSE 'v' || n || '-' || k END, date '2024-01-01'
         FROM generate_series(1, ${people}) AS n, generate_series(0, 2) AS k`,
    ),
    // Each tenth visits somebody else as well.
    rows(
      'visita',
      'fonte, id, custodiado_id, visitante_id, instante',
      `SELECT ${own}, 'w' || n || '-' || k, 'p' || n,
              'v' || CASE WHEN n % 10 = 0 AND n > 4 THEN n - 4 ELSE n END || '-' || k % 2, timestamp '2024-01-01' + k * interval '30 days'
         FROM generate_series(1, ${people}) AS n, generate_series(0, 4) AS k`,
    ),
    rows(
      'processo',
      'fonte, id, custodiado_id, numero_cnj, data_fato',
      `SELECT ${own}, 'r' || n, 'p' || n, 'numero ' || n / 2, date '2023-01-01' FROM ${n}`,
    ),
    rows(
      'custodia',
      'fonte, id, custodiado_id, unidade_id, entrada, saida, ala, cela',
      `SELECT ${own}, 'c' || n || '-' || k, 'p' || n, 'u' || (n / 4 + k) % ${units}, date '2021-01-01' + k * 400 + n % 300,
              CASE WHEN k < 2 THEN date '2021-01-01' + k * 400 + n % 300 + 390 END, 'A', (n % 60)::text
         FROM generate_series(1, ${people}) AS n, generate_series(0, 2) AS k`,
    ),
  ];
}

/** Somebody of whom there is far more than of others, and a unit of 5,000 through which 30,000 went. */
export function heavyPerson(people: number): readonly string[] {
  const { source: fonte, id } = heavy;
  const others = Math.min(people, 35_000);
  return [
    register('custodiado', `(SELECT 0 AS n, '${fonte}' AS fonte, '${id}' AS id) AS p`),
    register(
      'visitante',
      `(SELECT n, '${fonte}' AS fonte, 'h' || n AS id FROM generate_series(1, 300) AS n) AS v`,
    ),
    rows(
      'vinculo',
      'fonte, id, custodiado_id, pessoa_tipo, pessoa_id, inicio',
      `SELECT '${fonte}', 'h' || n, '${id}', CASE WHEN n > 300 THEN 'advogado' ELSE 'visitante' END,
              CASE WHEN n > 300 THEN 'a' || (n - 300) * 4 ELSE 'h' || n END, date '2022-01-01' FROM generate_series(1, 302) AS n`,
    ),
    rows(
      'visita',
      'fonte, id, custodiado_id, visitante_id, instante',
      `SELECT '${fonte}', 'h' || n, '${id}', 'h' || 1 + n % 300, timestamp '2022-01-01' + n * interval '1 hour'
         FROM generate_series(1, 20000) AS n`,
    ),
    // One of the two lawyers has 3,000 clients.
    rows(
      'vinculo',
      'fonte, id, custodiado_id, pessoa_tipo, pessoa_id, inicio',
      `SELECT '${fonte}', 'j' || n, 'p' || n * 4, 'advogado', 'a4', date '2022-01-01' FROM generate_series(1, 3000) AS n`,
    ),
    // Each third visitor comes to others.
    rows(
      'visita',
      'fonte, id, custodiado_id, visitante_id, instante',
      `SELECT '${fonte}', 'i' || n, 'p' || n * 4, 'h' || 1 + (n * 3) % 300, timestamp '2023-01-01' FROM generate_series(1, 400) AS n`,
    ),
    rows(
      'processo',
      'fonte, id, custodiado_id, numero_cnj, data_fato',
      `SELECT '${fonte}', 'h' || n, CASE n WHEN 0 THEN '${id}' ELSE 'p' || n * 4 END, 'do pesado', date '2023-01-01'
         FROM generate_series(0, 11) AS n`,
    ),
    rows(
      'custodia',
      'fonte, id, custodiado_id, unidade_id, entrada, saida, ala, cela',
      `SELECT '${fonte}', 'g' || n, CASE n WHEN 0 THEN '${id}' ELSE 'p' || 4 * (1 + n % ${Math.floor(people / 4)}) END, 'grande',
              CASE WHEN n = 0 THEN date '2025-06-01' WHEN n <= 5000 THEN date '2024-01-01' + n % 700 ELSE date '2018-01-01' + n % 2000 END,
              CASE WHEN n > 5000 THEN date '2018-01-01' + n % 2000 + 200 END, 'B', (n % 600)::text
         FROM generate_series(0, ${others}) AS n`,
    ),
  ];
}
