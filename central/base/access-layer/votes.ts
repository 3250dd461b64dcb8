import type { Questions, Transaction } from '../base.ts';

/** Whether an article of help was of help to somebody: one vote a person, the last one counts. */
export async function vote(
  tx: Transaction,
  {
    article,
    person,
    isHelpful,
  }: { readonly article: string; readonly person: string; readonly isHelpful: boolean },
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO acesso.voto (artigo, pessoa, util, quando) VALUES ($1, $2, $3, $4)
     ON CONFLICT (artigo, pessoa) DO UPDATE SET util = EXCLUDED.util, quando = EXCLUDED.quando`,
    [article, person, isHelpful, now],
  );
}

export async function voteOf(questions: Questions, article: string, person: string): Promise<boolean | null> {
  const [found] = await questions.query<{ isHelpful: boolean }>(
    'SELECT util AS "isHelpful" FROM acesso.voto WHERE artigo = $1 AND pessoa = $2',
    [article, person],
  );
  return found?.isHelpful ?? null;
}

export interface Votes {
  readonly article: string;
  readonly helpful: number;
  readonly unhelpful: number;
}

/** Of each article that somebody voted on. */
export function votes(questions: Questions): Promise<Votes[]> {
  return questions.query<Votes>(
    `SELECT artigo AS article, count(*) FILTER (WHERE util)::int AS helpful,
            count(*) FILTER (WHERE NOT util)::int AS unhelpful
       FROM acesso.voto GROUP BY artigo ORDER BY artigo`,
  );
}
