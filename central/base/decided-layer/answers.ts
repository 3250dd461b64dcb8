import type { Base, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { jsonRows } from '../json-rows.ts';
import { holdLock } from '../locks.ts';

/** What a person said to a doubt. */
export interface Answer {
  /** A UUID, made by whoever records it: recorded again, it is the same. */
  readonly id: string;
  readonly source: string;
  readonly view: string;
  readonly code: string;
  /** What exactly was in doubt, and the name of that very doubt. */
  readonly subject: string;
  readonly ref: string;
  readonly decision: 'accepted' | 'refused';
  /** Who said it: a person's account. */
  readonly who: string;
  readonly through: string;
  readonly reason: string | null;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** What became of an answer. */
export interface AnswerEnd {
  readonly outcome: 'carried-out' | 'outdated';
  /** ISO 8601 in UTC. */
  readonly done: string;
}

/** Records answers; those that are there already stay as they are. They count from the commit on. */
export async function recordAnswers(tx: Transaction, answers: readonly Answer[]): Promise<void> {
  await holdLock(tx, 'answering');
  await tx.query(
    `INSERT INTO decidido.resposta
       (id, fonte, visao, codigo, assunto, referencia, resposta, quem, por_meio, motivo, quando)
     SELECT id, source, view, code, subject, ref, decision, who, through, reason, at
       FROM jsonb_to_recordset($1::jsonb) AS answer (id uuid, source text, view text, code text, subject text,
            ref text, decision text, who text, through text, reason text, at timestamptz)
     ON CONFLICT (id) DO NOTHING`,
    [jsonRows(answers)],
  );
}

/** Shows what became of answers; what is shown of one already stays. */
export async function showAnswerEnds(
  tx: Transaction,
  answers: readonly (Pick<Answer, 'id'> & AnswerEnd)[],
): Promise<void> {
  await tx.query(
    `INSERT INTO guarita.answer (id, outcome, at)
     SELECT id, outcome, done FROM jsonb_to_recordset($1::jsonb) AS answer (id uuid, outcome text, done timestamptz)
     ON CONFLICT (id) DO NOTHING`,
    [jsonRows(answers)],
  );
}

/** The first answers of which nothing is shown yet, in the order in which they were recorded. */
export function openAnswers(base: Base, most: number, signal: AbortSignal): Promise<Answer[]> {
  return base.snapshot(
    (questions) =>
      questions.query<Answer>(
        `SELECT id, fonte AS source, visao AS view, codigo AS code, assunto AS subject, referencia AS ref,
              resposta AS decision, quem AS who, por_meio AS through, motivo AS reason,
              ${instant('quando')} AS at
         FROM decidido.resposta answer
        WHERE NOT EXISTS (SELECT FROM guarita.answer ended WHERE ended.id = answer.id)
        ORDER BY numero LIMIT $1`,
        [most],
      ),
    { signal },
  );
}
