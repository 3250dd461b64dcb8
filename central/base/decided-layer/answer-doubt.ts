import type { Transaction } from '../base.ts';
import { holdLock } from '../locks.ts';
import { type Answer, recordAnswers } from './answers.ts';

/** What a person says to a doubt that they were shown. */
export type GivenAnswer = Pick<Answer, 'id' | 'source' | 'ref' | 'decision' | 'who' | 'reason' | 'at'> & {
  /** How the doubt stood when it was shown. */
  readonly stood: string | null;
};

/** `answered`: somebody else was first; `changed`: it is not as it was shown any more. Neither records anything. */
export type Given = 'recorded' | 'answered' | 'changed';

/** Records an answer given in the console, if the doubt is as it was shown and no other answer to it is on its way. */
export async function answerDoubt(tx: Transaction, given: GivenAnswer): Promise<Given> {
  // Of two who answer at once, the second sees the first one's.
  await holdLock(tx, 'answering');
  const [doubt] = await tx.query<{
    readonly view: string;
    readonly code: string;
    readonly subject: string;
    readonly decision: string | null;
    readonly isAnswered: boolean;
  }>(
    `SELECT view, code, subject, decision, EXISTS (
              SELECT FROM decidido.resposta r WHERE r.fonte = a.source AND r.visao = a.view AND r.codigo = a.code
                 AND r.referencia = a.ref AND NOT EXISTS (SELECT FROM guarita.answer e WHERE e.id = r.id)
            ) AS "isAnswered"
       FROM guarita.attention a WHERE source = $1 AND ref = $2`,
    [given.source, given.ref],
  );
  if (doubt === undefined) return 'changed';
  if (doubt.isAnswered) return 'answered';
  if (doubt.decision !== given.stood || doubt.decision === 'accepted') return 'changed';
  const { id, source, ref, decision, who, reason, at } = given;
  const { view, code, subject } = doubt;
  const answer = { id, source, view, code, subject, ref, decision, who, through: 'console', reason, at };
  await recordAnswers(tx, [answer]);
  return 'recorded';
}
