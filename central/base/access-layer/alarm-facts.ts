import { dayOf, startOfDay } from '../../../shared/day.ts';
import type { Questions } from '../base.ts';
import type { User } from './uses.ts';

/** What somebody did in a day in one body. */
export interface DayFacts {
  /** Searches and records together. */
  readonly looks: number;
  /** Of them those at night or on a weekend. */
  readonly offHours: number;
  readonly refusals: number;
}

/** What is known of somebody at work in a body when it is judged whether an auditor should see it. */
export interface PersonFacts {
  readonly today: DayFacts;
  /** The days before, within thirty, on which they did something. */
  readonly before: readonly DayFacts[];
  /** Their limit of a day; null where no agreement is in force. */
  readonly quota: number | null;
  /** Different records that were shown to them in the last minutes. */
  readonly lately: number;
  /** Emergencies that they declared today. */
  readonly emergencies: number;
}

const looks = 'coalesce(sum(buscas + registros), 0)::int';

/** Of the audit the last 500 entries of a person are read: no more are made in some minutes by hand. */
export async function personFacts(
  questions: Questions,
  { person, body }: User,
  { now, minutes }: { readonly now: Date; readonly minutes: number },
): Promise<PersonFacts> {
  const today = dayOf(now);
  const days = await questions.query<DayFacts & { readonly day: string }>(
    `SELECT dia::text AS day, buscas + registros AS looks, fora_de_hora AS "offHours", recusas AS refusals
       FROM acesso.uso WHERE orgao = $1 AND pessoa = $2 AND dia BETWEEN $3::date - 30 AND $3::date ORDER BY dia`,
    [body, person, today],
  );
  const [rest] = await questions.query<Omit<PersonFacts, 'today' | 'before'>>(
    `SELECT (SELECT max(cota_pessoa) FROM acesso.concessao WHERE orgao = $1 AND ${inForce}) AS quota,
            (SELECT count(*)::int FROM acesso.emergencia
              WHERE pessoa = $3::uuid AND orgao = $1 AND quando >= $4 AND quando <= $2) AS emergencies,
            (SELECT count(DISTINCT record)::int
               FROM (SELECT quando, termos FROM acesso.auditoria WHERE corpo::jsonb ->> 'person' = $3::uuid::text
                      ORDER BY numero DESC LIMIT 500) a,
                    jsonb_array_elements_text(CASE jsonb_typeof(termos::jsonb -> 'records')
                      WHEN 'array' THEN termos::jsonb -> 'records' ELSE '[]' END) AS record
              WHERE quando > $5) AS lately`,
    [body, now, person, startOfDay(now), new Date(now.getTime() - minutes * 60_000).toISOString()],
  );
  const none = { looks: 0, offHours: 0, refusals: 0 };
  return {
    today: days.find(({ day }) => day === today) ?? none,
    before: days.filter(({ day }) => day !== today),
    ...{ quota: rest?.quota ?? null, lately: rest?.lately ?? 0, emergencies: rest?.emergencies ?? 0 },
  };
}

/** What a body looked at today, and its limit of a day; null where no agreement is in force. */
export interface BodyFacts {
  readonly looks: number;
  readonly quota: number | null;
}

export async function bodyFacts(questions: Questions, body: string, now: Date): Promise<BodyFacts> {
  const [facts] = await questions.query<BodyFacts>(
    `SELECT (SELECT ${looks} FROM acesso.uso WHERE orgao = $1 AND pessoa IS NULL AND dia = $3) AS looks,
            (SELECT max(cota_orgao) FROM acesso.concessao WHERE orgao = $1 AND ${inForce}) AS quota`,
    [body, now, dayOf(now)],
  );
  return facts ?? { looks: 0, quota: null };
}

/** How many failed tries to sign in there are behind accounts and addresses that were tried in the last day. */
export async function signInFailures(questions: Questions, now: Date): Promise<number> {
  const [found] = await questions.query<{ most: number }>(
    `SELECT coalesce(max(falhas), 0)::int AS most FROM acesso.tentativa
      WHERE ultima > $1::timestamptz - interval '1 day'`,
    [now],
  );
  return found?.most ?? 0;
}

/** Who did something since that day: by person and body. */
export function usersSince(questions: Questions, day: string): Promise<User[]> {
  return questions.query<User>(
    `SELECT DISTINCT orgao AS body, pessoa AS person FROM acesso.uso
      WHERE dia >= $1 AND pessoa IS NOT NULL ORDER BY orgao, pessoa`,
    [day],
  );
}

const inForce = 'desde <= $2 AND ate > $2 AND encerrada IS NULL';
