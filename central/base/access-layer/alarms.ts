import { randomUUID } from 'node:crypto';
import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { appendAudit } from './audit.ts';

/** What a rule noticed. */
export interface Noticed {
  /** By its code, see the console's `alarms/rules.ts`. */
  readonly rule: string;
  /** Null: it is of a whole body, or of nobody who is known. */
  readonly person: string | null;
  readonly body: string | null;
  /** Of what happened: YYYY-MM-DD. */
  readonly day: string;
  readonly measure: number;
  readonly limit: number;
}

/**
 * Raises an alarm that there is not yet of that day, and writes it down in the audit; of one that nobody has seen yet the
 * measure grows. Returns whether it is new.
 */
export async function raiseAlarm(
  tx: Transaction,
  { rule, person, body, day, measure, limit }: Noticed,
  now: Date,
): Promise<boolean> {
  const id = randomUUID();
  const [raised] = await tx.query<{ id: string }>(
    `INSERT INTO acesso.alarme AS a (id, regra, pessoa, orgao, dia, quando, medida, limite)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (regra, pessoa, orgao, dia) DO UPDATE SET medida = EXCLUDED.medida
      WHERE a.visto IS NULL AND a.medida < EXCLUDED.medida RETURNING id`,
    [id, rule, person, body, day, now, measure, limit],
  );
  if (raised?.id !== id) return false;
  const told = { event: 'alarm-raised', alarm: id, rule, person, body, day, measure, limit };
  await appendAudit(tx, { kind: 'event', body: told, terms: null }, now);
  return true;
}

export interface Alarm {
  readonly id: string;
  readonly rule: string;
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly bodyShort: string | null;
  readonly day: string;
  readonly at: string;
  readonly measure: number;
  readonly limit: number;
  readonly seen: { readonly at: string; readonly by: string; readonly words: string } | null;
}

const columns = `a.id, a.regra AS rule, o.sigla AS "bodyShort", a.dia::text AS day, ${instant('a.quando')} AS at,
  a.medida AS measure, a.limite AS "limit",
  CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id, 'name', p.nome) END AS person,
  CASE WHEN a.visto IS NOT NULL THEN json_build_object(
    'at', ${instant('a.visto')}, 'by', v.nome, 'words', a.parecer) END AS seen`;
const tables = `acesso.alarme a LEFT JOIN acesso.pessoa p ON p.id = a.pessoa
  LEFT JOIN acesso.orgao o ON o.id = a.orgao LEFT JOIN acesso.pessoa v ON v.id = a.visto_por`;

/** Those that nobody has seen, the last one first. */
export function openAlarms(questions: Questions): Promise<Alarm[]> {
  return questions.query<Alarm>(
    `SELECT ${columns} FROM ${tables} WHERE a.visto IS NULL ORDER BY a.quando DESC, a.id LIMIT 200`,
  );
}

/** The last that somebody saw. */
export function seenAlarms(questions: Questions): Promise<Alarm[]> {
  return questions.query<Alarm>(
    `SELECT ${columns} FROM ${tables} WHERE a.visto IS NOT NULL ORDER BY a.visto DESC, a.id LIMIT 50`,
  );
}

export async function alarmOf(questions: Questions, id: string): Promise<Alarm | null> {
  const [found] = await questions.query<Alarm>(`SELECT ${columns} FROM ${tables} WHERE a.id = $1`, [id]);
  return found ?? null;
}

/** Says once what came of it. False where that was said, where there is none, or where it is of whoever says it. */
export async function seeAlarm(
  tx: Transaction,
  id: string,
  { by, words }: { readonly by: string; readonly words: string },
  now: Date,
): Promise<boolean> {
  const seen = await tx.query(
    `UPDATE acesso.alarme SET visto = $2, visto_por = $3, parecer = $4
      WHERE id = $1 AND visto IS NULL AND pessoa IS DISTINCT FROM $3 RETURNING 1`,
    [id, now, by, words],
  );
  return seen.length === 1;
}
