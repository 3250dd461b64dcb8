import type { Questions } from '../base.ts';
import { bornIn } from './next-key.ts';
import { inScope, type Scope } from './queue.ts';

/** Birth dates that only stand in for one are found by themselves. */
const believed = `NOT coalesce('data_nascimento:default-date' = ANY (notas), false)`;

/** How many people in custody a source has of each birth date in a scope: `2026-01-31`. */
export function birthsInScope(
  questions: Questions,
  source: string,
  scope: Scope,
): Promise<{ birth: string; people: number }[]> {
  const parameters: unknown[] = [source];
  const condition = inScope('data_nascimento', scope, parameters, 'date');
  return questions.query(
    `SELECT data_nascimento::text AS birth, count(*)::int AS people FROM ${bornIn} AND ${believed} AND ${condition}
      GROUP BY data_nascimento ORDER BY data_nascimento`,
    parameters,
  );
}

/** Who was born on these days, some at a time. */
export function bornOn(
  questions: Questions,
  source: string,
  births: readonly string[],
  { atOnce }: { readonly atOnce: number },
): AsyncIterable<{ id: string; birth: string }[]> {
  return questions.rows(
    `SELECT id, data_nascimento::text AS birth FROM ${bornIn} AND ${believed} AND data_nascimento = ANY ($2::date[])
      ORDER BY data_nascimento, id`,
    [source, births],
    { atOnce },
  );
}
