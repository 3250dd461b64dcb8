import type { Base, Questions } from '../../base/base.ts';
import { instant } from '../../base/instants.ts';
import { firstDays, lastScores } from '../../base/national-layer/day-figures.ts';
import {
  type FirstSeen,
  firstSeen,
  lastRuns,
  type Picture,
  type PictureMark,
  pictureMark,
  pictureOf,
  type RunInAll,
} from '../../base/published-layer/picture.ts';

/** All of which pages about states are made, as it was at one moment. */
export interface StatesFacts {
  readonly mark: PictureMark | null;
  readonly picture: Picture;
  readonly first: readonly FirstSeen[];
  readonly treated: Awaited<ReturnType<typeof firstDays>>;
  readonly scores: Awaited<ReturnType<typeof lastScores>>;
}

/** Of these states alone. */
export function readStates(base: Base, states: readonly string[], signal: AbortSignal): Promise<StatesFacts> {
  return base.snapshot((questions) => factsOf(questions, states), { use: 'pages', signal });
}

/** The same of one state, with what was done there last. */
export interface StateFacts extends StatesFacts {
  readonly runs: readonly RunInAll[];
  readonly answers: readonly SaidAnswer[];
}

/** Of what was done and said, so much is shown. */
const mostShown = 10;

/** @param ref only answers to this doubt; null: to whichever */
export function readState(
  base: Base,
  { state, ref = null }: { readonly state: string; readonly ref?: string | null },
  signal: AbortSignal,
): Promise<StateFacts> {
  return base.snapshot(
    async (questions) => ({
      ...(await factsOf(questions, [state])),
      runs: await lastRuns(questions, state, mostShown),
      answers: await lastAnswers(questions, state, ref),
    }),
    { use: 'pages', signal },
  );
}

async function factsOf(questions: Questions, states: readonly string[]): Promise<StatesFacts> {
  return {
    mark: await pictureMark(questions),
    picture: await pictureOf(questions, states),
    first: await firstSeen(questions, states),
    treated: await firstDays(questions, states),
    scores: await lastScores(questions, states),
  };
}

/** What somebody said to a doubt, and what became of it. */
export interface SaidAnswer {
  readonly view: string;
  readonly code: string;
  readonly ref: string;
  readonly decision: 'accepted' | 'refused';
  /** A name; of whoever said it at central's terminal that of the system's user. */
  readonly who: string;
  readonly reason: string | null;
  readonly at: string;
  /** Null while central has not seen it. */
  readonly outcome: string | null;
}

/** The last ones, the latest first; those that wait for central among them, however old. */
function lastAnswers(questions: Questions, state: string, ref: string | null): Promise<SaidAnswer[]> {
  return questions.query(
    `SELECT r.visao AS view, r.codigo AS code, r.referencia AS ref, r.resposta AS decision,
            coalesce(p.nome, r.quem) AS who, r.motivo AS reason, ${instant('r.quando')} AS at, e.outcome
       FROM decidido.resposta r LEFT JOIN guarita.answer e ON e.id = r.id
       LEFT JOIN acesso.pessoa p ON r.por_meio = 'console' AND p.id::text = r.quem
      WHERE r.fonte = $1 AND ($2::text IS NULL OR r.referencia = $2)
      ORDER BY e.id IS NULL DESC, r.numero DESC LIMIT ${mostShown}`,
    [state, ref],
  );
}
