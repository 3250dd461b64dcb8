import { dayOf } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Questions, Transaction } from '../base.ts';

/** Who looked, for which body. */
export interface User {
  readonly body: string;
  readonly person: string;
}

/** How much was looked at. */
export interface Looked {
  readonly searches: number;
  readonly records: number;
  /** At night or on a weekend. */
  readonly isOffHours: boolean;
}

/** Most searches and records together in a day. */
export interface Limits {
  readonly person: number;
  readonly body: number;
}

/**
 * Counts what is looked at, for the person and the body, where both limits leave room for all of it. The limit is in the
 * very statement that counts, so two consoles at once do not pass it together: the second waits for the first one's count.
 * Throws `quota-used-up`, by which the transaction is taken back: what is not shown is not counted.
 * @param limits null: it is counted whatever was looked at before
 */
export async function countLook(
  tx: Transaction,
  { body, person }: User,
  { searches, records, isOffHours }: Looked,
  limits: Limits | null,
  now: Date,
): Promise<void> {
  const counted = await tx.query(
    `WITH whole AS (${counting({ person: 'NULL::uuid', limit: '$7', from: '' })}),
          own AS (${counting({ person: '$2::uuid', limit: '$6', from: 'FROM whole' })})
     SELECT 1 AS counted FROM own`,
    [
      ...[body, person, dayOf(now), searches, records],
      ...[limits?.person ?? null, limits?.body ?? null, isOffHours ? searches + records : 0],
    ],
  );
  if (counted.length === 0) throw new GuaritaError('quota-used-up');
}

/** The body first, then the person: whoever counts waits for whom counted before, in one order. */
function counting({ person, limit, from }: Readonly<Record<'person' | 'limit' | 'from', string>>): string {
  return `INSERT INTO acesso.uso AS u (orgao, pessoa, dia, buscas, registros, fora_de_hora)
    SELECT $1::uuid, ${person}, $3::date, $4::int, $5::int, $8::int ${from}
     WHERE ${limit}::int IS NULL OR $4::int + $5::int <= ${limit}::int
    ON CONFLICT (orgao, pessoa, dia) DO UPDATE
       SET buscas = u.buscas + EXCLUDED.buscas, registros = u.registros + EXCLUDED.registros,
           fora_de_hora = u.fora_de_hora + EXCLUDED.fora_de_hora
     WHERE ${limit}::int IS NULL
        OR u.buscas + u.registros + EXCLUDED.buscas + EXCLUDED.registros <= ${limit}::int
    RETURNING 1`;
}

/** Counts that something was refused which somebody may not do. */
export async function countRefusal(tx: Transaction, { body, person }: User, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO acesso.uso AS u (orgao, pessoa, dia, recusas) VALUES ($1, $2, $3, 1)
     ON CONFLICT (orgao, pessoa, dia) DO UPDATE SET recusas = u.recusas + 1`,
    [body, person, dayOf(now)],
  );
}

/** How much was used of the day's limits: searches and records together. */
export interface DayUse {
  readonly person: number;
  readonly body: number;
}

export async function usedToday(questions: Questions, { body, person }: User, now: Date): Promise<DayUse> {
  const [used] = await questions.query<DayUse>(
    `SELECT coalesce(sum(buscas + registros) FILTER (WHERE pessoa = $2), 0)::int AS person,
            coalesce(sum(buscas + registros) FILTER (WHERE pessoa IS NULL), 0)::int AS body
       FROM acesso.uso WHERE orgao = $1 AND (pessoa = $2 OR pessoa IS NULL) AND dia = $3`,
    [body, person, dayOf(now)],
  );
  return used ?? { person: 0, body: 0 };
}
